"""What a person does to see a ticket through; what the rules or its state refuse is said so.

No act leads to a record that ended without a reply (but by being taken back), to a listed case that
left the list without an outcome, or to a ring that moved down without a reason.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from operations.errors import BadInput
from operations.tickets.handling import HandlingAct
from operations.tickets.handling_entering import reason_given
from operations.tickets.rings import above
from operations.tickets.supervision import (
    Called,
    Line,
    Outcome,
    Record,
    Referral,
    Report,
    Summons,
    Watch,
)
from operations.tickets.ticket import Ticket
from operations.work_clock import WorkClock

MOST_ENTRIES = 40  # records and summonses of one ticket
MOST_CALLED = 12
MOST_DAYS = 60
MOST_HOURS = 72
LONGEST_SIGN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for beside the reason; each act reads what it needs.

    `number` is that of a record or a summons on its ticket; `within` are working days until a reply
    or hours until a check-in; `sign` and `lister` are the number of a listed case and who lists it.
    """

    number: int = 0
    line: str = ""
    departments: tuple[str, ...] = ()
    within: int = 0
    sign: str = ""
    lister: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """What an act is done to: the ticket as reckoned, its watch, the calendar, the time."""

    ticket: Ticket
    watch: Watch
    clock: WorkClock
    knows: Callable[[str], bool]
    now: datetime


class Done(NamedTuple):
    """The watch then, and what its line says of it beside the reason."""

    watch: Watch
    detail: str


def report(matter: Matter, _asked: Asked, reason: str) -> Done:
    """Report a ticket to the next larger ring (一键直报)."""
    if not matter.ticket.is_open:
        raise BadInput("open", "it is closed")
    ring = above(matter.ticket.ring)
    if ring is None:
        raise BadInput("ring", "it is in the largest ring already")
    told = Report(matter.now, ring, reason_given(reason))
    reports = (*matter.watch.reports, told)
    return Done(replace(matter.watch, reports=reports), ring.value)


def take_back(matter: Matter, _asked: Asked, reason: str) -> Done:
    """Take the last report back: the ticket returns to where it was before."""
    if not matter.watch.reports:
        raise BadInput("report", "nobody reported it upward")
    reason_given(reason)
    *before, last = matter.watch.reports
    return Done(replace(matter.watch, reports=tuple(before)), last.ring.value)


def supervise(matter: Matter, asked: Asked, reason: str) -> Done:
    """Open a record of one of the three lines; the department owes a reply."""
    if asked.line not in set(Line) - {Line.LISTED}:
        raise BadInput("line", "internal, government or public")
    return _open(matter, asked, Line(asked.line), reason)


def list_case(matter: Matter, asked: Asked, reason: str) -> Done:
    """List a case (挂牌督办), under a number and the name of who lists it."""
    for name in ("sign", "lister"):
        if not 0 < len(getattr(asked, name)) <= LONGEST_SIGN:
            raise BadInput(name, f"1 to {LONGEST_SIGN} characters")
    return _open(matter, asked, Line.LISTED, reason)


def _open(matter: Matter, asked: Asked, line: Line, reason: str) -> Done:
    if any(one.line is line and one.is_open for one in matter.watch.records):
        raise BadInput("twice", "there is an open record of this kind")
    if not 1 <= asked.within <= MOST_DAYS:
        raise BadInput("days", f"from 1 to {MOST_DAYS} working days")
    (department,) = _departments(matter, asked, most=1)
    clock, listed = matter.clock, line is Line.LISTED
    begun = clock.within_hours(matter.now)
    opened = Record(
        number=_next(matter.watch),
        line=line,
        department=department,
        opened_at=matter.now,
        due_at=clock.calendar.add_working_days(begun, asked.within, clock.zone),
        reason=reason_given(reason),
        sign=asked.sign if listed else "",
        lister=asked.lister if listed else "",
    )
    told = (line.value, department, opened.due_at.isoformat(), opened.sign, opened.lister)
    watch = replace(matter.watch, records=(*matter.watch.records, opened))
    return Done(watch, "\n".join(told))


def reply(matter: Matter, asked: Asked, reason: str) -> Done:
    """Reply to a record; only the department it was asked of does."""
    held = _record(matter, asked)
    if held.replied_at is not None:
        raise BadInput("replied", "there is a reply to it already")
    _owed_by(held.department, asked)
    return _with(matter, replace(held, reply=reason_given(reason), replied_at=matter.now))


def accept(matter: Matter, asked: Asked, reason: str) -> Done:
    """Accept a reply: the record ends, a listed case leaves the list. `reason` is the outcome."""
    held = _replied(matter, asked)
    return _with(matter, _ended(held, Outcome.ACCEPTED, reason, matter.now))


def send_back(matter: Matter, asked: Asked, reason: str) -> Done:
    """Send a reply back: the department owes another, by the same due time."""
    held = _replied(matter, asked)
    reason_given(reason)
    again = replace(held, reply="", replied_at=None, sent_back=held.sent_back + 1)
    return _with(matter, again)


def withdraw(matter: Matter, asked: Asked, reason: str) -> Done:
    """Take a record back that should not have been opened; a listed case has to have an outcome."""
    held = _record(matter, asked)
    if held.line is Line.LISTED:
        raise BadInput("listed", "a listed case leaves the list by an outcome alone")
    return _with(matter, _ended(held, Outcome.WITHDRAWN, reason, matter.now))


