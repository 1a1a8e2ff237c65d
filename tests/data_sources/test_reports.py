"""Reads for a cluster's evidence give what counts, near by, and by an index."""

import pytest
from sqlalchemy import text

from data_sources import reports as module
from data_sources.ledger import SqlLedger
from data_sources.reports import ReportReads
from data_sources.rows import us_of
from operations.tickets.ticket import GeoQuality, Status
from tests.builders import LONGKOU, NOW, NOW_US, at, ticket
from tests.clusters import DAY_US


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


def around(engine, **changes):
    asked = {
        "latitude": 37.6461, "longitude": 120.4778, "within_km": 5.0,
        "since_us": NOW_US - 300 * DAY_US, "until_us": NOW_US,
    }  # fmt: skip
    return ReportReads(engine).around("water_quality", **(asked | changes))


def test_counted_reports_near_by_come_in_order_of_time(engine, store):
    store(created_at=at(-2), caller_key="a")
    store(created_at=at(-5), caller_key="b")
    store(created_at=at(-1), caller_key="a")
    store(created_at=at(-3), caller_key=None)
    store(created_at=at(-4), caller_key=None)
    found = around(engine)
    assert found.time_us.tolist() == [us_of(at(-h)) for h in (5, 4, 3, 2, 1)]
    assert len(set(found.caller.tolist())) == 4
    assert found.caller[3] == found.caller[4]
    assert found.identity[0] == ("demo", "T-1")
    assert set(found.district) == {LONGKOU}
    assert found.since_us == us_of(at(-5))


def test_what_is_not_counted_is_left_out(engine, store):
    store(created_at=at(-1))
    store(category="noise")
    store(parent="T-0")
    store(status=Status.WITHDRAWN)
    store(geo_quality=GeoQuality.FALLBACK)
    store(geo_quality=GeoQuality.NONE, latitude=None, longitude=None)
    store(created_at=at(1))
    store(created_at=at(-24 * 301))
    store(latitude=37.75)
    assert len(around(engine)) == 1
    assert len(around(engine, within_km=None)) == 2


def test_too_many_are_cut_to_the_newest_and_so_is_the_past(engine, store, monkeypatch):
    monkeypatch.setattr(module, "MOST_ROWS", 2)
    for hours in (3, 1, 2):
        store(created_at=at(-hours))
    found = around(engine)
    assert found.time_us.tolist() == [us_of(at(-2)), us_of(at(-1))]
    assert found.since_us == us_of(at(-2))


def test_an_empty_ledger_has_no_past(engine):
    found = around(engine)
    assert len(found) == 0
    assert found.since_us == NOW_US


def test_members_are_counted_by_who_holds_them(engine, store):
    store(department="water")
    store(department="water")
    store(department="water", status=Status.CLOSED, closed_at=NOW)
    store()
    store(department="housing")
    members = [("demo", f"T-{n}") for n in range(4)] + [("demo", "gone")]
    assert ReportReads(engine).holders(members) == [("water", 2, 1), (None, 1, 0)]
    assert ReportReads(engine).holders(members * 300)[0].open == 2
    assert ReportReads(engine).holders([]) == []


def test_reports_are_read_by_an_index_on_category_and_time(engine, store):
    for _ in range(5):
        store()
    box, values = module._box(37.6, 120.5, 5.0)
    values |= {"category": "water_quality", "since": 0, "until": NOW_US, "most": 10}
    statement = module._AROUND.format(box=box)
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":  # five rows are read faster without any index
            connection.execute(text("SET enable_seqscan = off"))
            plan = connection.execute(text(f"EXPLAIN {statement}"), values)
        else:
            plan = connection.execute(text(f"EXPLAIN QUERY PLAN {statement}"), values)
        said = " ".join(str(row) for row in plan)
    assert "ix_tickets_category_created" in said
    assert "TEMP B-TREE" not in said
