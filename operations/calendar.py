"""Working days: the State Council's calendar with its make-up days, and what overrides it."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from zoneinfo import ZoneInfo

_SATURDAY = 5
_WEEK_D = 7
_MOST_KEPT = 20_000  # days worked out and kept; two hundred years of one limit are fewer
_LONGEST_REST_D = 400  # a calendar without a working day in a year is an error, not a holiday


@dataclass(frozen=True, slots=True)
class DayName:
    """What a day is called on the clock of the wall."""

    zh: str
    en: str


MAKE_UP = DayName("调休上班", "make-up working day")


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked. Monday to Friday, except as the tables say.

    `holidays`: days off by name. `make_up`: weekends that are worked. `known_until`: the last
    day the published calendar covers; after it only weekends are free, which a screen says.
    `overrides`: day → worked or not, from the city's own table; it always wins.
    """

    holidays: Mapping[date, DayName] = field(default_factory=dict)
    make_up: frozenset[date] = frozenset()
    known_until: date | None = None
    overrides: Mapping[date, bool] = field(default_factory=dict)
    _found: dict[tuple[date, int], date] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def last_known_day(self) -> date | None:
        """The last day whose state is published or overridden, None where none is."""
        known = [self.known_until] if self.known_until else []
        return max((*self.overrides, *known), default=None)

    def is_working_day(self, day: date) -> bool:
        """Tell whether the city works on a day."""
        if day in self.overrides:
            return self.overrides[day]
        if day in self.make_up:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def day_name(self, day: date) -> DayName | None:
        """Name a holiday or a make-up working day; None for a plain day."""
        if self.is_working_day(day):
            return MAKE_UP if day.weekday() >= _SATURDAY else None
        return self.holidays.get(day)

    def is_foreseen(self, day: date) -> bool:
        """Tell whether a day lies within what is published; without a table every day does."""
        last = self.last_known_day
        return last is None or day <= last

    def working_day_after(self, day: date, days: int = 1) -> date:
        """Give the day that is `days` working days after another, which itself never counts."""
        return self._step(day, days, 1)

    def working_day_before(self, day: date, days: int = 1) -> date:
        """Give the day that is `days` working days before another, which itself never counts."""
        return self._step(day, days, -1)

    def latest_working_day(self, day: date) -> date:
        """Give a day itself where it is worked, else the last working day before it."""
        return day if self.is_working_day(day) else self.working_day_before(day)

    def working_days_between(self, first: date, last: date) -> int:
        """Count the working days after `first` up to `last`; negative where `last` is earlier."""
        return self._worked_until(last) - self._worked_until(first)

    def add_working_days(self, start: datetime, days: int, zone: ZoneInfo) -> datetime:
        """Give the same local time of day `days` working days after an aware `start`.

        The day of the start never counts, whether it is worked or not.
        """
        return self._moved(start, days, zone, 1)

    def subtract_working_days(self, end: datetime, days: int, zone: ZoneInfo) -> datetime:
        """Give the same local time of day `days` working days before an aware `end`."""
        return self._moved(end, days, zone, -1)

    def _moved(self, at: datetime, days: int, zone: ZoneInfo, way: int) -> datetime:
        local = at.astimezone(zone)
        day = self._step(local.date(), days, way)
        return local.replace(year=day.year, month=day.month, day=day.day).astimezone(at.tzinfo)

    def _step(self, day: date, days: int, way: int) -> date:
        """Walk day by day, once for each question: ten thousand tickets a second ask the same."""
        key = (day, days * way)
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= _MOST_KEPT:
                self._found.clear()
            found = self._found[key] = self._walk(day, days, timedelta(days=way))
        return found

    def _walk(self, day: date, left: int, step: timedelta) -> date:
        rested = 0
        while left > 0:
            day += step
            if self.is_working_day(day):
                left, rested = left - 1, 0
            elif (rested := rested + 1) > _LONGEST_REST_D:
                raise ValueError("the calendar has no working day within 400 days")
        return day

    def _worked_until(self, day: date) -> int:
        """Count the working days up to a day, from the Monday on which the calendar's year 1 began.

        Whole weeks by their length; the days on which the tables differ stand in `_exceptions`.
        """
        number = day.toordinal()
        weeks, rest = divmod(number, _WEEK_D)
        plain = weeks * _SATURDAY + min(rest, _SATURDAY)
        days, sums = self._exceptions
        return plain + sums[bisect_right(days, number)]

    @cached_property
    def _exceptions(self) -> tuple[list[int], list[int]]:
        """Days that are not worked as their weekday says, and how many more are worked by then."""
        named = sorted({*self.holidays, *self.make_up, *self.overrides})
        turned = [
            (day.toordinal(), 1 if self.is_working_day(day) else -1)
            for day in named
            if self.is_working_day(day) is not (day.weekday() < _SATURDAY)
        ]
        sums = accumulate((more for _, more in turned), initial=0)
        return [number for number, _ in turned], list(sums)
