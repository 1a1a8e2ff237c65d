"""The independent witness: the numbers of a picture, counted anew by plain SQL.

Nothing here knows how the running city counts. The definitions are those of `docs/figures.md`,
written down a second time; `check` compares the two. A ticket that says it came in later than
`as_of` is not there yet, and what happens later than `as_of` has not happened.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, text

from data_sources.database import reading
from data_sources.rows import time_of, us_of
from data_sources.witness_course import conditions_of, points_of, weeks_of

Numbers = dict[str, Any]

FIVE_MINUTES_US = 300 * 1_000_000
HOUR_US = 3600 * 1_000_000
TWO_DAYS_5M = 576
HOUR_5M = 12
WINDOWS_H = (1, 3, 6, 24)
MOST_RECENT = 20

# One narrow copy of what is there at `as_of`, so that seventy scopes do not each read the
# long texts again.
_PRESENT = """
CREATE TEMPORARY TABLE present AS
SELECT created_us, dispatched_us, due_us, closed_us, called_back_us,
       channel, category, district, town, department, cell, reported_on_time, resolved,
       CASE WHEN satisfaction IS NULL THEN NULL
            WHEN satisfaction = 'dissatisfied' THEN 0 ELSE 1 END AS satisfied,
       CASE WHEN urgency = 'routine' THEN 0 ELSE 1 END AS urgent,
       CASE WHEN status IN ('closed', 'archived') THEN 1 ELSE 0 END AS ended,
       CASE WHEN status = 'withdrawn' THEN 1 ELSE 0 END AS withdrawn,
       CASE WHEN status IN ('closed', 'archived', 'withdrawn') THEN 0 ELSE 1 END AS is_open
FROM tickets WHERE created_us <= :as_of
"""
_SCOPES = {"city": "1 = 1", "district": "district = :code", "department": "department = :code"}

_FIGURES = {
    "opened_today": "created_us >= :midnight",
    "open_now": "is_open = 1",
    "overdue_now": "is_open = 1 AND due_us < :as_of",
    "urgent_open": "is_open = 1 AND urgent = 1",
    "unassigned_now": "is_open = 1 AND department IS NULL",
    "closed_today": "ended = 1 AND closed_us BETWEEN :midnight AND :as_of",
    "direct_today": "ended = 1 AND closed_us BETWEEN :midnight AND :as_of"
    " AND dispatched_us IS NULL AND department IS NULL",
    "opened_last_hour": "created_us >= :last_hour",
}
_DUE = "withdrawn = 0 AND due_us >= :period AND due_us < :as_of"
_CALLED = "called_back_us BETWEEN :period AND :as_of"
_TARGET = "due_us IS NOT NULL AND created_us >= :period"
_TOLD = f"{_TARGET} AND reported_on_time IS NOT NULL"
_RATES = {
    "on_time_rate": (f"{_DUE} AND ended = 1 AND closed_us <= due_us", _DUE),
    "satisfaction_rate": (f"{_CALLED} AND satisfied = 1", f"{_CALLED} AND satisfied IS NOT NULL"),
    "solved_rate": (f"{_CALLED} AND resolved", f"{_CALLED} AND resolved IS NOT NULL"),
    "source_on_time_rate": (f"{_TARGET} AND reported_on_time", _TARGET),
}


class Witness:
    """Counts the ledger itself, at one moment of it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def snapshot(
        self, as_of: datetime, zone: ZoneInfo, *, figures_d: int = 30
    ) -> Iterator["Snapshot"]:
        """Hold on to the ledger as it is now and count in it; writers are not kept waiting."""
        with reading(self._engine, may_make_tables=True) as connection:
            yield Snapshot(connection, Moments(as_of, zone, figures_d))
            connection.execute(text("DROP TABLE present"))

    def numbers(
        self, scope: str, as_of: datetime, zone: ZoneInfo, *, figures_d: int = 30
    ) -> Numbers:
        """Give the numbers of one scope's picture, from a snapshot of its own."""
        with self.snapshot(as_of, zone, figures_d=figures_d) as snapshot:
            return snapshot.numbers(scope)


