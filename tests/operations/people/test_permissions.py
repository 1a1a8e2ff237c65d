import random

import pytest

from operations.errors import BadInput
from operations.people.account import person_of
from operations.people.permissions import GRANTS, Act, Field, Reach, Subject, may, standing
from operations.people.person import Person, Ring, signature, view_as
from operations.people.roles import ADMINISTRATORS, Role, read_roles
from tests.people import account, session

TICKET = Subject(Field.TICKET, department="water", district="370681", town="370681104")


def person(role: Role, **changes: object) -> Person:
    return person_of(account(roles=frozenset({role}), **changes))


def test_roles_are_read_by_name() -> None:
    assert read_roles(["leader", " Centre-Staff "]) == {Role.LEADER, Role.CENTRE_STAFF}


@pytest.mark.parametrize(
    "names",
    [
        [], ["king"], ["wall", "leader"], ["security_admin", "audit_admin"],
        ["audit_admin", "system_admin"], ["system_admin", "security_admin"],
    ],
)  # fmt: skip
def test_union_of_roles_that_must_not_be_is_refused(names: list[str]) -> None:
    with pytest.raises(BadInput, match="role"):
        read_roles(names)


def test_every_role_has_its_rows_and_no_two_administrators_share_a_power() -> None:
    assert set(GRANTS) == set(Role)
    shared = {Act.ENTER, Act.KEEP_ACCOUNT, Act.LOOK, Act.VIEW_AS, Act.SEE_PEOPLE}
    powers = [{grant.act for grant in GRANTS[role]} - shared for role in sorted(ADMINISTRATORS)]
    assert all(powers)
    assert sum(map(len, powers)) == len(set.union(*powers))


def test_no_administrator_and_no_wall_sees_a_ticket_or_a_caller() -> None:
    for role in (*ADMINISTRATORS, Role.WALL):
        fields = {grant.field for grant in GRANTS[role]}
        assert not fields & {Field.TICKET, Field.CALLER}, role


def test_nobody_may_what_no_row_says() -> None:
    nobody = Person("p", "n", "l", frozenset())
    for act in Act:
        for field in Field:
            own = (act, field) == (Act.KEEP_ACCOUNT, Field.NONE)
            assert may(nobody, act, Subject(field)) is own, "without a role, one's password alone"
            assert not may(person(Role.LEADER), Act.HANDLE, Subject(field))


@pytest.mark.parametrize(
    ("ring", "place", "seen"),
    [
        (Ring.CITY, None, True), (Ring.COUNTY, "370681", True), (Ring.COUNTY, "370602", False),
        (Ring.TOWN, "370681104", True), (Ring.TOWN, "370681", False), (Ring.COUNTY, None, False),
    ],
)  # fmt: skip
def test_ring_bounds_what_is_seen(ring: Ring, place: str | None, seen: bool) -> None:
    assert may(person(Role.SUPERVISOR, ring=ring, place=place), Act.LOOK, TICKET) is seen


def test_handler_sees_tickets_of_the_own_department_alone() -> None:
    handler = person(Role.DEPARTMENT_HANDLER, department="water")
    assert may(handler, Act.LOOK, TICKET)
    assert not may(handler, Act.LOOK, Subject(Field.TICKET, department="housing"))
    assert not may(handler, Act.LOOK, Subject(Field.TICKET)), "not a ticket of nobody"
    lost = person(Role.DEPARTMENT_HANDLER)
    assert not may(lost, Act.LOOK, Subject(Field.TICKET)), "no department is not every department"


def test_of_several_roles_any_will_do() -> None:
    both = person_of(account(roles=frozenset({Role.LEADER, Role.CENTRE_STAFF})))
    assert may(both, Act.HANDLE, Subject(Field.AGGREGATE))


def test_view_as_only_narrows() -> None:
    for own in Role:
        for other in Role:
            looking = view_as(person(own), other)
            for act in Act:
                for field in Field:
                    subject = Subject(field, "water", "370681")
                    assert may(person(own), act, subject) >= may(looking, act, subject)
    narrowed = view_as(person(Role.SYSTEM_ADMIN), Role.DEPARTMENT_HANDLER)
    assert not may(narrowed, Act.OPERATE, Subject())
    assert may(narrowed, Act.VIEW_AS, Subject()), "the way back stays open"


def test_reach_is_one_of_three() -> None:
    assert {grant.reach for rows in GRANTS.values() for grant in rows} == set(Reach)


def test_session_says_through_which_role_a_person_looks() -> None:
    seen = person_of(account(), session(as_role=Role.WALL))
    assert (seen.as_role, seen.verified) == (Role.WALL, True)


def test_signature_names_the_login_and_fits() -> None:
    assert signature(person(Role.LEADER)) == "王芳 (wang)"
    long = person_of(account(name="长" * 90))
    assert len(signature(long)) == 60
    assert signature(long).endswith("(wang)")


def test_who_stands_alike_may_the_same() -> None:
    dice, answers = random.Random(4), dict[str, tuple[bool, ...]]()
    codes = [None, "water", "370681", "370681104"]
    subjects = [
        Subject(field, department, district)
        for field in Field
        for department in codes
        for district in codes
    ]
    for number in range(400):
        one = Person(
            id=str(number), name=f"N{number}", login=f"l{number}",
            roles=frozenset(dice.sample(list(Role), dice.choice([0, 1, 1, 2]))),
            department=dice.choice(codes[:3]), ring=dice.choice(list(Ring)),
            place=dice.choice(codes), verified=dice.random() < 0.5,
            as_role=dice.choice([None, None, Role.LEADER, Role.WALL]),
        )  # fmt: skip
        told = tuple(may(one, act, subject) for act in Act for subject in subjects)
        assert answers.setdefault(standing(one), told) == told
    assert len(set(answers.values())) > 50, "many stand differently"
    assert len(answers) < 400, "and some alike"
