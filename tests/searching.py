"""Looking for tickets in tests, with all there is in sight."""

from datetime import UTC, datetime
from typing import Any

from operations.people.sight import WITHOUT_ACCOUNTS
from operations.tickets.search import Order, TicketSearch
from operations.tickets.ticket import Ticket


def found(finder: Any, words: str, *, most: int = 50) -> list[Ticket]:
    """Find tickets of any time by their words."""
    asked, now = TicketSearch(words=words), datetime.now(UTC)
    return list(finder.every(asked, Order(), WITHOUT_ACCOUNTS, now, most=most))
