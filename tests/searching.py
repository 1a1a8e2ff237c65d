"""Looking for tickets in tests, with all there is in sight."""

from datetime import UTC, datetime
from typing import Any

from operations.people.sight import WITHOUT_ACCOUNTS
from operations.tickets.search import EVER, TicketSearch
from operations.tickets.ticket import Ticket


def found(finder: Any, words: str, *, most: int = 50) -> list[Ticket]:
    """Find tickets of any time by their words."""
    asked = TicketSearch(words=words, days=EVER)
    tickets: list[Ticket] = finder.find(asked, WITHOUT_ACCOUNTS, datetime.now(UTC), most=most)
    return tickets
