"""The states a ticket went through, worked out from its final state and the times it tells."""

from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from operations.tickets.ticket import ENDED, Status, Ticket

_TIMES = tuple(field.name for field in fields(Ticket) if field.name.endswith("_at"))
_LIFE = (
    ("replied_at", Status.REPLIED),
    ("signed_at", Status.SIGNED),
    ("dispatched_at", Status.DISPATCHED),
)


def moments(ticket: Ticket) -> list[datetime]:
    """Give the times at which something is known to have happened, in order.

    The last is the final state's. A ticket whose source says that it is late shows that from
    its due time on.
    """
    known = {ticket.created_at, ticket.dispatched_at, ticket.signed_at, ticket.replied_at}
    known |= {ticket.closed_at, ticket.updated_at}
    if ticket.callback is not None:
        known.add(ticket.callback.at)
    if ticket.reported_on_time is False and ticket.closed_at is None:
        known.add(ticket.due_at)
    return sorted(at for at in known if at is not None and at >= ticket.created_at)


def state_at(ticket: Ticket, moment: datetime, *, last: datetime) -> Ticket:
    """Give the ticket as it stood at one of its moments; `last` is the last of them.

    `updated_at` is the moment itself, so that each state is newer than the one before it. What
    the file says only of the end (the on-time flag, the counts, the callback's answer) is not
    known earlier.
    """
    if moment >= last:
        return replace(ticket, updated_at=moment)
    ended = ticket.closed_at is not None and ticket.closed_at <= moment
    to_come: dict[str, Any] = {
        name: None
        for name in ("dispatched_at", "signed_at", "replied_at", "closed_at")
        if (at := getattr(ticket, name)) is not None and at > moment
    }
    called_back = ticket.callback is not None and ticket.callback.at <= moment
    return replace(
        ticket,
        updated_at=moment,
        status=ticket.status if ended else _status_at(ticket, moment),
        callback=ticket.callback if called_back else None,
        reported_on_time=ticket.reported_on_time if ended else None,
        returns=ticket.returns if ended else 0,
        reassignments=ticket.reassignments if ended else 0,
        extensions=ticket.extensions if ended else 0,
        reopenings=ticket.reopenings if ended else 0,
        return_reason=ticket.return_reason if ended else "",
        **to_come,
    )


def shifted(ticket: Ticket, by: timedelta) -> Ticket:
    """Move a ticket in time, all its times alike."""
    if not by:
        return ticket
    moved: dict[str, Any] = {
        name: at + by for name in _TIMES if (at := getattr(ticket, name)) is not None
    }
    callback = ticket.callback
    if callback is not None:
        callback = replace(callback, at=callback.at + by)
    return replace(ticket, callback=callback, **moved)


def _status_at(ticket: Ticket, moment: datetime) -> Status:
    for name, status in _LIFE:
        at = getattr(ticket, name)
        if at is not None and at <= moment:
            return status
    # A source that never tells of dispatching tells of open tickets in one word only.
    tells_steps = any(getattr(ticket, name) is not None for name, _ in _LIFE)
    return Status.ACCEPTED if tells_steps or ticket.status in ENDED else ticket.status
