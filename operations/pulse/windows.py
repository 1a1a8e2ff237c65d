"""Local days, local hours and weeks of a city, in whole microseconds since 1970 UTC."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

SECOND_US = 1_000_000
FIVE_MINUTES_US = 300 * SECOND_US
HOUR_US = 3600 * SECOND_US
WEEK_H = 168
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_us(at: datetime) -> int:
    """Give an aware time as whole microseconds since 1970 UTC, exactly."""
    return (at - EPOCH) // timedelta(microseconds=1)


def from_us(us: int) -> datetime:
    """Give microseconds since 1970 UTC as an aware time in UTC."""
    return EPOCH + timedelta(microseconds=us)


@lru_cache(maxsize=10_000)
def iso(us: int) -> str:
    """Write microseconds since 1970 UTC as ISO 8601 in UTC."""
    return from_us(us).isoformat()


class LocalTime:
    """The city's days and hours around a clock that only moves on.

    `phase_us` is what the zone's offset has beyond whole hours, so that hours of the counts
    are hours of the city's clocks in Delhi (+05:30) as in Yantai. Days start at local
    midnight and have 23 or 25 hours where clocks change.
    """

    def __init__(self, zone: ZoneInfo, now_us: int, *, days: int, weeks: int) -> None:
        self.zone, self.days, self.weeks = zone, days, weeks
        offset = from_us(now_us).astimezone(zone).utcoffset() or timedelta()
        self.phase_us = (-(offset // timedelta(microseconds=1))) % HOUR_US
        self._today = date.min
        self._weeks_before: dict[tuple[int, ...], Ints] = {}
        self.starts_us: Ints = np.zeros(0, np.int64)
        self.advance(now_us)

    def advance(self, now_us: int) -> None:
        """Move to a later moment: today may be another day."""
        self.now_us = now_us
        today = from_us(now_us).astimezone(self.zone).date()
        if len(self._weeks_before) > 100:
            self._weeks_before.clear()
        if today != self._today:
            self._today = today
            first = today.toordinal() - self.days + 1
            self.starts_us = np.array(
                [self._midnight_us(first + day) for day in range(self.days + 1)], np.int64
            )

    def _midnight_us(self, ordinal: int) -> int:
        day = date.fromordinal(ordinal)
        return to_us(datetime(day.year, day.month, day.day, tzinfo=self.zone))

    @property
    def midnight_us(self) -> int:
        """When today began."""
        return int(self.starts_us[-2])

    @property
    def today(self) -> int:
        """Today as a proleptic ordinal."""
        return self._today.toordinal()

    def day_of(self, times_us: Ints) -> Ints:
        """Give each time's day as an ordinal; times before the kept days come out before them."""
        place = np.searchsorted(self.starts_us, times_us, side="right") - 1
        return place + (self.today - self.days + 1)

    def hour_of(self, us: int) -> int:
        """Give the number of the local clock hour a moment lies in."""
        return (us - self.phase_us) // HOUR_US

    def hour_start_us(self, hour: int) -> int:
        """Give the moment an hour starts."""
        return hour * HOUR_US + self.phase_us

    def weeks_before(self, hours: Ints) -> Ints:
        """Give the hours with the same local time and weekday in past weeks: (weeks, hours)."""
        asked = tuple(hours.tolist())
        found = self._weeks_before.get(asked)
        if found is None:
            weeks = range(1, self.weeks + 1)
            lines = [[self._week_before(hour, week) for hour in asked] for week in weeks]
            found = self._weeks_before[asked] = np.array(lines, np.int64)
        return found

    def _week_before(self, hour: int, week: int) -> int:
        local = from_us(self.hour_start_us(hour)).astimezone(self.zone)
        return self.hour_of(to_us((local - timedelta(days=7 * week)).astimezone(UTC)))
