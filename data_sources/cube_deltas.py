"""By how much tickets' changes move the cubes, gathered over a batch: one row a cell."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from data_sources.cube_columns import codes_of, columns_of
from data_sources.cube_tables import CATEGORY, DEPARTMENT, DISTRICT, EACH, SINGLE
from data_sources.rows import Row
from operations.pulse.local_days import LocalDays
from operations.pulse.sums import NOBODY
from operations.pulse.ticket_counts import Ints, counted, durations

GROUPINGS = (*SINGLE, EACH)

Codes = tuple[str, str, str]
"""(department, district, category)."""
Cell = tuple[int, int, str, str, str]
"""(grouping, day or hour, *codes)."""
CellRow = tuple[int | str, ...]
"""A cell and its counters."""
Took = dict[Cell, tuple[dict[int, int], dict[int, int]]]
"""By how much the buckets of cells move, by the clock and in working time."""


class Counting(NamedTuple):
    """Tickets to be counted: rows, whether each is a repeat, and +1 or −1."""

    rows: list[Row]
    repeats: list[bool]
    signs: list[int]

    def add(self, row: Row, *, is_repeat: bool, sign: int) -> None:
        """Add one ticket's state."""
        self.rows.append(row)
        self.repeats.append(is_repeat)
        self.signs.append(sign)


class Deltas(NamedTuple):
    """What a batch adds: rows of days and hours, and buckets of durations.

    `touched` gives for each codes anything changes of the earliest day of it.
    """

    days: list[CellRow]
    hours: list[CellRow]
    durations: Took
    touched: dict[Codes, int]


class _Cells(NamedTuple):
    """Sums by time and by the number of the codes; times, codes: (cells,), counts: (cells, n)."""

    times: Ints
    codes: Ints
    counts: Ints


def deltas_of(counting: Counting, local: LocalDays) -> Deltas:
    """Count tickets' states, each with its sign, into cells."""
    numbers, names = _numbered(codes_of(counting.rows))
    columns = columns_of(counting.rows, counting.repeats)
    events = counted(columns)
    counts = events.counts * np.array(counting.signs, np.int64)[events.tickets, None]
    of = numbers[events.tickets]
    days = _gathered(_Cells(local.day_of(events.times), of, counts))
    hours = _gathered(_Cells(local.hour_of(events.times), of, counts))
    took = durations(columns, local)
    buckets = _Buckets()
    for ticket, day, *pair in zip(
        took.tickets.tolist(),
        local.day_of(took.times).tolist(),
        took.clock.tolist(),
        took.working.tolist(),
        strict=True,
    ):
        buckets.add(names[numbers[ticket]], day, pair, counting.signs[ticket])
    touched = buckets.touched()
    for day, code in zip(days.times.tolist(), days.codes.tolist(), strict=True):
        touched[names[code]] = min(day, touched.get(names[code], day))
    within = {one: _numbered([narrowed(codes, one) for codes in names]) for one in GROUPINGS}
    return Deltas(
        _rows(days, within, GROUPINGS), _rows(hours, within, SINGLE), buckets.cells(), touched
    )


class _Buckets:
    """Gathers durations by the codes and the day of their closing."""

    def __init__(self) -> None:
        self._moved: dict[tuple[Codes, int], tuple[dict[int, int], dict[int, int]]] = {}

    def add(self, codes: Codes, day: int, pair: Sequence[int], sign: int) -> None:
        """Add one ticket's buckets, by the clock and in working time."""
        held = self._moved.setdefault((codes, day), ({}, {}))
        for one, bucket in zip(held, pair, strict=True):
            one[bucket] = one.get(bucket, 0) + sign

    def touched(self) -> dict[Codes, int]:
        """Give the codes whose durations change, and the earliest day of each."""
        found: dict[Codes, int] = {}
        for (codes, day), pair in self._moved.items():
            if any(any(one.values()) for one in pair):
                found[codes] = min(day, found.get(codes, day))
        return found

    def cells(self) -> Took:
        """Give what moves in the cells of every grouping."""
        found: Took = {}
        for (codes, day), pair in self._moved.items():
            if not any(any(one.values()) for one in pair):
                continue  # a ticket that changed otherwise: out of its bucket and in again
            for grouping in GROUPINGS:
                held = found.setdefault((grouping, day, *narrowed(codes, grouping)), ({}, {}))
                for one, more in zip(held, pair, strict=True):
                    for bucket, count in more.items():
                        one[bucket] = one.get(bucket, 0) + count
        return found


def narrowed(codes: Codes, grouping: int) -> Codes:
    """Give the codes a grouping tells apart by, and '' for the others."""
    department, district, category = codes
    return (
        department if grouping & DEPARTMENT else NOBODY,
        district if grouping & DISTRICT else NOBODY,
        category if grouping & CATEGORY else NOBODY,
    )


def _numbered(codes: Sequence[Codes]) -> tuple[Ints, list[Codes]]:
    """Give each ticket's codes as a number, and the codes by their numbers."""
    known: dict[Codes, int] = {}
    numbers = [known.setdefault(one, len(known)) for one in codes]
    return np.array(numbers, np.int64), list(known)


def _gathered(cells: _Cells) -> _Cells:
    """Add up what is in the same cell; cells in which nothing is left are none."""
    if not len(cells.times):
        return cells
    keys = (cells.times - int(cells.times.min())) * (int(cells.codes.max()) + 1) + cells.codes
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    counts = np.add.reduceat(cells.counts[order], starts, axis=0)
    some = counts.any(axis=1)
    places = order[starts][some]
    return _Cells(cells.times[places], cells.codes[places], counts[some])


def _rows(
    cells: _Cells, within: dict[int, tuple[Ints, list[Codes]]], groupings: Sequence[int]
) -> list[CellRow]:
    """Give the rows of cells in several groupings; `within` has the codes of each."""
    rows: list[CellRow] = []
    for grouping in groupings:
        numbers, names = within[grouping]
        found = cells
        if grouping != EACH and len(cells.times):
            found = _gathered(_Cells(cells.times, numbers[cells.codes], cells.counts))
        listed = zip(found.times.tolist(), found.codes.tolist(), found.counts.tolist(), strict=True)
        rows += [(grouping, time, *names[code], *counts) for time, code, counts in listed]
    return rows
