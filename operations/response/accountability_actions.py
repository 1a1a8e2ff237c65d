"""What people do in a matter of accountability: an act gives it as it is then, or refuses.

Who proposed it approves nothing, one person approves once, and whoever had a hand in it decides
on no appeal. These are rules here and, for approvals and papers, of the database too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from operations.errors import BadInput
from operations.response.accountability import (
    ACCOUNTABILITY,
    MOST_EVIDENCE,
    AccountabilityLine,
    Act,
    Approval,
    Decision,
    Evidence,
    Kind,
    Matter,
    Signatory,
    State,
)
from operations.response.accountability_steps import Standing, Steps
from operations.tickets.handling_entering import reason_given

LONGEST_WHY, LONGEST_SAID, LONGEST_REF = 2_000, 500, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks for; what an act does not need is left out."""

    step: str = ""
    why: str = ""
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What an act is judged by: the moment, who acts, the city's steps, what there is."""

    now: datetime
    by: Signatory
    steps: Steps
    knows: Callable[[str], bool]
    finds: Callable[[Evidence], bool]


def proposed(
    department: str, district: str | None, asked: Asked, standing: Sequence[Standing], table: Table
) -> Matter:
    """Propose a matter; the book gives its number. Raises BadInput naming the field."""
    if not table.knows(department):
        raise BadInput("department", f"there is no department {department!r}")
    table.steps.refuse_skipped(asked.step, standing, table.now)
    why = asked.why.strip()
    if not 0 < len(why) <= LONGEST_WHY:
        raise BadInput("why", f"1 to {LONGEST_WHY} characters")
    if not asked.evidence:
        raise BadInput("evidence", "attach at least one piece of evidence")
    return Matter(
        number="", version=1, state=State.PROPOSED, department=department, district=district,
        step=asked.step, why=why, evidence=_attached((), asked.evidence, table),
        proposed_by=table.by, proposed_at=table.now, changed_at=table.now,
    )  # fmt: skip


def attach(held: Matter, asked: Asked, table: Table) -> Matter:
    """Add evidence: none is ever taken away, and none is added once somebody has approved."""
    if not asked.evidence:
        raise BadInput("evidence", "attach at least one piece of evidence")
    return replace(held, evidence=_attached(held.evidence, asked.evidence, table))


def approve(held: Matter, _asked: Asked, table: Table) -> Matter:
    """Approve it as it stands: never who proposed it, and nobody twice."""
    if table.by.person == held.proposed_by.person:
        raise BadInput("person", "whoever proposed it does not approve it")
    if table.by.person in held.hands:
        raise BadInput("person", "the second approval is another person's")
    return replace(held, approvals=(*held.approvals, Approval(table.by, table.now)))


def unchanged(held: Matter, _asked: Asked, _table: Table) -> Matter:
    """Decline it, or withdraw it before it is issued; the reason is in the line."""
    return held


def issue(held: Matter, _asked: Asked, table: Table) -> Matter:
    """Issue it: from now on the department sees it and may appeal."""
    until = table.steps.appeal_until(held.step, table.now)
    return replace(held, issued_at=table.now, appeal_until=until)


def appeal(held: Matter, asked: Asked, table: Table) -> Matter:
    """Appeal against it, as the department, while that may be done."""
    if held.appeal_until is None or table.now > held.appeal_until:
        raise BadInput("appeal_until", "the time for an appeal is over")
    return replace(held, appeal=asked.reason.strip(), appealed_at=table.now)


def uphold(held: Matter, asked: Asked, table: Table) -> Matter:
    """Let it stand."""
    return _decided(held, Act.UPHOLD, asked, table)


def change(held: Matter, asked: Asked, table: Table) -> Matter:
    """Lower the step."""
    if asked.step not in {one.code for one in table.steps.below(held.step)}:
        raise BadInput("step", "a step below the one it was issued on")
    return replace(_decided(held, Act.CHANGE, asked, table), step=asked.step)


