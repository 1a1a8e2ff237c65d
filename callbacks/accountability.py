"""The list of matters of accountability, and one of them, as their addresses ask for them."""

from datetime import timedelta
from typing import Any

from dash.development.base_component import Component

from callbacks.accountability_rows import (
    evidence_row,
    figure_choices,
    for_reader,
    held_back,
    matter_row,
    may_do,
    rung_name,
    step_row,
    step_told,
    within,
)
from callbacks.asking import everything_asked
from callbacks.books import StoreBeside
from callbacks.desk import Desk
from callbacks.dispute_rows import Namer
from callbacks.ticket_rows import reader_of
from layouts import accountability as page
from layouts import accountability_matter as one_page
from layouts.accountability_face import MatterFace, MattersFace, ProposalFace
from layouts.leader_face import ToSign
from layouts.parts.accountability import MATTERS
from layouts.ticket_face import when
from layouts.wording import Language, words
from operations.errors import BadInput, Unreachable
from operations.people.permissions import Act as Permission
from operations.people.permissions import Field, Subject
from operations.response.accountability import Act, Matter, State
from operations.response.accountability_steps import Standing, Steps

A_PAGE, MOST_WAITING, MOST_TO_APPROVE = 30, 50, 5
USUAL_D = 30
"""The usual period of a figure as evidence: the thirty days until yesterday."""


class AccountBooks:
    """What matters of accountability are read from and written to, beside the event loop."""

    def __init__(self, sources: Any, desk: Desk) -> None:
        self.matters: Any = StoreBeside(sources.accountability_book, desk)
        self.ledger: Any = StoreBeside(sources.ledger, desk)
        self.opinions: Any = StoreBeside(sources.opinion_book, desk)
        self.incidents: Any = StoreBeside(sources.incident_book, desk)
        self.evidence: Any = StoreBeside(sources.evidence_reads, desk)


def draw(sources: Any, desk: Desk, query: str, language: Language) -> Component | None:
    """Draw the list; nothing for who may see none."""
    if within(desk) is None:
        return None
    reader = reader_of(sources, desk, language)
    try:
        return page.matters(_list(sources, desk, Namer(sources, reader), everything_asked(query)))
    except Unreachable:
        told = reader.words["accountability_away"]
        return page.matters(MattersFace(reader=reader, told=told))


def draw_one(sources: Any, desk: Desk, number: str, language: Language) -> Component | None:
    """Draw a matter; nothing where there is none for who asks."""
    books = AccountBooks(sources, desk)
    held: Matter | None = books.matters.matter(number)
    if held is None or not for_reader(desk, held):
        return None
    name = Namer(sources, reader_of(sources, desk, language))
    return one_page.matter(_face(sources, desk, books, held, name))


def to_approve(sources: Any, desk: Desk, language: Language) -> list[ToSign]:
    """Give the matters that wait for who asks: for an approval, or for what becomes of an appeal.

    Against whom and why stays on their own page: what lists them is kept on a device.
    """
    scope = within(desk)
    if scope is None or not _approves(desk):
        return []
    books, now = AccountBooks(sources, desk), desk.now()
    waiting = (State.PROPOSED, State.SECONDED, State.APPEALED)
    try:
        rows = books.matters.listed(waiting, scope, most=MOST_WAITING).rows
    except Unreachable:  # the page stands without it, as it does without a picture
        return []
    said, zone = words(language), sources.reference.zone
    mine = [one for one in rows if may_do(desk, one, now) & {Act.APPROVE, Act.UPHOLD}]
    return [
        ToSign(
            one.number, said[f"accountability_state_{one.state.value}"],
            when(one.changed_at, zone), path=MATTERS,
            word="leader_to_decide" if one.state is State.APPEALED else "leader_to_approve",
        )
        for one in mine[:MOST_TO_APPROVE]
    ]  # fmt: skip


def _approves(desk: Desk) -> bool:
    who = desk.who()
    place = None if who is None else who.person.place
    return desk.allows(Permission.APPROVE, Subject(Field.AGGREGATE, district=place))