class Moments:
    """The edges of time between which is counted, in microseconds since 1970 UTC."""

    def __init__(self, as_of: datetime, zone: ZoneInfo, figures_d: int) -> None:
        self.as_of, self.figures_d = us_of(as_of), figures_d
        today = as_of.astimezone(zone).date()

        def midnight(days_ago: int) -> int:
            day = today - timedelta(days=days_ago)
            return us_of(datetime(day.year, day.month, day.day, tzinfo=zone))

        self.midnight, self.period = midnight(0), midnight(figures_d - 1)
        self.week = [midnight(days_ago) for days_ago in range(6, -1, -1)]
        self.weeks = weeks_of(midnight, figures_d)
        self.newest_5m = self.as_of // FIVE_MINUTES_US
        self.last_hour = (self.newest_5m - HOUR_5M + 1) * FIVE_MINUTES_US
        # The hours of the city's clocks, which in Delhi begin at half past.
        offset = us_of(as_of.astimezone(zone).replace(tzinfo=as_of.tzinfo)) - us_of(as_of)
        self.this_hour = (self.as_of + offset) // HOUR_US * HOUR_US - offset

    def window(self, hours: int) -> int:
        """Give the start of a window of so many whole hours before the one now running."""
        return self.this_hour - hours * HOUR_US

    def parameters(self) -> dict[str, int]:
        """Give what the statements call by name."""
        windows = {f"window_{hours}": self.window(hours) for hours in WINDOWS_H}
        week = {f"day_{number}": start for number, start in enumerate(self.week)}
        named = ("as_of", "midnight", "period", "last_hour")
        return {name: getattr(self, name) for name in named} | windows | week


class Snapshot:
    """One moment of the ledger."""

    def __init__(self, connection: Connection, moments: Moments) -> None:
        self._connection, self._at = connection, moments
        self.revision = int(connection.execute(text("SELECT revision FROM meta")).scalar_one())
        connection.execute(text(_PRESENT), {"as_of": moments.as_of})
        for column in ("district", "department"):
            connection.execute(text(f"CREATE INDEX present_{column} ON present ({column})"))

    def numbers(self, scope: str) -> Numbers:
        """Give the numbers of a scope, keyed as the sections of its picture.

        Rows are keyed by code (towns by (district, town)); `observed` is given for each
        window in hours; `recent` names codes; `cells` is {cell: (open, overdue, urgent)}.
        """
        kind, _, code = scope.partition("-")
        within = _Within(self._connection, self._at, _SCOPES[kind], code)
        return {
            "totals": within.totals(),
            "volume": within.volume(),
            "categories": within.rows("category", ("opened_today", "open_now"), observed=True),
            "districts": within.rows("district", tuple(_FIGURES)[:5], observed=True),
            "towns": within.towns(),
            "channels": within.rows("channel", ("opened_today",)),
            "cells": within.cells(),
            "departments": within.departments(),
            "recent": within.recent(),
        }


