"""The times of a ticket: each within bounds, and all of them in an order that can have been."""

from datetime import datetime
from typing import TypedDict

from data_sources.feeds.values import Values
from operations.tickets.ticket import ENDED, Status


class Times(TypedDict):
    """The times of one ticket, under the names of its fields."""

    created_at: datetime
    updated_at: datetime
    received_at: datetime
    occurred_at: datetime | None
    dispatched_at: datetime | None
    signed_at: datetime | None
    due_at: datetime | None
    original_due_at: datetime | None
    replied_at: datetime | None
    closed_at: datetime | None


def read_times(values: Values, status: Status, now: datetime) -> Times:
    """Read all times and put right what cannot have been; raises BadInput without created_at."""
    created = values.time("created_at")
    if created is None:
        raise values.refuse("created_at", "missing")
    dispatched = _not_before(values, "dispatched_at", created)
    signed = _not_before(values, "signed_at", created)
    replied = _not_before(values, "replied_at", created)
    closed = _not_before(values, "closed_at", created)
    newest = max(at for at in (created, dispatched, signed, replied, closed) if at is not None)
    updated = values.time("updated_at")
    if updated is None:
        updated = newest
    elif updated < created:
        values.note("updated_at", "before created_at; set to the newest other time")
        updated = newest
    return Times(
        created_at=created,
        updated_at=updated,
        received_at=values.time("received_at") or now,
        occurred_at=values.time("occurred_at"),
        dispatched_at=dispatched,
        signed_at=signed,
        due_at=values.time("due_at", due=True),
        original_due_at=values.time("original_due_at", due=True),
        replied_at=replied,
        closed_at=_ended_at(values, status, closed, updated),
    )


def _not_before(values: Values, name: str, created: datetime) -> datetime | None:
    at = values.time(name)
    if at is not None and at < created:
        values.note(name, "before created_at; set to it")
        return created
    return at


def _ended_at(
    values: Values, status: Status, closed: datetime | None, updated: datetime
) -> datetime | None:
    """Hold to: an ended ticket has a closing time, an open one has none."""
    if closed is None and status in (Status.CLOSED, Status.ARCHIVED):
        values.note("closed_at", f"missing although {status}; taken from updated_at")
        return updated
    if closed is not None and status not in ENDED:
        values.note("closed_at", f"left out, since the ticket is {status}")
        return None
    return closed
