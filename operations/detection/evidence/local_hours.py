"""The hours of a city's clock in a row, and what of a time falls into each."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from operations.detection.evidence.reports import Mask, Reals
from operations.pulse.windows import HOUR_US, Ints, from_us


@dataclass(frozen=True, slots=True, eq=False)
class Hours:
    """Local clock hours in a row.

    `start_us` (hours + 1,) are their edges, `week_h` (hours,) the hour of the week from Monday
    midnight, `day` (hours,) the local day's number.
    """

    start_us: Ints
    week_h: Ints
    day: Ints

    def of(self, times_us: Ints) -> Ints:
        """Give the place of the hour each time lies in; the very end belongs to the last."""
        places = np.searchsorted(self.start_us, times_us, side="right") - 1
        return np.minimum(places, len(self.week_h) - 1)

    def counts(self, times_us: Ints) -> Ints:
        """Count times by hour: (hours,)."""
        return np.bincount(self.of(times_us), minlength=len(self.week_h))

    def day_starts(self) -> Ints:
        """Give the place of the first hour of each local day: (days,)."""
        return np.flatnonzero(np.diff(self.day, prepend=self.day[0] - 1))

    def touching(self, stretches: Sequence[tuple[int, int]]) -> Mask:
        """Tell which hours touch any of some stretches of time: (hours,)."""
        found = np.zeros(len(self.week_h), np.bool_)
        for start_us, end_us in stretches:
            found |= (self.start_us[:-1] < end_us) & (self.start_us[1:] > start_us)
        return found

    def shares(self, since_us: int, until_us: int) -> Reals:
        """Give how much of each hour lies in [since_us, until_us]: (hours,), 0 to 1."""
        overlap = np.minimum(self.start_us[1:], until_us) - np.maximum(self.start_us[:-1], since_us)
        shares: Reals = np.maximum(overlap, 0) / HOUR_US
        return shares


def local_hours(since_us: int, until_us: int, zone: ZoneInfo) -> Hours:
    """List the local clock hours that hold [since_us, until_us]."""
    offset = from_us(since_us).astimezone(zone).utcoffset()
    phase = 0 if offset is None else int(-offset.total_seconds() * 1e6) % HOUR_US
    first = (since_us - phase) // HOUR_US
    last = (max(until_us, since_us + 1) - 1 - phase) // HOUR_US
    edges = np.arange(first, last + 2) * HOUR_US + phase
    local = [from_us(us).astimezone(zone) for us in edges[:-1].tolist()]
    return Hours(
        edges,
        np.array([one.weekday() * 24 + one.hour for one in local], np.int64),
        np.array([one.toordinal() for one in local], np.int64),
    )
