"""Whether the complaints are back at their baseline: what an incident may be closed on.

Usual is the mean of the same weekday in the eight weeks before the week the incident was opened
in, so that what led up to it does not raise its own baseline. A day is back at the baseline where
its count lies within two standard deviations of a Poisson count of that mean.

Counts are of the days that were heard. A day that is missing among them is unknown: nothing came
from anywhere in the city on it, so that no complaint is no sign of anything. It is no day back at
the baseline, and no part of what is usual.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

WEEKS = 8
AROUND_D, BEFORE_D = 28, 10
"""A screen shows so many days at most, and so many of them from before the opening."""
LED_UP_D = 14
LEAST = 1.0
"""A day with one complaint is never above the baseline."""


@dataclass(frozen=True, slots=True)
class Day:
    """A whole day of the matter: how many complaints, how many are usual, and up to how many.

    `count` is None where the day is unknown.
    """

    day: date
    count: int | None
    usual: float
    bound: float

    @property
    def is_back(self) -> bool:
        """Tell whether the day is known to lie within its baseline."""
        return self.count is not None and self.count <= self.bound

    @property
    def is_above(self) -> bool:
        """Tell whether the day is known to lie above its baseline."""
        return self.count is not None and self.count > self.bound


def first_day(opened: date) -> date:
    """Tell from which day on counts are needed."""
    return opened - timedelta(weeks=WEEKS + 2)


def course(counts: Mapping[date, int], opened: date, today: date) -> list[Day]:
    """Give every whole day from that of the opening to yesterday, with what is usual on it."""
    days = range((today - opened).days)
    return [day_of(counts, opened, opened + timedelta(days=one)) for one in days]


def around(counts: Mapping[date, int], opened: date, today: date) -> tuple[Day, ...]:
    """Give the days a screen shows: from before the opening to today, which is not over yet."""
    first = max(opened - timedelta(days=BEFORE_D), today - timedelta(days=AROUND_D - 1))
    days = range((today - first).days + 1)
    return tuple(day_of(counts, opened, first + timedelta(days=one)) for one in days)


def led_up(counts: Mapping[date, int], opened: date) -> list[Day]:
    """Give the days that led up to the opening, with what is usual on each."""
    return [day_of(counts, opened, opened - timedelta(days=one)) for one in range(LED_UP_D, 0, -1)]


def usual_on(counts: Mapping[date, int], opened: date, day: date) -> float:
    """Tell how many complaints are usual on a day's weekday; 0 where none of it was heard."""
    before = opened - timedelta(days=8)
    last = before - timedelta(days=(before.weekday() - day.weekday()) % 7)
    same = [last - timedelta(weeks=week) for week in range(WEEKS)]
    heard = [counts[one] for one in same if one in counts]
    return sum(heard) / len(heard) if heard else 0.0


def day_of(counts: Mapping[date, int], opened: date, day: date) -> Day:
    """Give one day, with what was usual on its weekday before it began."""
    usual = usual_on(counts, opened, day)
    return Day(day, counts.get(day), usual, max(usual + 2 * sqrt(usual), LEAST))


def days_back(days: list[Day]) -> int:
    """Count the days at the end that are known to lie within their baseline, one after another."""
    back = 0
    for day in reversed(days):
        if not day.is_back:
            break
        back += 1
    return back
