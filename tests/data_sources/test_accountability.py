"""Accountability on SQLite and PostgreSQL: what the database itself refuses, races, the audit."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data_sources.accountability_steps import read_steps
from data_sources.audit_log import SqlAudit
from data_sources.database import writing
from operations.errors import BadInput, Conflict
from operations.people.audit import AuditSearch
from operations.response.accountability import Act, Signatory, State
from operations.response.accountability_actions import Asked
from operations.response.ports_accountability import Within
from tests.accountability import (
    FIRST,
    HANDLER,
    JUDGE,
    PROPOSER,
    SECOND,
    WORDS,
    Room,
    asked,
    evidence,
)

ATTEMPTS = 1_000
DAY = timedelta(days=1)
ALL = Within(everywhere=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def room(request):
    return Room(request.getfixturevalue(f"{request.param}_engine"))


def test_a_matter_and_a_paper_have_the_next_number_of_their_year(room):
    first, second = room.issued(), room.proposed(department="drainage")
    assert (first.number, first.paper, second.number) == (
        "WZ2026-0001", "WS2026-0001", "WZ2026-0002",
    )  # fmt: skip
    assert room.book.matter(first.number) == first
    paper = room.book.paper("WS2026-0001")
    assert (paper.matter, paper.department, paper.step) == ("WZ2026-0001", "water", "remind")
    assert [one.by for one in paper.approvals] == [FIRST, SECOND]
    assert [line.act for line in room.book.lines(first.number)] == [
        Act.PROPOSE, Act.APPROVE, Act.APPROVE, Act.ISSUE,
    ]  # fmt: skip
    assert room.book.lines(first.number)[-1].detail == "WS2026-0001"


def test_the_next_step_needs_a_paper_that_stands(room):
    with pytest.raises(BadInput, match="talk follows remind"):
        room.proposed(step="talk")
    room.issued()
    with pytest.raises(BadInput, match="talk follows remind"):
        room.proposed(step="talk", department="drainage")
    held = room.issued(step="talk")
    assert held.paper == "WS2026-0002"
    room.now += 181 * DAY
    assert room.book.standing("water", room.now) == []
    with pytest.raises(BadInput, match="criticise follows talk"):
        room.proposed(step="criticise")


def test_a_step_is_asked_again_when_it_is_issued(room):
    first = room.appealed()
    second = room.approved(step="talk")
    room.do(first, JUDGE, Act.RESCIND, reason="事实有误")
    with pytest.raises(BadInput, match="talk follows remind"):
        room.do(second, PROPOSER, Act.ISSUE)
    assert room.book.matter(second.number) == second
    assert room.book.paper("WS2026-0002") is None


def test_a_changed_paper_is_replaced_and_both_are_kept(room):
    room.issued()
    held = room.appealed(step="talk")
    changed = room.do(held, JUDGE, Act.CHANGE, reason="已整改到位", step="remind")
    assert (changed.state, changed.paper, changed.step) == (
        State.CHANGED, "WS2026-0003", "remind",
    )  # fmt: skip
    paper = room.book.paper(changed.paper)
    assert (paper.replaces, paper.ground) == ("WS2026-0002", "已整改到位")
    assert room.book.paper("WS2026-0002").step == "talk"
    assert [one.paper for one in room.book.standing("water", room.now)] == [
        "WS2026-0001", "WS2026-0003",
    ]  # fmt: skip


def test_who_comes_second_is_told_what_is_held(room):
    held = room.proposed()
    first = room.do(held, FIRST, Act.APPROVE)
    with pytest.raises(Conflict) as refused:
        room.do(held, SECOND, Act.APPROVE)
    assert refused.value.held == first


def test_the_same_again_changes_nothing(room):
    made = room.hand(PROPOSER).propose("water", None, asked(), key="once")
    assert room.hand(PROPOSER).propose("water", None, asked(), key="once") == made
    assert room.book.counts(ALL) == {State.PROPOSED: 1}
    for _ in range(2):
        after = room.hand(FIRST).act(
            made.number, Act.APPROVE, Asked(), expected_version=1, key="approve"
        )
        assert (after.version, len(after.approvals)) == (2, 1)
    with pytest.raises(Conflict):  # the key is each person's own
        room.hand(SECOND).act(made.number, Act.APPROVE, Asked(), expected_version=1, key="approve")
    assert len(room.book.lines(made.number)) == 2


def test_a_key_is_one_acts_in_one_matter(room):
    first, second = room.proposed(), room.proposed(department="drainage")
    hand = room.hand(FIRST)
    approved = hand.act(first.number, Act.APPROVE, Asked(), expected_version=1, key="approve")
    for number, version, act in (
        (second.number, 1, Act.APPROVE), (first.number, 2, Act.DECLINE),
    ):  # fmt: skip
        with pytest.raises(BadInput, match="another act") as refused:
            hand.act(number, act, Asked(reason="x"), expected_version=version, key="approve")
        assert refused.value.field == "key"
    assert room.book.matter(second.number) == second
    assert room.book.matter(first.number) == approved
    again = room.hand(PROPOSER)
    more = Asked(evidence=(WORDS,))
    kept = again.act(second.number, Act.ATTACH, more, expected_version=1, key="more")
    assert again.act(second.number, Act.ATTACH, more, expected_version=1, key="more") == kept
    other = Asked(evidence=(evidence(7),))
    with pytest.raises(BadInput, match="another act"):
        again.act(second.number, Act.ATTACH, other, expected_version=1, key="more")


def test_a_proposal_with_other_contents_is_not_the_one_that_is_there(room):
    hand = room.hand(PROPOSER)
    made = hand.propose("water", None, asked(), key="once")
    kept = room.do(made, PROPOSER, Act.ATTACH, evidence=(WORDS,))
    assert hand.propose("water", None, asked(), key="once") == kept
    for department, changes in (
        ("drainage", {}), ("water", {"why": "另一件事"}), ("water", {"evidence": (evidence(8),)}),
    ):  # fmt: skip
        with pytest.raises(BadInput, match="another act"):
            hand.propose(department, None, asked(**changes), key="once")
    assert room.book.counts(ALL) == {State.PROPOSED: 1}


def test_lists_hold_what_one_may_see(room):
    room.issued()
    room.proposed()
    room.proposed(department="drainage")
    every = tuple(State)

    def found(within):
        return [one.number for one in room.book.listed(every, within, most=9).rows]

    assert found(ALL) == ["WZ2026-0003", "WZ2026-0002", "WZ2026-0001"]
    assert found(Within(department="water")) == ["WZ2026-0001"]
    assert found(Within(department="drainage")) == []
    assert found(Within(district="370681")) == []
    assert found(Within()) == []
    assert room.book.counts(Within(department="water")) == {State.ISSUED: 1}
    page = room.book.listed(every, ALL, most=2)
    assert page.after is not None
    assert [one.number for one in room.book.listed(every, ALL, most=2, after=page.after).rows] == [
        "WZ2026-0001"
    ]


def test_the_audit_log_names_neither_department_nor_ground(room):
    held = room.do(room.appealed(), JUDGE, Act.UPHOLD, reason="证据确凿")
    found = SqlAudit(room.engine).find(AuditSearch(act="accountability"), most=50)
    assert [line.act for line in reversed(found)] == [
        "accountability.propose", "accountability.approve", "accountability.approve",
        "accountability.issue", "accountability.appeal", "accountability.uphold",
    ]  # fmt: skip
    assert {line.subject for line in found} == {held.number}
    told = " ".join(line.before + line.after + line.reason for line in found)
    for word in ("water", "逾期", "设备故障", "证据确凿", "T-1"):
        assert word not in told
    assert room.book.paper(held.paper).digest in told


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accountability_papers SET body = '{}'",
        "UPDATE accountability_papers SET until_us = 0",
        "DELETE FROM accountability_papers",
        "UPDATE accountability_approvals SET person = 'p-judge'",
        "DELETE FROM accountability_approvals",
        "INSERT INTO accountability_approvals VALUES (1, 3, 'p-judge', 0)",
        "INSERT INTO accountability_approvals VALUES (2, 1, 'p-proposer', 0)",
        "INSERT INTO accountability_approvals VALUES (1, 1, 'p-judge', 0)",
        "INSERT INTO accountability_papers VALUES (9, 'WS-9', 2, 'water', 'remind', 0, 0, '{}')",
        "UPDATE accountability_lines SET reason = ''",
        "DELETE FROM accountability_lines",
        "DELETE FROM accountability",
        "UPDATE accountability SET department = 'drainage'",
        "UPDATE accountability SET proposer = 'p-judge', version = version + 1",
        "UPDATE accountability SET state = 'closed'",
    ],
)
def test_the_database_itself_refuses_to_undo_it(room, statement):
    room.issued()
    room.proposed()
    with pytest.raises(DBAPIError), writing(room.engine) as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize("room", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "statement",
    [
        ("accountability_lines SELECT matter_id, version + 9, at_us, person, actor, verified, act,"
        " detail, reason, key FROM accountability_lines"),
        ("accountability_approvals SELECT matter_id, rank + 9, person, at_us"
        " FROM accountability_approvals"),
    ],
)  # fmt: skip
def test_nothing_of_it_is_replaced_by_another_of_its_keys(room, statement):
    held = room.issued()
    with pytest.raises(DBAPIError, match="never"), writing(room.engine) as connection:
        connection.execute(text(f"INSERT OR REPLACE INTO {statement}"))
    assert room.book.matter(held.number) == held


def test_of_a_thousand_approvals_two_people_give_one_each(room):
    held = room.proposed()
    people = [PROPOSER, *(Signatory(f"p-{n}", f"n ({n})", True) for n in range(4))]
    refused, guard = [], threading.Lock()

    def press(turn):
        for n in range(turn, ATTEMPTS, 8):
            seen = room.book.matter(held.number)
            by = people[n % len(people)]
            try:
                room.hand(by).act(
                    held.number, Act.APPROVE, Asked(), expected_version=seen.version, key=f"k{n}"
                )
            except (BadInput, Conflict) as error:
                with guard:
                    refused.append(error)

    hands = [threading.Thread(target=press, args=(turn,)) for turn in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    after = room.book.matter(held.number)
    approvers = {one.by.person for one in after.approvals}
    assert (after.state, after.version, len(approvers)) == (State.APPROVED, 3, 2)
    assert PROPOSER.person not in approvers
    assert len(refused) == ATTEMPTS - 2
    with writing(room.engine) as connection:
        kept = connection.execute(text("SELECT person FROM accountability_approvals")).scalars()
        assert set(kept) == approvers


def test_an_appeal_and_more_evidence_are_written(room):
    held = room.do(room.proposed(), PROPOSER, Act.ATTACH, evidence=(WORDS,))
    assert room.book.matter(held.number).evidence[-1] == WORDS
    appealed = room.appealed(department="drainage")
    kept = room.book.matter(appealed.number)
    assert (kept.appeal, kept.appealed_at) == ("设备故障，已修复", room.now)
    assert room.book.lines(appealed.number)[-1].by == HANDLER


def test_a_city_names_its_own_steps(tmp_path):
    file = tmp_path / "accountability.toml"
    step = '[[step]]\ncode = "a"\nname_zh = "一"\nname_en = "A"\nasks_zh = "x"\nasks_en = "x"\n'
    file.write_text(step, "utf-8")
    assert [one.code for one in read_steps(tmp_path).all] == ["a"]
    assert [one.code for one in read_steps(None).all] == ["remind", "talk", "criticise", "refer"]
    file.write_text(step + "stands_d = 0\n", "utf-8")
    with pytest.raises(BadInput, match="stands_d"):
        read_steps(tmp_path)
