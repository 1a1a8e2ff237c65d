"""What a person does to an incident as a whole: its state, its lead, its weight, its words.

Pure: each gives the change it makes of what is held, or raises BadInput or Conflict.
"""

from collections.abc import Callable
from dataclasses import replace

from operations.errors import BadInput
from operations.legible import is_legible
from operations.response.asked import LONGEST_NAME, LONGEST_TITLE, Asked
from operations.response.incident import (
    LIFE,
    SEVERITIES,
    Change,
    Closing,
    Incident,
    Kind,
    Line,
    Part,
    Signed,
    Whole,
    overtaken,
)
from operations.response.machine import Machine
from operations.response.party import PARTY, called

Do = Callable[[Whole, Asked, Signed], Change]

LONGEST_REASON = 300
MOST_SAME = 500
"""So many parts of one kind an incident holds at most."""


def line_of(
    asked: Asked, signed: Signed, *, kind: str = "", number: int = 0, detail: str = ""
) -> Line:
    """Give the timeline's line of an act."""
    return Line(
        at_us=signed.at_us,
        actor=signed.actor,
        verified=signed.verified,
        act=asked.act,
        key=asked.key,
        kind=kind,
        number=number,
        detail=detail,
        reason=reason_of(asked),
        typed_us=asked.typed_us,
    )


def reason_of(asked: Asked) -> str:
    """Give the reason of an act; raises BadInput for one that is too long."""
    reason = asked.reason.strip()
    if len(reason) > LONGEST_REASON or not is_legible(reason):
        raise BadInput("reason", f"at most {LONGEST_REASON} characters")
    return reason


def moved(machine: Machine, state: str, act: str, asked: Asked) -> str:
    """Give the state an act leads to; raises BadInput where it may not, or wants a reason."""
    move = machine.move(state, act)
    if move.needs_reason and not reason_of(asked):
        raise BadInput("reason", f"say why, in 1 to {LONGEST_REASON} characters")
    return move.target


def of_head(whole: Whole, asked: Asked, signed: Signed, *, detail: str, **made: object) -> Change:
    """Give the change that makes the next version of the head."""
    head = whole.head
    if asked.version != head.version:
        raise overtaken(head.id, head)
    at_us = max(signed.at_us, head.changed_us)
    after = replace(head, version=head.version + 1, changed_us=at_us, **made)  # type: ignore[arg-type]
    return Change(head=after, line=line_of(asked, signed, detail=detail))


def of_part(
    whole: Whole, asked: Asked, signed: Signed, kind: Kind, *, detail: str, **made: object
) -> Change:
    """Give the change that makes the next version of a part; `due_us` in `made` is the part's."""
    part = part_of(whole, kind, asked)
    due_us = made.pop("due_us", part.due_us)
    body = {**part.body, **made}
    after = replace(part, version=part.version + 1, body=body, due_us=due_us)  # type: ignore[arg-type]
    line = line_of(asked, signed, kind=kind, number=part.number, detail=detail)
    return Change(parts=(after,), line=line)


def part_of(whole: Whole, kind: Kind, asked: Asked) -> Part:
    """Give the part an act is about, as it was seen; raises BadInput and Conflict."""
    part = whole.parts.get((kind, asked.number))
    if part is None:
        raise BadInput("number", f"there is no such {kind}")
    if part.version != asked.version:
        raise overtaken(whole.head.id, part)
    return part


def new_part(
    whole: Whole, asked: Asked, signed: Signed, kind: Kind, *, detail: str, **body: object
) -> Change:
    """Give the change that adds a part; `due_us` in `body` is the part's."""
    if len(whole.of(kind)) >= MOST_SAME:
        raise BadInput("number", f"{MOST_SAME} of its kind are there already")
    due_us = body.pop("due_us", None)
    part = Part(kind=kind, number=0, body=body, due_us=due_us)  # type: ignore[arg-type]
    return Change(parts=(part,), line=line_of(asked, signed, kind=kind, detail=detail))


def refuse_ended(head: Incident) -> None:
    """Raise BadInput where nobody is at work on it any more."""
    if not head.is_living:
        raise BadInput("act", f"the incident is {head.state}: open it again first")


