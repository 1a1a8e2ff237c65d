"""A table lived again: each ticket comes when it came, and changes when it changed."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from data_sources.feeds.importing import Account, read_row, reader_for, wait_for_room
from data_sources.feeds.mapping import Mapping
from data_sources.feeds.moments import moments, shifted, state_at
from data_sources.feeds.reading import TicketReader
from data_sources.feeds.table_file import TableFile
from operations.errors import BadInput
from operations.ports import Refused, TicketStream
from operations.tickets.ticket import Ticket

Shift = Literal["none", "first", "last"]

TICK_S = 0.1  # a mark of the clock goes out at every tick
MOST_A_BATCH = 1_000
AFTERWARDS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clocks:
    """The time functions of the door: seconds that only grow, and how to wait."""

    monotonic: Callable[[], float]
    sleep: Callable[[float], None]


@dataclass(slots=True)
class Timeline:
    """Every state of every ticket, in the order of time; an event is (moment, ticket)."""

    tickets: list[Ticket] = field(default_factory=list)
    events: list[tuple[datetime, int]] = field(default_factory=list)
    account: Account = field(default_factory=Account)

    def state(self, event: tuple[datetime, int]) -> Ticket:
        """Give the ticket as it stood at an event."""
        moment, index = event
        ticket = self.tickets[index]
        return state_at(ticket, moment, last=moments(ticket)[-1])

    @property
    def newest_creation(self) -> datetime:
        """When the last ticket came in."""
        return max(ticket.created_at for ticket in self.tickets)


def read_timeline(
    path: Path,
    mapping: Mapping,
    reader: TicketReader,
    stream: TicketStream,
    *,
    now: datetime,
    shift: Shift = "none",
) -> Timeline:
    """Read a whole table into memory (about 3 KB a ticket); bad rows are set aside at once.

    `shift` moves all times by whole days, so that hours of the day stay: the first (last)
    ticket then comes in within the 24 hours before `now`.
    """
    reader = reader_for(mapping, reader)
    timeline = Timeline()
    refused: list[Refused] = []
    for row in TableFile(path, mapping).rows():
        read = read_row(row, reader, timeline.account, now=now, feed=mapping.name)
        if isinstance(read, Ticket):
            timeline.tickets.append(read)
        else:
            refused.append(read)
    if refused:
        stream.append_refused(refused)
    if not timeline.tickets:
        raise BadInput(str(path), "no row of it can be read as a ticket")
    by = _shift_by(timeline, shift, now)
    timeline.tickets = [shifted(ticket, by) for ticket in timeline.tickets]
    timeline.events = sorted(
        (moment, index)
        for index, ticket in enumerate(timeline.tickets)
        for moment in moments(ticket)
    )
    return timeline


def replay(
    timeline: Timeline,
    stream: TicketStream,
    *,
    speed: float,
    clocks: Clocks,
    start: datetime | None = None,
    stop: datetime | None = None,
    progress: Callable[[int], None] = lambda _events: None,
) -> datetime:
    """Live a timeline again at `speed` (its hours per real hour; `inf`: as fast as it is taken).

    What was before `start` is delivered at once, each ticket as it stood then. The replay ends
    at `stop`, else a day after the last ticket came in. A mark of the city's clock goes before
    every batch and about ten times a second. While the worker is behind, the city's time stands
    still. Gives the city's time at the end.
    """
    begin = start or timeline.events[0][0]
    end = stop or timeline.newest_creation + AFTERWARDS
    if begin > end or not speed > 0:
        raise BadInput("replay", f"needs speed > 0 and start before {end:%Y-%m-%d %H:%M} UTC")
    pace = _Pace(begin, end, speed, clocks)
    done = _deliver_history(timeline, stream, begin, clocks)
    progress(done)
    pace.begin()
    while True:
        now = pace.now()
        upto = bisect_right(timeline.events, now, lo=done, key=_moment)
        if upto - done > MOST_A_BATCH:  # the clock may not be ahead of what was delivered
            upto = done + MOST_A_BATCH
            now = timeline.events[upto - 1][0]
        stream.append_clock(now)
        stream.append([timeline.state(event) for event in timeline.events[done:upto]])
        progress(upto - done)
        full, done = upto - done == MOST_A_BATCH, upto
        if now >= end and not full:
            return end
        pace.stand_still_while_behind(stream)
        if not full:
            clocks.sleep(TICK_S)


class _Pace:
    """The city's time of a replay: so many hours per real hour, none while it is held up."""

    def __init__(self, begin: datetime, end: datetime, speed: float, clocks: Clocks) -> None:
        self._begin, self._end, self._speed, self._clocks = begin, end, speed, clocks
        self._since = 0.0

    def begin(self) -> None:
        """Start the city's time at `begin`, now."""
        self._since = self._clocks.monotonic()

    def now(self) -> datetime:
        """Give the city's time, at most the end."""
        passed_s = (self._clocks.monotonic() - self._since) * self._speed
        if self._speed == math.inf or passed_s >= (self._end - self._begin).total_seconds():
            return self._end
        return self._begin + timedelta(seconds=passed_s)

    def stand_still_while_behind(self, stream: TicketStream) -> None:
        """Wait until the worker has caught up, and let no time pass in the city meanwhile."""
        before = self._clocks.monotonic()
        wait_for_room(stream, self._clocks.sleep)
        self._since += self._clocks.monotonic() - before


def _moment(event: tuple[datetime, int]) -> datetime:
    return event[0]


def _deliver_history(
    timeline: Timeline, stream: TicketStream, begin: datetime, clocks: Clocks
) -> int:
    """Deliver every ticket that was there before `begin` in its newest state; count the events."""
    done = bisect_left(timeline.events, begin, key=_moment)
    newest = {index: moment for moment, index in timeline.events[:done]}
    stream.append_clock(begin)
    indices = list(newest)
    for first in range(0, len(indices), MOST_A_BATCH):
        part = indices[first : first + MOST_A_BATCH]
        stream.append([timeline.state((newest[index], index)) for index in part])
        wait_for_room(stream, clocks.sleep)
    return done


def _shift_by(timeline: Timeline, shift: Shift, now: datetime) -> timedelta:
    if shift == "none":
        return timedelta()
    created = [ticket.created_at for ticket in timeline.tickets]
    mark = min(created) if shift == "first" else max(created)
    return timedelta(days=(now - mark) // timedelta(days=1))
