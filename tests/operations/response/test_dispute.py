"""What a dispute may become, whatever people ask for and in whatever order."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.errors import BadInput
from operations.response.clinic import (
    MOST_NOTES,
    Clinic,
    ClinicAct,
    ClinicAsked,
    Note,
    Session,
    planned,
)
from operations.response.clinic import done as clinic_done
from operations.response.dispute import Act, Candidate, Cause, Draft, Stance, State
from operations.response.dispute_actions import (
    ACTIONS,
    Asked,
    Table,
    detail_of,
    done,
    opened,
)
from operations.response.opinion import signed
from tests.builders import NOW, at

UNITS = ("water", "drainage", "telecom", "nobody")
TABLE = Table(NOW, "王主任", frozenset(UNITS[:3]).__contains__)
OPENED = replace(
    opened(("demo", "T-1"), Cause.HAND, "三家都说不是自己的", TABLE), number="ZY2026-1"
)


def invited(*units, deadline=None):
    wanted = Asked(
        departments=tuple(Candidate(one) for one in units or ("water", "drainage")),
        deadline=deadline or at(4),
    )
    return done(OPENED, Act.INVITE, wanted, TABLE)


def said(held, unit, stance, **more):
    return done(held, Act.SAY, Asked(department=unit, stance=stance, **more), TABLE)


def test_one_key_asks_everybody_until_one_deadline():
    held = invited()
    assert (held.state, held.deadline, held.version) == (State.CONSULTING, at(4), 2)
    assert held.silent == ["water", "drainage"]
    more = done(held, Act.INVITE, Asked(departments=(Candidate("telecom"),)), TABLE)
    assert more.silent == ["water", "drainage", "telecom"]
    assert more.deadline == at(4)


def test_one_more_invitation_does_not_move_the_time_for_opinions():
    held, one_more = invited(), (Candidate("telecom"),)
    for deadline in (at(1), at(24)):
        with pytest.raises(BadInput) as refused:
            done(held, Act.INVITE, Asked(departments=one_more, deadline=deadline), TABLE)
        assert refused.value.field == "deadline"
    same = done(held, Act.INVITE, Asked(departments=one_more, deadline=at(4)), TABLE)
    soon = replace(TABLE, now=at(3.9))
    assert done(held, Act.INVITE, Asked(departments=one_more), soon).deadline == same.deadline
    with pytest.raises(BadInput, match="prolonged"):
        done(held, Act.INVITE, Asked(departments=one_more), replace(TABLE, now=at(5)))


def test_an_invitation_says_until_when():
    wanted = Asked(departments=(Candidate("water"), Candidate("drainage")), deadline=at(4))
    said = detail_of(Act.INVITE, wanted, done(OPENED, Act.INVITE, wanted, TABLE))
    assert said == f"water drainage · {at(4).isoformat()}"


def test_the_last_word_of_each_counts_and_votes_are_added():
    held = said(invited("water", "drainage", "telecom"), "water", "not_ours", said="不在管网图上")
    held = said(held, "water", "cooperate", votes_for="drainage")
    held = said(held, "drainage", "lead")
    held = said(held, "telecom", "not_ours", said="不是通信井", votes_for="drainage")
    assert held.votes() == {"drainage": 3}
    assert held.word_of("water").stance is Stance.COOPERATE
    assert held.silent == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"department": "telecom", "stance": "lead"}, "department"),
        ({"department": "water", "stance": "perhaps"}, "stance"),
        ({"department": "water", "stance": "not_ours"}, "said"),
        ({"department": "water", "stance": "lead", "votes_for": "drainage"}, "votes_for"),
        ({"department": "water", "stance": "cooperate", "votes_for": "nobody"}, "votes_for"),
    ],
)
def test_a_word_that_cannot_be_is_refused(asked, field):
    with pytest.raises(BadInput) as refused:
        done(invited(), Act.SAY, Asked(**asked), TABLE)
    assert refused.value.field == field


def test_after_the_deadline_a_word_waits_for_more_time():
    held, late = invited(), replace(TABLE, now=at(5))
    word = Asked(department="water", stance="lead")
    with pytest.raises(BadInput, match="prolonged"):
        done(held, Act.SAY, word, late)
    longer = done(held, Act.PROLONG, Asked(deadline=at(9), reason="节假日"), late)
    assert done(longer, Act.SAY, word, late).word_of("water").stance is Stance.LEAD


def test_only_who_offers_to_lead_is_agreed_on():
    held = said(invited(), "water", "cooperate", votes_for="drainage")
    with pytest.raises(BadInput, match="has not said that it leads"):
        done(held, Act.AGREE, Asked(lead="drainage"), TABLE)
    held = said(held, "drainage", "lead")
    after = done(held, Act.AGREE, Asked(lead="drainage", cooperating=("water",)), TABLE)
    assert (after.state, after.outcome.lead, after.outcome.cooperating) == (
        State.AGREED, "drainage", ("water",),
    )  # fmt: skip
    assert not after.is_living


WANTED = st.builds(
    Asked,
    ticket=st.sampled_from([("demo", "T-1"), ("demo", "T-2"), None]),
    departments=st.lists(st.sampled_from(UNITS).map(Candidate), max_size=3).map(tuple),
    deadline=st.sampled_from([None, at(0.01), at(1), at(100), at(24 * 60)]),
    department=st.sampled_from(UNITS),
    stance=st.sampled_from([*Stance, "perhaps"]),
    votes_for=st.sampled_from(["", *UNITS]),
    said=st.sampled_from(["", "不属于我"]),
    lead=st.sampled_from(["", *UNITS]),
    cooperating=st.lists(st.sampled_from(UNITS), max_size=3).map(tuple),
    clinic=st.sampled_from(["", "ZZ2026-0001"]),
    reason=st.sampled_from(["", " ", "有原因"]),
)
HEARD = Clinic(number="ZZ2026-0001", version=1, state=Session.PLANNED, at=NOW, chair="李市长",
               changed_at=NOW)  # fmt: skip
STEPS = st.lists(
    st.tuples(st.sampled_from([*ACTIONS, Act.RULE]), WANTED, st.sampled_from([0, 1, 5, 200])),
    max_size=30,
)
BEFORE = {
    State.CONSULTING: {State.OPEN, State.CONSULTING},
    State.AGREED: {State.CONSULTING},
    State.UNRESOLVED: {State.CONSULTING, State.SCHEDULED, State.UNRESOLVED},
    State.SCHEDULED: {State.UNRESOLVED, State.SCHEDULED},
    State.RULED: {State.SCHEDULED},
    State.WITHDRAWN: {State.OPEN, State.CONSULTING, State.UNRESOLVED},
    State.OPEN: {State.OPEN},
}


@given(STEPS)
def test_no_sequence_of_acts_skips_a_stage_or_leaves_a_bad_dispute(steps):
    held = OPENED
    for act, wanted, hours in steps:
        table = replace(TABLE, now=at(hours))
        before = held
        try:
            if act is Act.RULE:
                draft = Draft(lead=wanted.lead, cooperating=wanted.cooperating, due_at=at(300),
                              basis="第12项", decision="牵头")  # fmt: skip
                opinion = signed(held, HEARD, draft, table, verified=True)
                assert opinion.lead in UNITS[:3]
                assert opinion.lead not in opinion.cooperating
                held = replace(held, state=State.RULED, version=held.version + 1, opinion="MZ")
            else:
                held = done(held, act, wanted, table)
        except BadInput:
            assert held is before
            continue
        assert before.state in BEFORE[held.state]
        assert held.version == before.version + 1
        assert held.changed_at >= before.changed_at
        assert held.tickets
        assert len({one.department for one in held.words}) == len(held.words)
        assert {one.department for one in held.words} <= held.invited <= set(UNITS[:3])
        assert before.is_living
        if held.state is State.AGREED:
            assert held.word_of(held.outcome.lead).stance is Stance.LEAD
        if held.state is State.SCHEDULED:
            assert held.clinic == "ZZ2026-0001"


def test_a_clinic_is_planned_moved_and_held_with_minutes():
    made = replace(planned("", ClinicAsked(at=at(5), chair="李市长"), NOW, "王"), number="ZZ")
    moved = clinic_done(made, ClinicAct.MOVE, ClinicAsked(at=at(6), reason="会议冲突"), NOW, "王")
    assert (moved.at, moved.chair) == (at(6), "李市长")
    with pytest.raises(BadInput, match="not begun"):
        clinic_done(moved, ClinicAct.HOLD, ClinicAsked(minutes="记录"), at(5), "王")
    with pytest.raises(BadInput, match="minutes"):
        clinic_done(moved, ClinicAct.HOLD, ClinicAsked(), at(7), "王")
    held = clinic_done(moved, ClinicAct.HOLD, ClinicAsked(minutes="记录"), at(7), "王")
    assert (held.state, held.version) == (Session.HELD, 3)


def test_further_notes_stand_beside_the_minutes_and_change_none():
    made = replace(planned("", ClinicAsked(at=NOW, chair="李市长"), NOW, "王"), number="ZZ")
    held = clinic_done(made, ClinicAct.HOLD, ClinicAsked(minutes="记录"), at(1), "王")
    for hours, minutes in ((2, "补一句"), (3, "再补")):
        asked = ClinicAsked(minutes=minutes)
        held = clinic_done(held, ClinicAct.HOLD, asked, at(hours), "李")
    assert (held.state, held.version, held.minutes) == (Session.HELD, 4, "记录")
    assert held.notes == (Note(at(2), "李", "补一句"), Note(at(3), "李", "再补"))
    full = replace(held, notes=held.notes * (MOST_NOTES // 2))
    with pytest.raises(BadInput, match="20 further notes"):
        clinic_done(full, ClinicAct.HOLD, ClinicAsked(minutes="又补"), at(4), "李")
    for act in (ClinicAct.MOVE, ClinicAct.CANCEL):
        with pytest.raises(BadInput):
            clinic_done(held, act, ClinicAsked(reason="改期"), at(4), "李")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (ClinicAsked(chair="李"), "at"),
        (ClinicAsked(at=NOW - timedelta(hours=25), chair="李"), "at"),
        (ClinicAsked(at=at(24 * 400), chair="李"), "at"),
        (ClinicAsked(at=at(5)), "chair"),
        (ClinicAsked(at=at(5), chair="李", place="长" * 200), "place"),
    ],
)
def test_a_clinic_that_cannot_be_is_refused(asked, field):
    with pytest.raises(BadInput) as refused:
        planned("", asked, NOW, "王")
    assert refused.value.field == field
