"""The demo city's supervision: a listed case, a summons, a few records, as people made them.

Nothing of it is real, as nothing of the demo city is. It is played once a ledger, on tickets that
are overdue or went from hand to hand, at times before now, so that some of it is late at once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from operations.errors import OperationsError
from operations.people.person import Ring
from operations.people.sight import WITHOUT_ACCOUNTS
from operations.tickets.handling import HandlingAct as Act
from operations.tickets.owed import OwedSearch
from operations.tickets.ports import OwedLists
from operations.tickets.reckoning import Reckoner, as_delivered
from operations.tickets.supervising import Office, see_through
from operations.tickets.supervision_actions import Asked
from operations.tickets.ticket import Ticket

log = structlog.get_logger()

ACTOR = "督办员（演示）"
NEEDED = 8
"""So many tickets it is played on, each once."""
NOTHING, SOONEST = Asked(), timedelta(minutes=5)
CALLED = ("urban", "housing", "water_bureau")


@dataclass(frozen=True, slots=True)
class Turn:
    """One act: so long before now, with what it says."""

    before: timedelta
    act: Act
    reason: str
    asked: Asked = NOTHING


def d(days: float) -> timedelta:
    """Give days."""
    return timedelta(days=days)


def play(
    office: Office,
    lists: OwedLists,
    reckoner: Reckoner,
    find: Callable[[], Sequence[Ticket]],
    now: datetime,
) -> int:
    """Play it where nobody has supervised anything yet; give how many acts were done.

    `find` gives tickets to play it on, those that need it most first.
    """
    if lists.owed(OwedSearch(), WITHOUT_ACCOUNTS, now, most=1).rows:
        return 0
    tickets = [one for one in find() if one.department is not None and not one.confidential]
    tickets.sort(key=lambda one: one.ring is not Ring.TOWN)  # the first is reported up two rings
    done = 0
    for ticket, turns in zip(tickets[:NEEDED], _parts(), strict=False):
        for turn in turns:
            done += _act(office, reckoner, ticket, turn, now)
    log.info("demo_supervised", acts=done)
    return done


def _act(office: Office, reckoner: Reckoner, ticket: Ticket, turn: Turn, now: datetime) -> bool:
    held = office.book.handling(*ticket.identity)
    seen = reckoner.reckon(as_delivered(ticket), held)
    asked, whose = turn.asked, (ticket.department or "",)
    if turn.act in (Act.SUPERVISE, Act.LIST, Act.REPLY):
        asked = Asked(
            number=asked.number, line=asked.line, departments=whose, within=asked.within,
            sign=asked.sign, lister=asked.lister,
        )  # fmt: skip
    at = max(now - turn.before, ticket.created_at + SOONEST)
    try:
        see_through(
            office, seen, held, turn.act, asked, reason=turn.reason,
            expected_version=held.version, actor=ACTOR, verified=False, now=at,
        )  # fmt: skip
    except OperationsError as error:  # a ticket that has ended meanwhile: the demo goes on
        log.warning("demo_not_supervised", act=turn.act.value, error=str(error))
        return False
    return True


def _parts() -> Iterator[tuple[Turn, ...]]:
    """Give what is played, a ticket each."""
    first = Asked(number=1)
    yield (
        Turn(d(3), Act.REPORT, "镇里没有处置权限，办不了"),
        Turn(d(2), Act.REPORT, "多次协调没有结果，需市级统筹"),
        Turn(d(1), Act.LIST, "群众反复反映，限期办结",
             Asked(within=5, sign="演督〔2026〕1号", lister="市政府办公室（演示）")),
    )  # fmt: skip
    yield (
        Turn(d(0.13), Act.SUMMON, "三家都说不归自己管，到现场一起看",
             Asked(departments=CALLED, within=2)),
        Turn(d(0.09), Act.CHECK_IN, "", Asked(number=1, departments=CALLED[:1])),
        Turn(d(0.02), Act.CHECK_IN, "", Asked(number=1, departments=CALLED[1:2])),
    )  # fmt: skip
    yield (Turn(d(5), Act.SUPERVISE, "超期未办，说明原因", Asked(line="internal", within=1)),)
    yield (Turn(d(1), Act.SUPERVISE, "领导批示，限期答复", Asked(line="government", within=5)),)
    yield (
        Turn(d(4), Act.SUPERVISE, "媒体来函询问进展", Asked(line="public", within=2)),
        Turn(d(2), Act.REPLY, "已到现场，月底前修复", first),
    )
    yield (
        Turn(d(6), Act.SUPERVISE, "临近到期仍未签收", Asked(line="internal", within=2)),
        Turn(d(5), Act.REPLY, "已签收，正在办理", first),
        Turn(d(4), Act.SEND_BACK, "没有写明办结时间", first),
        Turn(d(3), Act.REPLY, "已派施工队，三日内办结", first),
        Turn(d(2), Act.ACCEPT, "已核实，诉求人认可", first),
    )
    yield (
        Turn(d(5), Act.SUPERVISE, "两次催办没有答复", Asked(line="government", within=1)),
        Turn(d(1), Act.REFER, "督查逾期，拒不答复"),
    )
    yield (Turn(d(0.3), Act.REPORT, "镇里没有执法权"),)
