"""The door's part for reports: made from the city's sources, written as a file."""

from datetime import UTC, datetime
from pathlib import Path

from auditing import note_command
from data_sources.bulletin_reads import BulletinReads
from data_sources.connect import Sources
from layouts.wording import Language
from operations.bulletin.contents import Bulletin, Terms
from operations.bulletin.issue import Issue, checked, newest, read_issue, read_kind
from operations.bulletin.making import Ground, make
from operations.errors import BadInput

FORMS = ("pdf",)


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
    """Make one number of a bulletin."""
    return make(issue, ground_of(sources), now, {})


def write_report(
    sources: Sources, kind: str, day: str | None, out: Path, language: Language | None
) -> None:
    """Make a report and write it to a file, in the form of the file's name."""
    now = datetime.now(UTC)
    today = now.astimezone(sources.reference.zone).date()
    read = read_kind(kind)
    issue = newest(read, today) if day is None else checked(read_issue(read, day), today)
    form = out.suffix.removeprefix(".").lower()
    if form not in FORMS:
        raise BadInput("--out", f"name a file that ends with {' or '.join(FORMS)}")
    from papers import pdf  # noqa: PLC0415 - a third of a second, which only reports need
    from papers.telling import paper_of  # noqa: PLC0415

    paper = paper_of(made(sources, issue, now), language or sources.settings.language)
    note_command(sources, "report.write", f"{issue.kind.value} {issue.code}", after=out.name)
    out.write_bytes(pdf.write(paper))
