"""Categories, districts and departments far above their usual numbers, today.

A ticket compares the day's tally of its three series with their bounds, which another thread
works out once a day. A bound rises with how busy the rest of the city is: a storm is not each
category's news. What was raised stands until a whole day after it has stayed under a third of
what raised it, so that nothing flaps around midnight.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np

from operations.detection.live.budget import SERIES
from operations.detection.live.forecast import HISTORY_D, Bound, Bounds, Forecast, Works, season
from operations.detection.live.tallies import Series, Tallies
from operations.pulse.alarm import COUNTED, RANK, Alarm, Cause, Reason, Seen, Severity, Signal
from operations.pulse.windows import SECOND_US, from_us, to_us

BUSY_PRIOR = 50.0
CLEARED_AT = 1 / 3
LATE = 500
"""Changes of past days after which the bounds are worked out again."""
AGAIN_US = 600 * SECOND_US
"""How long the bounds stand at least, and how long they rest after they could not be made."""


@dataclass(frozen=True, slots=True)
class Risen:
    """A series that is or was just now far above, since a day (an ordinal)."""

    series: Series
    day: int
    since_us: int
    seen: Seen | None
    severity: Severity
    group: str
    is_joined: bool = False  # to the group of a cluster or category it is the same matter as

    @property
    def reason(self) -> Reason:
        """Name it as a reason for an alarm."""
        return Reason(self.series.cause, self.series.code, self.seen)


class Excesses:
    """Follows every series of a city; `works` tells whether a date is a working day.

    `alerts_per_week` is the whole city's budget, of which all series together get `SERIES`.
    """

    def __init__(self, zone: ZoneInfo, works: Works, *, alerts_per_week: float = 1.0) -> None:
        self._zone, self._works = zone, works
        self._false_d = SERIES * alerts_per_week / 7
        self.tallies = Tallies(zone)
        self._bounds: Bounds | None = None
        self._asked_day, self._asked_us, self._resting_us = 0, 0, 0
        self._risen: dict[Series, Risen] = {}

    def standing(self) -> list[Risen]:
        """Give what is far above, in a fixed order."""
        return [self._risen[series] for series in sorted(self._risen)]

    def adopt(self, alarms: Iterable[Alarm]) -> None:
        """Go on with what stood before a restart; it ends when bounds are known, by its rule."""
        for alarm in alarms:
            for reason in alarm.reasons:
                if reason.cause in COUNTED:
                    series = Series(reason.cause, reason.subject)
                    day = self._day_of(alarm.raised_us, reason.seen)
                    joined = alarm.group != _group(series)
                    self._risen[series] = Risen(
                        series,
                        day,
                        alarm.since_us,
                        reason.seen,
                        Severity.MEDIUM,
                        alarm.group,
                        joined,
                    )

    def look(self, now_us: int, *, loading: bool) -> None:
        """Work in what was folded, and compare what it touched with its bounds."""
        touched = self.tallies.digest(now_us)
        bounds = self._bounds
        if loading or bounds is None or bounds.day != self.tallies.today:
            return
        for series in touched:
            self._compare(series, bounds)

    def forecast(self, now_us: int) -> Forecast | None:
        """Give work for another thread: at a new day, and when much came late."""
        tallies = self.tallies
        much = tallies.late >= LATE and now_us - self._asked_us >= AGAIN_US
        if (self._asked_day == tallies.today and not much) or now_us < self._resting_us:
            return None
        self._asked_day, self._asked_us, tallies.late = tallies.today, now_us, 0
        series, counts = tallies.table(HISTORY_D)
        days = range(tallies.today - HISTORY_D + 1, tallies.today + 1)
        seasons = np.array([season(day, self._works) for day in days], np.int64)
        return Forecast(tallies.today, series, counts, seasons, self._false_d)

    def answer(self, bounds: Bounds) -> None:
        """Take the bounds: end what has passed, and compare everything of today with them."""
        self._bounds = bounds
        for risen in self.standing():
            if self._has_passed(risen, bounds):
                del self._risen[risen.series]
        if bounds.day == self.tallies.today:
            for series in bounds.today:
                self._compare(series, bounds)

    def failed(self, now_us: int) -> None:
        """Take that there are no bounds; they are asked for again after a rest."""
        self._asked_day, self._resting_us = 0, now_us + AGAIN_US

    def signals(self, clusters: Sequence[Signal]) -> Iterator[Signal]:
        """Give the reasons for alarm; `clusters` are those of clusters, whose alarms they join."""
        for one in self.standing():
            risen = self._risen[one.series] = self._joined(one, clusters)
            cause, code = risen.series
            yield Signal(
                reason=risen.reason,
                group=risen.group,
                severity=risen.severity,
                category=code if cause is Cause.CATEGORY else None,
                district=code if cause is Cause.DISTRICT else None,
                since_us=risen.since_us,
            )

    def seen(self) -> dict[Reason, Seen]:
        """Tell how far above each stands at this moment, as far as that is known."""
        return {one.reason: one.seen for one in self._risen.values() if one.seen is not None}

    def _compare(self, series: Series, bounds: Bounds) -> None:
        bound = bounds.today.get(series)
        if bound is None:
            return
        day, tally, known = bounds.day, self.tallies.of(series, bounds.day), self._risen.get(series)
        name = date.fromordinal(day).isoformat()
        busy = self._busy(series, bounds, day) if tally > bound.upper or known else 1.0
        seen = Seen(name, tally, int(bound.upper * busy))
        if tally <= bound.upper * busy:
            if known is not None and known.seen is not None and known.seen.day == name:
                self._risen[series] = replace(known, seen=seen)
            return
        severity = Severity.HIGH if tally > bound.high * busy else Severity.MEDIUM
        if known is None:
            known = Risen(series, day, self._midnight_us(day), seen, severity, _group(series))
        worst = min(known.severity, severity, key=RANK.__getitem__)
        self._risen[series] = replace(known, day=day, seen=seen, severity=worst)

    def _has_passed(self, risen: Risen, bounds: Bounds) -> bool:
        """Tell whether a day has gone by since on which it kept under a third, as today does."""
        before = bounds.day - 1
        return risen.day < before and all(
            self._is_low(risen.series, bounds, day) for day in (before, bounds.day)
        )

    def _is_low(self, series: Series, bounds: Bounds, day: int) -> bool:
        bound = bounds.on(day).get(series)
        if bound is None:
            return True
        low = bound.expected + (bound.upper - bound.expected) * CLEARED_AT
        return self.tallies.of(series, day) <= low * self._busy(series, bounds, day)

    def _busy(self, series: Series, bounds: Bounds, day: int) -> float:
        """Tell how many times its usual the rest of the city reports; never below 1."""
        seen, usual = -self.tallies.of(series, day), -bounds.on(day)[series].expected
        for one, bound in bounds.on(day).items():
            if one.cause is Cause.CATEGORY:
                seen, usual = seen + self.tallies.of(one, day), usual + bound.expected
        return max(1.0, (BUSY_PRIOR + max(0, seen)) / (BUSY_PRIOR + max(0.0, usual)))

    def _joined(self, risen: Risen, clusters: Sequence[Signal]) -> Risen:
        """Let it join the alarm of its matter, once: what goes on does not change its alarm."""
        group = None if risen.is_joined else self._host(risen, clusters)
        return risen if group is None else replace(risen, group=group, is_joined=True)

    def _host(self, risen: Risen, clusters: Sequence[Signal]) -> str | None:
        """Give the group of what is the same matter: where it is, or what it is."""
        series, day = risen.series, risen.day
        if series.cause is Cause.CATEGORY:
            return _strongest(one for one in clusters if one.category == series.code)
        matter, bound = self.tallies.matter(series, day), self._bound_of(series, day)
        if matter is None or bound is None:
            return None
        category, tickets = matter
        if tickets < (self.tallies.of(series, day) - bound.expected) / 2:
            return None
        near = [one for one in clusters if one.category == category]
        if series.cause is Cause.DISTRICT:
            near = [one for one in near if one.district == series.code]
        whole = self._risen.get(Series(Cause.CATEGORY, category))
        return _strongest(near) or (whole.group if whole is not None else None)

    def _bound_of(self, series: Series, day: int) -> Bound | None:
        return None if self._bounds is None else self._bounds.on(day).get(series)

    def _day_of(self, us: int, seen: Seen | None) -> int:
        if seen is not None:
            return date.fromisoformat(seen.day).toordinal()
        return from_us(us).astimezone(self._zone).toordinal()

    def _midnight_us(self, day: int) -> int:
        at = date.fromordinal(day)
        return to_us(datetime(at.year, at.month, at.day, tzinfo=self._zone))


def _group(series: Series) -> str:
    """Give the group of a series that is no matter of another: a category's is its clusters'."""
    if series.cause is Cause.CATEGORY:
        return f"{series.code}|"
    return f"|{series.cause}|{series.code}"


def _strongest(signals: Iterable[Signal]) -> str | None:
    found = min(signals, key=lambda one: (RANK[one.severity], one.since_us), default=None)
    return None if found is None else found.group
