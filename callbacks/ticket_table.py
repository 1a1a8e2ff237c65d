"""Tickets that were found, as a table to take away: masked, in words, with who took it on top."""

from collections.abc import Iterable, Iterator
from typing import Any

from callbacks.desk import Desk
from callbacks.ticket_rows import named, reader_of, row_of, sight, table_mark, taker
from layouts.wording import language_of
from operations.tickets.search import MOST_EXPORTED, Order, TicketSearch
from operations.tickets.ticket import Ticket

TIMES = (
    *("created_at", "received_at", "dispatched_at", "signed_at", "due_at"),
    *("replied_at", "closed_at"),
)
COUNTS = ("returns", "reassignments", "extensions", "reopenings")
COLUMNS = (
    *("source", "external_id", "status", "kind", "urgency", "channel", "category", "department"),
    *("district", "town", "title", "address", "text", *TIMES, *COUNTS),
    "return_reason",
)


class TicketTable:
    """Finds what who asks may see, and writes it as rows of cells."""

    def __init__(self, sources: Any, desk: Desk) -> None:
        self._sources, self._desk = sources, desk

    def find(self, search: TicketSearch, order: Order) -> list[Ticket]:
        """Find tickets, up to the most a table holds; waits beside the event loop."""
        desk, finder = self._desk, self._sources.finder
        seen, now = sight(desk), desk.now()
        found: list[Ticket] = desk.beside(
            lambda: list(finder.every(search, order, seen, now, most=MOST_EXPORTED))
        )
        return found

    def actor(self) -> tuple[str, bool]:
        """Name who asks, and whether an account vouches for that."""
        return taker(self._desk)

    def rows(self, tickets: Iterable[Ticket], asked: str | None) -> Iterator[list[str]]:
        """Write a table in a language: who took it and when, the heads, a row for each ticket."""
        language = language_of(asked, self._sources.settings.language)
        reader = reader_of(self._sources, self._desk, language)
        said, now = reader.words, self._desk.now()
        yield [table_mark(reader)]
        yield [said[f"ticket_field_{name}"] for name in COLUMNS]
        for ticket in tickets:
            row = row_of(ticket, self._sources, now, language)
            times = [getattr(ticket, name) for name in TIMES]
            yield [
                row.source, row.external_id, said[f"ticket_status_{row.status}"],
                said[f"ticket_kind_{ticket.kind.value}"], said[f"ticket_urgency_{row.urgency}"],
                said[f"channel_{ticket.channel.value}"], row.category, row.department,
                row.district, named(self._sources, "towns", ticket.town, language),
                ticket.title, ticket.address, ticket.text,
                *("" if at is None else reader.moment(at, seconds=True) for at in times),
                *(str(getattr(ticket, name)) for name in COUNTS), ticket.return_reason,
            ]  # fmt: skip
