"""The demo city's accountability: three matters, each in another state, as people made them.

Nothing of it is real, as nothing of the demo city is: the people are made up, and no account
vouches for them. It is played once a ledger, on tickets that are overdue, at times before now.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from operations.errors import OperationsError
from operations.response.accountability import Act, Evidence, Kind, Matter, Signatory, State
from operations.response.accountability_actions import Asked
from operations.response.accountability_steps import Steps
from operations.response.accounting import Accounting, Chamber
from operations.response.ports_accountability import AccountabilityBook, Within
from operations.tickets.ticket import Ticket

log = structlog.get_logger()

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BEFORE = 3 * DAY
"""Every ticket has come in before anybody is held to account for it."""
OFFICE, FIRST, SECOND, UNIT = (
    Signatory(f"demo-made-up-{place}", f"{name}（演示）", False)
    for place, name in enumerate(("督查室", "秘书长", "分管副市长", "被问责单位经办"))
)


@dataclass(frozen=True, slots=True)
class Stage:
    """What it is played on: the book, the steps, the departments and the zone of the city."""

    book: AccountabilityBook
    steps: Steps
    knows: Callable[[str], bool]
    district_of: Callable[[str], str | None]
    zone: ZoneInfo


def play(stage: Stage, find: Callable[[], Sequence[Ticket]], now: datetime) -> int:
    """Play it where there is no matter yet; give how many were proposed.

    `find` gives tickets that are overdue, those that need it most first.
    """
    if stage.book.listed(tuple(State), Within(everywhere=True), most=1).rows:
        return 0
    by_unit: dict[str, list[Ticket]] = {}
    for one in find():
        known = one.department is not None and not one.confidential
        if known and one.created_at < now - BEFORE:
            by_unit.setdefault(str(one.department), []).append(one)
    done = 0
    for (unit, tickets), part in zip(by_unit.items(), (_waits, _issued, _appealed), strict=False):
        try:
            part(_Play(stage, unit, tickets[:3], now))
        except OperationsError as error:  # somebody else acted meanwhile: the demo goes on
            log.warning("demo_accountability_not_played", error=str(error))
            continue
        done += 1
    log.info("demo_held_to_account", matters=done)
    return done


class _Play:
    """One matter being played: against whom, on which tickets, who acts when."""

    def __init__(self, stage: Stage, unit: str, tickets: Sequence[Ticket], now: datetime) -> None:
        self._stage, self._unit, self._now = stage, unit, now
        self._tickets = tickets

    def _hand(self, by: Signatory, before: timedelta) -> Accounting:
        stage = self._stage
        chamber = Chamber(stage.book, stage.steps, stage.knows, lambda _one: True, stage.zone)
        return Accounting(chamber, by, self._now - before)

    def propose(self, before: timedelta, why: str) -> Matter:
        """Propose it, so long before now, on its tickets and a word."""
        evidence = [Evidence(kind=Kind.TICKET, ref="/".join(one.identity)) for one in self._tickets]
        evidence.append(Evidence(kind=Kind.WORDS, said="两次督办均逾期未答复（演示）"))
        asked = Asked(step=self._stage.steps.all[0].code, why=why, evidence=tuple(evidence))
        key = f"demo {self._unit}"
        district = self._stage.district_of(self._unit)
        return self._hand(OFFICE, before).propose(self._unit, district, asked, key=key)

    def act(
        self, held: Matter, by: Signatory, act: Act, before: timedelta, reason: str = ""
    ) -> Matter:
        """Do an act, so long before now."""
        hand = self._hand(by, before)
        return hand.act(held.number, act, Asked(reason=reason), expected_version=held.version)

    def issue(self, before: timedelta, why: str) -> Matter:
        """Take it through both approvals to its paper."""
        held = self.propose(before, why)
        held = self.act(held, FIRST, Act.APPROVE, before - HOUR)
        held = self.act(held, SECOND, Act.APPROVE, before - 2 * HOUR)
        return self.act(held, OFFICE, Act.ISSUE, before - 3 * HOUR)


def _waits(play: _Play) -> None:
    held = play.propose(5 * HOUR, "承办工单长期逾期，群众反复来电")
    play.act(held, FIRST, Act.APPROVE, 2 * HOUR)


def _issued(play: _Play) -> None:
    play.issue(DAY, "督办期限内未答复，也未说明原因")


def _appealed(play: _Play) -> None:
    held = play.issue(3 * DAY, "工单逾期未办，回访不满意")
    play.act(held, UNIT, Act.APPEAL, DAY, "因材料未到，已向诉求人说明并约定时间")
