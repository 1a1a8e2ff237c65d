"""Bulletins for tests: of sums in memory, in which a test changes what matters to it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from operations.bulletin.contents import Bulletin, Holder, Terms
from operations.bulletin.issue import Issue, Kind
from operations.bulletin.making import Ground, make
from operations.bulletin.ports import Overdue, Watched
from operations.pulse.sums import Slice, Sums
from operations.pulse.targets import USUAL
from tests.figures import MemoryFigures, sums
from tests.watched import alarm, cluster

MADE = datetime(2026, 11, 23, 22, 5, tzinfo=UTC)
"""Five past six in the morning of 24 November in Yantai."""

DAY = date(2026, 11, 23)
NAMES = {
    "department": {"water": ("市供水公司", "Water Company"), "roads": ("市公路局", "Roads Bureau")},
    "district": {"370681": ("龙口市", "Longkou"), "370602": ("芝罘区", "Zhifu")},
    "category": {"noise": ("噪声扰民", "Noise"), "water_quality": ("自来水发黄", "Yellow water")},
    "town": {"370681001": ("东莱街道", "Donglai")},
}


class MemoryBeside:
    """What is read of other tables than the sums, kept in memory."""

    def __init__(self, overdue: Overdue | None = None, watched: Watched | None = None) -> None:
        self._overdue, self._watched = overdue, watched

    def overdue(self, now: datetime, slice_: Slice) -> Overdue:
        """Give what was put in, else two holders."""
        held = (
            Holder("water", 12, now - timedelta(days=9, hours=3)),
            Holder("roads", 3, now - timedelta(hours=5)),
        )
        return self._overdue or Overdue(held, {"370681": 11, "370602": 4})

    def watched(self, start: datetime, end: datetime, district: str | None) -> Watched:
        """Give what was put in, else a cluster of yellow water with its alarm."""
        return self._watched or Watched((cluster(),), (alarm(),), 1)


def terms(**changes: Any) -> Terms:
    """Give the terms of Yantai."""
    usual = Terms(("烟台市", "Yantai"), "Asia/Shanghai", "12345", 20, ranks=False, demo=False)
    return replace(usual, **changes)


def busy(opened: int, **more: int) -> Sums:
    """Give the sums of a busy day."""
    usual = {
        "opened": opened, "repeats": opened // 9, "dispatched": opened - 30, "returned": 21,
        "misdirected": 30, "returns_accepted": 17, "returns_refused": 4, "due": 180, "on_time": 168,
        "closed": 190, "direct": 22, "handled": 168, "once": 141, "concluded": 170, "reopened": 9,
        "callbacks": 150, "reached": 133, "valid": 120, "responded": 113, "answers": 118,
        "solved": 101, "opinions": 117, "satisfied": 99,
    }  # fmt: skip
    return replace(sums(**(usual | more)), clock={40: 100, 60: 68}, working={35: 120, 50: 48})


def figures(day: date = DAY) -> MemoryFigures:
    """Give the sums of two days: 240 and 12 tickets on the day, 200 on the one before."""
    held = MemoryFigures()
    held.put(day, busy(240), department="water", district="370681", category="water_quality")
    held.put(day, sums(opened=12, due=5), department="roads", district="370602", category="noise")
    before = day - timedelta(days=1)
    held.put(before, busy(200), department="water", district="370681", category="water_quality")
    return held


def ground(**changes: Any) -> Ground:
    """Give what a bulletin is made from."""
    usual = Ground(figures(), MemoryBeside(), terms(), USUAL, 5, NAMES)
    return replace(usual, **changes)


def bulletin(kind: Kind = Kind.DAILY, first: date = DAY, **changes: Any) -> Bulletin:
    """Give the daily of 23 November 2026, or another."""
    return make(Issue(kind, first), ground(**changes), MADE, {})
