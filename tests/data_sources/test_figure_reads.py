"""Reads of the cubes: any slice and period equals the tickets, and each is a range of an index."""

import random
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, text

from data_sources.cube_witness import CubeWitness
from data_sources.database import reading
from data_sources.figure_reads import FigureReads
from data_sources.ledger import SqlLedger
from operations.errors import BadInput
from operations.pulse.durations import merged
from operations.pulse.local_days import day_number
from operations.pulse.sums import AXES, CITY, COUNTERS, DUE, Period, Slice, Sums, added
from operations.tickets.ticket import Status
from tests.builders import NOW, at, ticket
from tests.cubes import deliveries, keeping, local_days

TODAY = date(2026, 11, 24)
MONTH = Period(date(2026, 10, 20), date(2026, 11, 20))
UNITS = frozenset({"water", "roads"})
WHOLE = Period(date(2026, 9, 1), date(2026, 12, 31))
SLICES = (
    CITY,
    Slice(department="water"),
    Slice(district="370681"),
    Slice(category="噪音"),
    Slice(district="370681", department="water"),
    Slice(district="370602", category="noise"),
    Slice(district="370681", department="roads", category="water"),
)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


@pytest.fixture
def reads(engine):
    return FigureReads(engine, local_days())


class Plain:
    """The same answers, by adding up what plain SQL counts."""

    def __init__(self, engine):
        with reading(engine, may_make_tables=True) as connection:
            witness = CubeWitness(connection, local_days())
            self.days, self.hours, self.took = (
                witness.days(), witness.hours(), witness.durations(),
            )  # fmt: skip
            witness.close()

    def sums(self, slice_, period, **more):
        """Add up what lies within, what is due today or later left out."""
        codes = slice_.codes() | more
        counts, clock, working = [0] * len(COUNTERS), [], []
        for key in {*self.days, *self.took}:
            day, told = key[0], dict(zip(AXES, key[1:], strict=True))
            within = day_number(period.first) <= day <= day_number(period.last)
            if not within or any(told[axis] != code for axis, code in codes.items()):
                continue
            for place, (name, count) in enumerate(
                zip(COUNTERS, self.days.get(key, [0] * len(COUNTERS)), strict=True)
            ):
                counts[place] += 0 if name in DUE and day >= day_number(TODAY) else count
            both = self.took.get(key, ({}, {}))
            clock.append(both[0])
            working.append(both[1])
        return Sums(tuple(counts), merged(clock), merged(working))


@pytest.fixture
def filled(engine):
    dice, ledger = random.Random(7), SqlLedger(engine, cubes=keeping())
    for batch in deliveries(dice, tickets=300, times=25):
        ledger.store(batch, clock=NOW)
    return Plain(engine)


def test_totals_and_days_equal_the_tickets(reads, filled):
    for slice_ in SLICES:
        compare_totals(reads, filled, slice_)


def compare_totals(reads, filled, slice_):
    for period in (MONTH, WHOLE, Period(TODAY, TODAY)):
        assert reads.totals(slice_, period) == filled.sums(slice_, period)
    assert reads.totals(slice_, WHOLE)["opened"] > 0
    days = reads.days(slice_, MONTH)
    assert [day for day, _ in days] == [MONTH.first + timedelta(n) for n in range(MONTH.days)]
    for day, sums in days:
        assert sums == filled.sums(slice_, Period(day, day))


def test_the_days_of_some_departments_are_those_of_each_added_up(reads, filled):
    for slice_ in (CITY, Slice(district="370681"), Slice(category="noise")):
        every = [replace(slice_, department=code) for code in ("water", "roads")]
        both = reads.days(slice_, MONTH, frozenset({"water", "roads", "unheard"}))
        assert [day for day, _ in both] == [day for day, _ in reads.days(CITY, MONTH)]
        for day, sums in both:
            assert sums == added(filled.sums(one, Period(day, day)) for one in every)


def test_a_day_was_heard_when_any_ticket_of_the_city_was_opened_on_it(reads, filled):
    heard = reads.heard(WHOLE)
    assert heard == [day for day, sums in reads.days(CITY, WHOLE) if sums["opened"]]
    assert 0 < len(heard) < WHOLE.days
    assert reads.heard(Period(heard[0], heard[0])) == heard[:1]


def test_by_an_axis_equals_the_tickets(reads, filled):
    for slice_ in SLICES:
        for axis in AXES:
            compare_by(reads, filled, slice_, axis)


def compare_by(reads, filled, slice_, axis):
    found = reads.by(axis, slice_, MONTH)
    codes = {key[1 + AXES.index(axis)] for key in filled.days}
    told = {code: filled.sums(slice_, MONTH, **{axis: code}) for code in codes}
    if axis in slice_.codes():
        told = {code: one for code, one in told.items() if code == slice_.codes()[axis]}
    assert {code: one for code, one in found.items() if any(one.counts)} == {
        code: one for code, one in told.items() if any(one.counts)
    }
    assert found


def test_hours_of_a_day_add_up_to_it(reads, filled):
    day = date(2026, 11, 10)
    for slice_ in SLICES[:4]:
        hours = reads.hours(slice_, Period(day, day))
        assert {found for found, _, _ in hours} <= {day}
        assert all(0 <= hour < 24 for _, hour, _ in hours)
        added = tuple(map(sum, zip(*(sums.counts for *_, sums in hours), strict=True)))
        assert added == filled.sums(slice_, Period(day, day)).counts
    with pytest.raises(BadInput, match="single codes"):
        reads.hours(SLICES[4], MONTH)


