"""Local days, local hours and working time of many moments at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2s
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

SECOND_US = 1_000_000
HOUR_US = 3600 * SECOND_US
DAY_US = 24 * HOUR_US
EPOCH_DAY = date(1970, 1, 1)
FIRST_YEAR, LAST_YEAR = 1990, 2050
_WEEK = timedelta(days=7)


def day_number(day: date) -> int:
    """Count the days since 1970-01-01."""
    return (day - EPOCH_DAY).days


def day_of_number(number: int) -> date:
    """Give the day so many days after 1970-01-01."""
    return EPOCH_DAY + timedelta(days=number)


class LocalDays:
    """Turns moments (microseconds since 1970 UTC) into what a city's clocks and calendar say.

    Days and hours are numbered since 1970-01-01 local. Every working day runs from `opens` to
    `closes`. Changes of the zone's offset are known from 1990 to 2050, and so are working days;
    moments outside are counted with the offset of the nearer end and without working time.
    """

    def __init__(
        self, zone: ZoneInfo, works: Callable[[date], bool], *, opens: time, closes: time
    ) -> None:
        self.zone, self._works = zone, works
        self._opens, self._closes = opens, closes
        self._changes, self._offsets = _offsets(zone)
        first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
        self._first = day_number(first)
        days = range((last - first).days + 1)
        self._worked: Ints = np.array(
            [works(first + timedelta(days=number)) for number in days], np.int64
        )
        self._before: Ints = np.concatenate(([0], np.cumsum(self._worked)))

    @property
    def fingerprint(self) -> str:
        """Tell what day and working time rest on; another one makes other sums."""
        worked = np.packbits(self._worked.astype(bool)).tobytes()
        return f"{self.zone.key} {self._opens}-{self._closes} {_digest(worked)}"

    @property
    def offsets(self) -> tuple[list[int], list[int]]:
        """Give when the zone's offset changes, and the offset before, between and after, in us."""
        return self._changes.tolist(), self._offsets.tolist()

    def day_of(self, times_us: Ints) -> Ints:
        """Give the local day of each moment."""
        return self._local(times_us) // DAY_US

    def hour_of(self, times_us: Ints) -> Ints:
        """Give the local hour of each moment; the hour that comes twice in autumn is one."""
        return self._local(times_us) // HOUR_US

    def day_at(self, us: int) -> int:
        """Give the local day of one moment."""
        return int(self.day_of(np.array([us], np.int64))[0])

    def worked_us(self, from_us: Ints, to_us: Ints) -> Ints:
        """Give how much working time lies between moments."""
        return self._worked_until(to_us) - self._worked_until(from_us)

    def _local(self, times_us: Ints) -> Ints:
        place = np.searchsorted(self._changes, times_us, side="right")
        local: Ints = times_us + self._offsets[place]
        return local

    def _worked_until(self, times_us: Ints) -> Ints:
        opens, closes = _since_midnight_us(self._opens), _since_midnight_us(self._closes)
        day, into = np.divmod(self._local(times_us), DAY_US)
        place = np.clip(day - self._first, 0, len(self._worked) - 1)
        today = self._worked[place] * (np.clip(into, opens, closes) - opens)
        worked: Ints = self._before[place] * (closes - opens) + today
        return worked


def _since_midnight_us(at: time) -> int:
    return ((at.hour * 60 + at.minute) * 60 + at.second) * SECOND_US


def _digest(told: bytes) -> str:
    return blake2s(told, digest_size=6).hexdigest()


def _offsets(zone: ZoneInfo) -> tuple[Ints, Ints]:
    """Give when the zone's offset changes, and the offset before, between and after."""
    at, end = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
    changes, offsets = [], [_offset_us(zone, at)]
    while at < end:
        if _offset_us(zone, at + _WEEK) != offsets[-1]:
            changes.append(_change_us(zone, at))
            offsets.append(_offset_us(zone, at + _WEEK))
        at += _WEEK
    return np.array(changes, np.int64), np.array(offsets, np.int64)


def _change_us(zone: ZoneInfo, after: datetime) -> int:
    """Find the second in the week after a moment from which on another offset holds."""
    low, high = int(after.timestamp()), int((after + _WEEK).timestamp())
    was = _offset_us(zone, after)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset_us(zone, datetime.fromtimestamp(middle, UTC)) == was:
            low = middle
        else:
            high = middle
    return high * SECOND_US


def _offset_us(zone: ZoneInfo, at: datetime) -> int:
    offset = at.astimezone(zone).utcoffset() or timedelta()
    return offset // timedelta(microseconds=1)