def summon(matter: Matter, asked: Asked, reason: str) -> Done:
    """Summon departments to a ticket (吹哨报到); each checks in."""
    if not matter.ticket.is_open:
        raise BadInput("open", "it is closed")
    if not 1 <= asked.within <= MOST_HOURS:
        raise BadInput("hours", f"from 1 to {MOST_HOURS} hours")
    called = tuple(map(Called, _departments(matter, asked, most=MOST_CALLED)))
    summons = Summons(
        number=_next(matter.watch),
        ring=matter.ticket.ring,
        called_at=matter.now,
        due_at=matter.now + timedelta(hours=asked.within),
        reason=reason_given(reason),
        called=called,
    )
    told = (summons.ring.value, ",".join(asked.departments), summons.due_at.isoformat())
    watch = replace(matter.watch, summonses=(*matter.watch.summonses, summons))
    return Done(watch, "\n".join(told))


def check_in(matter: Matter, asked: Asked, _reason: str) -> Done:
    """Note that a summoned department came (报到)."""
    held = _summons(matter, asked)
    (department,) = asked.departments if len(asked.departments) == 1 else ("",)
    if department not in {one.department for one in held.called}:
        raise BadInput("department", "it was not summoned")
    if department in {one.department for one in held.called if one.came_at is not None}:
        raise BadInput("came", "it has checked in already")
    called = tuple(
        Called(department, matter.now) if one.department == department else one
        for one in held.called
    )
    late = "late" if matter.now > held.due_at else ""
    return _with_summons(matter, replace(held, called=called), f"{department}\n{late}")


def withdraw_summons(matter: Matter, asked: Asked, reason: str) -> Done:
    """Take a summons back: nobody has to come any more."""
    held = _summons(matter, asked)
    reason_given(reason)
    return _with_summons(matter, replace(held, withdrawn_at=matter.now), held.ring.value)


def refer(matter: Matter, _asked: Asked, reason: str) -> Done:
    """Refer a ticket to accountability (移送问责)."""
    if matter.watch.referral is not None:
        raise BadInput("referred", "it is referred already")
    referral = Referral(matter.now, reason_given(reason))
    return Done(replace(matter.watch, referral=referral), "")


def withdraw_referral(matter: Matter, _asked: Asked, reason: str) -> Done:
    """Take a referral back."""
    if matter.watch.referral is None:
        raise BadInput("referral", "it is not referred")
    reason_given(reason)
    return Done(replace(matter.watch, referral=None), "")


ACTIONS: dict[HandlingAct, Callable[[Matter, Asked, str], Done]] = {
    HandlingAct.REPORT: report,
    HandlingAct.TAKE_BACK: take_back,
    HandlingAct.SUPERVISE: supervise,
    HandlingAct.LIST: list_case,
    HandlingAct.REPLY: reply,
    HandlingAct.ACCEPT: accept,
    HandlingAct.SEND_BACK: send_back,
    HandlingAct.WITHDRAW: withdraw,
    HandlingAct.SUMMON: summon,
    HandlingAct.CHECK_IN: check_in,
    HandlingAct.WITHDRAW_SUMMONS: withdraw_summons,
    HandlingAct.REFER: refer,
    HandlingAct.WITHDRAW_REFERRAL: withdraw_referral,
}


def _next(watch: Watch) -> int:
    """Give the next number on a ticket; records and summonses share them."""
    held = len(watch.records) + len(watch.summonses)
    if held >= MOST_ENTRIES:
        raise BadInput("many", f"there are {MOST_ENTRIES} records and summonses already")
    return held + 1


def _departments(matter: Matter, asked: Asked, *, most: int) -> tuple[str, ...]:
    """Check which departments are asked: at least one, each once, and all of this city."""
    given = asked.departments
    if not 1 <= len(given) <= most or len(set(given)) != len(given):
        raise BadInput("department", f"1 to {most} departments, each once")
    if not all(one and matter.knows(one) for one in given):
        raise BadInput("department", "there is no such department")
    return given


def _record(matter: Matter, asked: Asked) -> Record:
    held = matter.watch.record(asked.number)
    if held is None or not held.is_open:
        raise BadInput("record", "there is no such open record")
    return held


def _replied(matter: Matter, asked: Asked) -> Record:
    held = _record(matter, asked)
    if held.replied_at is None:
        raise BadInput("reply", "the department has not replied yet")
    return held


def _summons(matter: Matter, asked: Asked) -> Summons:
    held = matter.watch.summons(asked.number)
    if held is None or not held.is_open:
        raise BadInput("record", "there is no such open summons")
    return held


def _ended(held: Record, outcome: Outcome, reason: str, now: datetime) -> Record:
    return replace(held, outcome=outcome, ruling=reason_given(reason), ended_at=now)


def _owed_by(department: str, asked: Asked) -> None:
    """Refuse a reply in another department's name."""
    if asked.departments != (department,):
        raise BadInput("department", "the reply is owed by another department")


def _with(matter: Matter, record: Record) -> Done:
    records = tuple(record if one.number == record.number else one for one in matter.watch.records)
    told = f"{record.line.value}\n{record.department}\n{record.sign}"
    return Done(replace(matter.watch, records=records), told)


def _with_summons(matter: Matter, summons: Summons, detail: str) -> Done:
    summonses = tuple(
        summons if one.number == summons.number else one for one in matter.watch.summonses
    )
    return Done(replace(matter.watch, summonses=summonses), detail)
