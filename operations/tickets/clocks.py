"""A ticket's clocks as a page shows them: how long each may run, until when, and who says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from operations.tickets.changes import Change, Step
from operations.tickets.deadlines import Deadlines, Limit
from operations.tickets.handling import Handling
from operations.tickets.reckoning import basis_of, begun_at, is_ruled
from operations.tickets.ticket import Status, Ticket

SOURCE = "source"


class State(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    STANDING = "standing"  # stopped by somebody
    OVERDUE = "overdue"
    KEPT = "kept"
    LATE = "late"  # done, after its time


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock. `origin` is the rule its limit comes from, or the source.

    `name`: dispatch, sign, finish, or return (what is not ours goes back by then). `limit` is None
    where the source gives the due time without one.
    """

    name: str
    started_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    state: State
    origin: str
    limit: Limit | None = None


class Breach(StrEnum):
    """What a ticket's course shows against the rules."""

    DISPATCHED_LATE = "dispatched_late"
    SIGNED_LATE = "signed_late"
    FINISHED_LATE = "finished_late"
    RETURNED_LATE = "returned_late"
    RETURNED_UNREASONED = "returned_unreasoned"
    EXTENDED_TOO_OFTEN = "extended_too_often"
    EXTENDED_TOO_FAR = "extended_too_far"


_LATE = {
    "dispatch": Breach.DISPATCHED_LATE,
    "sign": Breach.SIGNED_LATE,
    "finish": Breach.FINISHED_LATE,
    "return": Breach.RETURNED_LATE,
}


def clocks_of(
    ticket: Ticket, deadlines: Deadlines | None, changes: Sequence[Change], now: datetime
) -> tuple[Clock, ...]:
    """Give the clocks of a reckoned ticket, in the order in which they run.

    `changes` are its history, by which a return is judged.
    """
    found = [_finish(ticket, deadlines, now)]
    if deadlines is not None:
        before = [
            _ruled("dispatch", ticket, deadlines, ticket.created_at, ticket.dispatched_at, now),
            _ruled("sign", ticket, deadlines, ticket.dispatched_at, ticket.signed_at, now),
            _return(ticket, deadlines, changes, now),
        ]
        found = [*before, *found]
    return tuple(clock for clock in found if clock is not None)


def breaches_of(
    ticket: Ticket, handling: Handling, deadlines: Deadlines | None, clocks: Sequence[Clock]
) -> tuple[Breach, ...]:
    """Give what is against the rules, in the order of a ticket's life."""
    found = [_LATE[clock.name] for clock in clocks if clock.state in (State.LATE, State.OVERDUE)]
    if deadlines is None:
        return tuple(found)
    returned = ticket.returns > 0 or ticket.status is Status.RETURNED
    if deadlines.rules.return_needs_reason and returned and not ticket.return_reason:
        found.append(Breach.RETURNED_UNREASONED)
    rule = deadlines.rules.extension
    if ticket.extensions + (handling.extension_d > 0) > rule.times:
        found.append(Breach.EXTENDED_TOO_OFTEN)
    if _put_off_d(ticket, handling, deadlines) > rule.working_days:
        found.append(Breach.EXTENDED_TOO_FAR)
    return tuple(found)


def _put_off_d(ticket: Ticket, handling: Handling, deadlines: Deadlines) -> int:
    """Give by how many working days a due time was put off, by the source or here."""
    if basis_of(ticket.due_by) is not None:
        return handling.extension_d
    if ticket.due_at is None or ticket.original_due_at is None:
        return 0
    zone, calendar = deadlines.clock.zone, deadlines.clock.calendar
    first, last = (at.astimezone(zone).date() for at in (ticket.original_due_at, ticket.due_at))
    return calendar.working_days_between(first, last)


def _ruled(
    name: str,
    ticket: Ticket,
    deadlines: Deadlines,
    started_at: datetime | None,
    done_at: datetime | None,
    now: datetime,
) -> Clock | None:
    """Give a clock of the rules; none for a ticket that ended without what it waits for."""
    ruled = deadlines.ruled(name, ticket, ticket.triage)
    if ruled is None or started_at is None or (done_at is None and not ticket.is_open):
        return None
    due_at = deadlines.due(started_at, ruled.limit)
    origin = f"{deadlines.rules.code}/{ruled.rule}"
    state = _state(due_at, done_at, now)
    return Clock(name, started_at, due_at, done_at, state, origin, ruled.limit)


def _finish(ticket: Ticket, deadlines: Deadlines | None, now: datetime) -> Clock | None:
    started_at, basis = begun_at(ticket) or ticket.created_at, basis_of(ticket.due_by)
    done_at = ticket.closed_at
    if ticket.status is Status.WITHDRAWN or (done_at is None and not ticket.is_open):
        return None
    if basis is None:
        if ticket.due_at is None:
            return None
        state = _state(ticket.due_at, done_at, now)
        origin = str(ticket.due_by) if is_ruled(ticket) else SOURCE
        return Clock("finish", started_at, ticket.due_at, done_at, state, origin)
    ruled = None if deadlines is None else deadlines.ruled("finish", ticket, ticket.triage)
    state = State.STANDING if basis.stopped else _state(ticket.due_at, done_at, now)
    limit = None if ruled is None else ruled.limit
    return Clock("finish", started_at, ticket.due_at, done_at, state, basis.rule, limit)


def _return(
    ticket: Ticket, deadlines: Deadlines, changes: Sequence[Change], now: datetime
) -> Clock | None:
    """Give the clock of a return: the last one there was, else until when there may be one.

    Sources only count returns, so the time of one is the latest at which it can have happened.
    """
    limit = deadlines.rules.return_within
    if limit is None or ticket.ruled_by is not None:  # a ruled ticket is not given back
        return None
    origin = f"{deadlines.rules.code}/return"
    returned_at = max((one.at for one in changes if one.step is Step.RETURNED), default=None)
    sent = [
        one.at
        for one in changes
        if one.step is Step.DISPATCHED and (returned_at is None or one.at <= returned_at)
    ]
    if not sent:
        return None
    started_at = max(sent)
    due_at = deadlines.due(started_at, limit)
    if returned_at is None and (not ticket.is_open or now > due_at):
        return None
    state = _state(due_at, returned_at, now)
    return Clock("return", started_at, due_at, returned_at, state, origin, limit)


def _state(due_at: datetime | None, done_at: datetime | None, now: datetime) -> State:
    if due_at is None:
        return State.RUNNING
    if done_at is not None:
        return State.KEPT if done_at <= due_at else State.LATE
    return State.OVERDUE if now > due_at else State.RUNNING
