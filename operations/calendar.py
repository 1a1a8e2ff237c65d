"""Working days: the State Council's calendar with its make-up days, and what overrides it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_SATURDAY = 5
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

    def add_working_days(self, start: datetime, days: int, zone: ZoneInfo) -> datetime:
        """Give the same local time of day `days` working days after an aware `start`.

        The day of the start never counts, whether it is worked or not.
        """
        local = start.astimezone(zone)
        day, left, rested = local.date(), days, 0
        while left > 0:
            day += timedelta(days=1)
            if self.is_working_day(day):
                left, rested = left - 1, 0
            elif (rested := rested + 1) > _LONGEST_REST_D:
                raise ValueError("the calendar has no working day within 400 days")
        return local.replace(year=day.year, month=day.month, day=day.day).astimezone(start.tzinfo)
