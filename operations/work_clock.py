"""Working time: moments on a clock that runs only on working days, between opening and closing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from operations.calendar import WorkCalendar

_NOTHING = timedelta()
_LONGEST = timedelta(days=366)
"""What is asked for at once; a longer pause is a matter closed, not a clock that stands."""


@dataclass(frozen=True)
class WorkClock:
    """The working hours of a city's offices: every working day from `opens` to `closes`, local."""

    calendar: WorkCalendar
    zone: ZoneInfo
    opens: time
    closes: time

    def opening(self, day: date) -> datetime:
        """Give when offices open on a day, worked or not."""
        return datetime.combine(day, self.opens, self.zone).astimezone(UTC)

    def closing(self, day: date) -> datetime:
        """Give when offices close on a day, worked or not."""
        return datetime.combine(day, self.closes, self.zone).astimezone(UTC)

    def within_hours(self, at: datetime) -> datetime:
        """Give a moment itself where offices are open then, else when they next open."""
        local = at.astimezone(self.zone)
        day = local.date()
        if self.calendar.is_working_day(day) and local.time() < self.closes:
            return self.opening(day) if local.time() < self.opens else at
        return self.opening(self.calendar.working_day_after(day))

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Give how much working time lies between two moments; none where `end` is earlier."""
        first, last = (at.astimezone(self.zone).date() for at in (start, end))
        if last < first:
            return _NOTHING
        if first == last:
            return self._open_on(first, start, end)
        whole = self._whole_days(first, last)
        return self._open_on(first, start, end) + whole + self._open_on(last, start, end)

    def add_working_time(self, start: datetime, span: timedelta) -> datetime:
        """Give the moment at which so much working time has passed since an aware `start`.

        Of no time at all: the start itself. Raises ValueError for more than a year of it.
        """
        if span <= _NOTHING:
            return start
        if span > _LONGEST:
            raise ValueError("more than a year of working time")
        day, left = start.astimezone(self.zone).date(), span
        here = self._open_on(day, start, self.closing(day))
        while left > here:
            left -= here
            day = self.calendar.working_day_after(day)
            here = self.closing(day) - self.opening(day)
        return max(start.astimezone(UTC), self.opening(day)) + left

    def _open_on(self, day: date, start: datetime, end: datetime) -> timedelta:
        """Give how long offices are open on a day between two moments."""
        if not self.calendar.is_working_day(day):
            return _NOTHING
        return max(min(end, self.closing(day)) - max(start, self.opening(day)), _NOTHING)

    def _whole_days(self, first: date, last: date) -> timedelta:
        """Give the working time of the days between two, neither counted.

        Every working day has the same hours but where the clocks are changed while offices are
        open, which no zone does by day.
        """
        days = self.calendar.working_days_between(first, last)
        days -= self.calendar.is_working_day(last)
        opens, closes = (datetime.combine(first, at) for at in (self.opens, self.closes))
        return max(days, 0) * (closes - opens)
