"""The complaints of an incident's matter by day, and what went along with its measures."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from operations.pulse.sums import Period, Slice
from operations.pulse.windows import from_us
from operations.response.closing import first_day
from operations.response.effect import Effect, Taken, effect
from operations.response.incident import Incident, Part


class Counted(NamedTuple):
    """Complaints by day, the day of the opening, and the day that is not over yet."""

    counts: Mapping[date, int]
    opened: date
    today: date


def asked_of(head: Incident, now: datetime, zone: ZoneInfo) -> tuple[Slice, Period] | None:
    """Tell which sums a matter's complaints are: from before the opening to its end, or `now`.

    None of one that is of no category.
    """
    if not head.category:
        return None
    opened = day_of(head.opened_us, zone)
    until = now if head.closed_us is None else from_us(head.closed_us)
    today = max(until.astimezone(zone).date(), opened)
    slice_ = Slice(district=head.district, category=head.category)
    return slice_, Period(first_day(opened), today)


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
    return [effect(one, taken, *found) for one in taken]


def day_of(us: int, zone: ZoneInfo) -> date:
    """Give the day of a moment."""
    return from_us(us).astimezone(zone).date()
