"""By how much tickets' changes move the cubes, gathered over a batch: one row a cell."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from data_sources.cube_columns import codes_of, columns_of
from data_sources.cube_tables import BIT, EACH, SINGLE
from data_sources.rows import Row
from operations.pulse.local_days import LocalDays
from operations.pulse.sums import AXES, NOBODY
from operations.pulse.ticket_counts import Ints, counted, durations

Cell = tuple[int, int, str, str, str]
"""(grouping, day or hour, department, district, category)."""
CellRow = tuple[int | str, ...]
"""A cell and its counters."""


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
    """What a batch adds: rows of days and hours, and buckets (clock, working) of cells."""

    days: list[CellRow]
    hours: list[CellRow]
    durations: dict[Cell, tuple[dict[int, int], dict[int, int]]]


class _Cells(NamedTuple):
    """Cells of one time and three codes, as numbers, with what is counted in each.

    times: (cells,); codes: (cells, 3); counts: (cells, counters).
    """

    times: Ints
    codes: Ints
    counts: Ints

    def within(self, grouping: int) -> "_Cells":
        """Give the cells told apart by some of the codes only."""
        codes = self.codes.copy()
        for place, axis in enumerate(AXES):
            if not grouping & BIT[axis]:
                codes[:, place] = 0
        return _gathered(_Cells(self.times, codes, self.counts))


def deltas_of(counting: Counting, local: LocalDays) -> Deltas:
    """Count tickets' states, each with its sign, into cells."""
    columns = columns_of(counting.rows, counting.repeats)
    names = codes_of(counting.rows)
    numbers, known = _numbered(names)
    signs = np.array(counting.signs, np.int64)
    events = counted(columns)
    counts = events.counts * signs[events.tickets, None]
    codes = numbers[events.tickets]
    days = _gathered(_Cells(local.day_of(events.times), codes, counts))
    hours = _gathered(_Cells(local.hour_of(events.times), codes, counts))
    took = durations(columns, local)
    buckets: dict[Cell, tuple[dict[int, int], dict[int, int]]] = {}
    for ticket, day, clock, working in zip(
        took.tickets.tolist(),
        local.day_of(took.times).tolist(),
        took.clock.tolist(),
        took.working.tolist(),
        strict=True,
    ):
        for grouping in (*SINGLE, EACH):
            cell = _cell(grouping, day, names[ticket])
            held = buckets.setdefault(cell, ({}, {}))
            for one, bucket in zip(held, (clock, working), strict=True):
                one[bucket] = one.get(bucket, 0) + counting.signs[ticket]
    moved = {cell: pair for cell, pair in buckets.items() if any(any(one.values()) for one in pair)}
    day_rows = [row for grouping in (*SINGLE, EACH) for row in _rows(days, grouping, known)]
    hour_rows = [row for grouping in SINGLE for row in _rows(hours, grouping, known)]
    return Deltas(day_rows, hour_rows, moved)


def _cell(grouping: int, time: int, names: tuple[str, str, str]) -> Cell:
    department, district, category = (
        name if grouping & BIT[axis] else NOBODY for axis, name in zip(AXES, names, strict=True)
    )
    return (grouping, time, department, district, category)


def _numbered(names: Sequence[tuple[str, str, str]]) -> tuple[Ints, list[list[str]]]:
    """Give the codes as numbers (tickets, 3), and the codes of each axis by their numbers."""
    known: list[dict[str, int]] = [{}, {}, {}]
    numbers = [
        [one.setdefault(name, len(one)) for one, name in zip(known, three, strict=True)]
        for three in names
    ]
    return np.array(numbers, np.int64).reshape(-1, 3), [list(one) for one in known]


def _gathered(cells: _Cells) -> _Cells:
    """Add up what is in the same cell; cells in which nothing is left are none."""
    if not len(cells.times):
        return cells
    sizes = cells.codes.max(axis=0) + 1
    first = int(cells.times.min())
    keys = cells.times - first
    for place in range(3):
        keys = keys * sizes[place] + cells.codes[:, place]
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    counts = np.add.reduceat(cells.counts[order], starts, axis=0)
    some = counts.any(axis=1)
    places = order[starts][some]
    return _Cells(cells.times[places], cells.codes[places], counts[some])


def _rows(cells: _Cells, grouping: int, known: list[list[str]]) -> list[CellRow]:
    found = cells if grouping == EACH else cells.within(grouping)
    listed = zip(found.times.tolist(), found.codes.tolist(), found.counts.tolist(), strict=True)
    departments, districts, categories = (
        names if grouping & BIT[axis] else [NOBODY] for axis, names in zip(AXES, known, strict=True)
    )
    return [
        (grouping, time, departments[one], districts[two], categories[three], *counts)
        for time, (one, two, three), counts in listed
    ]