class _Within:
    """Counts inside one scope."""

    def __init__(self, connection: Connection, at: Moments, condition: str, code: str) -> None:
        self._connection, self._at, self._condition = connection, at, condition
        self._parameters: dict[str, Any] = at.parameters() | {"code": code}

    def _select(self, columns: str, more: str = "") -> list[Any]:
        statement = f"SELECT {columns} FROM present WHERE {self._condition} {more}"  # noqa: S608
        return list(self._connection.execute(text(statement), self._parameters))

    def totals(self) -> Numbers:
        """Count the scope in a row of numbers."""
        (row,) = self._select(_counts([*_FIGURES.values(), *_rate_conditions()]))
        return {
            **dict(zip(_FIGURES, row, strict=False)),
            **_rates(row[len(_FIGURES) :]),
            "figures_d": self._at.figures_d,
        }

    def volume(self) -> Numbers:
        """Count what came in per five minutes, and in the hour up to each of today's."""
        newest = self._at.newest_5m
        first = newest - TWO_DAYS_5M + 1
        found = self._select(
            f"created_us / {FIVE_MINUTES_US}, count(*)",
            f"AND created_us >= {first * FIVE_MINUTES_US} GROUP BY 1",
        )
        counts = [0] * TWO_DAYS_5M
        for stretch, count in found:
            counts[int(stretch) - first] = count
        today = range(self._at.midnight // FIVE_MINUTES_US - first, TWO_DAYS_5M)
        return {
            "day_start": time_of(self._at.midnight).isoformat(),
            "five_minutes_start": time_of(first * FIVE_MINUTES_US).isoformat(),
            "five_minutes": counts,
            "trailing": [sum(counts[max(0, end - HOUR_5M + 1) : end + 1]) for end in today],
        }

    def rows(self, column: str, figures: tuple[str, ...], *, observed: bool = False) -> Numbers:
        """Count by a column's codes."""
        windows = [f"created_us >= :window_{hours}" for hours in WINDOWS_H] if observed else []
        counts = _counts([*(_FIGURES[name] for name in figures), *windows])
        found = self._select(f"{column}, {counts}", f"AND {column} IS NOT NULL GROUP BY {column}")
        rows = {}
        for code, *numbers in found:
            rows[code] = dict(zip(figures, numbers, strict=False))
            if observed:
                seen = numbers[len(figures) :]
                rows[code]["observed"] = dict(zip(WINDOWS_H, seen, strict=True))
        return {"rows": rows}

    def towns(self) -> Numbers:
        """Count by district and town."""
        figures = ("opened_today", "open_now", "overdue_now")
        found = self._select(
            f"district, town, {_counts([_FIGURES[name] for name in figures])}",
            "AND town IS NOT NULL GROUP BY district, town",
        )
        return {
            "rows": {
                (district, town): dict(zip(figures, numbers, strict=True))
                for district, town, *numbers in found
            }
        }

    def departments(self) -> Numbers:
        """Count by department, with its rates, their course and its last seven days."""
        figures = ("open_now", "overdue_now", "urgent_open", "closed_today", "opened_today")
        ends = [*(f"created_us < :day_{number}" for number in range(1, 7)), "1 = 1"]
        week = [f"created_us >= :day_{number} AND {end}" for number, end in enumerate(ends)]
        plain = [*(_FIGURES[name] for name in figures), *week, *_rate_conditions()]
        rates_end = len(plain)
        conditions = [*plain, *conditions_of(_RATES, self._at.weeks)]
        found = self._select(
            f"department, {_counts(conditions)}",
            "AND department IS NOT NULL GROUP BY department",
        )
        return {
            "rows": {
                code: dict(zip(figures, numbers, strict=False))
                | {"week": numbers[len(figures) : len(figures) + 7]}
                | _rates(numbers[len(figures) + 7 : rates_end])
                | {"trend": points_of(numbers[rates_end:])}
                for code, *numbers in found
            }
        }

    def cells(self) -> Numbers:
        """Count open tickets by map cell, and those without one."""
        figures = ("open_now", "overdue_now", "urgent_open")
        found = self._select(
            f"cell, {_counts([_FIGURES[name] for name in figures])}",
            "AND is_open = 1 GROUP BY cell",
        )
        unplaced = sum(numbers[0] for cell, *numbers in found if cell is None)
        placed = {cell: tuple(numbers) for cell, *numbers in found if cell is not None}
        return {"unplaced": unplaced, "cells": placed}

    def recent(self) -> Numbers:
        """Give the newest arrivals of two days, newest first."""
        found = self._select(
            "created_us, category, coalesce(district, ''), urgent",
            f"AND created_us > {self._at.as_of - 48 * HOUR_US}"
            f" ORDER BY created_us DESC LIMIT {10 * MOST_RECENT}",
        )
        # Equal times are put in order here: the databases sort Chinese each in its own way.
        newest = sorted(map(tuple, found), reverse=True)[:MOST_RECENT]
        rows = [
            {"at": time_of(at).isoformat(), "category": category, "district": district or None,
             "urgent": bool(urgent)}
            for at, category, district, urgent in newest
        ]  # fmt: skip
        return {"rows": rows, "last_ticket_at": rows[0]["at"] if rows else None}


def _counts(conditions: list[str]) -> str:
    return ", ".join(f"count(CASE WHEN {condition} THEN 1 END)" for condition in conditions)


def _rate_conditions() -> list[str]:
    return [*(condition for pair in _RATES.values() for condition in pair), _TOLD]


def _rates(counts: Any) -> Numbers:
    *counts, told = counts
    if not told:  # a source that has no flag of its own has no rate of its own
        counts[-2:] = 0, 0
    pairs = zip(_RATES, counts[::2], counts[1::2], strict=True)
    return {name: {"value": round(good / n, 4) if n else None, "n": n} for name, good, n in pairs}
