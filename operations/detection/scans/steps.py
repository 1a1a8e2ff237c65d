"""The steps of a study period: days, months or years, counted back from its last day."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from operations.errors import BadInput

Unit = Literal["day", "month", "year"]
DAYS: dict[Unit, float] = {"day": 1.0, "month": 365.25 / 12, "year": 365.25}


@dataclass(frozen=True, slots=True)
class Steps:
    """A study period in steps; `firsts` are their first days, the last step ends with `end`."""

    unit: Unit
    firsts: tuple[date, ...]
    end: date

    def __len__(self) -> int:
        return len(self.firsts)

    def index(self, day: date) -> int | None:
        """Give the step a day lies in, None outside of the study."""
        if not self.firsts[0] <= day <= self.end:
            return None
        return bisect_right(self.firsts, day) - 1

    def last_day(self, step: int) -> date:
        """Give the last day of a step."""
        if step + 1 == len(self.firsts):
            return self.end
        return self.firsts[step + 1] - timedelta(days=1)

    def weekdays(self) -> NDArray[np.int64]:
        """Give the day of the week of each step, Monday 0: (steps,)."""
        return np.array([day.weekday() for day in self.firsts], np.int64)

    def bounds(self) -> NDArray[np.float64]:
        """Give where steps begin, and where the last one ends, as ordinal days: (steps + 1,)."""
        ends = [*self.firsts, self.end + timedelta(days=1)]
        return np.array([day.toordinal() for day in ends], np.float64)


def steps_between(start: date, end: date, unit: Unit) -> Steps:
    """Cut a period into steps; the first one is shorter when they do not fit.

    Raises BadInput when the end comes before the start.
    """
    if end < start:
        raise BadInput("end", f"{end} is before the start {start}; exchange them")
    after = end + timedelta(days=1)
    if unit == "day":
        days = (after - start).days
        return Steps(unit, tuple(start + timedelta(days=k) for k in range(days)), end)
    firsts, back = [after], 0
    while firsts[-1] > start:
        back += 1 if unit == "month" else 12
        firsts.append(max(start, _months_before(after, back)))
    return Steps(unit, tuple(firsts[:0:-1]), end)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):  # the 31st of a shorter month is its last day
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise BadInput("start", "lies before the calendar; take a later one")
