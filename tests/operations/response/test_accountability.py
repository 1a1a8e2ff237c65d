"""Accountability: whatever people try, in whatever order, no forbidden state is reached."""

import ast
import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.errors import BadInput
from operations.response.accountability import (
    ACCOUNTABILITY,
    Act,
    Evidence,
    Kind,
    Matter,
    Signatory,
    State,
)
from operations.response.accountability_actions import Asked, Table, done, proposed
from operations.response.accountability_paper import lowered, paper_of
from operations.response.accountability_steps import Standing
from tests.accountability import (
    DEPARTMENTS,
    FIRST,
    HANDLER,
    JUDGE,
    PROPOSER,
    SECOND,
    STEPS,
    WORDS,
    asked,
    evidence,
)
from tests.builders import NOW

DAY = timedelta(days=1)
ROOT = Path(__file__).parents[3]


def table(by: Signatory, now=NOW, finds=lambda _one: True) -> Table:
    return Table(now, by, STEPS, DEPARTMENTS.__contains__, finds)


def new(**changes) -> Matter:
    made = proposed("water", None, asked(**changes), (), table(PROPOSER))
    return replace(made, number="WZ2026-0001")


def through(held: Matter, *steps: tuple[Signatory, Act]) -> Matter:
    for by, act in steps:
        held = done(held, act, Asked(reason="理由", step="remind"), table(by))
    return held


TWICE = ((FIRST, Act.APPROVE), (SECOND, Act.APPROVE))
ISSUED = (*TWICE, (PROPOSER, Act.ISSUE))


def standing(step: str, *, days_ago: int = 1, days: int = 100) -> Standing:
    issued = NOW - days_ago * DAY
    return Standing("WS2026-0001", step, issued, issued + days * DAY)


def test_a_step_is_not_skipped():
    for step, there in (("talk", ()), ("criticise", (standing("remind"),)),
                        ("refer", (standing("talk"),))):  # fmt: skip
        with pytest.raises(BadInput, match="which does not stand"):
            proposed("water", None, asked(step=step), there, table(PROPOSER))
    for step, there in (("remind", ()), ("talk", (standing("remind"),)),
                        ("talk", (standing("criticise"),)),
                        ("criticise", (standing("talk"),))):  # fmt: skip
        made = proposed("water", None, asked(step=step), there, table(PROPOSER))
        assert made.step == step


def test_an_earlier_step_stands_as_long_as_the_city_says():
    for days, stands in ((2, True), (1, False)):
        there = (standing("remind", days_ago=1, days=days),)
        if stands:
            proposed("water", None, asked(step="talk"), there, table(PROPOSER))
            continue
        with pytest.raises(BadInput, match="talk follows remind"):
            proposed("water", None, asked(step="talk"), there, table(PROPOSER))
    later = (standing("remind", days_ago=-1),)
    with pytest.raises(BadInput, match="talk follows remind"):
        proposed("water", None, asked(step="talk"), later, table(PROPOSER))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"evidence": ()}, "evidence"),
        ({"evidence": (Evidence(kind=Kind.WORDS),)}, "evidence"),
        ({"evidence": (Evidence(kind=Kind.FIGURE, ref="on_time_rate"),)}, "evidence"),
        ({"evidence": tuple(evidence(n) for n in range(51))}, "evidence"),
        ({"why": "  "}, "why"),
        ({"step": "dismiss"}, "step"),
    ],
)
def test_what_cannot_be_proposed_names_its_field(changes, field):
    with pytest.raises(BadInput) as refused:
        proposed("water", None, asked(**changes), (), table(PROPOSER))
    assert refused.value.field == field


def test_evidence_has_to_be_there():
    with pytest.raises(BadInput, match="no ticket 'demo/T-1'"):
        proposed("water", None, asked(), (), table(PROPOSER, finds=lambda _one: False))
    with pytest.raises(BadInput, match="no department"):
        proposed("nobody", None, asked(), (), table(PROPOSER))


