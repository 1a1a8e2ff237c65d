"""How well the departments do: closed, on time and called back, by local day."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from operations.pulse.combinations import Combinations, widened
from operations.pulse.rows import (
    CALLED,
    CLOSED,
    CREATED,
    DEPARTMENT,
    DIRECT,
    DISTRICT,
    DONE,
    DUE,
    FLAGS,
    NEVER,
    SATISFIED,
    SATISFIED_KNOWN,
    SOLVED,
    SOLVED_KNOWN,
    TOLD_KNOWN,
    TOLD_ON_TIME,
    WITHDRAWN,
    FactRows,
)
from operations.pulse.volumes import Scope
from operations.pulse.windows import Ints, LocalTime

CLOSINGS, DIRECTS, DUES, ON_TIMES = 0, 1, 2, 3
OPINIONS, CONTENT, ANSWERS, SOLUTIONS = 4, 5, 6, 7
TARGETS, TOLD, TOLD_GOOD = 8, 9, 10
FIGURES = 11

TREND_DAYS, TREND_STEP_D, TREND_POINTS = 7, 3, 8
TRENDS = {
    "on_time": (ON_TIMES, DUES),
    "solved": (SOLUTIONS, ANSWERS),
    "satisfaction": (CONTENT, OPINIONS),
}
"""The rates whose course is told: what is good in them, and of how many."""

Trend = dict[str, list[float | None]]
Grid = npt.NDArray[np.signedinteger]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rates:
    """The four rates of one scope or department, each {value, n}; value None where n is 0."""

    on_time: dict[str, float | int | None]
    satisfaction: dict[str, float | int | None]
    solved: dict[str, float | int | None]
    source_on_time: dict[str, float | int | None]


class DayFigures:
    """What happened on each local day of the period, by district and department.

    counts: (figures, combinations, days), tickets; the days of the period only, on a ring, so
    that a sum over days is the figure of the period.
    """

    def __init__(self, local: LocalTime, names: FactRows, *, days: int) -> None:
        self._local = local
        self._days, self._today = days, local.today
        self._seen = Combinations((DISTRICT, DEPARTMENT), names)
        self._counts = np.zeros((FIGURES, 8, days), np.int32)
        self._period: Grid | None = None

    def came_in(self, rows: Ints, signs: Ints) -> None:
        """Count the source's own flag of tickets with a due time, on the day they came in."""
        flags, due = rows[:, FLAGS], rows[:, DUE] != NEVER
        told = due & _has(flags, TOLD_KNOWN)
        good = due & _has(flags, TOLD_ON_TIME)
        self._add(rows[:, CREATED], rows, signs,
                  ((TARGETS, due), (TOLD, told), (TOLD_GOOD, good)))  # fmt: skip

    def were_closed(self, rows: Ints, signs: Ints) -> None:
        """Count closings (办结) on their day; withdrawn tickets are none."""
        done = _has(rows[:, FLAGS], DONE)
        self._add(rows[:, CLOSED], rows, signs,
                  ((CLOSINGS, done), (DIRECTS, done & _has(rows[:, FLAGS], DIRECT))))  # fmt: skip

    def fell_due(self, rows: Ints, signs: Ints) -> None:
        """Count tickets on the day they were due, open ones as late; withdrawn ones not."""
        due = ~_has(rows[:, FLAGS], WITHDRAWN)
        kept = _has(rows[:, FLAGS], DONE) & (rows[:, CLOSED] <= rows[:, DUE])
        self._add(rows[:, DUE], rows, signs, ((DUES, due), (ON_TIMES, kept)))

    def were_called_back(self, rows: Ints, signs: Ints) -> None:
        """Count valid answers on the day of the callback (回访)."""
        flags = rows[:, FLAGS]
        masks = tuple(
            (figure, _has(flags, flag))
            for figure, flag in (
                (OPINIONS, SATISFIED_KNOWN),
                (CONTENT, SATISFIED),
                (ANSWERS, SOLVED_KNOWN),
                (SOLUTIONS, SOLVED),
            )
        )
        self._add(rows[:, CALLED], rows, signs, masks)

    def advance(self) -> None:
        """Follow the local time to a later day, forgetting what leaves the period."""
        if self._local.today > self._today:
            first = max(self._today + 1, self._local.today - self._days + 1)
            fresh = np.arange(first, self._local.today + 1) % self._days
            self._counts[..., fresh] = 0
            self._today, self._period = self._local.today, None

    def merge(self, other: "DayFigures", here: dict[int, Ints]) -> None:
        """Add the figures of another city on the same day; `here` translates its codes."""
        places = self._seen.merge(other._seen, here)
        self._reserve()
        self._counts[:, places] += other._counts[:, : len(places)]
        self._period = None

    def today(self, figure: int, scope: Scope) -> int:
        """Give one figure of today in a scope."""
        numbers = self._counts[figure, :, self._today % self._days]
        return int(self._seen.within(numbers, scope).sum())

    def closed_today(self, scope: Scope, departments: Ints) -> list[int]:
        """Give today's closings within a scope by department."""
        closings = self._counts[CLOSINGS, None, :, self._today % self._days]
        found: list[int] = self._seen.sums(closings, DEPARTMENT, scope, departments)[0].tolist()
        return found

    def rates(self, scope: Scope) -> Rates:
        """Give the rates of a whole scope over the period."""
        return _rates(self._seen.within(self._sums(), scope).sum(axis=1).tolist())

    def department_rates(self, scope: Scope, departments: Ints) -> list[Rates]:
        """Give the rates of departments within a scope over the period."""
        sums = self._seen.sums(self._sums(), DEPARTMENT, scope, departments)
        return [_rates(one) for one in sums.T.tolist()]

    def department_trends(self, scope: Scope, departments: Ints) -> list[Trend]:
        """Give the course of departments' rates within a scope, as `trend_ends` places it.

        Each point is the rate of the seven days up to that day; None where there was nothing.
        """
        figures = [figure for pair in TRENDS.values() for figure in pair]
        ring = np.arange(self._today - self._days + 1, self._today + 1) % self._days
        days = self._counts[figures][:, :, ring]
        ends = [self._days - ago for ago in trend_ends(self._days)]
        if not ends:
            return [{name: [] for name in TRENDS} for _ in departments]
        weeks = [days[..., end - TREND_DAYS : end].sum(axis=-1, dtype=np.int64) for end in ends]
        layers = np.stack(weeks).reshape(len(ends) * len(figures), -1)
        sums = self._seen.sums(layers, DEPARTMENT, scope, departments)
        points = sums.reshape(len(ends), len(figures), len(departments))
        return [_trend(points[:, :, place].tolist()) for place in range(len(departments))]

    def _sums(self) -> Grid:
        if self._period is None:
            self._period = self._counts.sum(axis=-1, dtype=np.int64)
        return self._period

    def _add(self, times_us: Ints, rows: Ints, signs: Ints,
             masks: tuple[tuple[int, Mask], ...]) -> None:  # fmt: skip
        kept = (times_us >= self._local.starts_us[-1 - self._days]) & (
            times_us < self._local.starts_us[-1]
        )
        if not kept.any():
            return
        places = self._seen.of(rows)
        self._reserve()
        self._period = None
        days = self._local.day_of(times_us) % self._days
        figures = np.array([figure for figure, _ in masks])
        which, tickets = np.nonzero(np.stack([mask & kept for _, mask in masks]))
        np.add.at(
            self._counts,
            (figures[which], places[tickets], days[tickets]),
            signs[tickets].astype(np.int32),
        )

    def _reserve(self) -> None:
        self._counts = widened(self._counts, len(self._seen))


