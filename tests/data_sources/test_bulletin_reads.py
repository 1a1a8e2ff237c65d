"""What a bulletin reads beside the sums: equal to plain SQL, and never a walk over history."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from data_sources.bulletin_reads import BulletinReads, overdue_by
from data_sources.database import reading
from data_sources.figure_reads import FigureReads
from data_sources.ledger import SqlLedger
from data_sources.watchbook import SqlWatchbook
from operations.detection.cluster import Phase
from operations.ports import Watched
from operations.pulse.sums import Slice
from operations.pulse.windows import from_us
from tests.builders import NOW, NOW_US, at, ticket
from tests.cubes import deliveries, keeping, local_days
from tests.watched import alarm, cluster

DAY_US = 86_400_000_000


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


def test_what_is_overdue_is_what_plain_sql_counts(engine):
    dice, ledger = random.Random(3), SqlLedger(engine, cubes=keeping())
    for batch in deliveries(dice, tickets=400, times=12):
        ledger.store(batch, clock=NOW)
    found = BulletinReads(engine).overdue(NOW)
    plain = (
        "SELECT coalesce({axis}, ''), count(*), min(due_us) FROM tickets WHERE due_us < :now"
        " AND status NOT IN ('closed', 'archived', 'withdrawn') GROUP BY 1"
    )
    with engine.connect() as connection:
        by = {
            axis: {
                code: (many, oldest)
                for code, many, oldest in connection.execute(
                    text(plain.format(axis=axis)), {"now": NOW_US}
                )
            }
            for axis in ("department", "district")
        }
    assert len(by["department"]) == 3
    told = {
        one.code: (one.overdue, round(one.oldest_due_at.timestamp() * 1e6)) for one in found.holders
    }
    assert told == by["department"]
    assert found.districts == {code: many for code, (many, _) in by["district"].items()}
    counts = [one.overdue for one in found.holders if one.code]
    assert counts == sorted(counts, reverse=True)
    assert found.holders[-1].code == "", "what nobody holds comes last"


def test_what_of_a_slice_is_overdue_is_its_part_of_the_whole(engine):
    dice, ledger = random.Random(3), SqlLedger(engine, cubes=keeping())
    for batch in deliveries(dice, tickets=400, times=12):
        ledger.store(batch, clock=NOW)
    reads = BulletinReads(engine)
    whole = reads.overdue(NOW)
    for holder in whole.holders:
        if holder.code:
            part = reads.overdue(NOW, Slice(department=holder.code))
            assert part.holders == (holder,)
            assert sum(part.districts.values()) == holder.overdue
    for code, many in whole.districts.items():
        if code:
            part = reads.overdue(NOW, Slice(district=code))
            assert part.districts == {code: many}
            assert sum(one.overdue for one in part.holders) == many


def test_overdue_tickets_are_found_by_the_index_of_open_ones(engine):
    ledger = SqlLedger(engine, cubes=keeping())
    late = {"due_at": at(-5), "created_at": at(-50)}
    ledger.store([ticket(external_id=f"T-{n}", **late) for n in range(30)], clock=NOW)
    with reading(engine) as connection:
        asked = overdue_by("department", connection)
        if engine.dialect.name == "sqlite":
            plan = connection.execute(text(f"EXPLAIN QUERY PLAN {asked}"), {"now": NOW_US}).all()
            said = " ".join(str(row[-1]) for row in plan)
        else:
            connection.execute(text("SET enable_seqscan = off"))
            plan = connection.execute(text(f"EXPLAIN {asked}"), {"now": NOW_US}).all()
            said = " ".join(str(row[0]) for row in plan)
    assert "ix_tickets_open_due" in said, said


def test_the_watch_of_a_period_is_what_lived_and_was_raised_in_it(engine):
    book = SqlWatchbook(engine)
    ended = {"phase": Phase.ENDED, "born_us": NOW_US - 5 * DAY_US}
    clusters = [
        cluster(id="lives", born_us=NOW_US - 9 * DAY_US),
        cluster(id="ended-in", **ended, changed_us=NOW_US, ended_us=NOW_US - DAY_US // 2),
        cluster(id="ended-before", **ended, changed_us=NOW_US, ended_us=NOW_US - 3 * DAY_US),
        cluster(id="born-after", born_us=NOW_US + DAY_US, changed_us=NOW_US + DAY_US),
    ]
    alarms = [
        alarm(id="in", raised_us=NOW_US - DAY_US // 2),
        alarm(id="before", raised_us=NOW_US - 2 * DAY_US, group="other"),
        alarm(id="at-the-end", raised_us=NOW_US, group="third"),
    ]
    book.keep(Watched(clusters=clusters, alarms=alarms))
    found = BulletinReads(engine).watched(from_us(NOW_US - DAY_US), NOW)
    assert {one.id for one in found.clusters} == {"lives", "ended-in"}
    assert [one.id for one in found.alarms] == ["in"]
    assert found.standing == 3


def test_the_first_day_that_is_counted(engine):
    reads = FigureReads(engine, local_days())
    assert reads.first_day() is None
    ledger = SqlLedger(engine, cubes=keeping())
    ledger.store(
        [ticket(), ticket(external_id="T-2", created_at=NOW - timedelta(days=9))], clock=NOW
    )
    assert reads.first_day() == date(2026, 11, 15)
