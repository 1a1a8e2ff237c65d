"""Tickets as the desk's table shows them: codes by name, times in the city's zone."""

from datetime import datetime
from typing import Any

from callbacks.desk import Desk
from callbacks.ticket_rows import named, sight
from layouts.parts.ticket_page import address
from layouts.ticket_face import when
from layouts.wording import Language, language_of, words
from operations.people.sight import Sight
from operations.tickets.search import After, Order, TicketSearch
from operations.tickets.ticket import Ticket, Triage, Urgency


class DeskTable:
    """Finds what who asks may see, and tells it in a language; waits beside the event loop."""

    def __init__(self, sources: Any, desk: Desk) -> None:
        self._sources, self._desk = sources, desk

    def page(
        self, asked: TicketSearch, order: Order, after: After | None, most: int, language: str
    ) -> tuple[list[dict[str, Any]], After | None]:
        """Give some tickets in order, and where the next ones begin."""
        seen, now = sight(self._desk), self._desk.now()
        finder = self._sources.finder
        found, versions, folds = self._desk.beside(
            lambda: _with_versions(
                finder, finder.page(asked, order, seen, now, most=most, after=after), seen
            )
        )
        said = language_of(language, self._sources.settings.language)
        return [
            self._row(number, ticket, now, said)
            | {"version": versions[number]}
            | _folded(folds[number], ticket, said)
            for number, ticket in found.tickets
        ], found.after

    def count(self, asked: TicketSearch) -> tuple[int, bool, int]:
        """Count what is found, tell whether that is all, and the number of the newest ticket."""
        seen, now = sight(self._desk), self._desk.now()
        newest = self._desk.beside(self._sources.finder.newest)  # first: what comes between is new
        found = self._desk.beside(lambda: self._sources.finder.count(asked, seen, now))
        return found.found, found.whole, newest

    def fresh(self, asked: TicketSearch, since: int) -> tuple[int, bool]:
        """Count what came after a ticket, and tell whether that is all."""
        seen, now = sight(self._desk), self._desk.now()
        found = self._desk.beside(lambda: self._sources.finder.fresh(asked, seen, now, since=since))
        return found.found, found.whole

    def _row(
        self, number: int, ticket: Ticket, now: datetime, language: Language
    ) -> dict[str, Any]:
        said, sources, zone = words(language), self._sources, self._sources.reference.zone
        late = ticket.is_open and ticket.due_at is not None and ticket.due_at < now
        marks = [
            ("urgent", said[f"ticket_urgency_{ticket.urgency.value}"])
            if ticket.urgency is not Urgency.ROUTINE
            else None,
            ("late", said["ticket_overdue"]) if late else None,
            (ticket.triage.value, said[f"ticket_triage_{ticket.triage.value}"])
            if ticket.triage not in (Triage.ORDINARY, Triage.URGENT)
            else None,
            (f"watched-{ticket.supervision}", said[f"supervision_state_{ticket.supervision}"])
            if ticket.supervision is not None
            else None,
            ("confidential", said["ticket_confidential"]) if ticket.confidential else None,
        ]
        return {
            "id": str(number),
            "href": f"{address(ticket.source, ticket.external_id)}?lang={language}",
            "number": ticket.external_id,
            "place": ticket.address,
            "title": ticket.title or said["search_untitled"],
            "marks": [one for one in marks if one],
            "status": said[f"ticket_status_{ticket.status.value}"],
            "category": named(sources, "categories", ticket.category, language),
            "department": named(sources, "departments", ticket.department, language)
            or said["ticket_unassigned"],
            "district": named(sources, "districts", ticket.district, language),
            "created": when(ticket.created_at, zone),
            "due": "" if ticket.due_at is None else when(ticket.due_at, zone),
            "updated": when(ticket.updated_at, zone),
        }


def _with_versions(finder: Any, page: Any, seen: Sight) -> tuple[Any, dict[int, int], Any]:
    """Give a page with the versions of what was decided on its tickets, and their duplicates."""
    numbers = [number for number, _ in page.tickets]
    return page, finder.versions(numbers), finder.folds(numbers, seen)


def _folded(fold: Any, ticket: Ticket, language: Language) -> dict[str, Any]:
    """Tell how a ticket stands among its duplicates, and what lists them."""
    said, told = words(language), {"merges": fold.version, "under": fold.under}
    if fold.merged:
        number = fold.main[1] if fold.main else ""
        about = said["desk_merged_into"].format(number=number) if number else ""
        return told | {"fold": [said["desk_merged"], number, about]}
    if not fold.under:
        return told
    return told | {"fold": [said["desk_under"].format(n=fold.under), ticket.external_id, ""]}