def trend_ends(days: int) -> list[int]:
    """Tell how many days ago each point of a course ends, the oldest first, today's 0 last.

    `days` is the period that is kept; a point whose week would begin before it is left out.
    """
    reach = range(0, max(0, days - TREND_DAYS + 1), TREND_STEP_D)
    return list(reversed(reach[:TREND_POINTS]))


def _trend(points: list[list[int]]) -> Trend:
    return {
        name: [
            round(one[2 * place] / one[2 * place + 1], 3) if one[2 * place + 1] else None
            for one in points
        ]
        for place, name in enumerate(TRENDS)
    }


def _has(flags: Ints, flag: int) -> Mask:
    has: Mask = (flags & flag) != 0
    return has


def _rate(good: int, n: int) -> dict[str, float | int | None]:
    return {"value": round(good / n, 4) if n else None, "n": n}


def _rates(sums: list[int]) -> Rates:
    return Rates(
        on_time=_rate(sums[ON_TIMES], sums[DUES]),
        satisfaction=_rate(sums[CONTENT], sums[OPINIONS]),
        solved=_rate(sums[SOLUTIONS], sums[ANSWERS]),
        # a city's own flag is over all tickets with a target; where none has one, there is no rate
        source_on_time=_rate(sums[TOLD_GOOD], sums[TARGETS] if sums[TOLD] else 0),
    )
