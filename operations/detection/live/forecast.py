"""How many tickets today may bring of each series, worked out by the flexible Farrington method.

A series has to stand above every bound there is: that of the last eight weeks as a level, those
of their trend and of the last four weeks', and that of a year. So neither a season that comes on
within weeks nor a trend that has turned is news every day.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from operations.detection.live.tallies import Series
from operations.detection.live.windows import Reals, Whole
from operations.pulse.alarm import Cause

if TYPE_CHECKING:
    from operations.detection.counts.farrington_baseline import FlexibleFarrington

Works = Callable[[date], bool]

YEAR_W, LATELY_W, NEWEST_W, LEAST_W = 52, 8, 4, 5
LEFT_OUT_D, NEWEST_OUT_D = 7, 2
"""Days of the near past that do not speak of what is usual, so that nothing excuses itself at
once; of a year it is four weeks."""
HISTORY_D = 7 * (YEAR_W + 4) + 2
YEAR_FROM_W = 16
"""Weeks of history from which on it says more than the last eight of them."""
LEAST_PAST = 10
"""Tickets in the past under which a series is too young or too rare to be judged."""
LEAST_TICKETS = 5
SPARSE = 0.1
FRIDAY, SATURDAY, SUNDAY, MONDAY = 4, 5, 6, 0
HIGH_D = 100.0
"""An excess so rare, in days of the whole city, presses more (as with clusters)."""


class Bound(NamedTuple):
    """Tickets expected of a day, how many it may bring, and how many it almost never brings."""

    expected: float
    upper: float
    high: float


NO_BOUNDS: Mapping[Series, Bound] = {}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of a day, an ordinal, and of the day before it."""

    day: int
    today: Mapping[Series, Bound] = field(default_factory=dict)
    before: Mapping[Series, Bound] = field(default_factory=dict)

    def on(self, day: int) -> Mapping[Series, Bound]:
        """Give the bounds of a day; none where it is neither."""
        return {self.day: self.today, self.day - 1: self.before}.get(day, NO_BOUNDS)


def season(day: int, works: Works) -> int:
    """Give the weekday a day is like: a day off is a Sunday, a worked weekend a weekday."""
    at = date.fromordinal(day)
    weekday, worked = at.weekday(), works(at)
    if weekday < SATURDAY:
        return weekday if worked else SUNDAY
    if worked:
        return FRIDAY if weekday == SATURDAY else MONDAY
    return weekday


@dataclass(frozen=True, slots=True)
class Forecast:
    """Work for another thread: the bounds of every series for today and yesterday.

    counts: (series, days), tickets, the last day being `day`; seasons: (days,). `false_d` is
    how many false alarms all series together may raise in a day.
    """

    day: int
    series: tuple[Series, ...]
    counts: Whole
    seasons: Whole
    false_d: float
    category: str = "every series"

    def run(self) -> Bounds:
        """Do it; the first time scipy is imported, which takes a second."""
        use = self._usable()
        rows = np.flatnonzero(self.counts[:, use[:-2]].sum(axis=1) >= LEAST_PAST)
        if len(use) < 7 * LEAST_W + 2 or not len(rows):
            return Bounds(self.day)
        counts, seasons = self.counts[np.ix_(rows, use)], self.seasons[use]
        alpha = min(0.05, self.false_d / len(rows))
        expected, upper = _highest(counts, seasons, alpha)
        rare = min(alpha, 1 / HIGH_D / len(rows))
        _, high = _highest(counts, seasons, rare)
        before, today = (
            {
                self.series[row]: Bound(*map(float, (expected[n, at], upper[n, at], high[n, at])))
                for n, row in enumerate(rows)
            }
            for at in (0, 1)
        )
        return Bounds(self.day, today, before)

    def _usable(self) -> Whole:
        """Give the days that say something: not before tickets came in, none of an outage."""
        is_category = [one.cause is Cause.CATEGORY for one in self.series]
        total = self.counts[is_category].sum(axis=0)
        busy = np.sort(total[:-2])[-3:][0] if total.shape[0] > 4 else 0
        first = int(np.argmax(total > SPARSE * busy))
        usual = np.zeros(7)
        for one in range(7):
            mine = total[first:-2][self.seasons[first:-2] == one]
            usual[one] = np.median(mine) if len(mine) else 0
        good = total >= SPARSE * usual[self.seasons]
        good[:first] = False
        good[-2:] = True
        return np.flatnonzero(good)


def _highest(counts: Whole, seasons: Whole, alpha: float) -> tuple[Reals, Reals]:
    """Give the expected number and the bound of the last two days: (series, 2) each."""
    from operations.detection.counts.farrington import (  # noqa: PLC0415 - imports scipy
        farrington_flexible,
    )

    steps = np.arange(counts.shape[1] - 2, counts.shape[1])
    expected, upper = np.zeros((2, len(counts), 2))
    for rule in _rules(int(steps[0])):
        found = farrington_flexible(counts, steps, replace(rule, alpha=alpha), seasons)
        higher = found.upper > upper
        expected = np.where(higher, found.expected, expected)
        upper = np.where(higher, found.upper, upper)
    return expected, np.maximum(upper, LEAST_TICKETS - 1)


def _rules(history: int) -> "list[FlexibleFarrington]":
    """Give the rules a history is long enough for; what they do not judge by is left to us."""
    from operations.detection.counts.farrington_baseline import DAILY  # noqa: PLC0415 - scipy

    judging = replace(DAILY, least_cases=0, in_doubt=True)
    lately = replace(judging, periods_back=LATELY_W, left_out=LEFT_OUT_D).shortened_to(history)
    newest = replace(judging, periods_back=NEWEST_W, left_out=NEWEST_OUT_D, trend_p=1)
    rules = [replace(lately, trend_p=0), replace(lately, trend_p=1), newest]
    if history >= 7 * YEAR_FROM_W:
        rules.append(judging.shortened_to(history))
    return rules
