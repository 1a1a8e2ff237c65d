"""The watch over everything: clusters of tickets, and the counts of every series."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from operations.detection.live.chores import Chore
from operations.detection.live.excess import Excesses
from operations.detection.live.forecast import Forecast, Works
from operations.detection.live.signals import signals_of
from operations.detection.live.tracking import Turns
from operations.detection.live.watch import Watch
from operations.places import Zone
from operations.pulse.alarm import Alarm, Signal
from operations.tickets.fact import Fact


def weekdays(day: date) -> bool:
    """Tell a working day where no calendar is known."""
    return day.weekday() < 5


class CityWatch(Watch):
    """Watches the clusters of a city, and its categories, districts and departments by day.

    `works` tells whether a date is a working day. Both kinds of finding share the budget.
    """

    def __init__(
        self,
        zone: ZoneInfo,
        *,
        zones: Sequence[Zone] = (),
        alerts_per_week: float = 1.0,
        seed: int = 1,
        works: Works = weekdays,
    ) -> None:
        super().__init__(zone, zones=zones, alerts_per_week=alerts_per_week, seed=seed)
        self.excesses = Excesses(zone, works, alerts_per_week=alerts_per_week)

    def fold(self, before: Sequence[Fact], after: Sequence[Fact]) -> None:
        """Take tickets' former states out and put their present ones in, at the next looks."""
        super().fold(before, after)
        self.excesses.tallies.fold(before, after)

    def adopt_alarms(self, alarms: Iterable[Alarm]) -> None:
        """Go on with what stood far above before a restart."""
        self.excesses.adopt(alarms)

    def look(self, now_us: int) -> Turns:
        """Look for clusters, and compare today's counts."""
        self.excesses.look(now_us, loading=self.is_loading)
        return super().look(now_us)

    def signals(self, now_us: int) -> list[Signal]:
        """Give every reason for alarm that stands."""
        clusters = list(signals_of(self.standing(), now_us))
        return [*clusters, *self.excesses.signals(clusters)]

    def chore(self, now_us: int) -> Chore | Forecast | None:  # type: ignore[override]
        """Give the most pressing work for another thread; a day's bounds come first."""
        if not self.is_loading and (found := self.excesses.forecast(now_us)) is not None:
            return found
        return super().chore(now_us)

    def answer(self, chore: Chore | Forecast, result: Any, now_us: int) -> None:
        """Take what a chore gave."""
        if isinstance(chore, Forecast):
            self.excesses.answer(result)
        else:
            super().answer(chore, result, now_us)

    def failed(self, chore: Chore | Forecast, now_us: int) -> None:
        """Take that a chore gave nothing."""
        if isinstance(chore, Forecast):
            self.excesses.failed(now_us)
        else:
            super().failed(chore, now_us)
