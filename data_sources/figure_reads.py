"""Reading the cubes: what figures are made of, for any slice of the city and any period.

Every read is a range of one index of sums, whatever the number of tickets behind them, and sees
one moment of the ledger. What falls due today or later is not due yet: it counts from tomorrow.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, bindparam, text

from data_sources.cube_keeping import DAY_H, state_of
from data_sources.cube_tables import ALL_COUNTED, BIT, EACH, SINGLE
from data_sources.cube_writes import merged_buckets
from data_sources.database import reading
from data_sources.rows import time_of
from operations.errors import BadInput
from operations.pulse.local_days import LocalDays, day_number, day_of_number
from operations.pulse.sums import AXES, COUNTERS, DUE, Period, Slice, Sums, Units

Values = dict[str, Any]

_INDEX = re.compile(r"<index of (\w+)>")


class Correction(NamedTuple):
    """By how much a day that was over has changed since, and when last."""

    day: date
    sums: Sums
    last_at: datetime


class Version(NamedTuple):
    """What an answer rests on: the same slice gives the same answer while these are the same.

    `live` moves with every change of the slice, `past` with those of days that are over.
    `today` is the city's day, `epoch` another number at every start, `counted_to` how far the
    sums are while they are made anew.
    """

    live: int
    past: int
    today: date
    epoch: int
    counted_to: int


class FigureReads:
    """What pages ask of the cubes."""

    def __init__(self, engine: Engine, local: LocalDays) -> None:
        self._engine, self._local = engine, local

    def counted_share(self) -> float:
        """Tell how much of the tickets is in the sums: 1.0 but while they are made anew."""
        with reading(self._engine) as connection:
            state = state_of(connection)
        if state.counted_to >= ALL_COUNTED or not state.last_ticket_id:
            return 1.0
        return min(state.counted_to / state.last_ticket_id, 1.0)

    def first_day(self) -> date | None:
        """Give the first day of which anything is counted; None where nothing is."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_FIRST_DAY)).scalar_one_or_none()
        return None if found is None else day_of_number(found)

    def version(self, slice_: Slice) -> Version:
        """Tell the version of a slice, by two look-ups for each of its codes."""
        with reading(self._engine) as connection:
            return self._version(connection, slice_)

    def totals(self, slice_: Slice, period: Period) -> Sums:
        """Give the sums of a slice over a period."""
        grouping, values = _asked(slice_.codes(), period)
        with reading(self._engine) as connection:
            values["today"] = self._today(connection)
            counts = _all(connection, _TOTALS, grouping, slice_, values)
            took = _all(connection, _TOOK, grouping, slice_, values)
        return _sums(counts[0], [(row[0], row[1]) for row in took])

    def by(self, axis: str, slice_: Slice, period: Period) -> dict[str, Sums]:
        """Give the sums of a slice by the codes of an axis; '' are tickets that have none."""
        if axis not in AXES:
            raise BadInput("axis", f"use one of {', '.join(AXES)}")
        grouping, values = _asked({axis: "", **slice_.codes()}, period)
        with reading(self._engine) as connection:
            values["today"] = self._today(connection)
            counts = _all(connection, _BY.replace("<key>", axis), grouping, slice_, values)
            took = _all(connection, _TOOK_BY.replace("<key>", axis), grouping, slice_, values)
        return {str(code): one for code, one in _keyed(counts, took).items()}

    def days(self, slice_: Slice, period: Period, units: Units = None) -> list[tuple[date, Sums]]:
        """Give the sums of each day of a period, those without a ticket too."""
        grouping, values = _asked(_of_units(slice_, units), period)
        counted, timed = (one.replace("<key>", "day") for one in (_BY, _TOOK_BY))
        with reading(self._engine) as connection:
            values["today"] = self._today(connection)
            counts = _all(connection, counted, grouping, slice_, values, units)
            took = _all(connection, timed, grouping, slice_, values, units)
        found, first = _keyed(counts, took), day_number(period.first)
        listed = range(first, first + period.days)
        return [(day_of_number(day), found.get(day, Sums())) for day in listed]

    def heard(self, period: Period) -> list[date]:
        """Give the days of a period on which any ticket came to the city."""
        days = {"first": day_number(period.first), "last": day_number(period.last)}
        with reading(self._engine) as connection:
            found = connection.execute(text(_HEARD), days).scalars().all()
        return [day_of_number(day) for day in found]

    def hours(self, slice_: Slice, period: Period) -> list[tuple[date, int, Sums]]:
        """Give (day, hour of the clock, sums) of each hour in which something happened.

        A slice of one code at most; without handling times; for as long as hours are kept.
        """
        grouping, values = _asked(slice_.codes(), period)
        if grouping not in SINGLE:
            raise BadInput("slice", "hours are kept of the city and of single codes")
        values |= {"first": values["first"] * DAY_H, "last": values["last"] * DAY_H + DAY_H - 1}
        with reading(self._engine) as connection:
            values["today"] = self._today(connection) * DAY_H
            rows = _all(connection, _HOURS, grouping, slice_, values)
        return [
            (day_of_number(hour // DAY_H), hour % DAY_H, Sums(tuple(counts)))
            for hour, *counts in rows
        ]

    def corrections(self, slice_: Slice, period: Period, units: Units = None) -> list[Correction]:
        """Give by how much days of a period have changed since they were over, oldest first."""
        grouping, values = _asked(_of_units(slice_, units), period)
        with reading(self._engine) as connection:
            rows = _all(connection, _CORRECTIONS, grouping, slice_, values, units)
        found = (
            Correction(day_of_number(day), Sums(tuple(map(int, counts))), time_of(last_us))
            for day, last_us, *counts in rows
        )
        return [one for one in found if any(one.sums.counts)]

    def _version(self, connection: Connection, slice_: Slice) -> Version:
        state = state_of(connection)
        scopes = slice_.codes() or {"": ""}
        found = [
            connection.execute(text(_VERSION), {"axis": axis, "code": code}).one_or_none()
            for axis, code in scopes.items()
        ]
        rows = [(0, 0) if row is None else (int(row[0]), int(row[1])) for row in found]
        # What changes a slice changes each of its scopes: the one that moved least tells.
        live, past = (min(one) for one in zip(*rows, strict=True))
        today = day_of_number(self._day(state.clock_us))
        return Version(live, past, today, state.epoch, state.counted_to)

    def _today(self, connection: Connection) -> int:
        return self._day(connection.execute(text("SELECT clock_us FROM meta")).scalar_one())

    def _day(self, clock_us: int | None) -> int:
        return 0 if clock_us is None else self._local.day_at(clock_us)


def _asked(codes: dict[str, str], period: Period) -> tuple[int, Values]:
    grouping = sum(BIT[axis] for axis in codes)
    days = {"first": day_number(period.first), "last": day_number(period.last)}
    return grouping if grouping in SINGLE else EACH, days


def _of_units(slice_: Slice, units: Units) -> dict[str, str]:
    """Give the codes that sums must be told apart by to be added up of some departments."""
    return slice_.codes() if units is None else {"department": "", **slice_.codes()}


def _all(
    connection: Connection,
    statement: str,
    grouping: int,
    slice_: Slice,
    values: Values,
    units: Units = None,
) -> list[Any]:
    codes = slice_.codes()
    where = "".join(f" AND {axis} = :{axis}" for axis in codes)
    asked: Values = {**values, **codes, "grouping": grouping}
    if units is not None:
        where += " AND department IN :units"
        asked["units"] = sorted(units)
    narrowed = _INDEX.sub(_index(connection, codes), statement.replace("<where>", where))
    several: list[Any] = [bindparam("units", expanding=True)] if units is not None else []
    return list(connection.execute(text(narrowed).bindparams(*several), asked))


def _index(connection: Connection, codes: Values) -> str:
    """Name the index a narrowed read is a short range of; SQLite would take the key's long one."""
    if connection.dialect.name == "sqlite":
        for axis in ("department", "category", "district"):
            if axis in codes:
                return rf" INDEXED BY ix_\1_{axis}"
    return ""


def _sums(counts: Iterable[Any], took: Iterable[tuple[bytes, bytes]]) -> Sums:
    packed = list(took)
    return Sums(
        tuple(int(one or 0) for one in counts),
        merged_buckets(clock for clock, _ in packed),
        merged_buckets(working for _, working in packed),
    )


def _keyed(counts: Iterable[Any], took: Iterable[Any]) -> dict[Any, Sums]:
    packed: dict[Any, list[tuple[bytes, bytes]]] = {}
    for key, clock, working in took:
        packed.setdefault(key, []).append((clock, working))
    return {key: _sums(row, packed.get(key, ())) for key, *row in counts}


def _summed(day: str) -> str:
    return ", ".join(
        f"sum(CASE WHEN {day} < :today THEN {name} ELSE 0 END)" if name in DUE else f"sum({name})"
        for name in COUNTERS
    )


def _within(table: str) -> str:
    """Write where the rows of a period are found; the marks are filled in for each question."""
    named = f"{table}<index of {table}>" if table != "cube_hours" else table
    time = "hour" if table == "cube_hours" else "day"
    return f"FROM {named} WHERE grouping = :grouping AND {time} BETWEEN :first AND :last<where>"


_TOTALS = f"SELECT {_summed('day')} {_within('cube_days')}"
_BY = f"SELECT <key>, {_summed('day')} {_within('cube_days')} GROUP BY <key>"
_TOOK = f"SELECT clock, working {_within('cube_durations')}"
_TOOK_BY = f"SELECT <key>, clock, working {_within('cube_durations')}"
_HOURS = f"SELECT hour, {_summed('hour')} {_within('cube_hours')} GROUP BY hour ORDER BY hour"
_CORRECTIONS = (
    f"SELECT day, max(last_us), {', '.join(f'sum({name})' for name in COUNTERS)}"
    f" {_within('cube_corrections')} GROUP BY day ORDER BY day"
)
_HEARD = (
    "SELECT day FROM cube_days WHERE grouping = 0 AND day BETWEEN :first AND :last AND opened > 0"
    " ORDER BY day"
)
_FIRST_DAY = "SELECT min(day) FROM cube_days WHERE grouping = 0"
_VERSION = "SELECT version, past FROM cube_versions WHERE axis = :axis AND code = :code"
