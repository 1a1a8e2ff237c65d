"""The cubes are what plain SQL counts in the tickets, whatever came in and in what order."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from data_sources.cube_building import CubeBuilding
from data_sources.cube_checking import CubeChecking
from data_sources.cube_tables import cube_days, cube_durations, cube_hours
from data_sources.cube_writes import buckets
from data_sources.database import writing
from data_sources.figure_reads import FigureReads
from data_sources.ledger import SqlLedger
from operations.pulse.sums import CITY, COUNTERS, Period, Slice
from operations.tickets.ticket import GeoQuality, Status
from tests.builders import NOW, at, ticket
from tests.cubes import NEW_YORK, SHANGHAI, any_state, deliveries, keeping, local_days

STREET = GeoQuality.STREET
DAY = NOW.astimezone(SHANGHAI).date()
WHOLE = Period(DAY - timedelta(days=90), DAY + timedelta(days=9))


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


def kept(engine):
    """Give all that the cubes hold, without cells of zeros."""
    found = {}
    with engine.connect() as connection:
        for table in (cube_days, cube_hours, cube_durations):
            for row in connection.execute(table.select()):
                told = tuple(row[5:])
                if table is cube_durations:
                    told = tuple(buckets(one) for one in told)
                if any(told):
                    found[table.name, *row[:5]] = told
        repeats = connection.execute(text("SELECT ticket_id FROM repeats ORDER BY 1")).scalars()
        return found, list(repeats)


def differences(engine, keeping):
    found, compared = CubeChecking(engine, keeping).differences()
    return found, compared > 300


def build(engine, keeping, most=70):
    building = CubeBuilding(engine, keeping)
    building.begin(epoch=2)
    while building.step(most):
        pass


@pytest.mark.parametrize("zone", [SHANGHAI, NEW_YORK], ids=str)
@pytest.mark.parametrize("seed", [1, 2])
def test_kept_is_rebuilt_is_what_plain_sql_counts(engine, seed, zone):
    dice, cubes = random.Random(seed), keeping(zone)
    ledger = SqlLedger(engine, cubes=cubes)
    for number, batch in enumerate(deliveries(dice, tickets=250, times=25)):
        ledger.store(batch, clock=NOW + timedelta(hours=number))
    assert differences(engine, cubes) == ([], True)
    totals = FigureReads(engine, local_days(zone)).totals(CITY, WHOLE)
    assert all(totals.counts), dict(zip(COUNTERS, totals.counts, strict=True))
    before = kept(engine)
    build(engine, cubes)
    assert kept(engine) == before


def test_tickets_that_come_while_they_are_made_anew_are_counted_once(engine):
    dice, cubes = random.Random(3), keeping()
    ledger, building = SqlLedger(engine, cubes=cubes), CubeBuilding(engine, cubes)
    for batch in deliveries(dice, tickets=120, times=15):
        ledger.store(batch, clock=NOW)
    building.begin(epoch=2)
    share, reads = [], FigureReads(engine, local_days())
    for batch in deliveries(dice, tickets=200, times=30):
        ledger.store(batch, clock=NOW)
        share.append(reads.counted_share())
        building.step(9)
    while building.step(9):
        pass
    assert share[0] == 0.0
    assert share == sorted(share) or max(share) < 1.0
    assert reads.counted_share() == 1.0
    assert differences(engine, cubes) == ([], True)


def test_a_wrong_sum_is_found(engine):
    cubes = keeping()
    SqlLedger(engine, cubes=cubes).store([ticket(department="water")], clock=NOW)
    with writing(engine) as connection:
        wrong = (
            "UPDATE cube_days SET opened = opened + 1 WHERE department = 'water' AND grouping = 1"
        )
        connection.execute(text(wrong))
    (found,), _ = CubeChecking(engine, cubes).differences()
    assert found.where == f"cube_days {DAY} water"
    assert (found.shown[0], found.counted[0]) == (2, 1)


def test_cubes_are_made_anew_where_they_are_not_those_of_the_ledger(engine):
    cubes = keeping()
    building = CubeBuilding(engine, cubes)
    without = SqlLedger(engine)
    without.store([ticket(external_id=f"T-{n}", created_at=at(-n)) for n in range(30)], clock=NOW)
    assert building.prepare(epoch=5) == "never counted"
    while building.step(7):
        pass
    assert building.prepare(epoch=6) is None
    assert differences(engine, cubes)[0] == []
    without.store([ticket(external_id="T-99")], clock=NOW)
    assert building.prepare(epoch=7) == "tickets were stored without them"
    while building.step(7):
        pass
    assert CubeBuilding(engine, keeping(NEW_YORK)).why() == "calendar or definitions changed"
    version = FigureReads(engine, local_days()).version(CITY)
    assert version.epoch == 7
    assert differences(engine, cubes)[0] == []


def test_a_ledger_of_another_calendar_leaves_the_sums_alone(engine):
    SqlLedger(engine, cubes=keeping()).store([ticket()], clock=NOW)
    SqlLedger(engine, cubes=keeping(NEW_YORK)).store([ticket(external_id="T-2")], clock=NOW)
    reads = FigureReads(engine, local_days())
    assert reads.totals(CITY, WHOLE)["opened"] == 1
    assert CubeBuilding(engine, keeping()).why() == "tickets were stored without them"


def test_hours_are_kept_for_a_while_and_days_for_ever(engine):
    cubes = keeping(kept_hours_d=30)
    ledger, reads = SqlLedger(engine, cubes=cubes), FigureReads(engine, local_days())
    dice = random.Random(4)
    ledger.store([any_state(dice, number) for number in range(200)], clock=NOW)
    assert differences(engine, cubes) == ([], True)
    ledger.store([], clock=at(24 * 10))
    assert reads.hours(CITY, WHOLE)[0][0] < DAY - timedelta(days=20)
    CubeBuilding(engine, cubes).forget_hours()
    assert reads.hours(CITY, WHOLE)[0][0] >= DAY - timedelta(days=20)
    assert reads.days(CITY, WHOLE)[:60] != []
    assert differences(engine, cubes)[0] == []


def repeats_of(engine, tickets):
    """Give which of tickets, stored one by one in this order, are repeats at the end."""
    ledger = SqlLedger(engine, cubes=keeping())
    for one in tickets:
        ledger.store([one], clock=NOW)
    statement = (
        "SELECT external_id FROM tickets JOIN repeats ON ticket_id = id ORDER BY external_id"
    )
    with engine.connect() as connection:
        return list(connection.execute(text(statement)).scalars())


def test_a_repeat_is_within_thirty_days_of_the_same_caller_or_exact_place(engine):
    def told(name, days, **changes):
        return ticket(external_id=name, created_at=at(24 * days), **changes)

    elsewhere = {"latitude": 37.9}
    tickets = [
        told("b first", 0),
        told("c same place", 29, caller_key="another"),
        told("d too late", 60, **elsewhere),
        told("e other category", 61, category="noise", **elsewhere),
        told("f same caller", 89, **elsewhere),
        told("g no caller, elsewhere", 90, caller_key=None, latitude=37.1),
        told("h place of the street", 90, caller_key="x", geo_quality=STREET, **elsewhere),
        told("a at the same moment", 0, caller_key="another"),
    ]
    assert repeats_of(engine, tickets) == ["c same place", "f same caller"]


def test_a_ticket_corrected_unmakes_the_repeats_it_made(engine):
    first, second = ticket(created_at=at(-9)), ticket(external_id="T-2")
    assert repeats_of(engine, [second, first]) == ["T-2"]
    moved = replace(first, caller_key="another", latitude=37.9, updated_at=at(1))
    assert repeats_of(engine, [moved]) == []
    back = replace(first, updated_at=at(2))
    assert repeats_of(engine, [back]) == ["T-2"]
    gone = replace(back, created_at=at(5), updated_at=at(6))
    assert repeats_of(engine, [gone]) == ["T-1"]
    reads = FigureReads(engine, local_days())
    assert reads.totals(Slice(category="water_quality"), WHOLE)["repeats"] == 1


def test_a_withdrawn_ticket_was_opened_and_is_due_nowhere(engine):
    gone = ticket(status=Status.WITHDRAWN, due_at=at(-30), closed_at=at(-1), updated_at=at(1))
    SqlLedger(engine, cubes=keeping()).store([gone], clock=at(24))
    told = FigureReads(engine, local_days()).totals(CITY, WHOLE)
    assert [told[name] for name in ("opened", "targets", "due", "closed")] == [1, 1, 0, 0]
