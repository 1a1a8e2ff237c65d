"""What people do with a dispute: an act gives it as it is then, or says what is wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from operations.errors import BadInput
from operations.response.dispute import (
    DISPUTE,
    MOST_CANDIDATES,
    MOST_TICKETS,
    Act,
    Candidate,
    Cause,
    Dispute,
    Draft,
    Identity,
    Outcome,
    Stance,
    State,
    Word,
)
from operations.tickets.handling_entering import reason_given

LONGEST_SAID, LONGEST_TEXT = 1_000, 2_000
UNTIL = " · "
"""Between whom an invitation names and until when they may speak."""
SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks for; what an act does not need is left out."""

    ticket: Identity | None = None
    departments: tuple[Candidate, ...] = ()
    deadline: datetime | None = None
    department: str = ""
    stance: str = ""
    votes_for: str = ""
    said: str = ""
    lead: str = ""
    cooperating: tuple[str, ...] = ()
    clinic: str = ""
    draft: Draft | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What an act is judged by: the moment, who acts, and which departments the city has."""

    now: datetime
    actor: str
    knows: Callable[[str], bool]


def opened(ticket: Identity, cause: Cause, why: str, table: Table) -> Dispute:
    """Open a dispute on a ticket; the book gives its number. Raises BadInput for no reason."""
    return Dispute(
        number="", version=1, state=State.OPEN, cause=cause, why=reason_given(why),
        tickets=(ticket,), opened_at=table.now, opened_by=table.actor, changed_at=table.now,
    )  # fmt: skip


def join(held: Dispute, asked: Asked, _table: Table) -> Dispute:
    """Take one more ticket of the same matter in."""
    if asked.ticket is None or asked.ticket in held.tickets:
        raise BadInput("ticket", "it is in the dispute already")
    if len(held.tickets) >= MOST_TICKETS:
        raise BadInput("ticket", f"at most {MOST_TICKETS} tickets in one dispute")
    return replace(held, tickets=(*held.tickets, asked.ticket))


def leave(held: Dispute, asked: Asked, _table: Table) -> Dispute:
    """Take a ticket out that is another matter; the last one stays."""
    if asked.ticket not in held.tickets:
        raise BadInput("ticket", "it is not in the dispute")
    if len(held.tickets) == 1:
        raise BadInput("ticket", "it is the last one: withdraw the dispute")
    return replace(held, tickets=tuple(one for one in held.tickets if one != asked.ticket))


def invite(held: Dispute, asked: Asked, table: Table) -> Dispute:
    """Ask departments, those asked before as well; the deadline is that of them all.

    The first invitation sets it. From then on it moves by `prolong` alone, which wants a reason.
    """
    new = [one for one in asked.departments if one.department not in held.invited]
    for one in new:
        _known("departments", one.department, table)
    everybody = (*held.candidates, *{one.department: one for one in new}.values())
    if not new:
        raise BadInput("departments", "name at least one that is not asked yet")
    if not 2 <= len(everybody) <= MOST_CANDIDATES:
        raise BadInput("departments", f"2 to {MOST_CANDIDATES} departments consult")
    return replace(held, candidates=everybody, deadline=_until(held, asked, table))


def _until(held: Dispute, asked: Asked, table: Table) -> datetime:
    """Give the time for opinions that an invitation has: the one that runs, or a first one."""
    if held.deadline is None:
        return _deadline(asked.deadline, table)
    if table.now > held.deadline:
        raise BadInput("deadline", "the time for opinions is over; have it prolonged")
    if asked.deadline not in (None, held.deadline):
        raise BadInput("deadline", f"it is {held.deadline.isoformat()} for all; prolong it first")
    return held.deadline


def say(held: Dispute, asked: Asked, table: Table) -> Dispute:
    """Put down what a department says; its last word counts. After the deadline none is taken."""
    if asked.department not in held.invited:
        raise BadInput("department", "it was not asked")
    if held.deadline is not None and table.now > held.deadline:
        raise BadInput("deadline", "the time for opinions is over; have it prolonged")
    if asked.stance not in set(Stance):
        raise BadInput("stance", f"one of {', '.join(Stance)}")
    stance = Stance(asked.stance)
    votes_for = asked.votes_for or None
    if votes_for is not None:
        _known("votes_for", votes_for, table)
        if stance is Stance.LEAD and votes_for != asked.department:
            raise BadInput("votes_for", "who offers to lead votes for itself")
    said = _said(asked.said)
    if stance is Stance.NOT_OURS and not said:
        raise BadInput("said", "say on what ground it is not yours")
    word = Word(asked.department, stance, said, table.now, table.actor, votes_for)
    others = tuple(one for one in held.words if one.department != asked.department)
    return replace(held, words=(*others, word))


def prolong(held: Dispute, asked: Asked, table: Table) -> Dispute:
    """Give the departments more time."""
    deadline = _deadline(asked.deadline, table)
    if held.deadline is not None and deadline <= held.deadline:
        raise BadInput("deadline", "later than it is now")
    return replace(held, deadline=deadline)


def agree(held: Dispute, asked: Asked, table: Table) -> Dispute:
    """Record that they agree; only one that offered to lead can be agreed on."""
    lead = asked.lead
    _known("lead", lead, table)
    word = held.word_of(lead)
    if word is None or word.stance is not Stance.LEAD:
        raise BadInput("lead", "it has not said that it leads; what is not agreed goes to a clinic")
    cooperating = cooperating_units(lead, asked.cooperating, table)
    return replace(held, outcome=Outcome(lead, cooperating, _said(asked.said)))


def fail(held: Dispute, _asked: Asked, _table: Table) -> Dispute:
    """Record that they do not agree."""
    return held


def schedule(held: Dispute, asked: Asked, _table: Table) -> Dispute:
    """Put it on the agenda of a clinic; the book refuses one that is held or cancelled."""
    if not asked.clinic:
        raise BadInput("clinic", "say at which clinic")
    return replace(held, clinic=asked.clinic)


def put_off(held: Dispute, _asked: Asked, _table: Table) -> Dispute:
    """Take it from the agenda."""
    return replace(held, clinic=None, draft=None)


def draft(held: Dispute, asked: Asked, table: Table) -> Dispute:
    """Prepare the opinion for who signs it: what is there has to be right, the rest may come."""
    made = asked.draft or Draft()
    if made.lead:
        _known("lead", made.lead, table)
    for name, text in (("basis", made.basis), ("decision", made.decision)):
        if len(text) > LONGEST_TEXT:
            raise BadInput(name, f"at most {LONGEST_TEXT} characters")
    cooperating = cooperating_units(made.lead, made.cooperating, table)
    return replace(held, draft=replace(made, cooperating=cooperating))


def withdraw(held: Dispute, _asked: Asked, _table: Table) -> Dispute:
    """End it without an outcome."""
    return held


ACTIONS: dict[Act, Callable[[Dispute, Asked, Table], Dispute]] = {
    Act.JOIN: join,
    Act.LEAVE: leave,
    Act.INVITE: invite,
    Act.SAY: say,
    Act.PROLONG: prolong,
    Act.AGREE: agree,
    Act.FAIL: fail,
    Act.SCHEDULE: schedule,
    Act.PUT_OFF: put_off,
    Act.DRAFT: draft,
    Act.WITHDRAW: withdraw,
}
"""Every act but opening, and ruling, which an opinion does."""


def done(held: Dispute, act: Act, asked: Asked, table: Table) -> Dispute:
    """Do an act; raises BadInput where the state, a rule or what is asked refuses it."""
    move = DISPUTE.move(held.state, act)
    if move.needs_reason:
        reason_given(asked.reason)
    after = ACTIONS[act](held, asked, table)
    at = max(table.now, held.changed_at)
    return replace(after, state=State(move.target), version=held.version + 1, changed_at=at)


def detail_of(act: Act, asked: Asked, after: Dispute) -> str:
    """Give what a line says beyond the act and its reason."""
    match act:
        case Act.JOIN | Act.LEAVE:
            return "/".join(asked.ticket or ())
        case Act.INVITE:
            until = "" if after.deadline is None else after.deadline.isoformat()
            return f"{' '.join(one.department for one in asked.departments)}{UNTIL}{until}"
        case Act.SAY:
            return f"{asked.department} {asked.stance}"
        case Act.PROLONG:
            return "" if after.deadline is None else after.deadline.isoformat()
        case Act.AGREE:
            return " ".join((asked.lead, *asked.cooperating))
        case Act.SCHEDULE:
            return asked.clinic
        case Act.DRAFT:
            return "" if after.draft is None else after.draft.lead
    return ""


def cooperating_units(lead: str, named: Sequence[str], table: Table) -> tuple[str, ...]:
    """Give the units that cooperate, each once; raises BadInput for the lead among them."""
    for one in named:
        _known("cooperating", one, table)
    if lead in named:
        raise BadInput("cooperating", "the lead does not cooperate with itself")
    if len(set(named)) > MOST_CANDIDATES:
        raise BadInput("cooperating", f"at most {MOST_CANDIDATES}")
    return tuple(dict.fromkeys(named))


def _known(field: str, code: str, table: Table) -> None:
    if not table.knows(code):
        raise BadInput(field, f"there is no department {code!r}")


def _said(text: str) -> str:
    said = text.strip()
    if len(said) > LONGEST_SAID:
        raise BadInput("said", f"at most {LONGEST_SAID} characters")
    return said


def _deadline(at: datetime | None, table: Table) -> datetime:
    if at is None or not SHORTEST <= at - table.now <= LONGEST:
        raise BadInput("deadline", "from ten minutes to thirty days from now")
    return at
