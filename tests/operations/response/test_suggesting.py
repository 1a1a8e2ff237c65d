"""Whose a ticket should be: every reason, the order, and against a plain enumeration."""

import random
from datetime import date, timedelta

import pytest

from operations.pulse.sums import NOBODY, Period, Slice
from operations.response.catalogue import Found
from operations.response.suggesting import (
    COOPERATING_POINTS,
    DUTY_POINTS,
    FEW,
    HISTORY_D,
    HISTORY_POINTS,
    MOST,
    NAMED_POINTS,
    WORD_POINTS,
    Suggester,
    Told,
    Why,
    hands_of,
    suggest,
)
from operations.tickets.changes import Change, Step
from tests.builders import LONGKOU, NOW, ticket
from tests.cubes import SHANGHAI
from tests.duties import UNITS, any_duties, catalogue, duty
from tests.figures import MemoryFigures, sums

TODAY = date(2026, 11, 24)


def whys(candidate):
    return [one.why for one in candidate.reasons]


def one_told(dice, duties):
    units = [one.code for one in UNITS]
    found = [Found(one, dice.choice(("", "词"))) for one in dice.sample(duties, 4)]
    return Told(
        found=tuple(sorted(found, key=lambda one: not one.word)),
        finished={code: dice.randint(0, 40) for code in dice.sample([*units, NOBODY], 4)},
        named={code: code for code in dice.sample(units, dice.randint(0, 1))},
        holder=dice.choice([None, *units]),
        held=frozenset(dice.sample(units, 2)),
        returned=frozenset(dice.sample(units, dice.randint(0, 2))),
    )


def plainly(told, held, district):
    """Ask of every unit there is what speaks for it, and order them."""
    among = sum(told.finished.values())
    listed = []
    for unit in sorted([one.code for one in UNITS]):
        leads = [one for one in told.found if held.lead(one.duty, district) == unit]
        beside = [
            one for one in told.found
            if unit in (held.unit(kind, one.duty, district) for kind in one.duty.cooperating)
        ]  # fmt: skip
        reasons = set()
        reasons |= {Why.WORD} if any(one.word for one in leads) else set()
        reasons |= {Why.DUTY} if any(not one.word for one in leads) else set()
        reasons |= {Why.COOPERATING} if beside else set()
        reasons |= {Why.HISTORY} if told.finished.get(unit) else set()
        reasons |= {Why.NAMED} if unit in told.named else set()
        reasons |= {Why.HOLDS} if told.holder == unit else set()
        is_past = unit in told.held and unit != told.holder and unit not in told.returned
        reasons |= {Why.HELD} if is_past else set()
        reasons |= {Why.RETURNED} if unit in told.returned else set()
        if not reasons:
            continue
        of_duties = {Why.WORD: WORD_POINTS, Why.DUTY: DUTY_POINTS,
                     Why.COOPERATING: COOPERATING_POINTS}  # fmt: skip
        points = max((of_duties.get(why, 0) for why in reasons), default=0)
        points += NAMED_POINTS if Why.NAMED in reasons else 0
        points += HISTORY_POINTS * told.finished.get(unit, 0) / (among + FEW)
        listed.append((Why.RETURNED in reasons, -points, unit, reasons))
    return sorted(listed, key=lambda one: one[:3])[:MOST]


@pytest.mark.parametrize("seed", range(40))
def test_candidates_equal_a_plain_enumeration(seed: int) -> None:
    dice = random.Random(seed)
    duties = any_duties(12, seed)
    held, told = catalogue(*duties), one_told(dice, duties)
    district = dice.choice([LONGKOU, "370602", None])
    found = suggest(told, held, district)
    expected = plainly(told, held, district)
    assert [one.department for one in found] == [row[2] for row in expected]
    assert [set(whys(one)) for one in found] == [row[3] for row in expected]
    for one, row in zip(found, expected, strict=True):
        assert one.points == pytest.approx(-row[1])
        assert len(whys(one)) == len(set(whys(one))), "each reason once"


