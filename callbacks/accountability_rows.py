"""Matters of accountability as pages take them: for whom they are, what may be done, in words."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from callbacks.desk import Desk
from callbacks.dispute_rows import Namer, sees
from layouts.accountability_face import EvidenceRow, MatterRow, StepRow
from layouts.parts.ticket_page import address
from layouts.ticket_face import Step
from layouts.values import told
from operations.people.permissions import Act as Permission
from operations.people.permissions import Field, Subject
from operations.people.person import Ring, signature
from operations.pulse.figures import FIGURES
from operations.response.accountability import (
    ACCOUNTABILITY,
    AccountabilityLine,
    Act,
    Evidence,
    Kind,
    Matter,
    Reckoned,
    Signatory,
    State,
)
from operations.response.accountability_steps import Step as Rung
from operations.response.accountability_steps import Steps
from operations.response.ports_accountability import Within

OFFERED = ("on_time_rate", "response_rate", "return_refused_rate", "reopened_rate",
           "satisfaction_rate")  # fmt: skip
"""The figures of a department that are offered as evidence."""
BY = {
    Act.ATTACH: Permission.PROPOSE, Act.WITHDRAW: Permission.PROPOSE,
    Act.ISSUE: Permission.PROPOSE, Act.CLOSE: Permission.PROPOSE,
    Act.APPEAL: Permission.APPEAL,
}  # fmt: skip
"""Which permission an act takes; the others take that to approve."""
DECIDING = (Act.UPHOLD, Act.CHANGE, Act.RESCIND)


def subject_of(matter: Matter) -> Subject:
    """Give a matter as the gate sees it: its department's own once it is issued."""
    whose = matter.department if matter.is_issued else None
    return Subject(Field.AGGREGATE, department=whose, district=matter.district)


def for_reader(desk: Desk, matter: Matter | None) -> bool:
    """Tell whether a matter is for who asks: for nobody where nobody signs in."""
    if matter is None or desk.who() is None:
        return False
    return desk.allows(Permission.SEE_ACCOUNTABILITY, subject_of(matter))


def within(desk: Desk) -> Within | None:
    """Give whose matters who asks sees; None for nobody's."""
    who = desk.who()
    if who is None or not desk.allows(Permission.SEE_ACCOUNTABILITY, Subject()):
        return None
    person = who.person
    district = person.place if person.ring is Ring.COUNTY else None

    def seen(**where: str | None) -> bool:
        return desk.allows(Permission.SEE_ACCOUNTABILITY, Subject(Field.AGGREGATE, **where))

    return Within(
        everywhere=seen(),
        district=district if district and seen(district=district) else None,
        department=person.department if seen(department=person.department) else None,
    )


def signatory(desk: Desk) -> Signatory | None:
    """Give who acts, by the account; None where nobody is signed in."""
    who = desk.who()
    return None if who is None else Signatory(who.person.id, signature(who.person), True)


def may_do(desk: Desk, matter: Matter, now: datetime) -> frozenset[Act]:
    """Name the acts that follow from how it stands and are for who asks."""
    who, subject = signatory(desk), subject_of(matter)
    if who is None:
        return frozenset()
    found = set()
    for name in ACCOUNTABILITY.open_acts(matter.state):
        act = Act(name)
        if not desk.allows(BY.get(act, Permission.APPROVE), subject):
            continue
        if act in (Act.APPROVE, *DECIDING) and who.person in matter.hands:
            continue
        if not _in_time(act, matter, now):
            continue
        found.add(act)
    return frozenset(found)


def _in_time(act: Act, matter: Matter, now: datetime) -> bool:
    """Tell whether its time has come: an appeal has until a moment, closing waits for it."""
    until = matter.appeal_until
    if matter.state is not State.ISSUED or until is None or act not in (Act.APPEAL, Act.CLOSE):
        return True
    return (now <= until) is (act is Act.APPEAL)


def held_back(desk: Desk, matter: Matter, name: Namer) -> str:
    """Say why who reads, who may approve, may not approve this one."""
    who, said = signatory(desk), name.reader.words
    if who is None or not desk.allows(Permission.APPROVE, subject_of(matter)):
        return ""
    if who.person not in matter.hands:
        return ""
    if matter.state is State.APPEALED:
        return said["accountability_held_hand"]
    if matter.state not in (State.PROPOSED, State.SECONDED):
        return ""
    own = who.person == matter.proposed_by.person
    return said["accountability_held_own" if own else "accountability_held_twice"]


