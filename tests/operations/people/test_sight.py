"""A list is narrowed by the same tables that the gate asks for one ticket."""

from itertools import product

import pytest

from operations.people.permissions import Act, Field, Subject, may
from operations.people.person import Person, Ring
from operations.people.roles import Role
from operations.people.sight import WITHOUT_ACCOUNTS, extents, sight_of

PLACES = {Ring.CITY: None, Ring.COUNTY: "370681", Ring.TOWN: "370681104"}
SUBJECTS = [
    Subject(Field.TICKET, *codes)
    for codes in product(
        ("water", "housing", None), ("370681", "370602", None), ("370681104", "370602001", None)
    )
]


@pytest.mark.parametrize("field", [Field.TICKET, Field.CALLER])
@pytest.mark.parametrize("ring", Ring)
def test_a_list_holds_what_the_gate_lets_through(ring: Ring, field: Field) -> None:
    seen = 0
    for role, through, department in product(Role, (None, *Role), ("water", None)):
        for place in {PLACES[ring], None}:
            person = Person(
                "p", "n", "l", frozenset({role}), department, ring, place, as_role=through
            )
            found = extents(person, Act.LOOK, field)
            for one in SUBJECTS:
                subject = Subject(field, one.department, one.district, one.town)
                holds = all(any(way.holds(subject) for way in group) for group in found)
                assert holds is may(person, Act.LOOK, subject), (person, subject)
                seen += holds
    assert seen, "somebody sees something"


def test_a_confidential_ticket_is_seen_by_whoever_may_see_who_called() -> None:
    subject = Subject(Field.TICKET, "water", "370681", None)
    for role, whole, confidential in (
        (Role.CENTRE_STAFF, True, True), (Role.LEADER, True, False), (Role.WALL, False, False),
    ):  # fmt: skip
        sight = sight_of(Person("p", "n", "l", frozenset({role})))
        assert sight.holds(subject) is whole
        assert sight.holds(subject, confidential=True) is confidential


def test_without_accounts_confidential_tickets_stay_shut() -> None:
    subject = Subject(Field.TICKET, "water", "370681", None)
    assert WITHOUT_ACCOUNTS.holds(subject)
    assert not WITHOUT_ACCOUNTS.holds(subject, confidential=True)


def test_who_sees_any_ticket_may_search_and_nobody_else() -> None:
    for role in Role:
        person = Person("p", "n", "l", frozenset({role}), "water")
        sees = any(sight_of(person).holds(one) for one in SUBJECTS)
        assert may(person, Act.SEARCH, Subject(Field.TICKET)) is sees, role
