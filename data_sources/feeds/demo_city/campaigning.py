"""The demo city's campaigns: heating before winter, and lifts of old buildings.

Nothing of it is real, as nothing of the demo city is. It is played once a ledger, at times before
now, so that each has days behind it. What they are to reach follows from what is open.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from operations.errors import OperationsError
from operations.pulse.windows import to_us
from operations.response.campaign import Act, Asked, Campaign, Goal, Scope, State, Target
from operations.response.campaigning import Campaigning, Staff
from operations.response.ports_campaign import CampaignCounts

log = structlog.get_logger()

ACTOR = "专项办（演示）"
DAY = timedelta(days=1)
BEHIND_D, AHEAD_D = 6, 24
LEFT = 0.5
"""A target is half of what was open at the beginning."""


@dataclass(frozen=True, slots=True)
class Part:
    """One campaign: its name, category, units, and measures by when they are due."""

    name: str
    category: str
    owner: str
    cooperating: tuple[str, ...]
    measures: tuple[tuple[str, int], ...]


PARTS = (
    Part(
        "冬前供热保障专项（演示）", "heating_cold", "housing", ("urban",),
        (("热源与换热站检修完毕", -2), ("老旧管网逐段打压试漏", -1), ("低温户逐户回访", 10)),
    ),
    Part(
        "老旧小区电梯整治专项（演示）", "lift", "market", ("housing",),
        (("困人电梯逐台检测", 3), ("维保单位约谈与公示", 12)),
    ),
)  # fmt: skip


def play(staff: Staff, counts: CampaignCounts, now: datetime) -> int:
    """Play it where there is no campaign yet; give how many were planned."""
    if staff.book.listed(tuple(State), most=1).rows:
        return 0
    done = 0
    for part in PARTS:
        try:
            _play(staff, counts, part, now)
        except OperationsError as error:  # somebody else acted meanwhile: the demo goes on
            log.warning("demo_campaign_not_played", error=str(error))
            continue
        done += 1
    log.info("demo_campaigns", campaigns=done)
    return done


def _play(staff: Staff, counts: CampaignCounts, part: Part, now: datetime) -> None:
    begun = now - BEHIND_D * DAY
    first = begun.astimezone(staff.zone).date()
    scope = Scope(categories=(part.category,))
    standing = counts.open_at(scope, [(first, to_us(begun))])[first]
    asked = Asked(
        name=part.name, owner=part.owner, cooperating=part.cooperating, scope=scope,
        target=Target(Goal.OPEN, float(round(standing * LEFT))), first=first,
        last=first + timedelta(days=BEHIND_D + AHEAD_D),
    )  # fmt: skip
    held = Campaigning(staff, ACTOR, begun, verified=False).plan(
        asked, None, key=f"demo {part.category}"
    )
    held = _later(staff, begun, held, Act.BEGIN, Asked())
    for title, days in part.measures:
        due = now.astimezone(staff.zone).date() + timedelta(days=days)
        one = Asked(title=title, owner=part.owner, due=due)
        held = _later(staff, begun, held, Act.ADD, one)
    _later(staff, now - DAY, held, Act.FINISH, Asked(measure=1))


def _later(staff: Staff, at: datetime, held: Campaign, act: Act, asked: Asked) -> Campaign:
    hand = Campaigning(staff, ACTOR, at, verified=False)
    return hand.act(held.number, act, asked, expected_version=held.version)
