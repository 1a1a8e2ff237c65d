"""Facts as rows of whole numbers, so that one and a million are counted by the same few calls."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np

from operations.people.person import Ring
from operations.pulse.windows import Ints
from operations.tickets.duties import Duty
from operations.tickets.fact import Fact
from operations.tickets.loose_ends import BOUNCES
from operations.tickets.ticket import ENDED, Status, Supervision, Triage

CREATED, CLOSED, DUE, CALLED = 0, 1, 2, 3
CATEGORY, DISTRICT, TOWN, DEPARTMENT, CHANNEL = 4, 5, 6, 7, 8
CELL, CALLER, FLAGS, UPDATED = 9, 10, 11, 12
WIDTH = 13
_AT_ONCE = 2_000  # turning more facts on their side at once costs three times as much each

NEVER = 2**62
NO_CELL = 0

OPEN, URGENT, DONE, DIRECT, WITHDRAWN = 1, 2, 4, 8, 16
SOLVED_KNOWN, SOLVED, SATISFIED_KNOWN, SATISFIED = 32, 64, 128, 256
TOLD_KNOWN, TOLD_ON_TIME = 512, 1024  # the source's own flag
PRESSING, DISPUTED, HARD = 2048, 4096, 8192  # the way it goes; without one the ordinary
WAITS, UNSOLVED, BOUNCING, REPEATING, SUPERVISED = 1 << 14, 1 << 15, 1 << 16, 1 << 17, 1 << 18
UNOWNED = 1 << 19
RING_BIT, DUTY_BIT = 20, 22
"""From these bits on the number of the ring, and of the duty without what the clock adds."""
DUTIES, RINGS = tuple(Duty), tuple(Ring)
_CLARIFY, _PERFORM, _FULFIL, _SUPERVISE, _ACCOUNT = range(len(DUTIES))

_STATUS_FLAGS = {
    str(status): OPEN
    if status not in ENDED
    else (WITHDRAWN if status is Status.WITHDRAWN else DONE)
    for status in Status
}
_UNCLEAR, _ANSWERED, _AGAIN = 1, 2, 3
_STATES = dict.fromkeys(map(str, Status), 0) | {
    str(Status.RETURNED): _UNCLEAR,
    str(Status.CONSULTING): _UNCLEAR,
    str(Status.REPLIED): _ANSWERED,
    str(Status.REOPENED): _AGAIN,
}
_RESOLVED_FLAGS = {None: 0, False: SOLVED_KNOWN, True: SOLVED_KNOWN | SOLVED}
_SATISFIED_FLAGS = {None: 0, False: SATISFIED_KNOWN, True: SATISFIED_KNOWN | SATISFIED}
_TOLD_FLAGS = {None: 0, False: TOLD_KNOWN, True: TOLD_KNOWN | TOLD_ON_TIME}
_WAY_FLAGS = {
    Triage.ORDINARY.value: 0,
    Triage.URGENT.value: PRESSING,
    Triage.DISPUTED.value: DISPUTED,
    Triage.HARD.value: HARD,
}
_RING_FLAGS = {ring.value: place << RING_BIT for place, ring in enumerate(RINGS)}
_URGENT_FLAGS = {False: 0, True: URGENT}


class Codes(dict[Hashable, int]):
    """Names numbered in the order they were first seen; asking for a name is what adds it."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[Hashable] = []

    def __missing__(self, name: Hashable) -> int:
        self[name] = code = len(self.names)
        self.names.append(name)
        return code

    def numbers(self, names: Sequence[Hashable]) -> Ints:
        """Give the number of each name."""
        return np.fromiter(map(self.__getitem__, names), np.int64, len(names))


