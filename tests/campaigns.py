"""What tests of campaigns stand on: a ledger, its book, and people who act in it at `now`."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from data_sources.campaign_book import SqlCampaignBook
from data_sources.campaign_counts import CampaignCounts
from operations.response.campaign import Act, Asked, Campaign, Goal, Scope, Target
from operations.response.campaigning import Campaigning, Staff
from tests.builders import LONGKOU
from tests.response import City

TODAY = date(2026, 11, 24)
KNOWN = {
    "department": {"water", "drainage", "heating"}, "category": {"water_quality", "noise"},
    "district": {LONGKOU, "370602"},
}  # fmt: skip


def knows(kind: str, code: str) -> bool:
    """Tell of the city's codes."""
    return code in KNOWN[kind]


def asked(**changes: Any) -> Asked:
    """Ask for a campaign over yellow water, thirty days long, down to two open tickets."""
    values: dict[str, Any] = {
        "name": "黄水攻坚", "owner": "water", "cooperating": ("drainage",),
        "scope": Scope(categories=("water_quality",)), "target": Target(Goal.OPEN, 2),
        "first": TODAY, "last": TODAY + timedelta(days=30),
    }  # fmt: skip
    return Asked(**(values | changes))


class Field(City):
    """A city with its campaigns."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.book, self.counts = SqlCampaignBook(engine), CampaignCounts(engine)
        self._keys = 0

    def people(self, actor: str = "王主任") -> Campaigning:
        """Give somebody's hand."""
        staff = Staff(self.book, knows, ZoneInfo("Asia/Shanghai"))
        return Campaigning(staff, actor, self.now, verified=True)

    def key(self) -> str:
        """Name an act anew."""
        self._keys += 1
        return f"k{self._keys}"

    def planned(self, district: str | None = None, **changes: Any) -> Campaign:
        """Plan a campaign."""
        return self.people().plan(asked(**changes), district, key=self.key())

    def do(self, held: Campaign, act: Act, **more: Any) -> Campaign:
        """Do an act on a campaign as it is."""
        return self.people().act(
            held.number, act, Asked(**more), expected_version=held.version, key=self.key()
        )

    def running(self, **changes: Any) -> Campaign:
        """Plan a campaign and let it run."""
        return self.do(self.planned(**changes), Act.BEGIN)
