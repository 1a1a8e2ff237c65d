"""The independent witness: the numbers of a picture, counted anew by plain SQL.

Nothing here knows how the running city counts. The definitions are those of `docs/figures.md`,
written down a second time; `check` compares the two. A ticket that says it came in later than
`as_of` is not there yet, and what happens later than `as_of` has not happened.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, text

from data_sources.database import reading
from data_sources.rows import time_of
from data_sources.witness_course import conditions_of, points_of
from data_sources.witness_duties import duties
from data_sources.witness_moments import FIVE_MINUTES_US, HOUR_5M, HOUR_US, WINDOWS_H, Moments
from operations.tickets.cards import Cards
from operations.tickets.loose_ends import Thresholds

Numbers = dict[str, Any]

TWO_DAYS_5M = 576
MOST_RECENT = 20

# One narrow copy of what is there at `as_of`, so that seventy scopes do not each read the
# long texts again.
_PRESENT = """
CREATE TEMPORARY TABLE present AS
SELECT id, created_us, dispatched_us, due_us, closed_us, called_back_us, updated_us,
       status, reassignments, reopenings, supervision, ring, channel, category, district, town,
       department, triage, cell, reported_on_time, resolved,
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
    "yellow_now": "is_open = 1 AND due_us >= :red AND due_us <= :yellow",
    "red_now": "is_open = 1 AND due_us < :red",
}
_CARDS = ("yellow_now", "red_now")
_WAYS = ("ordinary", "urgent", "disputed", "hard")
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
        self,
        as_of: datetime,
        zone: ZoneInfo,
        *,
        figures_d: int = 30,
        cards: Cards | None = None,
        thresholds: Thresholds | None = None,
    ) -> Iterator["Snapshot"]:
        """Hold on to the ledger as it is now and count in it; writers are not kept waiting."""
        with reading(self._engine, may_make_tables=True) as connection:
            yield Snapshot(connection, Moments(as_of, zone, figures_d, cards, thresholds))
            connection.execute(text("DROP TABLE present"))

    def numbers(
        self,
        scope: str,
        as_of: datetime,
        zone: ZoneInfo,
        *,
        figures_d: int = 30,
        cards: Cards | None = None,
        thresholds: Thresholds | None = None,
    ) -> Numbers:
        """Give the numbers of one scope's picture, from a snapshot of its own."""
        with self.snapshot(
            as_of, zone, figures_d=figures_d, cards=cards, thresholds=thresholds
        ) as snapshot:
            return snapshot.numbers(scope)


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
            "districts": within.rows("district", (*tuple(_FIGURES)[:5], *_CARDS), observed=True),
            "towns": within.towns(),
            "channels": within.rows("channel", ("opened_today",)),
            "cells": within.cells(),
            "departments": within.departments(),
            "recent": within.recent(),
            "duties": within.duties(self._tells_callbacks()),
        }

    def _tells_callbacks(self) -> bool:
        """Tell whether anybody in the city has answered a callback in the period."""
        said = "satisfied IS NOT NULL OR resolved IS NOT NULL"
        within = _Within(self._connection, self._at, _SCOPES["city"], "")
        return bool(within.select("1", f"AND {_CALLED} AND ({said}) LIMIT 1"))


class _Within:
    """Counts inside one scope."""

    def __init__(self, connection: Connection, at: Moments, condition: str, code: str) -> None:
        self._connection, self._at, self._condition = connection, at, condition
        self._parameters: dict[str, Any] = at.parameters() | {"code": code}

    def select(self, columns: str, more: str = "") -> list[Any]:
        """Read columns of what is there in this scope."""
        statement = f"SELECT {columns} FROM present WHERE {self._condition} {more}"  # noqa: S608
        return list(self._connection.execute(text(statement), self._parameters))

    def totals(self) -> Numbers:
        """Count the scope in a row of numbers."""
        ways = [f"is_open = 1 AND triage = '{way}'" for way in _WAYS]
        (row,) = self.select(_counts([*_FIGURES.values(), *ways, *_rate_conditions()]))
        found, rest = row[: len(_FIGURES)], row[len(_FIGURES) :]
        return {
            **self._carded(dict(zip(_FIGURES, found, strict=True))),
            "open_by_triage": dict(zip(_WAYS, rest, strict=False)),
            **_rates(rest[len(_WAYS) :]),
            "figures_d": self._at.figures_d,
        }

    def _carded(self, figures: Numbers) -> Numbers:
        """Leave cards out where no rules give any."""
        none = {} if self._at.gives_cards else dict.fromkeys(_CARDS)
        return figures | none

    def volume(self) -> Numbers:
        """Count what came in per five minutes, and in the hour up to each of today's."""
        newest = self._at.newest_5m
        first = newest - TWO_DAYS_5M + 1
        found = self.select(
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
        found = self.select(f"{column}, {counts}", f"AND {column} IS NOT NULL GROUP BY {column}")
        rows = {}
        for code, *numbers in found:
            rows[code] = dict(zip(figures, numbers, strict=False))
            if "red_now" in figures:
                rows[code] = self._carded(rows[code])
            if observed:
                seen = numbers[len(figures) :]
                rows[code]["observed"] = dict(zip(WINDOWS_H, seen, strict=True))
        return {"rows": rows}

    def towns(self) -> Numbers:
        """Count by district and town."""
        figures = ("opened_today", "open_now", "overdue_now")
        found = self.select(
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
        figures = (
            *("open_now", "overdue_now", "urgent_open", "closed_today", "opened_today"),
            *_CARDS,
        )
        ends = [*(f"created_us < :day_{number}" for number in range(1, 7)), "1 = 1"]
        week = [f"created_us >= :day_{number} AND {end}" for number, end in enumerate(ends)]
        plain = [*(_FIGURES[name] for name in figures), *week, *_rate_conditions()]
        rates_end = len(plain)
        conditions = [*plain, *conditions_of(_RATES, self._at.weeks)]
        found = self.select(
            f"department, {_counts(conditions)}",
            "AND department IS NOT NULL GROUP BY department",
        )
        return {
            "rows": {
                code: self._carded(dict(zip(figures, numbers, strict=False)))
                | {"week": numbers[len(figures) : len(figures) + 7]}
                | _rates(numbers[len(figures) + 7 : rates_end])
                | {"trend": points_of(numbers[rates_end:])}
                for code, *numbers in found
            }
        }

    def cells(self) -> Numbers:
        """Count open tickets by map cell, and those without one."""
        figures = ("open_now", "overdue_now", "urgent_open")
        found = self.select(
            f"cell, {_counts([_FIGURES[name] for name in figures])}",
            "AND is_open = 1 GROUP BY cell",
        )
        unplaced = sum(numbers[0] for cell, *numbers in found if cell is None)
        placed = {cell: tuple(numbers) for cell, *numbers in found if cell is not None}
        return {"unplaced": unplaced, "cells": placed}

    def recent(self) -> Numbers:
        """Give the newest arrivals of two days, newest first."""
        found = self.select(
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

    def duties(self, called: bool) -> Numbers:
        """Count the five responsibilities and the loose ends."""
        worst = "department =" not in self._condition
        return duties(self.select, self._at.this_hour, called=called, worst=worst)


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
