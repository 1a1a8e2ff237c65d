"""The cubes are what plain SQL counts in the tickets, whatever came in and in what order."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import text

from data_sources.cube_tables import AXES, BIT, EACH, SINGLE
from data_sources.cube_witness import CubeWitness
from data_sources.cube_writes import buckets
from data_sources.database import reading
from data_sources.ledger import SqlLedger
from operations.pulse.sums import COUNTERS, NOBODY
from tests.builders import NOW
from tests.cubes import NEW_YORK, SHANGHAI, deliveries, keeping, local_days


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


def kept(engine, table):
    """Give what a cube holds: counters by (grouping, time, codes), without cells of zeros."""
    with engine.connect() as connection:
        rows = connection.execute(text(f"SELECT * FROM {table}")).all()
    found = {tuple(row[:5]): tuple(row[5 : 5 + len(COUNTERS)]) for row in rows}
    return {key: counts for key, counts in found.items() if any(counts)}


def kept_durations(engine):
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM cube_durations")).all()
    found = {tuple(row[:5]): (buckets(row[5]), buckets(row[6])) for row in rows}
    return {key: both for key, both in found.items() if any(both)}


def coarse(key, grouping):
    time, *codes = key
    kept_codes = (
        code if grouping & BIT[axis] else NOBODY for axis, code in zip(AXES, codes, strict=True)
    )
    return (grouping, time, *kept_codes)


def summed(counts, groupings):
    """Give plain SQL's counts by every grouping."""
    found = {}
    for key, counters in counts.items():
        for grouping in groupings:
            cell = coarse(key, grouping)
            held = found.get(cell, (0,) * len(COUNTERS))
            found[cell] = tuple(map(sum, zip(held, counters, strict=True)))
    return found


def counted(engine, zone=SHANGHAI):
    """Count days, hours and durations by plain SQL."""
    with reading(engine, may_make_tables=True) as connection:
        witness = CubeWitness(connection, local_days(zone))
        days, hours, took = witness.days(), witness.hours(), witness.durations()
        witness.close()
    durations = {}
    for key, pair in took.items():
        for grouping in (*SINGLE, EACH):
            held = durations.setdefault(coarse(key, grouping), (Counter(), Counter()))
            for one, more in zip(held, pair, strict=True):
                one.update(more)
    plain = {key: (dict(one), dict(two)) for key, (one, two) in durations.items()}
    return summed(days, (*SINGLE, EACH)), summed(hours, SINGLE), plain


def held(engine):
    return kept(engine, "cube_days"), kept(engine, "cube_hours"), kept_durations(engine)


@pytest.mark.parametrize("zone", [SHANGHAI, NEW_YORK], ids=str)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_kept_is_what_plain_sql_counts(engine, seed, zone):
    dice = random.Random(seed)
    ledger = SqlLedger(engine, cubes=keeping(zone))
    for number, batch in enumerate(deliveries(dice, tickets=150, times=25)):
        ledger.store(batch, clock=NOW + timedelta(hours=number))
    days, hours, durations = counted(engine, zone)
    assert held(engine) == (days, hours, durations)
    total = [sum(column) for column in zip(*days.values(), strict=True)]
    assert all(total), "every counter counts something"
    assert len(durations) > 20
