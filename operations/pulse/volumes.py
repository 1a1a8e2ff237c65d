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


@dataclass(frozen=True, slots=True)
class Scope:
    """What a picture is about: `kind` is ALL, DISTRICT or DEPARTMENT, `code` its number."""

    kind: int = ALL
    code: int = 0


CITY = Scope()


class Volumes:
    """Counts of new tickets: hours for two years by one name, for the baseline by two."""

    def __init__(self, local: LocalTime, *, baseline_weeks: int) -> None:
        kept, now_us, phase = (baseline_weeks + 1) * WEEK_H + TODAY_H, local.now_us, local.phase_us
        self.hours = TimedCounts(HOUR_US, TWO_YEARS_H, now_us, phase_us=phase)
        self.five_minutes = TimedCounts(FIVE_MINUTES_US, TWO_DAYS_5M, now_us)
        self.crosses = {
            pair: TimedCounts(HOUR_US, kept, now_us, phase_us=phase) for pair in CROSSES
        } | {pair: TimedCounts(HOUR_US, TODAY_H, now_us, phase_us=phase) for pair in TODAYS_CROSSES}

    def add(self, rows: Ints, signs: Ints) -> None:
        """Count tickets at their time of coming in."""
        times = rows[:, CREATED]
        self.hours.add(*_singles(SINGLE, rows), times, signs)
        self.five_minutes.add(*_singles(SHORT, rows), times, signs)
        for (first, second), counts in self.crosses.items():
            counts.add(rows[:, first, None], rows[:, second, None], times, signs)

    def advance(self, now_us: int) -> None:
        """Move on to a later moment."""
        for counts in self._all():
            counts.advance(now_us)

    def merge(self, other: "Volumes", here: dict[int, Ints]) -> None:
        """Add the counts of another city at the same clock; `here` translates its codes."""
        here = here | {ALL: np.zeros(1, np.int64)}
        for single, others in (
            (self.hours, other.hours),
            (self.five_minutes, other.five_minutes),
        ):
            single.merge(others, lambda a: a, lambda a, b: int(here[a][b]))
        for (first, second), cross in self.crosses.items():
            ones, twos = here[first], here[second]
            cross.merge(
                other.crosses[first, second],
                lambda a, ones=ones: int(ones[a]),  # type: ignore[misc]
                lambda _, b, twos=twos: int(twos[b]),  # type: ignore[misc]
            )

    def series(self, scope: Scope, dimension: int, codes: Ints) -> tuple[TimedCounts, Numbers]:
        """Give where the hourly counts of some names within a scope stand."""
        kind, code = scope.kind, scope.code
        if kind in (ALL, dimension) or (kind, dimension) == (DISTRICT, TOWN):
            return self.hours, self.hours.keys.known(dimension, codes)
        if (kind, dimension) in self.crosses:
            cross = self.crosses[kind, dimension]
            return cross, cross.keys.known(code, codes)
        cross = self.crosses[dimension, kind]
        return cross, cross.keys.known(codes, code)

    def total(self, scope: Scope) -> tuple[TimedCounts, Numbers]:
        """Give where the hourly counts of a whole scope stand."""
        return self.hours, self.hours.keys.known(scope.kind, np.array([scope.code]))

    def by_five_minutes(self, scope: Scope, first: int) -> Ints:
        """Give a scope's counts per five minutes from stretch `first` up to now."""
        number = self.five_minutes.keys.known(scope.kind, np.array([scope.code]))
        counts = self.five_minutes.at(number, np.arange(first, self.five_minutes.newest + 1))
        return counts.reshape(-1)

    def _all(self) -> list[TimedCounts]:
        return [self.hours, self.five_minutes, *self.crosses.values()]


def _singles(dimensions: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Give (dimension, code) of each ticket for each dimension, both (tickets, dimensions)."""
    codes = rows[:, dimensions]
    codes[:, 0] = 0  # ALL has one name
    return np.broadcast_to(dimensions, codes.shape), codes
