"""The set-aside line of a ticket that was read well and that the database would not have."""

from dataclasses import replace
from datetime import datetime

from operations.ports import Refused
from operations.tickets.ticket import Ticket


def refused_by_ledger(ticket: Ticket, error: Exception, now: datetime) -> Refused:
    """Make the line: the masked ticket without its keyed hashes, and what the database said."""
    shown = replace(ticket, caller_key=None, sealed=None, sealed_mark=None)
    return Refused(
        key=f"ledger/{ticket.source}/{ticket.external_id}",
        feed="ledger",
        field="ticket",
        reason=f"{type(error).__name__}: {error}"[:500],
        record=repr(shown)[:20_000],
        refused_at=now,
    )