def test_what_one_approves_is_what_the_other_approves():
    held = done(new(), Act.ATTACH, Asked(evidence=(WORDS,)), table(PROPOSER))
    assert held.evidence == (evidence(), WORDS)
    with pytest.raises(BadInput, match="attached already"):
        done(held, Act.ATTACH, Asked(evidence=(WORDS,)), table(PROPOSER))
    approved = through(held, TWICE[0])
    with pytest.raises(BadInput, match="attach does not follow seconded"):
        done(approved, Act.ATTACH, Asked(evidence=(evidence(2),)), table(PROPOSER))


def test_two_others_approve_it():
    for by, steps in ((PROPOSER, ()), (FIRST, TWICE[:1]), (PROPOSER, TWICE[:1])):
        with pytest.raises(BadInput) as refused:
            done(through(new(), *steps), Act.APPROVE, Asked(), table(by))
        assert refused.value.field == "person"
    renamed = replace(FIRST, name="改名（first）")
    with pytest.raises(BadInput, match="another person's"):
        done(through(new(), TWICE[0]), Act.APPROVE, Asked(), table(renamed))


def test_an_appeal_is_decided_by_somebody_else_and_in_time():
    held = through(new(), *ISSUED)
    assert held.appeal_until == NOW + 5 * DAY
    with pytest.raises(BadInput, match="may still appeal"):
        done(held, Act.CLOSE, Asked(), table(PROPOSER))
    late = table(HANDLER, NOW + 5 * DAY + timedelta(seconds=1))
    with pytest.raises(BadInput, match="time for an appeal is over"):
        done(held, Act.APPEAL, Asked(reason="x"), late)
    assert done(held, Act.CLOSE, Asked(), late).state is State.CLOSED
    appealed = through(held, (HANDLER, Act.APPEAL))
    for by in (PROPOSER, FIRST, SECOND):
        for act in (Act.UPHOLD, Act.RESCIND):
            with pytest.raises(BadInput, match="had no hand in it"):
                done(appealed, act, Asked(reason="x"), table(by))
    upheld = through(appealed, (JUDGE, Act.UPHOLD))
    assert (upheld.state, upheld.decision.ground) == (State.UPHELD, "理由")
    assert through(appealed, (JUDGE, Act.RESCIND)).state is State.WITHDRAWN


def test_a_change_only_lowers_it():
    made = proposed("water", None, asked(step="talk"), (standing("remind"),), table(PROPOSER))
    appealed = through(made, *ISSUED, (HANDLER, Act.APPEAL))
    for step in ("talk", "criticise", "none", ""):
        with pytest.raises(BadInput, match="a step below"):
            done(appealed, Act.CHANGE, Asked(reason="x", step=step), table(JUDGE))
    changed = done(appealed, Act.CHANGE, Asked(reason="x", step="remind"), table(JUDGE))
    assert (changed.state, changed.step) == (State.CHANGED, "remind")
    paper = lowered(appealed, STEPS, "remind", JUDGE, NOW, "x")
    assert (paper.appeal_until, paper.stands_until) == (None, NOW + 180 * DAY)


@pytest.mark.parametrize("act", [Act.DECLINE, Act.WITHDRAW])
def test_an_end_needs_a_reason(act):
    with pytest.raises(BadInput, match="reason"):
        done(new(), act, Asked(reason=" "), table(FIRST))
    assert done(new(), act, Asked(reason="证据不足"), table(FIRST)).version == 2


def test_the_digest_is_of_all_a_paper_says():
    paper = paper_of(through(new(), *TWICE), STEPS, PROPOSER, NOW)
    other = replace(paper, evidence=(*paper.evidence, WORDS))
    assert len({paper.digest, other.digest, replace(paper, number="WS2026-0002").digest}) == 3
    assert paper.digest == replace(paper).digest


PEOPLE = (PROPOSER, FIRST, SECOND, JUDGE, HANDLER)
TRIES = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE), st.sampled_from([one for one in Act if one is not Act.PROPOSE]),
        st.sampled_from(["", "理由"]), st.sampled_from(["remind", "talk", ""]),
        st.integers(0, 7),
    ),
    max_size=40,
)  # fmt: skip


