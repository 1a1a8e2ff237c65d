"""Acts of supervision are done as decisions on tickets are: by version, signed, written, told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from operations.ports import TicketStream
from operations.tickets.handling import Handling, HandlingAct
from operations.tickets.handling_entering import Entry, enter
from operations.tickets.ports import HandlingBook
from operations.tickets.supervision_actions import ACTIONS, Asked, Matter
from operations.tickets.ticket import Ticket
from operations.work_clock import WorkClock

DOORS: dict[str, tuple[HandlingAct, ...]] = {
    "report": (HandlingAct.REPORT, HandlingAct.TAKE_BACK),
    "watch": (
        *(HandlingAct.SUPERVISE, HandlingAct.LIST, HandlingAct.ACCEPT, HandlingAct.SEND_BACK),
        *(HandlingAct.WITHDRAW, HandlingAct.SUMMON, HandlingAct.WITHDRAW_SUMMONS),
    ),
    "refer": (HandlingAct.REFER, HandlingAct.WITHDRAW_REFERRAL),
    "answer": (HandlingAct.REPLY, HandlingAct.CHECK_IN),
}
"""By what permission an act is done: each door has its own."""


@dataclass(frozen=True, slots=True)
class Office:
    """Where acts are entered: the book, the stream, the offices' clock, the city's departments."""

    book: HandlingBook
    stream: TicketStream
    clock: WorkClock
    knows: Callable[[str], bool]


def see_through(
    office: Office,
    ticket: Ticket,
    held: Handling,
    act: HandlingAct,
    asked: Asked,
    *,
    reason: str,
    expected_version: int,
    actor: str,
    verified: bool,
    now: datetime,
) -> Handling:
    """Act on a ticket as a person sees it at `expected_version`; give the decisions then.

    `ticket` is as reckoned. Raises BadInput where the rules or the state refuse it, Conflict with
    the decisions as they are where somebody else came first, Unreachable.
    """
    entry = Entry(ticket, held, expected_version, actor, verified, now)
    entry.refuse_overtaken(office.book)
    matter = Matter(ticket, held.watch, office.clock, office.knows, now)
    done = ACTIONS[act](matter, asked, reason)
    wanted = replace(held, watch=done.watch)
    return enter(office.book, office.stream, entry, wanted, act, detail=done.detail, reason=reason)
