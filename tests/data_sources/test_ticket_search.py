"""Tickets are looked for within what somebody may see, on both databases, by their indexes."""

import re
from itertools import product

import pytest
from sqlalchemy import text

from data_sources.ledger import SqlLedger
from data_sources.ticket_search import TicketFinder
from data_sources.word_index import WordIndex
from operations.people.permissions import Field, Subject
from operations.people.person import Person, Ring
from operations.people.roles import Role
from operations.people.sight import WITHOUT_ACCOUNTS, sight_of
from operations.tickets.search import EVER, TicketSearch
from operations.tickets.ticket import Status
from tests.builders import NOW, at, ticket

EVERYTHING = TicketSearch(days=EVER)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


@pytest.fixture
def shelf(engine):
    return Shelf(engine)


class Shelf:
    """A ledger with its finder."""

    def __init__(self, engine):
        self.ledger, self.index, self.finder = (
            SqlLedger(engine), WordIndex(engine), TicketFinder(engine)
        )  # fmt: skip

    def put(self, name, **changes):
        self.ledger.store([ticket(external_id=name, **changes)], clock=NOW)
        while self.index.catch_up():
            pass

    def found(self, asked=EVERYTHING, sight=WITHOUT_ACCOUNTS, most=50, skip=0):
        tickets = self.finder.find(asked, sight, NOW, most=most, skip=skip)
        return [one.external_id for one in tickets]


def somebody(role, **more):
    return sight_of(Person("p", "n", "l", frozenset({role}), **more))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["T-2", "T-1"]),
        ({"days": EVER}, ["T-2", "T-1", "T-old"]),
        ({"days": 7}, ["T-2"]),
        ({"words": "发黄"}, ["T-2"]),
        ({"words": "发黄", "days": EVER}, ["T-2", "T-old"]),
        ({"words": "发黄", "department": "water", "days": EVER}, ["T-old"]),
        ({"number": "T-old"}, ["T-old"]),
        ({"number": "T-old", "words": "噪音"}, []),
        ({"number": "T"}, []),
        ({"department": "water"}, ["T-1"]),
        ({"district": "370602"}, ["T-1"]),
        ({"category": "noise"}, ["T-1"]),
        ({"status": "closed"}, ["T-2"]),
    ],
)
def test_a_search_is_narrowed_and_the_newest_come_first(shelf, asked, expected):
    shelf.put("T-1", created_at=at(days=-20), department="water", district="370602",
              category="noise", title="噪音扰民", text="", source="12345")  # fmt: skip
    shelf.put("T-2", status=Status.CLOSED, closed_at=NOW)
    shelf.put("T-old", created_at=at(days=-400), department="water")
    assert shelf.found(TicketSearch(**asked)) == expected


def test_a_list_is_cut_into_pages_after_it_was_narrowed(shelf):
    for number in range(6):
        department = "water" if number % 2 else "housing"
        shelf.put(f"T-{number}", department=department, created_at=at(number))
    sight = somebody(Role.DEPARTMENT_HANDLER, department="water")
    assert shelf.found(sight=sight, most=2) == ["T-5", "T-3"]
    assert shelf.found(sight=sight, most=2, skip=2) == ["T-1"]


def test_everybody_finds_what_the_gate_would_show(shelf):
    codes = list(
        product(("water", "housing", None), ("370681", "370602", None), ("370681104", None))
    )
    for number, (department, district, town) in enumerate(codes):
        for confidential in (False, True):
            shelf.put(f"T-{number}-{confidential}", department=department, district=district,
                      town=town, confidential=confidential)  # fmt: skip
    people = [
        somebody(role, department="water", ring=ring, place=place)
        for role in (Role.CENTRE_STAFF, Role.DEPARTMENT_HANDLER, Role.LEADER, Role.SYSTEM_ADMIN)
        for ring, place in (
            (Ring.CITY, None), (Ring.COUNTY, "370681"), (Ring.TOWN, "370681104"),
            (Ring.COUNTY, None),
        )
    ]  # fmt: skip
    for sight in people:
        seen = {
            f"T-{number}-{confidential}"
            for number, where in enumerate(codes)
            for confidential in (False, True)
            if sight.holds(Subject(Field.TICKET, *where), confidential=confidential)
        }
        assert set(shelf.found(sight=sight)) == seen
        assert set(shelf.found(TicketSearch(words="发黄"), sight)) == seen


@pytest.mark.parametrize(
    "asked",
    [
        {"words": "发黄"}, {"words": "发黄", "days": EVER, "category": "noise"},
        {"number": "T-1"}, {}, {"department": "water"}, {"category": "noise", "days": EVER},
    ],
)  # fmt: skip
def test_no_search_goes_through_all_tickets(shelf, engine, asked):
    shelf.put("T-1")
    asked = TicketSearch(**asked)
    statement, values = shelf.finder.statement(asked, WITHOUT_ACCOUNTS, NOW)
    values |= {"most": 51, "skip": 0}
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            rows = connection.execute(text(f"EXPLAIN QUERY PLAN {statement}"), values).all()
            plan = [row[-1] for row in rows]
            assert not [step for step in plan if step.startswith("SCAN tickets")], plan
            key = r"PRIMARY KEY|ux_tickets_identity|ix_tickets_(category_)?created"
        else:
            connection.execute(text("SET enable_seqscan = off"))  # one row is read whole otherwise
            plan = [row[0] for row in connection.execute(text(f"EXPLAIN {statement}"), values)]
            assert not [step for step in plan if "Seq Scan on tickets" in step], plan
            key = r"pk_tickets|tickets_pkey|ux_tickets_identity|ix_tickets_(category_)?created"
    assert [step for step in plan if re.search(key, step)], plan