def test_a_word_tells_more_than_the_category_and_the_category_than_one_who_helps() -> None:
    general = duty("general", cooperating=("housing",))
    told = Told(found=(Found(duty("tele", lead="telecom"), "电信"), Found(general)))
    found = suggest(told, catalogue(general), None)
    assert [one.department for one in found] == ["telecom", "urban", "housing"]
    assert found[1].cooperating == ("housing",)
    assert found[0].reasons[0].word == "电信"
    assert found[0].reasons[0].duty.code == "tele"


def test_who_sent_it_back_comes_last_and_is_not_dropped() -> None:
    told = Told(found=(Found(duty()),), holder="housing", returned=frozenset({"urban"}))
    found = suggest(told, catalogue(), None)
    assert [(one.department, one.returned) for one in found] == [
        ("housing", False), ("urban", True)
    ]  # fmt: skip
    assert whys(found[1]) == [Why.DUTY, Why.RETURNED]


def test_few_finished_tickets_make_no_rule() -> None:
    told = Told(found=(Found(duty()),), finished={"housing": 1})
    assert suggest(told, catalogue(), None)[0].department == "urban"
    told = Told(found=(Found(duty()),), finished={"housing": 400, "urban": 3})
    assert suggest(told, catalogue(), None)[0].department == "housing"


def test_nothing_known_suggests_nobody() -> None:
    assert suggest(Told(), catalogue(), LONGKOU) == []
    assert suggest(Told(finished={NOBODY: 9}), catalogue(), LONGKOU) == []


def test_the_past_is_that_of_the_category_in_the_district_in_days_that_are_over() -> None:
    figures, yesterday = MemoryFigures(), TODAY - timedelta(days=1)
    first = yesterday - timedelta(days=HISTORY_D - 1)
    where = {"category": "manhole", "district": LONGKOU}
    figures.put(yesterday, sums(handled=3), department="urban", **where)
    figures.put(first, sums(handled=4), department="housing", **where)
    for day, other in (
        (TODAY, where),
        (first - timedelta(days=1), where),
        (yesterday, where | {"category": "noise"}),
        (yesterday, where | {"district": "370602"}),
    ):
        figures.put(day, sums(handled=50), department="power", **other)
    suggester = Suggester(catalogue(), UNITS, SHANGHAI)
    found = suggester.candidates(ticket(category="manhole"), [], NOW, figures)
    told = {one.department: one.reasons[0] for one in found}
    assert set(told) == {"urban", "housing"}
    assert (told["urban"].times, told["urban"].among, told["urban"].days) == (3, 7, HISTORY_D)


def test_a_unit_the_words_name_is_suggested_by_any_of_its_names() -> None:
    suggester = Suggester(catalogue(), UNITS, SHANGHAI)
    one = ticket(category="manhole", text="城 管 局说归联通公司管")
    found = suggester.candidates(one, [], NOW)
    assert {(each.department, each.reasons[0].word) for each in found} == {
        ("urban", "城管局"), ("telecom", "联通公司")
    }  # fmt: skip


def test_hands_are_read_off_the_history() -> None:
    changes = [
        Change(NOW, Step.DISPATCHED, None, "urban"),
        Change(NOW, Step.RETURNED, "urban"),
        Change(NOW, Step.REASSIGNED, "urban", "housing"),
        Change(NOW, Step.RETURNED),
        Change(NOW, Step.EXTENDED, "2026-11-24", "2026-11-25"),
    ]
    assert hands_of(changes) == (frozenset({"urban", "housing"}), frozenset({"urban"}))
    suggester = Suggester(catalogue(), UNITS, SHANGHAI)
    found = suggester.candidates(ticket(category="x", department="power"), changes, NOW)
    assert [(one.department, whys(one)) for one in found] == [
        ("housing", [Why.HELD]), ("power", [Why.HOLDS]), ("urban", [Why.RETURNED])
    ]  # fmt: skip


def test_one_read_of_the_past_is_asked_however_many_duties_speak() -> None:
    asked = []

    class Counting:
        def by(self, axis: str, slice_: Slice, period: Period):
            asked.append((axis, slice_, period))
            return {}

    suggester = Suggester(catalogue(*any_duties(200)), UNITS, SHANGHAI)
    found = suggester.candidates(ticket(category="manhole"), [], NOW, Counting())
    assert len(asked) == 1
    assert 0 < len(found) <= MOST
