"""The cubes held against the independent count, by stretches of days, in one snapshot."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, text

from data_sources.cube_keeping import DAY_H, CubeKeeping, state_of
from data_sources.cube_tables import BIT, EACH, SINGLE
from data_sources.cube_witness import CubeWitness
from data_sources.cube_writes import buckets
from data_sources.database import reading
from operations.pulse.comparison import Difference
from operations.pulse.local_days import day_of_number
from operations.pulse.sums import AXES, COUNTERS, NOBODY

A_STRETCH_D = 92
"""So that what is compared at once fits into memory, however long the ledger is."""
GROUPINGS = (*SINGLE, EACH)

Cell = tuple[Any, ...]
Cells = dict[Cell, Any]


class CubeChecking:
    """Compares every sum that is kept with plain SQL over the tickets."""

    def __init__(self, engine: Engine, keeping: CubeKeeping) -> None:
        self._engine, self._keeping = engine, keeping

    def differences(self) -> tuple[list[Difference], int]:
        """Give what is not the same, and how many cells were compared."""
        found: list[Difference] = []
        compared = 0
        with reading(self._engine, may_make_tables=True) as connection:
            witness = CubeWitness(connection, self._keeping.local)
            first, last = witness.span()
            since = self._hours_since(connection)
            for day in range(first, last + 1, A_STRETCH_D):
                stretch = (day, day + A_STRETCH_D - 1)
                for table, counted in _counted(witness, stretch, since):
                    kept = _kept(connection, table, stretch, since)
                    compared += len(kept.keys() | counted.keys())
                    found += _compared(table, kept, counted)
            witness.close()
        return found, compared

    def _hours_since(self, connection: Connection) -> int:
        clock_us = state_of(connection).clock_us or 0
        return self._keeping.local.day_at(clock_us) - self._keeping.kept_hours_d


def _counted(
    witness: CubeWitness, stretch: tuple[int, int], since: int
) -> Iterator[tuple[str, Cells]]:
    yield "cube_days", _by_all(witness.days(*stretch), GROUPINGS)
    hours = witness.hours(max(stretch[0], since), stretch[1])
    yield "cube_hours", _by_all(hours, SINGLE)
    took: dict[Cell, tuple[Counter[int], Counter[int]]] = {}
    for key, pair in witness.durations(*stretch).items():
        for cell in _cells(key, GROUPINGS):
            for one, more in zip(took.setdefault(cell, (Counter(), Counter())), pair, strict=True):
                one.update(more)
    yield "cube_durations", {cell: (dict(one), dict(two)) for cell, (one, two) in took.items()}


def _by_all(counts: Mapping[Any, tuple[int, ...]], groupings: tuple[int, ...]) -> Cells:
    found: Cells = {}
    for key, counters in counts.items():
        for cell in _cells(key, groupings):
            held = found.get(cell)
            found[cell] = (
                counters if held is None else tuple(map(sum, zip(held, counters, strict=True)))
            )
    return found


def _cells(key: Cell, groupings: tuple[int, ...]) -> Iterator[Cell]:
    time, *codes = key
    for grouping in groupings:
        named = zip(AXES, codes, strict=True)
        kept = (code if grouping & BIT[axis] else NOBODY for axis, code in named)
        yield (grouping, time, *kept)


def _kept(connection: Connection, table: str, stretch: tuple[int, int], since: int) -> Cells:
    first, last = stretch
    if table == "cube_hours":
        first, last = max(first, since) * DAY_H, last * DAY_H + DAY_H - 1
    statement = text(_KEPT[table])
    found: Cells = {}
    for grouping in GROUPINGS:
        values = {"grouping": grouping, "first": first, "last": last}
        for row in connection.execute(statement, values):
            packed = table == "cube_durations"
            told = (buckets(row[5]), buckets(row[6])) if packed else tuple(row[5:])
            if any(told):
                found[tuple(row[:5])] = told
    return found


def _compared(table: str, kept: Cells, counted: Cells) -> list[Difference]:
    found = []
    for cell in sorted(kept.keys() | counted.keys()):
        shown, right = kept.get(cell), counted.get(cell)
        if shown != right:
            _, time, *codes = cell
            day = day_of_number(time // DAY_H if table == "cube_hours" else time)
            where = " ".join(code for code in codes if code) or "city"
            found.append(Difference(f"{table} {day} {where}", shown, right))
    return found


def _select(table: str, time: str, columns: str) -> str:
    return (
        f"SELECT grouping, {time}, {', '.join(AXES)}, {columns} FROM {table}"  # noqa: S608
        f" WHERE grouping = :grouping AND {time} BETWEEN :first AND :last"
    )


_KEPT = {
    "cube_days": _select("cube_days", "day", ", ".join(COUNTERS)),
    "cube_hours": _select("cube_hours", "hour", ", ".join(COUNTERS)),
    "cube_durations": _select("cube_durations", "day", "clock, working"),
}