def rescind(held: Matter, asked: Asked, table: Table) -> Matter:
    """Take it back: its paper no longer stands."""
    return _decided(held, Act.RESCIND, asked, table)


def close(held: Matter, _asked: Asked, table: Table) -> Matter:
    """End it, once nobody can appeal any more."""
    waiting = held.state is State.ISSUED and held.appeal_until is not None
    if waiting and held.appeal_until is not None and table.now <= held.appeal_until:
        raise BadInput("appeal_until", "the department may still appeal")
    return held


ACTIONS: dict[Act, Callable[[Matter, Asked, Table], Matter]] = {
    Act.ATTACH: attach,
    Act.APPROVE: approve,
    Act.DECLINE: unchanged,
    Act.WITHDRAW: unchanged,
    Act.ISSUE: issue,
    Act.APPEAL: appeal,
    Act.UPHOLD: uphold,
    Act.CHANGE: change,
    Act.RESCIND: rescind,
    Act.CLOSE: close,
}
"""Every act but proposing."""


def done(held: Matter, act: Act, asked: Asked, table: Table) -> Matter:
    """Do an act; raises BadInput where the state, a rule or what is asked refuses it."""
    move = ACCOUNTABILITY.move(held.state, act)
    if move.needs_reason:
        reason_given(asked.reason)
    after = ACTIONS[act](held, asked, table)
    at = max(table.now, held.changed_at)
    return replace(after, state=State(move.target), version=held.version + 1, changed_at=at)


def detail_of(act: Act, asked: Asked, after: Matter) -> str:
    """Give what a line says beyond the act and its reason."""
    match act:
        case Act.PROPOSE:
            return after.step
        case Act.ATTACH:
            return str(len(asked.evidence))
        case Act.CHANGE:
            return after.step
        case Act.ISSUE:
            return after.paper or ""
    return ""


def is_proposal_of(held: Matter, made: Matter, line: AccountabilityLine) -> bool:
    """Tell whether a matter was proposed as another is; `line` is the one that proposed it."""
    first = held.evidence[: len(made.evidence)]
    told = (held.department, line.detail, held.why, first)
    return told == (made.department, made.step, made.why, made.evidence)


def is_same(line: AccountabilityLine, held: Matter, act: Act, asked: Asked) -> bool:
    """Tell whether an act that was done in a matter, as it is since, is the one asked for."""
    if (line.act, line.reason) != (act, asked.reason.strip()):
        return False
    if act is Act.ATTACH:
        return set(asked.evidence) <= set(held.evidence)
    return act is not Act.CHANGE or line.detail == asked.step


def _decided(held: Matter, act: Act, asked: Asked, table: Table) -> Matter:
    if table.by.person in held.hands:
        raise BadInput("person", "an appeal is decided by somebody who had no hand in it")
    step = asked.step if act is Act.CHANGE else ""
    ground = asked.reason.strip()
    return replace(held, decision=Decision(act, table.by, table.now, ground, step))


def _attached(
    held: tuple[Evidence, ...], more: tuple[Evidence, ...], table: Table
) -> tuple[Evidence, ...]:
    for one in more:
        if len(one.said) > LONGEST_SAID or len(one.ref) > LONGEST_REF:
            raise BadInput("evidence", f"at most {LONGEST_SAID} characters of each")
        if one.kind is Kind.WORDS and not one.said.strip():
            raise BadInput("evidence", "say in words what it is")
        if (one.kind is Kind.FIGURE) is not (one.figure is not None):
            raise BadInput("evidence", "a figure is what the server worked out")
        if not table.finds(one):
            raise BadInput("evidence", f"there is no {one.kind.value} {one.ref!r}")
    whole = tuple(dict.fromkeys((*held, *more)))
    if len(whole) == len(held):
        raise BadInput("evidence", "it is attached already")
    if len(whole) > MOST_EVIDENCE:
        raise BadInput("evidence", f"at most {MOST_EVIDENCE} pieces")
    return whole
