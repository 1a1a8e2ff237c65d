"""Facts as rows of whole numbers, so that one and a million are counted by the same few calls."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np

from operations.pulse.windows import Ints
from operations.tickets.fact import Fact
from operations.tickets.ticket import ENDED, Status, Triage

CREATED, CLOSED, DUE, CALLED = 0, 1, 2, 3
CATEGORY, DISTRICT, TOWN, DEPARTMENT, CHANNEL = 4, 5, 6, 7, 8
CELL, CALLER, FLAGS = 9, 10, 11
WIDTH = 12
_AT_ONCE = 2_000  # turning more facts on their side at once costs three times as much each

NEVER = 2**62
NO_CELL = 0

OPEN, URGENT, DONE, DIRECT, WITHDRAWN = 1, 2, 4, 8, 16
SOLVED_KNOWN, SOLVED, SATISFIED_KNOWN, SATISFIED = 32, 64, 128, 256
TOLD_KNOWN, TOLD_ON_TIME = 512, 1024  # the source's own flag
PRESSING, DISPUTED, HARD = 2048, 4096, 8192  # the way it goes; without one the ordinary

_STATUS_FLAGS = {
    str(status): OPEN
    if status not in ENDED
    else (WITHDRAWN if status is Status.WITHDRAWN else DONE)
    for status in Status
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
         told, _lat, _lon, _quality, _merged, ways) = zip(*facts, strict=True)  # fmt: skip
        rows[:, CREATED] = created
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
        never_sent = [
            sent is None and department is None
            for sent, department in zip(dispatched, departments, strict=True)
        ]
        rows[:, FLAGS] |= np.where(never_sent, DIRECT, 0)
        return rows

    def translation(self, other: "FactRows") -> dict[int, Ints]:
        """Give, for each column of names, the number here of each number of another city."""
        return {column: names.numbers(other.of(column).names) for column, names in self._of.items()}


def _looked_up(flags: Mapping[Any, int], values: Sequence[object]) -> Ints:
    return np.fromiter(map(flags.__getitem__, values), np.int64, len(values))