def test_what_falls_due_today_counts_from_tomorrow_on(engine, reads):
    ledger = SqlLedger(engine, cubes=keeping())
    ledger.store([ticket(created_at=at(-48), due_at=at(-1))], clock=NOW)
    assert reads.totals(CITY, WHOLE)["due"] == 0
    ledger.store([], clock=at(24))
    assert reads.totals(CITY, WHOLE)["due"] == 1


def test_a_ticket_closed_late_or_reopened_corrects_the_day_and_says_so(engine, reads):
    ledger = SqlLedger(engine, cubes=keeping())
    one = ticket(due_at=at(30), dispatched_at=NOW, department="water", status=Status.DISPATCHED)
    ledger.store([one], clock=NOW)
    closed = replace(one, status=Status.CLOSED, closed_at=at(29), updated_at=at(29))
    ledger.store([], clock=at(80))
    due_day = Period(TODAY + timedelta(days=1), TODAY + timedelta(days=1))
    water = Slice(department="water")
    assert reads.totals(water, due_day)["on_time"] == 0
    assert reads.corrections(water, WHOLE) == []
    ledger.store([closed], clock=at(81))
    assert reads.totals(water, due_day)["on_time"] == 1
    (found,) = reads.corrections(water, due_day)
    assert reads.corrections(CITY, due_day, UNITS) == [found]
    assert reads.corrections(CITY, due_day, frozenset({"roads"})) == []
    assert (found.day, found.sums["on_time"], found.sums["due"]) == (due_day.first, 1, 0)
    assert found.last_at == at(81)
    again = replace(closed, status=Status.REOPENED, closed_at=None, reopenings=1, updated_at=at(90))
    ledger.store([again], clock=at(90))
    assert reads.totals(water, due_day)["on_time"] == 0
    assert [one.sums["on_time"] for one in reads.corrections(water, due_day)] == []
    assert reads.corrections(Slice(department="roads"), WHOLE) == []


def test_a_day_before_this_ledger_was_there_is_not_corrected(engine, reads):
    ledger = SqlLedger(engine, cubes=keeping())
    ledger.store([ticket(created_at=at(-24 * 9))], clock=NOW)
    ledger.store([ticket(external_id="late", created_at=at(-24 * 9))], clock=at(48))
    assert reads.corrections(CITY, WHOLE) == []
    ledger.store([ticket(external_id="later", created_at=at(2))], clock=at(48))
    assert [one.sums["opened"] for one in reads.corrections(CITY, WHOLE)] == [1]


def test_versions_move_with_what_they_stand_for_and_with_nothing_else(engine, reads):
    ledger = SqlLedger(engine, cubes=keeping())
    old, new = ticket(department="water"), ticket(external_id="T-2", department="roads")
    ledger.store([old], clock=at(-48))
    ledger.store([new], clock=NOW)
    water, roads = (
        reads.version(Slice(department="water")),
        reads.version(Slice(department="roads")),
    )
    closed = replace(new, status=Status.CLOSED, closed_at=NOW, updated_at=at(1))
    ledger.store([closed], clock=at(1))
    assert reads.version(Slice(department="water")) == water
    moved = reads.version(Slice(department="roads"))
    assert (moved.live > roads.live, moved.past) == (True, roads.past)
    ledger.store([replace(old, category="noise", updated_at=at(2))], clock=at(72))
    assert reads.version(Slice(department="water")).past > water.past
    assert reads.version(Slice(department="water")).today == TODAY + timedelta(days=3)


def asked_of(engine, ask):
    """Give the statements a read sends, with their values."""
    sent = []

    def note(_connection, _cursor, statement, values, *_rest):
        sent.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    ask()
    event.remove(engine, "before_cursor_execute", note)
    return sent


def plan(engine, statement, values):
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            # Of a few rows a planner would rather read all: what it could do is asked.
            connection.execute(text("SET enable_seqscan = off"))
            statement = f"EXPLAIN {statement}"
        else:
            statement = f"EXPLAIN QUERY PLAN {statement}"
        rows = connection.exec_driver_sql(statement, values).all()
    return "\n".join(str(row[-1]) for row in rows)


def test_no_read_touches_a_ticket_and_each_is_a_range(engine, reads, filled):
    for slice_ in SLICES:
        check_plans(engine, reads, slice_)


def check_plans(engine, reads, slice_):
    def ask():
        reads.totals(slice_, MONTH)
        reads.days(slice_, MONTH)
        for axis in AXES:
            reads.by(axis, slice_, MONTH)
        reads.corrections(slice_, MONTH)
        if slice_.department is None:
            reads.days(slice_, MONTH, UNITS)
            reads.corrections(slice_, MONTH, UNITS)
        reads.version(slice_)
        reads.counted_share()
        if len(slice_.codes()) < 2:
            reads.hours(slice_, MONTH)

    found = [plan(engine, *one) for one in asked_of(engine, ask)]
    cubes = [one for one in found if "cube_days" in one or "cube_hours" in one]
    assert len(cubes) >= 5
    for one in found:
        assert not re.search(r"\b(tickets|changes)\b", one), one
        assert not re.search(r"SCAN (?!cube_state|meta)|Seq Scan on (?!cube_state|meta)", one), one
    if engine.dialect.name == "sqlite" and slice_.codes():
        narrow = [one for one in cubes if "cube_days" in one]
        assert all("USING INDEX ix_cube_days_" in one for one in narrow), narrow
    for one in cubes:
        assert re.search(r"day>\?|hour>\?|day >= |hour >= ", one), one
