"""Tickets by local day of every category, district and department, kept by folding them in and out.

A day that has passed counts tickets. Today and yesterday count callers, each once a series: who
rings ten times is no rise. That the past counts the repeats as well keeps bounds a little high.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import numpy as np

from operations.detection.live.windows import Whole
from operations.pulse.alarm import Cause
from operations.pulse.windows import SECOND_US, from_us
from operations.tickets.fact import Fact
from operations.tickets.ticket import Channel, GeoQuality, Status

_Key = TypeVar("_Key")
KEPT_D = 400
RECENT_D = 2
QUARTER_US = 900 * SECOND_US
"""Clocks differ from UTC by whole quarters of an hour: a quarter lies in one local day."""
KNOWN = frozenset(GeoQuality) - {GeoQuality.FALLBACK, GeoQuality.NONE}


class Series(NamedTuple):
    """What is counted by day: a category, a district or a department, and its code."""

    cause: Cause
    code: str


class _Recent:
    """A day of which callers are still told apart, and categories within other series."""

    def __init__(self) -> None:
        self.voters: defaultdict[Series, dict[int, int]] = defaultdict(dict)
        self.matters: defaultdict[Series, dict[str, int]] = defaultdict(dict)

    def change(self, series: Series, sign: int, voter: int, category: str) -> None:
        _change(self.voters[series], voter, sign)
        _change(self.matters[series], category, sign)


class Tallies:
    """Counts by day and series; a ticket costs the same however many are held.

    What is folded is worked in by `digest`, which knows what day it is. `late` counts what
    changed of days before today since it was set to 0.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._pending: list[tuple[int, Fact]] = []
        self._days: dict[int, int] = {}
        self._counts: defaultdict[Series, dict[int, int]] = defaultdict(dict)
        self._recent: defaultdict[int, _Recent] = defaultdict(_Recent)
        self.today = 0
        self.late = 0

    def fold(self, before: Sequence[Fact], after: Sequence[Fact]) -> None:
        """Take tickets' former states out and put their present ones in, at the next digest."""
        self._pending += [(-1, one) for one in before]
        self._pending += [(1, one) for one in after]

    def digest(self, now_us: int) -> set[Series]:
        """Work in what was folded; give the series in which something of today changed."""
        self._advance(self._day_of(now_us))
        touched: set[Series] = set()
        pending, self._pending = self._pending, []
        for sign, one in pending:
            if not _counts(one):
                continue
            day = self._day_of(one.created_us)
            self.late += day < self.today
            if day <= self.today - KEPT_D:
                continue
            voter = hash(one.caller or (one.source, one.external_id))
            recent = self._recent[day] if day > self.today - RECENT_D else None
            for series in series_of(one):
                _change(self._counts[series], day, sign)
                if recent is not None:
                    recent.change(series, sign, voter, one.category)
                if day == self.today:
                    touched.add(series)
        return touched

    def of(self, series: Series, day: int) -> int:
        """Give the tally of a day, an ordinal."""
        recent = self._recent.get(day)
        if recent is not None:
            return len(recent.voters.get(series, ()))
        counts = self._counts.get(series)
        return 0 if counts is None else counts.get(day, 0)

    def matter(self, series: Series, day: int) -> tuple[str, int] | None:
        """Give the category most of a recent day's tickets of a series are of, and how many."""
        recent = self._recent.get(day)
        matters = recent.matters.get(series) if recent else None
        return max(matters.items(), key=itemgetter(1)) if matters else None

    def table(self, days: int) -> tuple[tuple[Series, ...], Whole]:
        """Give every series and its tickets of the days that end today: (series, days)."""
        series = tuple(sorted(one for one, held in self._counts.items() if held))
        span = range(self.today - days + 1, self.today + 1)
        rows = [[self._counts[one].get(day, 0) for day in span] for one in series]
        return series, np.array(rows, np.int64).reshape(len(series), days)

    def _advance(self, today: int) -> None:
        if today <= self.today:
            return
        self.today = today
        for day in [one for one in self._recent if one <= today - RECENT_D]:
            del self._recent[day]
        self._days = {}
        for counts in self._counts.values():
            for day in [one for one in counts if one <= today - KEPT_D]:
                del counts[day]

    def _day_of(self, us: int) -> int:
        quarter = us // QUARTER_US
        day = self._days.get(quarter)
        if day is None:
            day = from_us(us).astimezone(self._zone).toordinal()
            self._days[quarter] = day
        return day


def series_of(one: Fact) -> Iterator[Series]:
    """Give the series a ticket belongs to."""
    yield Series(Cause.CATEGORY, one.category)
    if one.district is not None:
        yield Series(Cause.DISTRICT, one.district)
    if one.department is not None:
        yield Series(Cause.DEPARTMENT, one.department)


def _counts(one: Fact) -> bool:
    """Tell whether a ticket stands for itself; one at a fallback point or of staff does not."""
    return (
        one.geo_quality in KNOWN
        and one.channel != Channel.STAFF.value
        and not one.merged
        and one.status != Status.WITHDRAWN.value
    )


def _change(counts: dict[_Key, int], key: _Key, sign: int) -> None:
    left = counts.get(key, 0) + sign
    if left:
        counts[key] = left
    else:
        counts.pop(key, None)
