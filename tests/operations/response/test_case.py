"""A case: what is drafted from an incident, and what follows what."""

import json
from dataclasses import asdict

import pytest

from operations.errors import BadInput, Conflict
from operations.response.case import CASE, Act, Asked, Of, Passage, State
from operations.response.case_drafting import drafted
from tests.builders import NOW
from tests.cases import PLANTED, Shelf, material, reviewed
from tests.incidents import Scene


@pytest.fixture(scope="module")
def scene():
    return reviewed()


@pytest.fixture
def shelf(sqlite_engine):
    return Shelf(sqlite_engine)


def draft(scene, **changes):
    return drafted(material(scene, **changes), actor="王主任", now=NOW)


def test_nobody_and_no_place_is_in_a_draft(scene):
    told = json.dumps(asdict(draft(scene).facts), ensure_ascii=False, default=str)
    told += "".join(one.text for one in draft(scene).passages)
    assert [word for word in PLANTED if word in told] == []
    assert "定期冲洗" in told
    assert "从未开始的措施" not in told, "what was only planned teaches nothing"


def test_it_tells_of_the_chain_the_measures_and_how_long_it_took(scene):
    facts = draft(scene).facts
    assert (facts.category, facts.chain, facts.lead) == ("water_yellow", "water", "water_company")
    assert (facts.units, facts.local, facts.outside) == (("health",), 1, 1)
    assert facts.tickets == 40
    assert [(one.failed, one.cleared, one.began_here) for one in facts.links] == [
        (False, True, False), (True, True, True), (False, False, False)
    ]  # fmt: skip
    assert [one.name_zh for one in facts.links] == ["源头", "管道", ""], "a typed name is a passage"
    assert [one.owner for one in facts.links] == ["water_company", "", ""]
    assert [(one.quantity, one.value) for one in facts.findings] == [("浊度", 0.3), ("余氯", 0.02)]
    measure = facts.measures[0]
    assert (measure.began_d, measure.done_d, measure.verdict, measure.ratio) == (
        0,
        0,
        "fewer",
        0.13,
    )
    assert [(one.day, one.count) for one in facts.days] == [(-1, 3), (0, 30), (1, 4)]
    assert draft(scene).text(Of.LINK, 3) == "****居民家中"


def test_few_tickets_are_not_counted(scene):
    assert draft(scene, tickets=4).facts.tickets is None


@pytest.mark.parametrize("made", [lambda: reviewed(exercise=True), Scene])
def test_a_drill_and_what_was_not_reviewed_make_no_case(made):
    with pytest.raises(BadInput) as refused:
        draft(made())
    assert refused.value.field == "incident"


def test_what_is_published_was_read_as_it_is(shelf):
    held = shelf.draft()
    for texts, read, field in (
        ({}, False, "read"),
        ({"title_0": "换个题目"}, True, "texts"),
        ({"nothing_1": "x"}, True, "texts"),
    ):
        with pytest.raises(BadInput) as refused:
            shelf.do(held, Act.PUBLISH, read=read, **texts)
        assert refused.value.field == field
    assert shelf.book.case(held.number) == held
    after = shelf.do(held, Act.PUBLISH, read=True)
    assert (after.state, after.read_by, after.published_at) == (State.PUBLISHED, "王主任", NOW)
    assert after.passages == held.passages


@pytest.mark.parametrize(("text", "field"), [("title_0", "title"), ("summary_0", "summary"),
                                             ("lesson_1", "lesson")])  # fmt: skip
def test_a_case_has_title_summary_and_a_lesson(shelf, text, field):
    held = shelf.do(shelf.draft(), Act.REVISE, **{text: " "})
    with pytest.raises(BadInput) as refused:
        shelf.do(held, Act.PUBLISH, read=True)
    assert refused.value.field == field


def test_what_is_typed_into_a_draft_is_hidden_too(shelf):
    held = shelf.do(shelf.draft(), Act.REVISE, lesson_1="李建国在松泉花园：早冲洗", decision_1="")
    assert held.text(Of.LESSON, 1) == "***在****：早冲洗"
    assert held.texts(Of.DECISION) == []
    with pytest.raises(BadInput) as refused:
        shelf.do(held, Act.REVISE, title_0="字" * 61)
    assert refused.value.field == "title"


def test_what_became_a_name_meanwhile_is_hidden_before_it_is_published(shelf):
    held = shelf.draft()
    late = shelf.people(names=frozenset({"冲洗"}))
    with pytest.raises(BadInput) as refused:
        late.act(held.number, Act.PUBLISH, Asked(read=True), expected_version=1, key="late")
    assert refused.value.field == "texts"


def test_what_is_published_is_only_ever_taken_out_with_a_reason(shelf):
    held = shelf.published()
    for act in (Act.REVISE, Act.DISCARD, Act.PUBLISH):
        with pytest.raises(BadInput) as refused:
            shelf.do(held, act, read=True)
        assert refused.value.field == "act"
    with pytest.raises(BadInput) as refused:
        shelf.do(held, Act.WITHDRAW)
    assert refused.value.field == "reason"
    gone = shelf.do(held, Act.WITHDRAW, reason="还能认出人")
    assert (gone.state, gone.passages) == (State.WITHDRAWN, held.passages)
    assert CASE.open_acts(gone.state) == []


def test_who_comes_second_is_told(shelf):
    held = shelf.draft()
    shelf.do(held, Act.REVISE, lesson_1="早冲洗")
    with pytest.raises(Conflict) as refused:
        shelf.do(held, Act.PUBLISH, read=True)
    assert refused.value.held == shelf.book.case(held.number)


def test_passages_have_names_of_their_own(scene):
    keys = [one.key for one in draft(scene).passages]
    assert len(keys) == len(set(keys))
    assert Passage(Of.LESSON, 2, "x").key == "lesson/2"
