"""How a campaign comes along: its days against the line of its target, and where that leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import sqrt
from statistics import fmean, stdev

from operations.response.campaign import Campaign, Goal, State

LEAST_DAYS = 7
"""Of changes from day to day, before anything is said of what is to come."""
SURE = 1.96


@dataclass(frozen=True, slots=True)
class CampaignDay:
    """One day of a campaign's scope: what came, what was closed, what was open at its end.

    `answers` are callbacks that say whether a matter is solved, `solved` those that say yes.
    """

    day: date
    open: int
    opened: int
    closed: int
    answers: int
    solved: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many are open on the last day at the pace of the last days, between two bounds."""

    low: int
    likely: int
    high: int


def course(goal: Goal, days: Sequence[CampaignDay]) -> list[float | None]:
    """Give what a target is of, day by day: open tickets, or the share solved so far."""
    if goal is Goal.OPEN:
        return [float(one.open) for one in days]
    found: list[float | None] = []
    solved = answers = 0
    for one in days:
        solved, answers = solved + one.solved, answers + one.answers
        found.append(solved / answers if answers else None)
    return found


def line(campaign: Campaign, days: Sequence[CampaignDay]) -> list[float]:
    """Give where each day of the period should be: from the first day's open tickets down evenly.

    For a share it is level: the target counts for the whole period.
    """
    whole = (campaign.last - campaign.first).days + 1
    value = campaign.target.value
    if campaign.target.goal is Goal.SOLVED or not days:
        return [value] * whole
    begun = float(days[0].open)
    return [begun + (value - begun) * place / (whole - 1) for place in range(whole)]


def forecast(campaign: Campaign, days: Sequence[CampaignDay]) -> Forecast | None:
    """Tell how many will be open on the last day, at the pace of the last days that are over.

    Open tickets are taken for a walk whose daily steps are like the last ones: mean and spread of
    the last 14, the spread growing with the root of the days to go. None with fewer than seven
    steps, for a share, after the last day, once it no longer runs, and where the bounds say
    nothing: wider than what is open now.
    """
    steps = [after.open - before.open for before, after in pairwise(days)][-14:]
    leads_on = campaign.state is State.RUNNING and campaign.target.goal is Goal.OPEN
    if not leads_on or len(steps) < LEAST_DAYS:
        return None
    ahead = (campaign.last - days[-1].day).days
    if ahead <= 0:
        return None
    now, wide = days[-1].open, SURE * stdev(steps) * sqrt(ahead)
    likely = now + fmean(steps) * ahead
    if 2 * wide > max(now, campaign.target.value, 1):
        return None
    low, middle, high = (max(round(one), 0) for one in (likely - wide, likely, likely + wide))
    return Forecast(low, middle, high)
