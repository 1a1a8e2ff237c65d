"""What an incident gives for its case in the library, as the ledger holds it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from data_sources.figure_reads import FigureReads
from data_sources.incident_book import SqlIncidentBook
from data_sources.partner_book import SqlPartnerBook
from data_sources.reference import Reference
from operations.people.anonymity import places
from operations.pulse.picture import Names
from operations.response.case_drafting import Material
from operations.response.chain import Template
from operations.response.closing import Day, course, led_up
from operations.response.course import Counted, counted, effects_of
from operations.response.incident import Kind

MOST_TICKETS = 5_000


class CaseSources(Protocol):
    """Where it stands."""

    @property
    def incident_book(self) -> SqlIncidentBook:
        """The incidents."""

    @property
    def partner_book(self) -> SqlPartnerBook:
        """The partners."""

    @property
    def figures(self) -> FigureReads:
        """The sums by day."""

    @property
    def reference(self) -> Reference:
        """The city's tables."""

    @property
    def names(self) -> Names:
        """What codes are called."""

    @property
    def chains(self) -> tuple[Template, ...]:
        """The usual chains."""


def material_of(
    incident: str, sources: CaseSources, now: datetime, *, least: int
) -> Material | None:
    """Give what a case of an incident is drafted from; None where there is no such incident."""
    book = sources.incident_book
    whole = book.whole(incident)
    if whole is None:
        return None
    zone = sources.reference.zone
    found = counted(whole.head, sources.figures, now, zone)
    tickets = book.tickets(incident, most=MOST_TICKETS)
    return Material(
        whole=whole,
        tickets=book.count_tickets(incident),
        least=least,
        days=() if found is None else _days(found),
        effects=[] if found is None else effects_of(whole.of(Kind.MEASURE), found, zone),
        templates=sources.chains,
        names=frozenset(_names(sources) | {one.ticket[1] for one in tickets}),
        is_office=sources.names.departments.__contains__,
        is_local=lambda code: _district_of(code, sources) is not None,
        zone=zone,
    )


def _days(found: Counted) -> list[Day]:
    """Give what led up to the opening, and every day from there to the end."""
    counts, opened, today, _ = found
    return led_up(counts, opened) + course(counts, opened, today)


def _district_of(code: str, sources: CaseSources) -> str | None:
    return sources.reference.departments.named(code).district


def _names(sources: CaseSources) -> set[str]:
    """Give the names of the city's parts and estates, and of its partners."""
    tables: tuple[Mapping[str, tuple[str, str]], ...] = (
        sources.names.districts, sources.names.towns, sources.names.zones,
    )  # fmt: skip
    parts = places(name for table in tables for pair in table.values() for name in pair)
    estates = {place.name_zh for zone in sources.reference.zones for place in zone.places}
    partners = sources.partner_book.all()
    return (
        parts | estates | {name for one in partners for name in (one.name_zh, one.name_en) if name}
    )
