"""What tests of accountability stand on: a chamber, its people, the shipped steps."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from data_sources.accountability_book import SqlAccountabilityBook
from data_sources.accountability_steps import read_steps
from operations.response.accountability import Act, Evidence, Kind, Matter, Signatory
from operations.response.accountability_actions import Asked
from operations.response.accounting import Accounting, Chamber
from tests.builders import NOW

STEPS = read_steps(None)
DEPARTMENTS = frozenset({"water", "drainage", "telecom"})
PROPOSER, FIRST, SECOND, JUDGE, HANDLER = (
    Signatory(f"p-{name}", f"{name} ({name})", True)
    for name in ("proposer", "first", "second", "judge", "handler")
)
WORDS = Evidence(kind=Kind.WORDS, said="三次督办未答复")


def evidence(number: int = 1) -> Evidence:
    """Give a ticket as evidence."""
    return Evidence(kind=Kind.TICKET, ref=f"demo/T-{number}")


def asked(**changes: Any) -> Asked:
    """Ask for the first step on one ticket."""
    values: dict[str, Any] = {
        "step": "remind", "why": "逾期不办，经两次督办仍未答复", "evidence": (evidence(),),
    }  # fmt: skip
    return Asked(**(values | changes))


class Room:
    """A book and people who act in it at `now`; every act is under a key of its own."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.now = engine, NOW
        self.book = SqlAccountabilityBook(engine)
        self._keys = 0

    def hand(self, by: Signatory, *, after: timedelta = timedelta()) -> Accounting:
        """Give somebody's hand, a while later."""
        self.now += after
        chamber = Chamber(
            self.book, STEPS, DEPARTMENTS.__contains__, lambda _one: True,
            ZoneInfo("Asia/Shanghai"),
        )  # fmt: skip
        return Accounting(chamber, by, self.now)

    def key(self) -> str:
        """Name an act anew."""
        self._keys += 1
        return f"k{self._keys}"

    def proposed(self, **changes: Any) -> Matter:
        """Propose a matter against the water department."""
        department = changes.pop("department", "water")
        hand = self.hand(PROPOSER)
        return hand.propose(department, None, asked(**changes), key=self.key())

    def do(self, held: Matter, by: Signatory, act: Act, **more: Any) -> Matter:
        """Do an act on a matter as it is."""
        after = more.pop("after", timedelta())
        return self.hand(by, after=after).act(
            held.number, act, Asked(**more), expected_version=held.version, key=self.key()
        )

    def approved(self, **changes: Any) -> Matter:
        """Take a matter through both approvals."""
        held = self.proposed(**changes)
        for by in (FIRST, SECOND):
            held = self.do(held, by, Act.APPROVE)
        return held

    def issued(self, **changes: Any) -> Matter:
        """Take a matter to its paper."""
        return self.do(self.approved(**changes), PROPOSER, Act.ISSUE)

    def appealed(self, **changes: Any) -> Matter:
        """Take a matter to its appeal."""
        return self.do(self.issued(**changes), HANDLER, Act.APPEAL, reason="设备故障，已修复")
