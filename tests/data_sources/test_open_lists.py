"""The open tickets to look at: which, in what order, and only what somebody may see."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import text

from data_sources.ledger import SqlLedger
from data_sources.open_lists import A_PIECE, LISTS, OpenLists, statement
from data_sources.rows import us_of
from operations.people.person import Person, Ring
from operations.people.roles import Role
from operations.people.sight import NOTHING, WITHOUT_ACCOUNTS, sight_of
from operations.pulse.sums import Slice
from operations.tickets.ticket import Status
from tests.builders import LONGKOU, NOW, at, ticket

CITY, WATER = Slice(), Slice(department="water")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


class Shelf:
    """A ledger with its lists."""

    def __init__(self, engine):
        self.ledger, self.lists, self.engine = SqlLedger(engine), OpenLists(engine), engine

    def put(self, name, **changes):
        plain = {"department": "water", "created_at": at(hours=-10), "due_at": at(hours=5)}
        self.ledger.store([ticket(external_id=name, **(plain | changes))], clock=NOW)

    def names(self, which, slice_=CITY, sight=WITHOUT_ACCOUNTS, most=8):
        found = self.lists.read(slice_, sight, NOW, most=most)
        return [one.external_id for one in found[which]]


@pytest.fixture
def shelf(engine):
    return Shelf(engine)


def somebody(role, **more):
    return sight_of(Person("p", "n", "l", frozenset({role}), **more))


def test_what_is_due_next_stands_first_and_what_is_late_does_not(shelf):
    shelf.put("later", due_at=at(hours=9))
    shelf.put("soon", due_at=at(hours=1))
    shelf.put("late", due_at=at(hours=-1))
    shelf.put("ended", due_at=at(hours=1), status=Status.CLOSED, closed_at=at(hours=-1))
    shelf.put("without", due_at=None)
    assert shelf.names("soon_late") == ["soon", "later"]


def test_who_waits_longest_stands_first(shelf):
    shelf.put("new", created_at=at(hours=-1))
    shelf.put("old", created_at=at(hours=-99))
    shelf.put("to-come", created_at=at(hours=1))
    assert shelf.names("waits") == ["old", "new"]


def test_what_was_returned_most_stands_first_and_says_by_whom(shelf):
    shelf.put("twice", department="water", updated_at=at(hours=-9))
    for hours, department, returns in ((-8, "housing", 1), (-7, "urban", 2)):
        status = Status.RETURNED if returns == 2 else Status.DISPATCHED
        shelf.put(
            "twice", department=department, returns=returns, status=status,
            updated_at=at(hours=hours), return_reason=f"为什么{returns}",
        )  # fmt: skip
    shelf.put("once", returns=1)
    shelf.put("never")
    found = shelf.lists.read(CITY, WITHOUT_ACCOUNTS, NOW, most=8)["returned"]
    assert [(one.external_id, one.returns) for one in found] == [("twice", 2), ("once", 1)]
    assert (found[0].returned_by, found[0].return_reason) == (("water", "housing"), "为什么2")


def test_a_list_is_of_its_slice(shelf):
    shelf.put("here", category="noise", district=LONGKOU)
    shelf.put("elsewhere", category="noise", district="370602")
    shelf.put("other", category="water_yellow", district=LONGKOU)
    shelf.put("foreign", department="housing", category="noise", district=LONGKOU)
    asked = replace(WATER, category="noise", district=LONGKOU)
    for which in ("soon_late", "waits"):
        assert shelf.names(which, asked) == ["here"]


def test_what_somebody_may_not_see_is_not_there(shelf):
    shelf.put("own", district=LONGKOU)
    shelf.put("sealed", district=LONGKOU, confidential=True)
    shelf.put("foreign", district="370602")
    county = somebody(Role.LEADER, ring=Ring.COUNTY, place=LONGKOU)
    assert shelf.names("waits", sight=county) == ["own"]
    handler = somebody(Role.DEPARTMENT_HANDLER, department="housing")
    assert shelf.names("waits", sight=handler) == []
    assert shelf.names("waits", sight=NOTHING) == []
    centre = somebody(Role.CENTRE_STAFF)
    assert set(shelf.names("waits", sight=centre)) == {"own", "sealed", "foreign"}


def test_a_list_is_filled_from_behind_what_is_not_for_somebody(shelf):
    tickets = [
        ticket(external_id=f"T-{n}", district="370602", created_at=at(hours=-99 - n))
        for n in range(A_PIECE + 5)
    ]
    shelf.ledger.store(tickets, clock=NOW)
    shelf.put("own", district=LONGKOU)
    county = somebody(Role.LEADER, ring=Ring.COUNTY, place=LONGKOU)
    assert shelf.names("waits", sight=county) == ["own"]


def test_a_list_ends_where_it_was_asked_to(shelf):
    for n in range(5):
        shelf.put(f"T-{n}", created_at=at(hours=-n - 1))
    assert shelf.names("waits", most=2) == ["T-4", "T-3"]


@pytest.mark.parametrize("which", LISTS)
@pytest.mark.parametrize(
    "slice_",
    [WATER, replace(WATER, category="noise"), Slice(district="1"), Slice(category="noise")],
)
def test_a_list_reads_open_tickets_by_their_index(shelf, which, slice_):
    tickets = [
        ticket(external_id=f"T-{n}", department="water" if n % 50 == 0 else f"d{n % 7}",
               category="noise" if n % 30 == 0 else "roads", district=str(n % 40),
               due_at=at(hours=n % 90 - 45),
               **({} if n % 40 == 0 else {"status": Status.CLOSED, "closed_at": NOW}))
        for n in range(4_000)
    ]  # fmt: skip
    shelf.ledger.store(tickets, clock=NOW)
    values = slice_.codes() | {"now": us_of(NOW), "piece": 1, "skip": 0}
    with shelf.engine.connect() as connection:
        sqlite = shelf.engine.dialect.name == "sqlite"
        if not sqlite:
            connection.execute(text("ANALYZE tickets"))
        explain = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
        asked = explain + statement(which, slice_, sqlite=sqlite)
        rows = connection.execute(text(asked), values).all()
    plan = " ".join(str(part) for row in rows for part in row)
    assert re.search(
        r"USING INDEX ix_tickets_(open_|due)|Scan (using|on) ix_tickets_(open_|due)", plan
    ), plan
