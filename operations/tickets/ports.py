"""The doors of the store of decisions on tickets, and of what is owed by them."""

from datetime import datetime
from typing import Protocol

from operations.people.sight import Sight
from operations.tickets.handling import Handling, HandlingLine
from operations.tickets.owed import OwedPage, OwedSearch, Place


class HandlingBook(Protocol):
    """What the city's own people decided on tickets; part of the ledger, never of a delivery.

    A decision is a version: whoever wrote one first has it, the other is refused (`Conflict`).
    `Ledger.reckon` works it into the ticket. Errors: `Unreachable`.
    """

    def handling(self, source: str, external_id: str) -> Handling:
        """Give the decisions on a ticket as they stand."""

    def lines(self, source: str, external_id: str) -> list[HandlingLine]:
        """Give the decisions on a ticket one by one, oldest first."""

    def act(self, source: str, external_id: str, handling: Handling, line: HandlingLine) -> None:
        """Write decisions a person changed, their line and the audit log's, in one transaction.

        Raises `Conflict` with what is held where the version is not the next one, and where the
        ticket is not there; `BadInput` where the number of a listed case was given before. The
        same again, after an answer was lost, changes nothing.
        """


class OwedLists(Protocol):
    """What is owed on tickets under supervision; as of the last decision on each."""

    def owed(
        self,
        asked: OwedSearch,
        sight: Sight,
        now: datetime,
        *,
        most: int,
        after: Place | None = None,
    ) -> OwedPage:
        """Give what somebody sees of it, what is due first at the head, from a place on."""