class FactRows:
    """Turns facts into rows and numbers back into names.

    District and department `None` have a number of their own. A town is known by its district
    and its name together. A caller is a 64-bit hash of this process, so rows are not for
    keeping; a ticket without a caller is a caller of its own.
    """

    def __init__(self) -> None:
        self.categories, self.districts, self.departments = Codes(), Codes(), Codes()
        self.towns, self.channels = Codes(), Codes()
        self._of = {
            CATEGORY: self.categories,
            DISTRICT: self.districts,
            TOWN: self.towns,
            DEPARTMENT: self.departments,
            CHANNEL: self.channels,
        }

    def of(self, column: int) -> Codes:
        """Give the names of a column."""
        return self._of[column]

    def encode(self, facts: Sequence[Fact]) -> Ints:
        """Give facts as rows: (facts, WIDTH)."""
        if len(facts) > _AT_ONCE:
            parts = range(0, len(facts), _AT_ONCE)
            return np.concatenate([self.encode(facts[one : one + _AT_ONCE]) for one in parts])
        rows = np.empty((len(facts), WIDTH), np.int64)
        if not facts:
            return rows
        (sources, ids, created, dispatched, due, closed, called, statuses, urgent, channels,
         categories, districts, towns, departments, cells, callers, resolved, satisfied,
         told, _lat, _lon, _quality, _merged, ways, updated, moved,
         again, repeats, supervision, rings) = zip(*facts, strict=True)  # fmt: skip
        rows[:, CREATED], rows[:, UPDATED] = created, updated
        for column, times in ((CLOSED, closed), (DUE, due), (CALLED, called)):
            rows[:, column] = [NEVER if time is None else time for time in times]
        rows[:, CATEGORY] = self.categories.numbers(categories)
        rows[:, DISTRICT] = self.districts.numbers(districts)
        rows[:, TOWN] = self.towns.numbers(list(zip(districts, towns, strict=True)))
        rows[:, DEPARTMENT] = self.departments.numbers(departments)
        rows[:, CHANNEL] = self.channels.numbers(channels)
        rows[:, CELL] = [cell or NO_CELL for cell in cells]
        rows[:, CALLER] = [
            hash((source, name)) if caller is None else hash(caller)
            for source, name, caller in zip(sources, ids, callers, strict=True)
        ]
        rows[:, FLAGS] = (
            _looked_up(_STATUS_FLAGS, statuses)
            | _looked_up(_URGENT_FLAGS, urgent)
            | _looked_up(_RESOLVED_FLAGS, resolved)
            | _looked_up(_SATISFIED_FLAGS, satisfied)
            | _looked_up(_TOLD_FLAGS, told)
            | _looked_up(_WAY_FLAGS, ways)
        )
        unowned = [department is None for department in departments]
        told_of = {"unowned": unowned, "reassignments": moved, "reopenings": again,
                   "repeats": repeats, "supervision": supervision}  # fmt: skip
        never_sent = np.array(unowned) & [sent is None for sent in dispatched]
        rows[:, FLAGS] |= np.where(never_sent, DIRECT, 0) | _looked_up(_RING_FLAGS, rings)
        rows[:, FLAGS] |= _duty_flags(rows, statuses, told_of)
        return rows

    def translation(self, other: "FactRows") -> dict[int, Ints]:
        """Give, for each column of names, the number here of each number of another city."""
        return {column: names.numbers(other.of(column).names) for column, names in self._of.items()}


def _duty_flags(rows: Ints, statuses: Sequence[str], told: Mapping[str, Sequence[Any]]) -> Ints:
    """Give what `duties` and `loose_ends` say of each ticket, but for what the clock adds to it.

    `told`: of each ticket whether nobody has it, how often it was sent on and opened again,
    whether it is a repeat, and its supervision.
    """
    flags, closed, called = rows[:, FLAGS], rows[:, CLOSED], rows[:, CALLED]
    state = _looked_up(_STATES, statuses)
    unowned = np.array(told["unowned"])
    is_open, withdrawn = (flags & OPEN) != 0, (flags & WITHDRAWN) != 0
    since = (called != NEVER) & ((closed == NEVER) | (called >= closed))
    unsolved = since & ((flags & (SOLVED_KNOWN | SOLVED)) == SOLVED_KNOWN) & ~withdrawn
    waits = ~is_open & ~withdrawn & ~since & ((flags & DIRECT) == 0)
    again = is_open & ((np.array(told["reopenings"]) > 0) | (state == _AGAIN))
    duty = np.where(unowned | (state == _UNCLEAR), _CLARIFY, _PERFORM)
    duty = np.where(~is_open | (state == _ANSWERED), _FULFIL, duty)
    supervised, referred = (
        np.array([one == way for one in told["supervision"]])
        for way in (Supervision.OPEN, Supervision.REFERRED)
    )
    duty = np.where(again | unsolved | supervised, _SUPERVISE, duty)
    duty = np.where(referred, _ACCOUNT, duty)
    found: Ints = duty << DUTY_BIT
    for flag, mask in (
        (WAITS, waits),
        (UNSOLVED, unsolved),
        (BOUNCING, np.array(told["reassignments"]) >= BOUNCES),
        (REPEATING, np.array(told["repeats"], bool)),
        (SUPERVISED, supervised | referred),
        (UNOWNED, unowned),
    ):
        found |= np.where(mask, flag, 0)
    return found


def _looked_up(flags: Mapping[Any, int], values: Sequence[object]) -> Ints:
    return np.fromiter(map(flags.__getitem__, values), np.int64, len(values))
