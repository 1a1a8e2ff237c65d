"""A reveal has a field, a reason and an end."""

import pytest

from operations.errors import BadInput
from operations.people.retention import Retention
from operations.people.reveal import reveal
from tests.builders import NOW, at

TICKET = ("demo", "T-1")


def asked(**changes):
    given = {"field": "phone", "who": "li", "reason": "回访核实", "now": NOW} | changes
    return reveal(TICKET, given.pop("field"), **given)


def test_a_reveal_covers_its_field_for_who_asked_until_it_ends():
    line = asked(minutes=30)
    assert line.until == at(0.5)
    assert line.covers("phone", "li", at(0.4))
    assert not line.covers("phone", "li", at(0.5))
    assert not line.covers("name", "li", NOW)
    assert not line.covers("phone", "wang", NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"field": "caller_key"}, "field"),
        ({"field": None}, "field"),
        ({"reason": None}, "reason"),
        ({"reason": "   ab "}, "reason"),
        ({"reason": "x" * 501}, "reason"),
        ({"reason": "first\nsecond"}, "reason"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 121}, "minutes"),
        ({"minutes": True}, "minutes"),
        ({"minutes": "5"}, "minutes"),
    ],
)
def test_what_cannot_be_asked_names_its_field(changes, field):
    with pytest.raises(BadInput) as found:
        asked(**changes)
    assert found.value.field == field


@pytest.mark.parametrize(
    ("person_d", "words_d", "all_d"), [(365, 1095, 1095), (365, 30, 365), (0, 30, 0), (30, 0, 0)]
)
def test_the_words_are_never_erased_before_the_person(person_d, words_d, all_d):
    assert Retention(person_d, words_d, 90).all_d == all_d
