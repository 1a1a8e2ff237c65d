"""Working time for whole arrays of moments: positions on a clock that runs only at work."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from data_sources.feeds.demo_city.rates import Floats, Ints


class WorkingTime:
    """Adds working seconds to moments between `first` and `last`.

    Moments are whole seconds since 1970 (UTC). Every working day is one block of the same
    length, so that a position on the working clock is (number of the day, second in it).
    """

    def __init__(
        self,
        zone: ZoneInfo,
        works: Callable[[date], bool],
        *,
        first: date,
        last: date,
        opens_s: int,
        closes_s: int,
    ) -> None:
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        self.day_s = closes_s - opens_s
        self._opens = np.array(
            [midnight_s(day, zone) + opens_s for day in days if works(day)], dtype=np.int64
        )

    def add(self, at: Ints, working_s: Floats | Ints) -> Ints:
        """Give the moments that lie `working_s` working seconds after `at`."""
        day = np.searchsorted(self._opens, at, side="right") - 1
        into = np.clip(at - self._opens[np.maximum(day, 0)], 0, self.day_s)
        position = np.where(day < 0, 0, day * self.day_s + into) + np.asarray(working_s, np.int64)
        number, rest = np.divmod(position, self.day_s)
        return self._opens[np.minimum(number, len(self._opens) - 1)] + rest


def midnight_s(day: date, zone: ZoneInfo) -> int:
    """Tell when a local day begins, in seconds since 1970."""
    return int(datetime.combine(day, time(), zone).timestamp())