def step(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Go one stage on, or back to work with a reason."""
    head = whole.head
    state = moved(LIFE, head.state, asked.act, asked)
    closed_us = None if state == "responding" else head.closed_us
    closing = head.closing if state == head.state else None
    resumed_us = signed.at_us if asked.act == "reopen" else head.resumed_us
    return of_head(
        whole, asked, signed, detail=state, state=state, closed_us=closed_us, closing=closing,
        resumed_us=resumed_us,
    )  # fmt: skip


def close(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Close it on evidence: the figures have been back at their baseline for long enough."""
    state = moved(LIFE, whole.head.state, "close", asked)
    if asked.baseline_d is None:
        raise BadInput("evidence", "the figures are not back at their baseline long enough")
    closing = Closing(days=asked.baseline_d)
    return of_head(
        whole, asked, signed, detail=str(asked.baseline_d), state=state,
        closed_us=signed.at_us, closing=closing,
    )  # fmt: skip


def ask_close(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Ask for it to be closed without that evidence: somebody else has to confirm the reason."""
    moved(LIFE, whole.head.state, "ask_close", asked)
    closing = Closing(reason=reason_of(asked), asked_by=signed.actor)
    return of_head(whole, asked, signed, detail="", closing=closing)


def confirm_close(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Confirm, as a second person, the reason somebody gave for closing it."""
    head = whole.head
    state = moved(LIFE, head.state, "confirm_close", asked)
    if head.closing is None or not head.closing.asked_by:
        raise BadInput("evidence", "nobody has asked for it to be closed with a reason")
    if head.closing.asked_by == signed.actor:
        raise BadInput("actor", "somebody else has to confirm the reason")
    closing = replace(head.closing, confirmed_by=signed.actor)
    return of_head(
        whole, asked, signed, detail=head.closing.reason, state=state, closing=closing,
        closed_us=signed.at_us,
    )  # fmt: skip


def review(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """End the review: at least one lesson stands."""
    state = moved(LIFE, whole.head.state, "review", asked)
    if not whole.of(Kind.LESSON):
        raise BadInput("lesson", "write down at least one lesson first")
    return of_head(whole, asked, signed, detail=state, state=state)


def hand_over(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Give the lead to another department: one leads before, one leads after.

    Whoever leads is called: it checks in, and climbs the ladder where it does not.
    """
    refuse_ended(whole.head)
    lead = asked.text("lead", LONGEST_NAME)
    if lead == whole.head.lead:
        raise BadInput("lead", "it leads already")
    made = of_head(whole, asked, signed, detail=f"{whole.head.lead} → {lead}", lead=lead)
    party = next((one for one in whole.of(Kind.PARTY) if one.body["code"] == lead), None)
    if party is None:
        party = Part(kind=Kind.PARTY, number=0, body=called(lead, signed.at_us))
    elif "summon_again" in PARTY.open_acts(party.state):
        body = {**party.body, "state": PARTY.first, "called_us": signed.at_us}
        party = replace(party, version=party.version + 1, body=body)
    else:
        return made
    # of two who call the same one, one reads anew
    return replace(made, parts=(party,), seen_seq=whole.head.seq)


def grade(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Say how grave it is, from 1 (the gravest) to 4."""
    refuse_ended(whole.head)
    severity = asked.whole("severity", SEVERITIES[0], SEVERITIES[-1])
    detail = f"{whole.head.severity} → {severity}"
    return of_head(whole, asked, signed, detail=detail, severity=severity)


def classify(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Correct of which category its matter is, with a reason: its days are counted by it."""
    refuse_ended(whole.head)
    if not reason_of(asked):
        raise BadInput("reason", f"say why, in 1 to {LONGEST_REASON} characters")
    before, category = whole.head.category, asked.text("category", LONGEST_NAME)
    if category == before:
        raise BadInput("category", "it is of this category already")
    detail = f"{before} → {category}" if before else category
    return of_head(whole, asked, signed, detail=detail, category=category)


def retitle(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Call it otherwise; a text that was released stays as it was released."""
    title = asked.text("title", LONGEST_TITLE)
    return of_head(whole, asked, signed, detail=title, title=title)


def release(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Let a text onto the wall, or take it off with an empty one."""
    text = asked.maybe("released", LONGEST_TITLE)
    return of_head(whole, asked, signed, detail=text, released=text)


OF_HEAD: dict[str, Do] = {
    **dict.fromkeys(("assess", "respond", "control", "relapse", "reopen"), step),
    "close": close,
    "ask_close": ask_close,
    "confirm_close": confirm_close,
    "review": review,
    "hand_over": hand_over,
    "grade": grade,
    "classify": classify,
    "retitle": retitle,
    "release": release,
}