def _list(sources: Any, desk: Desk, name: Namer, asked: dict[str, str]) -> MattersFace:
    books, now, steps = AccountBooks(sources, desk), desk.now(), sources.accountability_steps
    scope, chosen, after = within(desk), asked.get("state", ""), asked.get("after", "")
    known = chosen in set(State)
    place = int(after) if after.isascii() and after.isdecimal() and len(after) < 10 else None
    states = (State(chosen),) if known else tuple(State)
    found = books.matters.listed(states, scope, most=A_PAGE, after=place)
    rows = [one for one in found.rows if for_reader(desk, one)]
    return MattersFace(
        reader=name.reader,
        chosen=chosen if known else "",
        counts={state.value: n for state, n in books.matters.counts(scope).items()},
        rows=[matter_row(one, steps, now, name, desk) for one in rows],
        after="" if found.after is None else str(found.after),
        first=place is None,
        steps=[step_row(one, name) for one in steps.all],
        departments=_against(sources, desk, name),
        proposal=_proposal(sources, desk, books, name, asked),
        ticket=asked.get("ticket", "")[:200],
    )


def _against(sources: Any, desk: Desk, name: Namer) -> list[tuple[str, str]]:
    """Give the departments who asks may propose against."""
    return [
        (code, name.unit(code))
        for code in sources.names.departments
        if _may_propose(desk, code, sources.reference.departments.named(code).district)
    ]


def _may_propose(desk: Desk, code: str, district: str | None) -> bool:
    subject = Subject(Field.AGGREGATE, department=code, district=district)
    return desk.allows(Permission.PROPOSE, subject)


def _proposal(
    sources: Any, desk: Desk, books: AccountBooks, name: Namer, asked: dict[str, str]
) -> ProposalFace | None:
    code, steps = asked.get("department", ""), sources.accountability_steps
    district = sources.reference.departments.named(code).district
    if code not in sources.names.departments or not _may_propose(desk, code, district):
        return None
    standing: list[Standing] = books.matters.standing(code, desk.now())
    first, last = usual_period(desk, name)
    told = name.reader.words["accountability_standing_one"]
    return ProposalFace(
        code=code,
        name=name.unit(code),
        steps=[
            step_row(one, name, possible=_possible(steps, one.code, standing, desk))
            for one in steps.all
        ],
        standing=[
            told.format(paper=one.paper, step=rung_name(steps, one.step, name),
                        time=name.reader.moment(one.until))
            for one in standing
        ],
        figures=figure_choices(name),
        first=first,
        last=last,
        ticket=asked.get("ticket", "")[:200],
    )  # fmt: skip


def _possible(steps: Steps, code: str, standing: list[Standing], desk: Desk) -> bool:
    try:
        steps.refuse_skipped(code, standing, desk.now())
    except BadInput:
        return False
    return True


def usual_period(desk: Desk, name: Namer) -> tuple[str, str]:
    """Give the usual period of a figure: the days until yesterday, in the city's zone."""
    last = desk.now().astimezone(name.reader.zone).date() - timedelta(days=1)
    return str(last - timedelta(days=USUAL_D - 1)), str(last)


def _face(sources: Any, desk: Desk, books: AccountBooks, held: Matter, name: Namer) -> MatterFace:
    steps, now = sources.accountability_steps, desk.now()
    english = name.reader.language == "en"
    step = next((one for one in steps.all if one.code == held.step), None)
    lines = books.matters.lines(held.number)
    papers = [one.detail for one in lines if one.detail.startswith("WS")]
    decided = held.decision
    return MatterFace(
        reader=name.reader,
        row=matter_row(held, steps, now, name, desk),
        version=held.version,
        asks="" if step is None else step.asks_en if english else step.asks_zh,
        evidence=[evidence_row(one, books, desk, name) for one in held.evidence],
        proposed_by=held.proposed_by.name,
        approved=[(one.by.name, one.at) for one in held.approvals],
        appeal=held.appeal,
        decision=None
        if decided is None
        else (name.reader.words[f"accountability_act_{decided.act.value}"], decided.by.name,
              decided.ground),
        papers=papers[::-1],
        acts=frozenset(one.value for one in may_do(desk, held, now)),
        held_back=held_back(desk, held, name),
        below=[(one.code, rung_name(steps, one.code, name)) for one in steps.below(held.step)],
        figures=figure_choices(name),
        period=usual_period(desk, name),
        steps=[step_told(one, name) for one in lines],
    )  # fmt: skip
