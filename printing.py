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
from operations.bulletin.issue import Issue, checked, read_issue, read_kind, read_scope
from operations.errors import BadInput
from operations.people.audit import Deed
from operations.people.person import signature
from operations.pulse.windows import to_us
from reporting import city_now, made, subject_of, written


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

    def listed(self, scope: str) -> list[tuple[Issue, datetime]]:
        """Give what was made of a scope, the newest period first."""
        known = self._known(scope)
        found: list[tuple[Issue, datetime]] = self._in_thread(self._sources.report_shelf.listed)
        return [one for one in found if one[0].scope == known]

    def make(self, kind: str, period: str, scope: str) -> Issue:
        """Make one number, or make it anew."""
        read, known = read_kind(kind), self._known(scope)
        now = self._in_thread(city_now, self._sources)
        today = now.astimezone(self._sources.reference.zone).date()
        issue = checked(read_issue(read, period, known), today)
        self._note("report.make", issue)
        self._in_thread(self._make, issue, now)
        return issue

    def file(
        self, kind: str, period: str, form: str, language: Language, scope: str
    ) -> bytes | None:
        """Write one number; None where it was not made."""
        issue = read_issue(read_kind(kind), period, self._known(scope))
        bulletin = self._in_thread(self._sources.report_shelf.find, issue)
        if bulletin is None:
            return None
        self._note("report.download", issue, f"{form} {language}")
        mark = "".join(one for one in self._mark(language) if one.isprintable())
        found: bytes = self._in_thread(written, bulletin, form, language, mark)
        return found

    def _known(self, scope: str) -> str:
        if not self._sources.knows_scope(read_scope(scope)):
            raise BadInput("scope", "there is no such district or department")
        return scope

    def _make(self, issue: Issue, now: datetime) -> None:
        self._sources.report_shelf.keep(made(self._sources, issue, now))

    def _note(self, act: str, issue: Issue, after: str = "") -> None:
        actor, verified = self._actor()
        deed = Deed(
            at_us=to_us(self._now()), actor=actor, verified=verified, act=act,
            subject=subject_of(issue), after=after,
        )  # fmt: skip
        self._in_thread(self._sources.audit.append, deed)
