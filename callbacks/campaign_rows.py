"""Campaigns as pages take them: for whom they are, what may be done, and how they come along."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from callbacks.desk import Desk
from callbacks.dispute_rows import Namer
from callbacks.ticket_rows import named
from layouts.campaigns_face import BurndownFace, CampaignRow, MeasureRow
from layouts.ticket_face import Step
from layouts.values import told
from operations.people.permissions import Act as Permission
from operations.people.permissions import Field, Subject
from operations.response.burndown import CampaignDay, course, forecast, line
from operations.response.campaign import (
    CAMPAIGN,
    Act,
    Campaign,
    CampaignLine,
    Goal,
    Measure,
)


def for_reader(desk: Desk, campaign: Campaign) -> bool:
    """Tell whether a campaign is for who asks: the city's figures are, or their unit has a part."""
    whole = Subject(Field.AGGREGATE, district=campaign.district)
    if desk.allows(Permission.LOOK, whole):
        return True
    return any(
        desk.allows(Permission.CAMPAIGN, Subject(Field.AGGREGATE, department=unit))
        for unit in campaign.units
    )


def may_run(desk: Desk, campaign: Campaign) -> bool:
    """Tell whether who asks runs a campaign."""
    subject = Subject(Field.AGGREGATE, district=campaign.district)
    return desk.allows(Permission.CAMPAIGN, subject)


def may_do(desk: Desk, campaign: Campaign) -> frozenset[str]:
    """Name the acts that follow from how it stands and are for who asks."""
    if not may_run(desk, campaign):
        return frozenset()
    return frozenset(CAMPAIGN.open_acts(campaign.state))


def campaign_row(campaign: Campaign, days: Sequence[CampaignDay], name: Namer) -> CampaignRow:
    """Give a campaign as a line of a list."""
    said = name.reader.words
    done = sum(one.done_at is not None for one in campaign.measures)
    real = sum(not one.dropped for one in campaign.measures)
    return CampaignRow(
        number=campaign.number,
        state=campaign.state.value,
        name=campaign.name,
        owner=name.unit(campaign.owner),
        period=f"{campaign.first} – {campaign.last}",
        target=_target(campaign, name),
        now=_now(campaign, days, name),
        measures=said["campaign_measures_n"].format(done=done, n=real) if real else "–",
        behind=is_behind(campaign, days),
    )


def _target(campaign: Campaign, name: Namer) -> str:
    said, target = name.reader.words, campaign.target
    unit = "share" if target.goal is Goal.SOLVED else "tickets"
    return said[f"campaign_target_{target.goal.value}"].format(
        n=told(target.value, unit, name.reader.language)
    )


def _now(campaign: Campaign, days: Sequence[CampaignDay], name: Namer) -> str:
    said, language = name.reader.words, name.reader.language
    found = course(campaign.target.goal, days)
    if not found or found[-1] is None:
        return said["campaign_now_none"]
    if campaign.target.goal is Goal.OPEN:
        return said["campaign_now_open"].format(n=told(found[-1], "tickets", language))
    answers = sum(one.answers for one in days)
    share = told(found[-1], "share", language)
    return said["campaign_now_solved"].format(n=share, of=f"{answers:,}")


def is_behind(campaign: Campaign, days: Sequence[CampaignDay]) -> bool:
    """Tell whether the last day is on the wrong side of the line of the target."""
    found = course(campaign.target.goal, days)
    if not found or found[-1] is None:
        return False
    wanted = line(campaign, days)[min((days[-1].day - campaign.first).days, _length(campaign))]
    if campaign.target.goal is Goal.OPEN:
        return found[-1] > wanted
    return found[-1] < wanted


def _length(campaign: Campaign) -> int:
    return (campaign.last - campaign.first).days


def burndown_face(
    campaign: Campaign, days: Sequence[CampaignDay], name: Namer
) -> BurndownFace | None:
    """Give the drawing of the days; None before the first."""
    if not days:
        return None
    said, language, goal = name.reader.words, name.reader.language, campaign.target.goal
    wanted, found = line(campaign, days), course(goal, days)
    by_day = {one.day: value for one, value in zip(days, found, strict=True)}
    place = min((days[-1].day - campaign.first).days, _length(campaign))
    unit = "tickets" if goal is Goal.OPEN else "share"
    ahead = forecast(campaign, days)
    opened, closed = sum(one.opened for one in days), sum(one.closed for one in days)
    flow = said["campaign_flow"].format(opened=f"{opened:,}", closed=f"{closed:,}")
    return BurndownFace(
        actual=[by_day.get(_day(campaign, n)) for n in range(len(wanted))],
        wanted=[round(one, 4) for one in wanted],
        first=str(campaign.first),
        last=str(campaign.last),
        share=goal is Goal.SOLVED,
        told=said["campaign_burndown_told"].format(
            day=days[-1].day, now=_now(campaign, days, name),
            wanted=told(wanted[place], unit, language),
        ),
        ahead=""
        if ahead is None
        else said["campaign_ahead"].format(
            likely=f"{ahead.likely:,}", low=f"{ahead.low:,}", high=f"{ahead.high:,}"
        ),
        flow=flow if campaign.scope.categories else "",
    )  # fmt: skip


def _day(campaign: Campaign, place: int) -> date:
    return date.fromordinal(campaign.first.toordinal() + place)


def measure_row(
    one: Measure, campaign: Campaign, today: date, desk: Desk, name: Namer
) -> MeasureRow:
    """Give a measure in words; its own department may say that it is done."""
    state = "done" if one.done_at else "dropped" if one.dropped else "open"
    if state == "open" and one.due < today:
        state = "late"
    whole = Subject(Field.AGGREGATE, department=one.owner, district=campaign.district)
    runs = Act.FINISH in CAMPAIGN.open_acts(campaign.state) and one.is_open
    about = one.dropped
    if one.done_at is not None:
        about = f"{one.done_by} {name.reader.moment(one.done_at)}"
    may_finish = runs and desk.allows(Permission.CAMPAIGN, whole)
    return MeasureRow(
        one.number, one.title, name.unit(one.owner), str(one.due), state, about, may_finish
    )


def scope_in_words(campaign: Campaign, sources: Any, name: Namer) -> list[str]:
    """Say which tickets it is about."""
    said, language, scope = name.reader.words, name.reader.language, campaign.scope
    if scope.tickets:
        return [said["campaign_scope_tickets"].format(n=len(scope.tickets))]
    places = [named(sources, "districts", code, language) for code in scope.districts]
    kinds = [named(sources, "categories", code, language) for code in scope.categories]
    return [*kinds, *(places or [said["campaign_scope_everywhere"]])]


def step_told(one: CampaignLine, name: Namer) -> Step:
    """Give a line of the history in words."""
    said = name.reader.words
    step = " ".join(filter(None, (said[f"campaign_act_{one.act.value}"], one.detail)))
    word = "clock_line" if one.reason else "clock_line_bare"
    actor = one.actor + ("" if one.verified else said["clock_unverified"])
    return Step(one.at, said[word].format(step=step, reason=one.reason, actor=actor))
