"""What a person decides on a ticket: its way, a pause of its clock, an extension."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from operations.errors import BadInput
from operations.ports import TicketStream
from operations.tickets.deadlines import Deadlines
from operations.tickets.handling import Handling, HandlingAct, Pause
from operations.tickets.handling_entering import Entry, enter, reason_given
from operations.tickets.ports import HandlingBook
from operations.tickets.reckoning import basis_of, is_ruled
from operations.tickets.ticket import Ticket, Triage

MOST_PAUSES = 20


@dataclass(frozen=True, slots=True)
class Case:
    """What a decision is made on: the ticket as reckoned, what was decided, the rules, the time."""

    ticket: Ticket
    handling: Handling
    deadlines: Deadlines | None
    now: datetime


def set_triage(case: Case, triage: str, reason: str) -> Handling:
    """Send a ticket another way than the table says."""
    if triage not in set(Triage):
        raise BadInput("triage", f"one of {', '.join(Triage)}")
    chosen = Triage(triage)
    if case.handling.triage is chosen:
        raise BadInput("triage", f"somebody decided on {chosen} already")
    return replace(case.handling, triage=chosen, triage_reason=reason_given(reason))


def withdraw_triage(case: Case, _detail: str, _reason_given: str) -> Handling:
    """Let the table decide again."""
    if case.handling.triage is None:
        raise BadInput("triage", "nobody decided on it: the table does")
    return replace(case.handling, triage=None, triage_reason="")


def pause(case: Case, _detail: str, reason: str) -> Handling:
    """Stop the clock, for what the city cannot hasten; never to make good what is late."""
    _running(case)
    if len(case.handling.pauses) >= MOST_PAUSES:
        raise BadInput("pauses", f"its clock was stopped {MOST_PAUSES} times already")
    stopped = Pause(case.now, None, reason_given(reason))
    return replace(case.handling, pauses=(*case.handling.pauses, stopped))


def resume(case: Case, _detail: str, _reason_given: str) -> Handling:
    """Let the clock run again."""
    if not case.handling.stands_still:
        raise BadInput("clock", "its clock does not stand still")
    *before, last = case.handling.pauses
    ended = replace(last, until=max(case.now, last.since))
    return replace(case.handling, pauses=(*before, ended))


def extend(case: Case, days: str, reason: str) -> Handling:
    """Put the due time off, as often and as far as the rules allow."""
    deadlines = _running(case)
    rule = deadlines.rules.extension
    if case.ticket.extensions + (case.handling.extension_d > 0) >= rule.times:
        raise BadInput("extended", f"it was put off already; the rules allow {rule.times}")
    asked = int(days) if days.isascii() and days.isdecimal() and len(days) < 5 else 0
    if not 1 <= asked <= rule.working_days:
        raise BadInput("days", f"from 1 to {rule.working_days} working days")
    return replace(case.handling, extension_d=asked, extension_reason=reason_given(reason))


def withdraw_extension(case: Case, _detail: str, _reason_given: str) -> Handling:
    """Take an extension back."""
    if not case.handling.extension_d:
        raise BadInput("extension", "it was not put off here")
    return replace(case.handling, extension_d=0, extension_reason="")


ACTIONS: dict[HandlingAct, Callable[[Case, str, str], Handling]] = {
    HandlingAct.TRIAGE: set_triage,
    HandlingAct.WITHDRAW_TRIAGE: withdraw_triage,
    HandlingAct.PAUSE: pause,
    HandlingAct.RESUME: resume,
    HandlingAct.EXTEND: extend,
    HandlingAct.WITHDRAW_EXTENSION: withdraw_extension,
}


def decide(
    book: HandlingBook,
    stream: TicketStream,
    case: Case,
    act: HandlingAct,
    *,
    expected_version: int,
    actor: str,
    verified: bool,
    detail: str = "",
    reason: str = "",
) -> Handling:
    """Decide on a ticket as a person sees it at `expected_version`; give the decisions then.

    Raises BadInput where the rules or the ticket's state refuse it, Conflict with the decisions as
    they are where somebody else came first, Unreachable.
    """
    entry = Entry(case.ticket, case.handling, expected_version, actor, verified, case.now)
    entry.refuse_overtaken(book)
    wanted = ACTIONS[act](case, detail.strip(), reason)
    return enter(book, stream, entry, wanted, act, detail=detail.strip(), reason=reason)


def _running(case: Case) -> Deadlines:
    """Refuse what needs a running clock of Lianxin's own where there is none."""
    ticket = case.ticket
    if not ticket.is_open:
        raise BadInput("open", "it is closed")
    if case.deadlines is None:
        raise BadInput("rules", "no rules of time are in force here")
    if is_ruled(ticket):
        raise BadInput("ruled", "its due time is the final opinion's: a newer one moves it")
    if ticket.due_at is not None and ticket.due_by is None:
        raise BadInput("source", "the source gives its due time: change it there")
    if case.handling.stands_still:
        raise BadInput("stands", "its clock stands still: let it run again first")
    if ticket.due_at is None or basis_of(ticket.due_by) is None:
        raise BadInput("clock", "no clock runs for it")
    if case.now > ticket.due_at:
        raise BadInput("late", "it is overdue: decide before it is due")
    return case.deadlines
