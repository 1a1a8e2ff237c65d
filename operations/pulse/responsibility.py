"""The five responsibilities and the loose ends, as sums over the present tickets."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from operations.pulse.handled_tickets import HandledTickets
from operations.pulse.rows import (
    BOUNCING,
    CLOSED,
    CREATED,
    DEPARTMENT,
    DISTRICT,
    DUE,
    DUTIES,
    DUTY_BIT,
    FLAGS,
    OPEN,
    REPEATING,
    RING_BIT,
    SUPERVISED,
    UNOWNED,
    UNSOLVED,
    UPDATED,
    WAITS,
)
from operations.pulse.sparse import SparseCounts
from operations.pulse.threshold import Threshold
from operations.pulse.volumes import ALL, Scope
from operations.pulse.windows import HOUR_US, Ints, LocalTime, from_us, to_us
from operations.tickets.duties import Duty
from operations.tickets.loose_ends import LooseEnd, Thresholds

ENDS = tuple(LooseEnd)
_PLACES = {end: place for place, end in enumerate(ENDS)}
_SUPERVISE = DUTIES.index(Duty.SUPERVISE)
_WHAT, _DISTRICT, _DEPARTMENT, _DAY, _HOUR, _RING = range(6)
_COLUMNS = {DISTRICT: _DISTRICT, DEPARTMENT: _DEPARTMENT}
_NO_DAY = 0
_RINGS = 3  # the bits of a ring

Mask = npt.NDArray[np.bool_]


class Stage(NamedTuple):
    """What stands in one of the five: how many, how old half of them are, how many are overdue.

    `median_h` counts hours of the city's clock since the one they were accepted in; None of none.
    """

    tickets: int
    median_h: int | None
    overdue: int


class Responsibility:
    """Every ticket with something left to do, by its duty, and those on each list of loose ends.

    Both are kept by district and department; the duties also by the hour of acceptance, from which
    the median age follows, and what is closed by the day of closing, with which it leaves the
    period. What time alone moves waits at thresholds: a red card, silence, a late callback.
    """

    def __init__(
        self, local: LocalTime, handled: HandledTickets, thresholds: Thresholds, *, days: int
    ) -> None:
        self._local, self._handled, self._thresholds = local, handled, thresholds
        self._days, self._gone = days, local.today - days
        self._duties = SparseCounts(columns=6, layers=2)
        self._ends = SparseCounts(columns=4, layers=1)
        self._still, self._unowned = Threshold(UPDATED), Threshold(UPDATED)
        self._uncalled = Threshold(CLOSED)
        for _ in self.advance():
            raise AssertionError("nothing waits yet")

    def add(self, rows: Ints, signs: Ints) -> None:
        """Count open and supervised tickets, or take them back."""
        kept = (rows[:, FLAGS] & (OPEN | SUPERVISED)) != 0
        rows, signs = rows[kept], signs[kept]
        flags, days = rows[:, FLAGS], np.full(len(rows), _NO_DAY)
        is_open = (flags & OPEN) != 0
        overdue = is_open & (rows[:, DUE] < self._local.now_us)
        red = is_open & self._handled.is_red(rows)
        late = np.where(overdue, signs, 0)
        self._put_duties(self._duty(rows), rows, days, np.stack((signs, late)))
        for end, mask in (
            (LooseEnd.BOUNCING, is_open & ((flags & BOUNCING) != 0)),
            (LooseEnd.REPEATS, is_open & ((flags & REPEATING) != 0)),
            (LooseEnd.UNCARDED, _unsupervised(rows) & (red if self._gives_cards else overdue)),
        ):
            self._put_ends(end, rows, signs, mask)
        unowned = (flags & UNOWNED) != 0
        for edge, owned in ((self._unowned, unowned), (self._still, ~unowned)):
            mine = rows[is_open & owned], signs[is_open & owned]
            self._put_ends(LooseEnd.ORPHANS, *mine, edge.add(*mine))

    def were_closed(self, rows: Ints, signs: Ints) -> None:
        """Count what was closed in the period and is not settled, or take it back."""
        rows, signs, days = self._pending(rows, signs)
        if not len(rows):
            return
        self._put_duties(self._duty(rows), rows, days, np.stack((signs, np.zeros_like(signs))))
        unsolved = (rows[:, FLAGS] & UNSOLVED) != 0
        self._put_ends(LooseEnd.UNSOLVED, rows, signs, unsolved)
        waits = (rows[:, FLAGS] & WAITS) != 0
        rows, signs = rows[waits], signs[waits]
        self._put_ends(LooseEnd.UNCALLED, rows, signs, self._uncalled.add(rows, signs))

    def fell_due(self, rows: Ints, signs: Ints) -> None:
        """Count open tickets as overdue."""
        days = np.full(len(rows), _NO_DAY)
        late = np.stack((np.zeros_like(signs), signs))
        self._put_duties(self._duty(rows), rows, days, late)
        if not self._gives_cards:
            self._put_ends(LooseEnd.UNCARDED, rows, signs, _unsupervised(rows))

    def turned_red(self, rows: Ints, signs: Ints) -> None:
        """Move open tickets on whose card has turned red; they are overdue already."""
        moved = _base(rows) < _SUPERVISE
        here, days = rows[moved], np.full(int(moved.sum()), _NO_DAY)
        for duty, sign in ((_base(here), -signs[moved]), (self._duty(here), signs[moved])):
            self._put_duties(duty, here, days, np.stack((sign, sign)))
        self._put_ends(LooseEnd.UNCARDED, rows, signs, _unsupervised(rows))

    def begin_day(self) -> None:
        """Follow the local time to a later day: forget what leaves the period."""
        gone = self._local.today - self._days
        if gone == self._gone:
            return
        self._gone = gone
        for counts in (self._duties, self._ends):
            days = counts.keys[_DAY]
            counts.drop((days != _NO_DAY) & (days <= gone))

    def advance(self) -> Iterator[Ints]:
        """Move the thresholds on; give the rows that have come to a list."""
        edges = self._thresholds.edges(from_us(self._local.now_us))
        for edge, until in ((self._unowned, edges.unowned), (self._still, edges.still)):
            for rows, signs in edge.advance(to_us(until)):
                self._put_ends(LooseEnd.ORPHANS, rows, signs, _all(rows))
                yield rows
        for rows, signs in self._uncalled.advance(to_us(edges.uncalled)):
            late, marks, _ = self._pending(rows, signs)
            self._put_ends(LooseEnd.UNCALLED, late, marks, _all(late))
            yield late

    def merge(self, other: "Responsibility", here: dict[int, Ints]) -> None:
        """Add the tickets of another city at the same clock; `here` translates its codes."""
        columns = {mine: here[column] for column, mine in _COLUMNS.items()}
        self._duties.merge(other._duties, columns)
        self._ends.merge(other._ends, columns)
        for name in ("_still", "_unowned", "_uncalled"):
            getattr(self, name).merge(getattr(other, name), here)

    def stages(self, scope: Scope, *, closed: bool = True, ring: int | None = None) -> list[Stage]:
        """Give the five of a scope in their order, of one ring or of all.

        Without those `closed`: of open and supervised tickets alone.
        """
        keys, counts = self._within(self._duties, scope)
        kept = closed | (keys[_DAY] == _NO_DAY)
        if ring is not None:
            kept &= keys[_RING] == ring
        what, hours = keys[_WHAT], keys[_HOUR]
        found = []
        for duty in range(len(DUTIES)):
            here = kept & (what == duty)
            n, overdue = counts[:, here]
            median = self._median_h(hours[here], n)
            found.append(Stage(int(n.sum()), median, int(overdue.sum())))
        return found

    def ends(self, scope: Scope) -> dict[LooseEnd, int]:
        """Count what is on each list of a scope."""
        keys, counts = self._within(self._ends, scope)
        sums = np.bincount(keys[_WHAT], weights=counts[0], minlength=len(ENDS))
        return {end: int(sums[place]) for end, place in _PLACES.items()}

    def ends_by(self, column: int, scope: Scope, codes: Ints) -> Ints:
        """Count what is on each list within a scope for names of a column: (lists, names)."""
        keys, counts = self._within(self._ends, scope)
        held = keys[_COLUMNS[column]]
        names = max(int(codes.max(initial=0)), int(held.max(initial=0))) + 1
        found = np.zeros((len(ENDS), names), np.int64)
        np.add.at(found, (keys[_WHAT], held), counts[0])
        return found[:, codes]

    @property
    def _gives_cards(self) -> bool:
        return self._handled.gives_cards

    def _median_h(self, hours: Ints, numbers: Ints) -> int | None:
        """Give the age that half do not exceed (nearest rank), in hours."""
        order = np.argsort(-hours, kind="stable")
        reached = np.cumsum(numbers[order])
        if not len(reached) or not reached[-1]:
            return None
        place = int(np.searchsorted(reached, (reached[-1] + 1) // 2))
        return self._local.hour_of(self._local.now_us) - int(hours[order[place]])

    def _duty(self, rows: Ints) -> Ints:
        """Give the duty of each ticket at this moment."""
        red = ((rows[:, FLAGS] & OPEN) != 0) & self._handled.is_red(rows)
        base = _base(rows)
        found: Ints = np.where(red, np.maximum(base, _SUPERVISE), base)
        return found

    def _pending(self, rows: Ints, signs: Ints) -> tuple[Ints, Ints, Ints]:
        """Keep of closed tickets those with something left to do; give rows, signs, days."""
        flags = rows[:, FLAGS]
        left = ((flags & (OPEN | SUPERVISED)) == 0) & ((flags & (WAITS | UNSOLVED)) != 0)
        days = self._local.day_of(rows[:, CLOSED])
        left &= days > self._gone
        return rows[left], signs[left], days[left]

    def _put_duties(self, duty: Ints, rows: Ints, days: Ints, numbers: Ints) -> None:
        hours = (rows[:, CREATED] - self._local.phase_us) // HOUR_US
        rings = rows[:, FLAGS] >> RING_BIT & _RINGS
        keys = (duty, rows[:, DISTRICT], rows[:, DEPARTMENT], days, hours, rings)
        self._duties.add(np.stack(keys, axis=1), numbers)

    def _put_ends(self, end: LooseEnd, rows: Ints, signs: Ints, mask: Mask) -> None:
        rows = rows[mask]
        closed = (rows[:, FLAGS] & OPEN) == 0
        days = np.where(closed, self._local.day_of(rows[:, CLOSED]), _NO_DAY)
        what = np.full(len(rows), _PLACES[end])
        keys = (what, rows[:, DISTRICT], rows[:, DEPARTMENT], days)
        self._ends.add(np.stack(keys, axis=1), signs[mask][None])

    @staticmethod
    def _within(counts: SparseCounts, scope: Scope) -> tuple[Ints, Ints]:
        keys, numbers = counts.keys, counts.counts
        if scope.kind == ALL:
            return keys, numbers
        here = keys[_COLUMNS[scope.kind]] == scope.code
        return keys[:, here], numbers[:, here]


def _base(rows: Ints) -> Ints:
    """Give the duty that follows from the state alone, without what the clock adds."""
    found: Ints = rows[:, FLAGS] >> DUTY_BIT
    return found


def _unsupervised(rows: Ints) -> Mask:
    mask: Mask = (rows[:, FLAGS] & SUPERVISED) == 0
    return mask


def _all(rows: Ints) -> Mask:
    return np.ones(len(rows), bool)
