"""What each ticket adds to which counter, and at which of its times."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from operations.pulse.durations import MINUTE_US, bucket_of
from operations.pulse.local_days import LocalDays
from operations.pulse.sums import COUNTERS

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

NEVER = 2**62
OPEN, DONE, WITHDRAWN = 0, 1, 2
UNKNOWN, NO, YES = -1, 0, 1


class TicketColumns(NamedTuple):
    """Tickets, column by column. Times are microseconds since 1970 UTC, NEVER where there is none.

    `state` is OPEN, DONE (办结) or WITHDRAWN; `on_time`, `solved` and `satisfied` are UNKNOWN, NO
    or YES. `is_returned` and `is_reopened` tell of a ticket that stands so now; `is_repeat` that
    an earlier one of the same caller or place and category came in the 30 days before.
    """

    created: Ints
    dispatched: Ints
    due: Ints
    closed: Ints
    called: Ints
    replied: Ints
    state: Ints
    returns: Ints
    reassignments: Ints
    reopenings: Ints
    on_time: Ints
    solved: Ints
    satisfied: Ints
    reached: Mask
    has_department: Mask
    is_returned: Mask
    is_reopened: Mask
    is_repeat: Mask


class Event(NamedTuple):
    """One of the times of every ticket, and what counts there; `counts` are (counter, mask)."""

    times: Ints
    counts: dict[str, Mask]


def events_of(t: TicketColumns) -> Iterator[Event]:
    """Give the five events of a ticket's life that figures are counted by.

    A mask may be true only where the event's time is known. The definitions are those of
    docs/figures.md.
    """
    yield _opened(t)
    yield _dispatched(t)
    due = (t.due != NEVER) & (t.state != WITHDRAWN)
    yield Event(t.due, {"due": due, "on_time": due & (t.state == DONE) & (t.closed <= t.due)})
    yield _closed(t)
    yield _called(t)


def _opened(t: TicketColumns) -> Event:
    targets = t.due != NEVER
    return Event(
        t.created,
        {
            "opened": np.ones(len(t.created), bool),
            "repeats": t.is_repeat,
            "targets": targets,
            "flagged": targets & (t.on_time != UNKNOWN),
            "flagged_on_time": targets & (t.on_time == YES),
        },
    )


def _dispatched(t: TicketColumns) -> Event:
    sent = t.dispatched != NEVER
    returned = sent & ((t.returns > 0) | t.is_returned)
    moved = t.reassignments > 0
    return Event(
        t.dispatched,
        {
            "dispatched": sent,
            "misdirected": sent & (returned | moved),
            "returned": returned,
            "returns_accepted": returned & moved,
            "returns_refused": returned & ~moved & ~t.is_returned & t.has_department,
        },
    )


def _closed(t: TicketColumns) -> Event:
    known = t.closed != NEVER
    closed = known & (t.state == DONE)
    direct = closed & (t.dispatched == NEVER) & ~t.has_department
    again = (t.reopenings > 0) | t.is_reopened
    sent_back = (t.returns > 0) | t.is_returned
    reopened = known & again & (t.state != WITHDRAWN)
    handled = closed & ~direct
    return Event(
        t.closed,
        {
            "closed": closed,
            "direct": direct,
            "handled": handled,
            "once": handled & ~again & ~sent_back & (t.reassignments == 0) & ~t.is_repeat,
            "concluded": handled | reopened,
            "reopened": reopened,
            "by_first": handled & (t.reassignments == 0),
            "lasting": handled & ~again & ~t.is_repeat,
        },
    )


def _called(t: TicketColumns) -> Event:
    called = t.called != NEVER
    answers, opinions = called & (t.solved != UNKNOWN), called & (t.satisfied != UNKNOWN)
    valid = answers | opinions
    return Event(
        t.called,
        {
            "callbacks": called,
            "reached": called & t.reached,
            "valid": valid,
            "responded": valid & (t.replied <= t.called),
            "answers": answers,
            "solved": answers & (t.solved == YES),
            "opinions": opinions,
            "satisfied": opinions & (t.satisfied == YES),
            "served": valid & t.reached & (t.solved != NO) & (t.satisfied != NO),
        },
    )


class Counted(NamedTuple):
    """Events laid under one another: whose, when, and what each adds to the counters.

    tickets: (events,), row of the ticket; times: (events,), us; counts: (events, counters).
    """

    tickets: Ints
    times: Ints
    counts: Ints


def counted(t: TicketColumns) -> Counted:
    """Give every event that adds to a counter."""
    tickets, times, counts = [], [], []
    for event in events_of(t):
        if not (event.times != NEVER).any():
            continue  # of tickets that have just come in nothing has been closed yet
        here = np.zeros((len(t.created), len(COUNTERS)), np.int64)
        for counter, mask in event.counts.items():
            here[:, _PLACES[counter]] = mask
        some = here.any(axis=1)
        tickets.append(np.flatnonzero(some))
        times.append(event.times[some])
        counts.append(here[some])
    return Counted(np.concatenate(tickets), np.concatenate(times), np.concatenate(counts))


class Durations(NamedTuple):
    """How long handled tickets took: whose, closed when, and the buckets of both measures."""

    tickets: Ints
    times: Ints
    clock: Ints
    working: Ints


def durations(t: TicketColumns, local: LocalDays) -> Durations:
    """Give from acceptance to closing of every handled ticket that did not close before it came."""
    handled = _closed(t).counts["handled"] & (t.closed >= t.created)
    tickets = np.flatnonzero(handled)
    created, closed = t.created[handled], t.closed[handled]
    return Durations(
        tickets,
        closed,
        bucket_of((closed - created) // MINUTE_US),
        bucket_of(local.worked_us(created, closed) // MINUTE_US),
    )


_PLACES = {name: place for place, name in enumerate(COUNTERS)}
