"""The days of a campaign: those that are over are counted once and kept, today's each time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from callbacks.books import StoreBeside
from callbacks.desk import Desk
from operations.pulse.sums import Period, Slice, Sums
from operations.pulse.windows import to_us
from operations.response.burndown import CampaignDay
from operations.response.campaign import Act, Campaign, State

MOST_AT_ONCE = 31
"""Days that are counted at one look; a campaign nobody looked at is caught up with in steps."""


def days_of(sources: Any, desk: Desk, campaign: Campaign) -> list[CampaignDay]:
    """Give the days of a campaign until today, or until it ended; none before it begins."""
    if campaign.state in (State.PLANNED, State.CALLED_OFF):
        return []
    zone: ZoneInfo = sources.reference.zone
    book: Any = StoreBeside(sources.campaign_book, desk)
    today = desk.now().astimezone(zone).date()
    until = today if campaign.state is State.RUNNING else _ended(book, campaign, zone)
    last = min(campaign.last, until)
    if last < campaign.first:
        return []
    kept: dict[date, CampaignDay] = {one.day: one for one in book.days(campaign.number)}
    wanted = [campaign.first + timedelta(days=n) for n in range((last - campaign.first).days + 1)]
    missing = [day for day in wanted if day not in kept][:MOST_AT_ONCE]
    counted = _counted(sources, desk, campaign, missing, zone)
    over = [one for one in counted if one.day < today]
    book.keep_days(campaign.number, over)
    found = kept | {one.day: one for one in counted}
    return [found[day] for day in wanted if day in found]


def _ended(book: Any, campaign: Campaign, zone: ZoneInfo) -> date:
    """Give the day a campaign ended on; what was said of it later changed it too."""
    lines = book.lines(campaign.number)
    ended: datetime = next(one.at for one in lines if one.act is Act.END)
    return ended.astimezone(zone).date()


def _counted(
    sources: Any, desk: Desk, campaign: Campaign, days: Sequence[date], zone: ZoneInfo
) -> list[CampaignDay]:
    if not days:
        return []
    now = desk.now()
    ends = [(day, min(to_us(_end_of(day, zone)), to_us(now))) for day in days]
    counts: Any = StoreBeside(sources.campaign_counts, desk)
    standing: dict[date, int] = counts.open_at(campaign.scope, ends)
    sums = _sums(desk, campaign, Period(days[0], days[-1]))
    bare = CampaignDay(days[0], 0, 0, 0, 0, 0)
    made = []
    for day in days:
        one = sums.get(day, Sums())
        made.append(
            replace(
                bare, day=day, open=standing[day], opened=one["opened"], closed=one["closed"],
                answers=one["answers"], solved=one["solved"],
            )
        )  # fmt: skip
    return made


def _sums(desk: Desk, campaign: Campaign, period: Period) -> dict[date, Sums]:
    """Add up the ledger's own sums of the scope; chosen tickets have none."""
    scope, found = campaign.scope, dict[date, Sums]()
    if desk.figures is None:
        return found
    for category in scope.categories:
        for district in scope.districts or (None,):
            slice_ = Slice(district=district, category=category)
            for day, sums in desk.figures.days(slice_, period):
                found[day] = found.get(day, Sums()) + sums
    return found


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)
