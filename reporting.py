"""The door's part for reports: made from the city's sources and kept, written as files."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import structlog

from auditing import note_command
from data_sources.bulletin_reads import BulletinReads
from data_sources.connect import Sources
from layouts.wording import Language
from operations.bulletin.contents import Bulletin, Terms
from operations.bulletin.issue import (
    CITY,
    Issue,
    checked,
    newest,
    read_issue,
    read_kind,
    read_scope,
)
from operations.bulletin.making import Ground, make
from operations.bulletin.schedule import due
from operations.errors import BadInput
from operations.people.audit import Deed
from operations.pulse.windows import to_us

log = structlog.get_logger()

FORMS = ("pdf", "docx")
SCHEDULE = "Lianxin (schedule)"
LOOKED_EVERY_S = 60.0


def ground_of(sources: Sources) -> Ground:
    """Give what bulletins of this city are made from."""
    settings, city, names = sources.settings, sources.reference, sources.names
    return Ground(
        figures=sources.figures,
        beside=BulletinReads(sources.engine),
        terms=Terms(
            city=(city.name_zh, city.name_en),
            zone=city.zone.key,
            hotline=city.hotline,
            few=settings.few_cases,
            ranks=settings.ranks,
            demo=settings.demo,
        ),
        targets=city.targets,
        least_callers=settings.least_callers,
        names={
            "department": names.departments,
            "district": names.districts,
            "category": names.categories,
            "town": names.towns,
        },
    )


def made(sources: Sources, issue: Issue, now: datetime) -> Bulletin:
    """Make one number of a bulletin; corrections are told since the number before was made."""
    return make(issue, ground_of(sources), now, sources.report_shelf.known_before(issue))


def written(bulletin: Bulletin, form: str, language: Language, mark: str = "") -> bytes:
    """Write a bulletin as a file."""
    # A third of a second and forty megabytes, which only who writes a report needs.
    from papers import docx, pdf  # noqa: PLC0415
    from papers.telling import paper_of  # noqa: PLC0415

    paper = paper_of(bulletin, language, mark)
    return {"pdf": pdf.write, "docx": docx.write}[form](paper)


def city_now(sources: Sources) -> datetime:
    """Tell the time the city lives on: this machine's, or that of the stream it lives again."""
    if sources.settings.clock == "real":
        return datetime.now(UTC)
    return sources.ledger.clock() or datetime.now(UTC)


def subject_of(issue: Issue) -> str:
    """Name a number in the audit log."""
    return " ".join([issue.kind.value, issue.code, *([issue.scope] if issue.axis else [])])


def write_report(
    sources: Sources, kind: str, day: str | None, out: Path, language: Language | None, scope: str
) -> None:
    """Make a report and write it to a file, in the form of the file's name."""
    form = out.suffix.removeprefix(".").lower()
    if form not in FORMS:
        raise BadInput("--out", f"name a file that ends with .{' or .'.join(FORMS)}")
    now = city_now(sources)
    today = now.astimezone(sources.reference.zone).date()
    read = read_kind(kind)
    if not sources.knows_scope(read_scope(scope)):
        raise BadInput("scope", f"there is no {scope} in this city")
    asked = newest(read, today, scope) if day is None else read_issue(read, day, scope)
    issue = checked(asked, today)
    bulletin = made(sources, issue, now)
    note_command(sources, "report.write", subject_of(issue), after=out.name)
    out.write_bytes(written(bulletin, form, language or sources.settings.language))


class Schedule:
    """Makes what is due, and forgets what is too old; looked at every minute."""

    def __init__(self, sources: Sources, monotonic: Callable[[], float]) -> None:
        self._sources, self._monotonic = sources, monotonic
        self._looked_at = -LOOKED_EVERY_S

    def step(self) -> int:
        """Make the next report that is due; tell how many were made."""
        settings = self._sources.settings
        if not settings.reports or self._monotonic() - self._looked_at < LOOKED_EVERY_S:
            return 0
        figures, shelf = self._sources.figures, self._sources.report_shelf
        now = city_now(self._sources)
        local = now.astimezone(self._sources.reference.zone)
        there = {one.issue for one in shelf.listed()}
        at = time.fromisoformat(settings.reports_at)
        issue = next(due(local, at, there, figures.first_day(), self._scopes()), None)
        if issue is None or figures.counted_share() < 1:  # sums that are not whole: later
            self._looked_at = self._monotonic()
            if settings.keep_reports_d:
                shelf.forget(local.date() - timedelta(days=settings.keep_reports_d))
            return 0
        shelf.keep(made(self._sources, issue, now))
        self._sources.audit.append(
            Deed(at_us=to_us(datetime.now(UTC)), actor=SCHEDULE, device=socket.gethostname(),
                 act="report.make", subject=subject_of(issue))
        )  # fmt: skip
        log.info("report_made", kind=issue.kind.value, period=issue.code, scope=issue.scope)
        return 1

    def _scopes(self) -> list[str]:
        """Give whose reports are made: the city's, and those of the settings that there are."""
        named = filter(None, map(str.strip, self._sources.settings.reports_scopes.split(",")))
        return [CITY, *filter(self._sources.knows_scope, named)]
