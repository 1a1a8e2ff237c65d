"""The demo city's disputes: one in every state, as people made them.

Nothing of it is real, as nothing of the demo city is. It is played once a ledger, on tickets that
went from hand to hand, at times before now.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from operations.errors import OperationsError
from operations.response.clinic import ClinicAct, ClinicAsked
from operations.response.dispute import Act, Candidate, Cause, Dispute, Draft, State
from operations.response.dispute_actions import Asked
from operations.response.disputing import Disputing, Hand, Office
from operations.response.suggesting import Reason, Why, as_text
from operations.tickets.ticket import Ticket

log = structlog.get_logger()

OFFICE, CHAIR = "明责专班（演示）", "分管副市长（演示）"
UNITS = ("urban", "housing", "transport", "water_bureau")
NEEDED = 7
"""So many tickets it is played on, each once."""
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def play(office: Office, find: Callable[[], Sequence[Ticket]], now: datetime) -> int:
    """Play it where there is no dispute yet; give how many were opened.

    `find` gives tickets that went from hand to hand.
    """
    if office.disputes.listed(tuple(State), most=1).rows:
        return 0
    tickets = [one for one in find() if one.department in UNITS and not one.confidential]
    parts = (_ruled, _to_sign, _scheduled, _agreed, _said, _late, _open)
    done = 0
    for ticket, part in zip(tickets[:NEEDED], parts, strict=False):
        try:
            part(_Play(office, ticket, now))
        except OperationsError as error:  # somebody else acted meanwhile: the demo goes on
            log.warning("demo_dispute_not_played", error=str(error))
            continue
        done += 1
    log.info("demo_disputed", disputes=done)
    return done


class _Play:
    """One dispute being played: its ticket, who acts when, how it stands."""

    def __init__(self, office: Office, ticket: Ticket, now: datetime) -> None:
        self._office, self.ticket, self.now = office, ticket, now
        others = [one for one in UNITS if one != ticket.department][:2]
        self.units = (str(ticket.department), *others)

    def hand(self, before: timedelta, actor: str = OFFICE) -> Disputing:
        """Give somebody's hand, so long before now."""
        return Disputing(self._office, Hand(actor, False, self.now - before))

    def open(self, before: timedelta) -> Dispute:
        """Open it, and ask the three a ticket went between within a day."""
        why = "三家单位都认为不归自己管，多次改派"
        held = self.hand(before).begin(self.ticket.identity, Cause.BOUNCING, why)
        wanted = Asked(
            departments=tuple(Candidate(one, (as_text(Reason(Why.HELD)),)) for one in self.units),
            deadline=self.now - before + DAY,
        )
        return self.act(held, before - HOUR / 4, Act.INVITE, wanted)

    def act(self, held: Dispute, before: timedelta, act: Act, asked: Asked) -> Dispute:
        """Do an act, so long before now."""
        return self.hand(before).act(held.number, act, asked, expected_version=held.version)

    def say(self, held: Dispute, before: timedelta, unit: int, stance: str, said: str) -> Dispute:
        """Have a department say something."""
        wanted = Asked(department=self.units[unit], stance=stance, said=said)
        return self.act(held, before, Act.SAY, wanted)

    def heard(self, before: timedelta, at: datetime) -> Dispute:
        """Take it through a consultation that failed onto the agenda of a clinic."""
        held = self.open(before)
        held = self.say(held, before - HOUR, 0, "not_ours", "不在本单位管护范围")
        held = self.say(held, before - 2 * HOUR, 1, "not_ours", "项目已移交，不再负责")
        held = self.say(held, before - 3 * HOUR, 2, "cooperate", "可以配合现场处置")
        held = self.act(held, before - 4 * HOUR, Act.FAIL, Asked(reason="权属说法不一"))
        wanted = ClinicAsked(at=at, chair=CHAIR, place="城市运行中心三楼会商室（演示）")
        clinic = self.hand(before - 5 * HOUR).plan(wanted)
        asked = Asked(clinic=clinic.number)
        return self.act(held, before - 5 * HOUR, Act.SCHEDULE, asked)


def _ruled(play: _Play) -> None:
    began = play.now - 2 * DAY
    held = play.heard(3 * DAY, began)
    play.hand(2 * DAY - HOUR).act_on_clinic(
        str(held.clinic), ClinicAct.HOLD,
        ClinicAsked(minutes="核对了竣工图与移交记录，明确由建设单位牵头，管护单位配合。"),
        expected_version=1,
    )  # fmt: skip
    draft = Draft(
        lead=play.units[1], cooperating=(play.units[0],), due_at=play.now + 5 * DAY,
        basis="移交手续未完成前，由建设单位负责维护（演示依据）",
        decision="由牵头单位五个工作日内完成整改，配合单位做好现场围挡与验收。",
    )  # fmt: skip
    play.hand(2 * DAY - HOUR, CHAIR).sign(held.number, draft, expected_version=held.version)


def _to_sign(play: _Play) -> None:
    held = play.heard(2 * DAY, play.now - 3 * HOUR)
    draft = Draft(
        lead=play.units[0], cooperating=(play.units[1],), due_at=play.now + 7 * DAY,
        basis="权责清单载明由管护单位负责（演示依据）",
        decision="由牵头单位三日内修复，权属存疑部分由配合单位补办移交。",
    )  # fmt: skip
    play.act(held, 2 * HOUR, Act.DRAFT, Asked(draft=draft))


def _scheduled(play: _Play) -> None:
    play.heard(DAY, play.now + 20 * HOUR)


def _agreed(play: _Play) -> None:
    held = play.open(4 * DAY)
    held = play.say(held, 4 * DAY - HOUR, 1, "lead", "")
    held = play.say(held, 4 * DAY - 2 * HOUR, 0, "cooperate", "")
    wanted = Asked(lead=play.units[1], cooperating=(play.units[0],), said="现场会上当场认领")
    play.act(held, 3 * DAY, Act.AGREE, wanted)


def _said(play: _Play) -> None:
    held = play.open(5 * HOUR)
    play.say(held, 2 * HOUR, 0, "not_ours", "该路段未移交")


def _late(play: _Play) -> None:
    held = play.open(30 * HOUR)
    play.say(held, 20 * HOUR, 2, "not_ours", "不涉及本行业")


def _open(play: _Play) -> None:
    play.hand(HOUR).begin(play.ticket.identity, Cause.BOUNCING, "已改派两次，仍无单位接收")
