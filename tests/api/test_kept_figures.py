"""Kept figures are those of the ledger at the moment they are asked for, whatever came between."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from api.kept_answers import ANSWERS
from api.kept_figures import KeptFigures
from data_sources.cube_building import CubeBuilding
from data_sources.figure_reads import FigureReads
from data_sources.ledger import SqlLedger
from operations.pulse.sums import AXES, CITY, Period, Slice
from operations.tickets.ticket import Status
from tests.builders import NOW, at, ticket
from tests.cubes import DEPARTMENTS, DISTRICTS, SHANGHAI, any_state, keeping, local_days
from tests.kept import DictShelf, kept

UNITS = frozenset({"water", "roads"})
TODAY = NOW.astimezone(SHANGHAI).date()


def figures(engine, shelf=None):
    return KeptFigures(
        FigureReads(engine, local_days()),
        kept(shelf),
        lambda work, *given: work(*given),
        kept(shelf),
    )


def any_question(dice):
    """Give the name and what is asked of a read."""
    slice_ = Slice(
        department=dice.choice([*filter(None, DEPARTMENTS), None, None]),
        district=dice.choice([*filter(None, DISTRICTS), None, None]),
        category=dice.choice(["noise", None, None]),
    )
    first = TODAY - timedelta(days=dice.choice([40, 20, 3]))
    period = Period(first, TODAY + timedelta(days=dice.choice([-2, -1, 0, 1])))
    read = dice.choice(["totals", "by", "days", "heard", "corrections"])
    if read == "heard":
        return read, (period,)
    of_some = (dice.choice([None, UNITS, frozenset({"water"})]),)
    axis = (dice.choice(AXES),) if read == "by" else ()
    return read, (*axis, slice_, period, *(of_some if read in ("days", "corrections") else ()))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_kept_is_never_stale(sqlite_engine, seed):
    dice, now = random.Random(seed), NOW - timedelta(days=2)
    ledger = SqlLedger(sqlite_engine, cubes=keeping())
    building = CubeBuilding(sqlite_engine, keeping())
    kept_ones, plain = figures(sqlite_engine), FigureReads(sqlite_engine, local_days())
    questions = [any_question(dice) for _ in range(12)]
    before = dict(tallied())
    for number in range(120):
        if dice.random() < 0.35:
            now += timedelta(hours=dice.choice([0, 1, 9]))
            batch = [any_state(dice, dice.randint(1, 60)) for _ in range(dice.randint(0, 4))]
            ledger.store(batch, clock=now)
        if number == 60:
            building.begin(epoch=number)
        if number > 60:
            building.step(3)
        read, given = dice.choice(questions)
        told, right = getattr(kept_ones, read)(*given), getattr(plain, read)(*given)
        assert [tuple(one) for one in told] == [tuple(one) for one in right] if read in (
            "days", "corrections",
        ) else told == right  # fmt: skip
    moved = {how: count - before.get(how, 0) for how, count in tallied()}
    assert moved["kept"] > 5, "some answers were kept"
    assert moved["asked"] > 5


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_drawn_and_kept_is_never_stale(sqlite_engine, seed):
    dice, now, drawings = random.Random(seed), NOW - timedelta(days=2), []
    ledger = SqlLedger(sqlite_engine, cubes=keeping())
    building = CubeBuilding(sqlite_engine, keeping())
    told, plain = figures(sqlite_engine), FigureReads(sqlite_engine, local_days())
    week = Period(TODAY - timedelta(6), TODAY)
    for number in range(150):
        if dice.random() < 0.3:
            now += timedelta(hours=dice.choice([0, 1, 9]))
            batch = [any_state(dice, dice.randint(1, 60)) for _ in range(dice.randint(0, 4))]
            ledger.store(batch, clock=now)
        if number == 75:
            building.begin(epoch=number)
        if number > 75:
            building.step(3)
        slice_ = Slice(department=dice.choice([None, "water", "roads"]))
        page = told.moment()

        def draw(page=page, slice_=slice_):
            drawings.append(slice_)
            counts = [list(sums.counts) for _, sums in page.days(slice_, week, UNITS)]
            return [counts, len(page.corrections(slice_, week)), page.totals(slice_, week).counts]

        seen = page.drawn(slice_, "by nobody", draw)
        days, corrected = plain.days(slice_, week, UNITS), plain.corrections(slice_, week)
        assert seen[0] == [list(sums.counts) for _, sums in days]
        assert seen[1:] == [len(corrected), plain.totals(slice_, week).counts]
    assert 10 < len(drawings) < 140, "drawn again where something moved, and only there"


def test_what_something_else_decides_is_drawn_for_itself(sqlite_engine):
    told = figures(sqlite_engine, DictShelf())
    drawn = [told.drawn(CITY, who, lambda who=who: [who]) for who in ("leader", "handler")]
    assert drawn == [["leader"], ["handler"]]
    assert told.drawn(CITY, "leader", list) == ["leader"]
    assert told.drawn(Slice(district="370681"), "leader", list) == []


def test_a_page_asks_each_version_once_and_the_next_page_anew(sqlite_engine):
    ledger = SqlLedger(sqlite_engine, cubes=keeping())
    reads, asked = FigureReads(sqlite_engine, local_days()), []
    version = reads.version
    reads.version = lambda slice_: asked.append(slice_) or version(slice_)
    figures = KeptFigures(reads, kept(), lambda work, *given: work(*given), kept())
    water, day = Slice(department="water"), Period(TODAY, TODAY)
    page = figures.moment()
    assert [page.totals(CITY, day)["opened"], page.totals(water, day)["opened"]] == [0, 0]
    assert page.days(CITY, day)
    assert asked == [CITY, water]
    ledger.store([ticket(department="water")], clock=NOW)
    assert figures.moment().totals(water, day)["opened"] == 1
    assert asked == [CITY, water, water]


def tallied():
    for metric in ANSWERS.collect():
        found = {}
        for sample in metric.samples:
            if sample.name.endswith("_total") and sample.labels["read"].startswith("figures"):
                found[sample.labels["how"]] = found.get(sample.labels["how"], 0) + sample.value
        yield from found.items()


def test_tickets_of_others_and_of_today_empty_nothing_of_the_past(sqlite_engine):
    shelf = DictShelf()
    ledger, told = SqlLedger(sqlite_engine, cubes=keeping()), figures(sqlite_engine, shelf)
    old = ticket(created_at=at(-72), department="water")
    ledger.store([old], clock=at(-72))
    ledger.store([ticket(external_id="T-2", department="roads")], clock=NOW)
    water, past = Slice(department="water"), Period(TODAY - timedelta(9), TODAY - timedelta(1))
    week = Period(TODAY - timedelta(9), TODAY)
    told.totals(water, week), told.totals(CITY, past)
    held = len(shelf)
    ledger.store([ticket(external_id="T-3", department="roads")], clock=NOW)
    told.totals(water, week), told.totals(CITY, past)
    assert len(shelf) == held
    ledger.store([ticket(external_id="T-4", department="water")], clock=NOW)
    assert told.totals(water, week)["opened"] == 2
    assert len(shelf) == held + 1
    closed = replace(old, status=Status.CLOSED, closed_at=at(-48), updated_at=at(-48))
    ledger.store([closed], clock=at(1))
    assert told.totals(CITY, past)["closed"] == 1
    assert told.corrections(water, past)[0].sums["closed"] == 1
