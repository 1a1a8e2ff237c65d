"""What the parties do: summoned and checked in, tasks acknowledged and done, roles and words."""

from dataclasses import replace

from operations.errors import BadInput
from operations.response.asked import LONGEST_NAME, LONGEST_TITLE, Asked
from operations.response.incident import Change, Kind, Part, Signed, Whole
from operations.response.incident_actions import (
    MOST_SAME,
    Do,
    line_of,
    moved,
    new_part,
    of_part,
    part_of,
    refuse_ended,
)
from operations.response.machine import Machine, Move
from operations.response.party import PARTY, called

TASK = Machine(
    "task",
    "given",
    (
        Move("acknowledge", ("given",), "acknowledged"),
        Move("finish", ("acknowledged",), "done"),
        Move("withdraw", ("given", "acknowledged"), "withdrawn", needs_reason=True),
        Move("give_again", ("done", "withdrawn"), "given", needs_reason=True),
    ),
)
ROLES = ("commander", "deputy", "scribe", "liaison", "observer")
REPORT_FIELDS = ("situation", "done", "next", "needs")
"""The fixed short form of a situation report: none of them may be left out."""


def summon(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Call a department, or a party from outside, to the matter."""
    refuse_ended(whole.head)
    code = asked.text("party", LONGEST_NAME)
    if any(one.body["code"] == code for one in whole.of(Kind.PARTY)):
        raise BadInput("party", "it is called already")
    made = new_part(
        whole, asked, signed, Kind.PARTY, detail=code,
        **called(code, signed.at_us, asked.maybe("task", LONGEST_TITLE)),
    )  # fmt: skip
    return replace(made, seen_seq=whole.head.seq)  # of two who call the same one is refused


def attend(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Check a party in, let it go, or call it again."""
    refuse_ended(whole.head)
    part = part_of(whole, Kind.PARTY, asked)
    state = moved(PARTY, part.state, asked.act, asked)
    made: dict[str, object] = {"state": state}
    if state == "present":
        made["checked_us"] = signed.at_us
    elif state == PARTY.first:
        made["called_us"] = signed.at_us
    return of_part(whole, asked, signed, Kind.PARTY, detail=str(part.body["code"]), **made)


def give(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Give a department a task with a due time; a visit names the ticket whose caller it is to."""
    refuse_ended(whole.head)
    return _given(whole, asked, signed)


def follow_up(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Give a task that follows from a lesson: it outlives the incident and its review."""
    if whole.head.state != "closed":
        raise BadInput("act", "what follows from a lesson is given once it is closed")
    lesson = asked.whole("lesson", 1, MOST_SAME)
    if (Kind.LESSON, lesson) not in whole.parts:
        raise BadInput("lesson", "there is no such lesson")
    return _given(whole, asked, signed, lesson=lesson)


def _given(whole: Whole, asked: Asked, signed: Signed, **more: object) -> Change:
    title = asked.text("title", LONGEST_TITLE)
    return new_part(
        whole, asked, signed, Kind.TASK, detail=title, title=title,
        owner=asked.text("owner", LONGEST_NAME), ticket=asked.maybe("ticket", 2 * LONGEST_NAME),
        state=TASK.first, told="", due_us=asked.due(signed), given_us=signed.at_us,
        acknowledged_us=None, done_us=None, **more,
    )  # fmt: skip


def task(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Acknowledge a task, finish it with what was done, withdraw it, or give it again."""
    if asked.act == "give_again":  # everything else of a task outlives the incident
        refuse_ended(whole.head)
    part = part_of(whole, Kind.TASK, asked)
    state = moved(TASK, part.state, asked.act, asked)
    made: dict[str, object] = {"state": state}
    if state == "acknowledged":
        made["acknowledged_us"] = signed.at_us
    elif state == "done":
        made |= {"done_us": signed.at_us, "told": asked.text("told"), "due_us": None}
    elif state == "withdrawn":
        made["due_us"] = None
    else:
        made |= {"due_us": asked.due(signed), "done_us": None, "acknowledged_us": None, "told": "",
                 "given_us": signed.at_us}  # fmt: skip
    return of_part(whole, asked, signed, Kind.TASK, detail=str(part.body["title"]), **made)


def appoint(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Say who commands, stands in, writes, keeps in touch or watches: one person to a role."""
    refuse_ended(whole.head)
    role = asked.one_of("role", ROLES)
    person = asked.text("person", LONGEST_NAME)
    held = [one for one in whole.of(Kind.ROLE) if one.body["role"] == role]
    if not held:
        made = new_part(
            whole, asked, signed, Kind.ROLE, detail=f"{role}: {person}", role=role, person=person
        )
        return replace(made, seen_seq=whole.head.seq)
    seen = replace(asked, number=held[0].number)
    return of_part(
        whole, seen, signed, Kind.ROLE, detail=f"{role}: {person}", role=role, person=person
    )


def decide(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Write down what was decided, and on what ground."""
    refuse_ended(whole.head)
    text = asked.text("text")
    return new_part(
        whole, asked, signed, Kind.DECISION, detail=text, text=text, basis=asked.maybe("basis"),
        at_us=signed.at_us, actor=signed.actor,
    )  # fmt: skip


def report(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Give a situation report: how it stands, what was done, what is next, what is needed."""
    refuse_ended(whole.head)
    words = {name: asked.text(name) for name in REPORT_FIELDS}
    return new_part(
        whole, asked, signed, Kind.REPORT, detail=words["situation"], **words,
        severity=whole.head.severity, at_us=signed.at_us, actor=signed.actor,
    )  # fmt: skip


def note(_whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Write a line by hand into the timeline, whatever state it is in."""
    return Change(line=line_of(asked, signed, detail=asked.text("text")))


def learn(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Write down a lesson of the review."""
    if whole.head.state != "closed":
        raise BadInput("act", "lessons are written once it is closed")
    text = asked.text("text")
    return new_part(
        whole, asked, signed, Kind.LESSON, detail=text, text=text, owner=asked.maybe("owner"),
        at_us=signed.at_us, actor=signed.actor,
    )  # fmt: skip


def pin(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Pin a line of the timeline, or let it go; a pin has the number of its line."""
    held = whole.parts.get((Kind.PIN, asked.number))
    stands = asked.act == "pin"
    if held is not None and held.body["stands"] == stands:
        raise BadInput("act", "it is so already")
    if held is None and not (stands and 0 < asked.number <= whole.head.seq):
        raise BadInput("number", "there is no such line")
    version = 1 if held is None else held.version + 1
    part = Part(kind=Kind.PIN, number=asked.number, version=version, body={"stands": stands})
    return Change(parts=(part,), line=line_of(asked, signed, kind=Kind.PIN, number=asked.number))


BY_PARTIES: dict[str, Do] = {
    "summon": summon,
    **dict.fromkeys(("check_in", "stand_down", "summon_again"), attend),
    "give": give,
    "follow_up": follow_up,
    **dict.fromkeys(("acknowledge", "finish", "withdraw", "give_again"), task),
    "appoint": appoint,
    "decide": decide,
    "report": report,
    "note": note,
    "learn": learn,
    **dict.fromkeys(("pin", "unpin"), pin),
}
