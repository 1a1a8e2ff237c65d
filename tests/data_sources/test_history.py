"""Reads for drill-down give what the ledger holds, narrowed as asked."""

import pytest

from data_sources.history import History
from data_sources.ledger import SqlLedger
from operations.errors import BadInput
from operations.tickets.changes import Step
from operations.tickets.ticket import GeoQuality, Status, Urgency
from tests.builders import NOW, at, ticket


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


@pytest.fixture
def store(engine):
    ledger = SqlLedger(engine)
    numbers = iter(range(1_000))

    def put(**changes):
        ledger.store([ticket(external_id=f"T-{next(numbers)}", **changes)], clock=NOW)

    return put


def test_open_tickets_are_counted_by_cell_and_caller(engine, store):
    store(caller_key="a", due_at=at(-1))
    store(caller_key="a", urgency=Urgency.URGENT)
    store(caller_key="b")
    store(caller_key="b", status=Status.CLOSED, closed_at=NOW)
    store(caller_key=None)
    store(geo_quality=GeoQuality.DISTRICT)
    rows, unplaced = History(engine).open_cells(as_of=NOW)
    assert sorted(tuple(row)[1:] for row in rows if row.caller) == [("a", 2, 1, 1), ("b", 1, 0, 0)]
    assert [tuple(row)[1:] for row in rows if row.caller is None] == [(None, 1, 0, 0)]
    assert len({row.cell for row in rows}) == 1
    assert unplaced == 1


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, 5),
        ({"district": "370602"}, 1),
        ({"department": "water"}, 2),
        ({"category": "noise"}, 1),
        ({"measure": "overdue"}, 1),
        ({"measure": "urgent"}, 1),
        ({"measure": "unassigned"}, 3),
        ({"department": "water", "measure": "overdue"}, 0),
    ],
)
def test_map_is_narrowed(engine, store, where, expected):
    store(district="370602", department="water")
    store(category="noise", department="water", due_at=at(1))
    store(due_at=at(-1))
    store(urgency=Urgency.CRITICAL)
    store(geo_quality=GeoQuality.NONE, latitude=None, longitude=None)
    rows, unplaced = History(engine).open_cells(as_of=NOW, **where)
    assert sum(row.open for row in rows) + unplaced == expected


def test_what_cannot_be_narrowed_by_is_refused(engine):
    with pytest.raises(BadInput, match="measure"):
        History(engine).open_cells(as_of=NOW, measure="all; DROP TABLE tickets")
    with pytest.raises(BadInput, match="caller_key"):
        History(engine).open_cells(as_of=NOW, caller_key="a")


def test_ticket_comes_with_its_history(engine, store):
    store(status=Status.CLOSED, closed_at=at(2), updated_at=at(2))
    life = History(engine).life("demo", "T-0")
    assert life.ticket.closed_at == at(2)
    assert [change.step for change in life.changes] == [Step.ACCEPTED, Step.CLOSED]
    assert History(engine).life("demo", "none") is None


def test_revision_is_the_ledgers(engine, store):
    store()
    store()
    assert History(engine).revision() == 2


def test_codes_are_given_once_in_order_and_no_more_than_asked(engine, store):
    for category in ("noise", "water", "noise", "roads"):
        store(category=category, department="housing", district=None)
    store(category="noise", department=None, district="370602")
    history = History(engine)
    assert history.codes("category", 10) == ["noise", "roads", "water"]
    assert history.codes("category", 2) == ["noise", "roads"]
    assert history.codes("department", 10) == ["housing"]
    assert history.codes("district", 10) == ["370602"]
    with pytest.raises(BadInput, match="sealed"):
        history.codes("sealed", 10)
