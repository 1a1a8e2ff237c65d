"""Boston's two rates of closing on time, from the cubes, each with the city's own numbers."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from data_sources.connect import Sources
from operations.pulse.figures import FIGURE
from operations.pulse.sums import CITY, Period, Slice, added
from settings import read_settings
from tests.boston import FILE, boston_tickets

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="needs ../shared/data (Boston's file)")

HALF_YEAR = Period(date(2011, 7, 1), date(2011, 12, 31))
FLAGGED = {
    "PWDx": (0.878, 27_202), "ISD": (0.415, 7_873), "PARK": (0.758, 4_581),
    "BTDT": (0.818, 4_070), "INFO": (0.226, 2_401),
}  # fmt: skip
ON_TIME = {
    "PWDx": (0.8921, 25_410), "ISD": (0.3401, 5_463), "PARK": (0.5540, 2_242),
    "BTDT": (0.8175, 3_617), "INFO": (0.2165, 2_189),
}  # fmt: skip


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """Give a ledger of Boston's file, as it was when the year was over."""
    folder = tmp_path_factory.mktemp("boston")
    sources = Sources(read_settings(city="mapping:boston311", data_dir=folder, demo=False))
    sources.migrate()
    tickets = boston_tickets(tmp_path_factory)
    clock = datetime(2012, 1, 1, tzinfo=sources.reference.zone).astimezone(UTC)
    for start in range(0, len(tickets), 5_000):
        sources.ledger.store(tickets[start : start + 5_000], clock=clock)
    return sources


def test_both_definitions_give_the_known_numbers_each_under_its_name(sources: Sources) -> None:
    found = sources.figures.by("department", CITY, HALF_YEAR)
    ours, theirs = FIGURE["on_time_rate"], FIGURE["source_on_time_rate"]
    assert ours.en != theirs.en
    assert {code: ours.value(found[code]) for code in ON_TIME} == ON_TIME
    told = {code: theirs.value(found[code]) for code in FLAGGED}
    assert {code: (round(value or 0, 3), n) for code, (value, n) in told.items()} == FLAGGED


def test_every_department_equals_plain_sql(sources: Sources) -> None:
    by_department = sources.figures.by("department", CITY, HALF_YEAR)
    statement = text(
        "SELECT coalesce(department, ''), count(*), count(due_us),"
        " count(CASE WHEN due_us IS NOT NULL AND reported_on_time THEN 1 END)"
        " FROM tickets GROUP BY 1"
    )
    with sources.engine.connect() as connection:
        rows = connection.execute(statement).all()
    assert len(rows) > 5
    names = ("opened", "targets", "flagged_on_time")
    assert {code: counts for code, *counts in rows} == {
        code: [sums[name] for name in names] for code, sums in by_department.items()
    }


def test_any_department_is_the_sum_of_what_it_is_made_of(sources: Sources) -> None:
    works = Slice(department="PWDx")
    whole = sources.figures.totals(works, HALF_YEAR)
    for axis in ("district", "category"):
        assert added(sources.figures.by(axis, works, HALF_YEAR).values()) == whole
    assert added(sums for _, sums in sources.figures.days(works, HALF_YEAR)) == whole


def test_all_sums_of_the_half_year_are_those_of_plain_sql(sources: Sources) -> None:
    differences, compared = sources.cubes.checking.differences()
    assert differences == []
    assert compared > 100_000