def next_of(matter: Matter, now: datetime, name: Namer) -> str:
    """Say what comes next."""
    said = name.reader.words
    match matter.state:
        case State.PROPOSED | State.SECONDED | State.APPROVED | State.APPEALED:
            return said[f"accountability_next_{matter.state.value}"]
        case State.ISSUED if matter.appeal_until is not None:
            if now > matter.appeal_until:
                return said["accountability_next_over"]
            until = name.reader.moment(matter.appeal_until)
            return said["accountability_next_issued"].format(time=until)
        case State.UPHELD | State.CHANGED:
            return said["accountability_next_decided"]
    return ""


def rung_name(steps: Steps, code: str, name: Namer) -> str:
    """Name a step; one the city no longer has is called by its code."""
    found = next((one for one in steps.all if one.code == code), None)
    if found is None:
        return code
    return found.name_en if name.reader.language == "en" else found.name_zh


def matter_row(matter: Matter, steps: Steps, now: datetime, name: Namer, desk: Desk) -> MatterRow:
    """Give a matter as a line of a list."""
    mine = may_do(desk, matter, now) & {Act.APPROVE, *DECIDING}
    return MatterRow(
        number=matter.number, state=matter.state.value, department=name.unit(matter.department),
        step=rung_name(steps, matter.step, name), why=matter.why, evidence=len(matter.evidence),
        proposed_at=matter.proposed_at, next=next_of(matter, now, name), mine=bool(mine),
    )  # fmt: skip


def step_row(step: Rung, name: Namer, *, possible: bool = True) -> StepRow:
    """Give a step with what it asks."""
    said, english = name.reader.words, name.reader.language == "en"
    word = "accountability_step_after" if step.needs_earlier else "accountability_step_alone"
    about = said[word].format(days=step.stands_d, appeal=step.appeal_d)
    if not step.needs_earlier:
        about = f"{said['accountability_step_first']} · {about}"
    if not possible:
        about = said["accountability_step_shut"]
    return StepRow(
        step.code, step.name_en if english else step.name_zh,
        step.asks_en if english else step.asks_zh, about, possible,
    )  # fmt: skip


def evidence_row(one: Evidence, books: Any, desk: Desk, name: Namer) -> EvidenceRow:
    """Give a piece of evidence in words, with a way to it where who reads may look at it."""
    said, ref, kind = name.reader.words, one.ref, one.kind.value
    match one.kind:
        case Kind.TICKET:
            source, _, number = ref.partition("/")
            ticket = books.ledger.ticket(source, number)
            if ticket is None or not sees(desk, ticket):
                return EvidenceRow(kind, number)
            return EvidenceRow(kind, number, ticket.title, address(source, number))
        case Kind.INCIDENT:
            found = books.evidence.incident(ref)
            return EvidenceRow(kind, ref, href=f"/incidents/{quote(found)}" if found else "")
        case Kind.OPINION:
            return EvidenceRow(kind, ref, href=f"/api/v1/orders/{quote(ref)}.pdf")
        case Kind.ATTEMPT:
            return EvidenceRow(kind, said["accountability_attempt_told"].format(ref=ref))
        case Kind.FIGURE if one.figure is not None:
            return EvidenceRow(kind, figure_in_words(one.figure, name), _means(one.figure, name))
    return EvidenceRow(kind, one.said)


def in_words(one: Evidence, name: Namer) -> str:
    """Say a piece of evidence as a paper does: by its number, never by a ticket's words."""
    if one.figure is not None:
        return f"{figure_in_words(one.figure, name)} {_means(one.figure, name)}"
    if one.kind is Kind.ATTEMPT:
        return name.reader.words["accountability_attempt_told"].format(ref=one.ref)
    return one.said if one.kind is Kind.WORDS else one.ref


def figure_in_words(figure: Reckoned, name: Namer) -> str:
    """Say a figure with its period and the tickets it rests on."""
    language = name.reader.language
    return name.reader.words["accountability_figure_told"].format(
        name=figure.name[language == "en"], value=told(figure.value, figure.unit, language),
        n=figure.n, first=figure.first, last=figure.last,
    )  # fmt: skip


def _means(figure: Reckoned, name: Namer) -> str:
    return figure.means[name.reader.language == "en"]


def figure_choices(name: Namer) -> list[tuple[str, str]]:
    """Give the figures that are offered as evidence, by name."""
    english = name.reader.language == "en"
    return [(one.code, one.en if english else one.zh) for one in FIGURES if one.code in OFFERED]


def step_told(line: AccountabilityLine, name: Namer) -> Step:
    """Give a line of the history in words."""
    said = name.reader.words
    step = said[f"accountability_act_{line.act.value}"]
    if line.act in (Act.ISSUE, Act.CHANGE) and line.detail:
        step = f"{step} {line.detail}"
    word = "clock_line" if line.reason else "clock_line_bare"
    actor = line.by.name + ("" if line.by.verified else said["clock_unverified"])
    return Step(line.at, said[word].format(step=step, reason=line.reason, actor=actor))
