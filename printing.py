"""The web door's part for reports: made and taken by people, each time with an audit line."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint

from api import reports
from callbacks.desk import Desk
from callbacks.ticket_rows import reader_of
from data_sources.connect import Sources
from layouts.wording import Language
from operations.bulletin.issue import Issue, checked, read_issue, read_kind
from operations.people.audit import Deed
from operations.people.person import signature
from operations.pulse.windows import to_us
from reporting import city_now, made, written


def report_routes(sources: Sources, desk: Desk) -> Blueprint:
    """Make the routes of reports."""

    def actor() -> tuple[str, bool]:
        who = desk.who()
        return (desk.actor, False) if who is None else (signature(who.person), True)

    def mark(language: Language) -> str:
        return reader_of(sources, desk, language).mark

    room = ReportRoom(sources, desk.beside, actor, mark, desk.real_now)
    return reports.blueprint(room, language=sources.settings.language)


class ReportRoom:
    """What the web server does with reports; waits beside the event loop.

    `actor` names who asks and whether an account vouches for that, `mark` who takes a file and
    when, in a language.
    """

    def __init__(
        self,
        sources: Sources,
        in_thread: Callable[..., Any],
        actor: Callable[[], tuple[str, bool]],
        mark: Callable[[Language], str],
        now: Callable[[], datetime],
    ) -> None:
        self._sources, self._in_thread = sources, in_thread
        self._actor, self._mark, self._now = actor, mark, now

    def listed(self) -> list[tuple[Issue, datetime]]:
        """Give what was made, the newest period first."""
        found: list[tuple[Issue, datetime]] = self._in_thread(self._sources.report_shelf.listed)
        return found

    def make(self, kind: str, period: str) -> Issue:
        """Make one number, or make it anew."""
        read = read_kind(kind)
        now = self._in_thread(city_now, self._sources)
        today = now.astimezone(self._sources.reference.zone).date()
        issue = checked(read_issue(read, period), today)
        self._note("report.make", issue)
        self._in_thread(self._make, issue, now)
        return issue

    def file(self, kind: str, period: str, form: str, language: Language) -> bytes | None:
        """Write one number; None where it was not made."""
        issue = read_issue(read_kind(kind), period)
        bulletin = self._in_thread(self._sources.report_shelf.find, issue)
        if bulletin is None:
            return None
        self._note("report.download", issue, f"{form} {language}")
        mark = "".join(one for one in self._mark(language) if one.isprintable())
        found: bytes = self._in_thread(written, bulletin, form, language, mark)
        return found

    def _make(self, issue: Issue, now: datetime) -> None:
        self._sources.report_shelf.keep(made(self._sources, issue, now))

    def _note(self, act: str, issue: Issue, after: str = "") -> None:
        actor, verified = self._actor()
        deed = Deed(
            at_us=to_us(self._now()), actor=actor, verified=verified, act=act,
            subject=f"{issue.kind.value} {issue.code}", after=after,
        )  # fmt: skip
        self._in_thread(self._sources.audit.append, deed)
