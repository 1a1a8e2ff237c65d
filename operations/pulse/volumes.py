"""How many tickets came in, by the hour and by five minutes, for the city and each scope."""

from dataclasses import dataclass

import numpy as np

from operations.pulse.counts import Numbers, TimedCounts
from operations.pulse.rows import CATEGORY, CHANNEL, CREATED, DEPARTMENT, DISTRICT, TOWN
from operations.pulse.windows import FIVE_MINUTES_US, HOUR_US, WEEK_H, Ints, LocalTime

ALL = 0  # the dimension with one name, and the scope of the whole city
TWO_YEARS_H = 2 * 366 * 24
TWO_DAYS_5M = 576
TODAY_H = 50  # a day of 25 hours, and yesterday's last

SINGLE = np.array([ALL, CATEGORY, DISTRICT, TOWN, DEPARTMENT, CHANNEL], np.int64)
SHORT = np.array([ALL, DISTRICT, DEPARTMENT], np.int64)
CROSSES = ((DISTRICT, CATEGORY), (DEPARTMENT, CATEGORY), (DISTRICT, DEPARTMENT))
TODAYS_CROSSES = ((DISTRICT, CHANNEL), (DEPARTMENT, CHANNEL), (DEPARTMENT, TOWN))

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a picture is about: `kind` is ALL, DISTRICT or DEPARTMENT, `code` its number."""

    kind: int = ALL
    code: int = 0


CITY = Scope()


class Crossed:
    """Hourly counts by pairs of columns: of district and category, say."""

    def __init__(self, crosses: tuple[Pair, ...], kept_h: int, local: LocalTime) -> None:
        self.crosses = crosses
        self._firsts = np.array([first for first, _ in crosses])
        self._seconds = np.array([second for _, second in crosses])
        self.counts = TimedCounts(HOUR_US, kept_h, local.now_us, phase_us=local.phase_us)

    def add(self, rows: Ints, signs: Ints) -> None:
        """Count tickets for every pair of columns at once."""
        firsts = rows[:, self._firsts] * len(self.crosses) + np.arange(len(self.crosses))
        self.counts.add(firsts, rows[:, self._seconds], rows[:, CREATED], signs)

    def known(self, cross: Pair, firsts: Ints | int, seconds: Ints | int) -> Numbers:
        """Give where the counts of pairs of names stand."""
        return self.counts.keys.known(
            firsts * len(self.crosses) + self.crosses.index(cross), seconds
        )

    def merge(self, other: "Crossed", here: dict[int, Ints]) -> None:
        """Add the counts of another city at the same clock; `here` translates its codes."""

        def translated(first: int, second: int) -> Pair:
            code, cross = divmod(first, len(self.crosses))
            one, two = self.crosses[cross]
            return int(here[one][code]) * len(self.crosses) + cross, int(here[two][second])

        self.counts.merge(other.counts, translated)


class Volumes:
    """Counts of new tickets: hours for two years by one name, for the baseline by two."""

    def __init__(self, local: LocalTime, *, baseline_weeks: int) -> None:
        self.hours = TimedCounts(HOUR_US, TWO_YEARS_H, local.now_us, phase_us=local.phase_us)
        self.five_minutes = TimedCounts(FIVE_MINUTES_US, TWO_DAYS_5M, local.now_us)
        self.weeks = Crossed(CROSSES, (baseline_weeks + 1) * WEEK_H + TODAY_H, local)
        self.today = Crossed(TODAYS_CROSSES, TODAY_H, local)

    def add(self, rows: Ints, signs: Ints) -> None:
        """Count tickets at their time of coming in."""
        times = rows[:, CREATED]
        self.hours.add(*_singles(SINGLE, rows), times, signs)
        self.five_minutes.add(*_singles(SHORT, rows), times, signs)
        self.weeks.add(rows, signs)
        self.today.add(rows, signs)

    def advance(self, now_us: int) -> None:
        """Move on to a later moment."""
        for counts in (self.hours, self.five_minutes, self.weeks.counts, self.today.counts):
            counts.advance(now_us)

    def merge(self, other: "Volumes", here: dict[int, Ints]) -> None:
        """Add the counts of another city at the same clock; `here` translates its codes."""
        here = here | {ALL: np.zeros(1, np.int64)}

        def translated(column: int, code: int) -> Pair:
            return column, int(here[column][code])

        self.hours.merge(other.hours, translated)
        self.five_minutes.merge(other.five_minutes, translated)
        self.weeks.merge(other.weeks, here)
        self.today.merge(other.today, here)

    def series(self, scope: Scope, column: int, codes: Ints) -> tuple[TimedCounts, Numbers]:
        """Give where the hourly counts of some names within a scope stand."""
        kind, code = scope.kind, scope.code
        if kind in (ALL, column) or (kind, column) == (DISTRICT, TOWN):
            return self.hours, self.hours.keys.known(column, codes)
        crossed = self.today if column in (CHANNEL, TOWN) else self.weeks
        if (kind, column) in crossed.crosses:
            return crossed.counts, crossed.known((kind, column), code, codes)
        return crossed.counts, crossed.known((column, kind), codes, code)

    def total(self, scope: Scope) -> tuple[TimedCounts, Numbers]:
        """Give where the hourly counts of a whole scope stand."""
        return self.hours, self.hours.keys.known(scope.kind, np.array([scope.code]))

    def by_five_minutes(self, scope: Scope, first: int) -> Ints:
        """Give a scope's counts per five minutes from stretch `first` up to now."""
        number = self.five_minutes.keys.known(scope.kind, np.array([scope.code]))
        counts = self.five_minutes.at(number, np.arange(first, self.five_minutes.newest + 1))
        return counts.reshape(-1)


def _singles(dimensions: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Give (dimension, code) of each ticket for each dimension, both (tickets, dimensions)."""
    codes = rows[:, dimensions]
    codes[:, 0] = 0  # ALL has one name
    return np.broadcast_to(dimensions, codes.shape), codes