@given(TRIES)
def test_no_sequence_of_acts_reaches_what_is_forbidden(tries):
    held, now, seen = new(), NOW, [new()]
    for by, act, reason, step, days in tries:
        now += days * DAY
        try:
            held = done(held, act, Asked(reason=reason, step=step, evidence=(WORDS,)),
                        table(by, now))  # fmt: skip
        except BadInput:
            continue
        seen.append(held)
        people = [one.by.person for one in held.approvals]
        assert len(set(people)) == len(people) <= 2
        assert PROPOSER.person not in people
        assert len(people) == 2 or not held.is_issued
        assert held.decision is None or held.decision.by.person not in held.hands
        assert held.step == "remind", "nothing is below the lowest step"
    assert [one.version for one in seen] == list(range(1, len(seen) + 1))
    for before, after in pairwise(seen):
        assert before.evidence == after.evidence[: len(before.evidence)]
        assert before.approvals == after.approvals[: len(before.approvals)]
        assert not before.is_issued or before.evidence == after.evidence


def test_every_state_is_reached_and_every_end_is_one():
    ends = {state for state in ACCOUNTABILITY.states if not ACCOUNTABILITY.open_acts(state)}
    assert ends == {State.DECLINED, State.WITHDRAWN, State.CLOSED}
    assert set(ACCOUNTABILITY.states) == set(State)


ROOMS = re.compile(
    r"(operations/response|data_sources|data_sources/migrations/versions|api|callbacks|layouts"
    r"|layouts/parts|papers)/(\d+_)?account(ability|ing)\w*\.py"
)
TOLD = {
    *("admitting.py", "responding.py", "playing.py", "webserver.py"),
    "guarding.py",  # no browser keeps its pages
    *("api/door.py", "api/doors.py", "api/audit.py", "operations/people/permissions.py"),
    *("callbacks/pages.py", "callbacks/leader.py", "callbacks/home.py", "callbacks/audit.py"),
    *("callbacks/ticket_watch.py", "layouts/home.py", "layouts/supervision_face.py"),
    *("layouts/parts/supervision.py", "layouts/response_wording.py", "layouts/audit_wording.py"),
    *("layouts/supervision_wording.py", "data_sources/connect_response.py"),
    *("data_sources/evidence_reads.py", "data_sources/feeds/demo_city/holding.py"),
    *("operations/response/ports_accountability.py", "operations/tickets/supervision.py"),
    *("operations/tickets/supervision_actions.py", "papers/wording.py", "api/supervising.py"),
    "data_sources/migrations/versions/0029_nothing_past_the_lock.py",  # guards its keys
    "operations/people/anonymity.py",  # knows its numbers, to hide them
}
"""Who joins it to the house; what searches, exports, draws walls or streams is not among them."""


def test_nothing_else_knows_of_it():
    found = set()
    for path in ROOT.rglob("*.py"):
        place = path.relative_to(ROOT)
        if place.parts[0] in ("tests", "scripts") or place.parts[0].startswith("."):
            continue
        if not ROOMS.fullmatch(str(place)) and "accountability" in path.read_text("utf-8"):
            found.add(str(place))
    assert found <= TOLD


PROPOSERS = {
    "operations/response/accounting.py", "callbacks/accounting.py", "api/accountability.py",
    "data_sources/feeds/demo_city/holding.py",
}  # fmt: skip
"""What may propose: the rule, the door a person stands at, and the made-up people of the demo."""


def test_nothing_proposes_by_itself():
    found = set()
    for path in ROOT.rglob("*.py"):
        parts = path.relative_to(ROOT).parts
        if parts[0] in ("tests", "scripts") or parts[0].startswith("."):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            calls = isinstance(node, ast.Call)
            name = getattr(node.func, "attr", getattr(node.func, "id", "")) if calls else ""
            if name in ("propose", "proposed", "Accounting"):
                found.add("/".join(parts))
    assert found == PROPOSERS
