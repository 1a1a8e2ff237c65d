"""The complaints of an incident's matter by day, and what went along with its measures."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from operations.pulse.sums import Period, Slice, Sums
from operations.pulse.windows import from_us
from operations.response.closing import first_day
from operations.response.effect import LONGEST_D, Effect, Taken, effect
from operations.response.incident import Incident, Part

DAY = timedelta(days=1)


class Figures(Protocol):
    """The sums by day, and on which days any ticket came to the city."""

    def days(self, slice_: Slice, period: Period) -> Sequence[tuple[date, Sums]]: ...

    def heard(self, period: Period) -> Collection[date]: ...


class Counted(NamedTuple):
    """Complaints of each day that was heard, the day of the opening, and two that are not counted.

    `today` follows the last day of the matter, `until` the last day that measures are judged by:
    those of a closed one on the days behind its end too.
    """

    counts: Mapping[date, int]
    opened: date
    today: date
    until: date


def counted(head: Incident, figures: Figures, now: datetime, zone: ZoneInfo) -> Counted | None:
    """Count a matter's complaints by day from before its opening on; None of no category."""
    if not head.category:
        return None
    opened = day_of(head.opened_us, zone)
    today = until = this_day = max(now.astimezone(zone).date(), opened)
    if head.closed_us is not None:
        after = day_of(head.closed_us, zone) + DAY
        today, until = min(after, this_day), min(after + LONGEST_D * DAY, this_day)
    period = Period(first_day(opened), until)
    heard = {*figures.heard(Period(period.first, until - DAY)), this_day}
    found = figures.days(Slice(district=head.district, category=head.category), period)
    counts = {day: sums["opened"] for day, sums in found if day in heard}
    return Counted(counts, opened, today, until)


def effects_of(measures: Sequence[Part], found: Counted, zone: ZoneInfo) -> list[Effect]:
    """Give what went along with each measure that was begun and not called off."""
    taken = [
        Taken(
            one.number,
            day_of(one.body["began_us"], zone),
            None if one.body["done_us"] is None else day_of(one.body["done_us"], zone),
        )
        for one in measures
        if one.body["began_us"] is not None and one.state != "called_off"
    ]
    return [effect(one, taken, found.counts, found.opened, found.until) for one in taken]


def day_of(us: int, zone: ZoneInfo) -> date:
    """Give the day of a moment."""
    return from_us(us).astimezone(zone).date()
