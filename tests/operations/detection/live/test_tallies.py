"""Tickets by day and series: each once, however they come, go and change."""

from datetime import date
from typing import Any

import pytest

from operations.detection.live.tallies import QUARTER_US, Series, Tallies
from operations.pulse.alarm import Cause
from operations.tickets.fact import Fact
from tests.builders import LONGKOU, NOW_US, fact
from tests.operations.detection.scans.made_up_city import DAY_US, SHANGHAI

WATER = Series(Cause.CATEGORY, "water_quality")
DISTRICT = Series(Cause.DISTRICT, LONGKOU)
TODAY = date(2026, 11, 24).toordinal()
MIDNIGHT_US = NOW_US - 10 * 4 * QUARTER_US


def placed(number: int, **changes: Any) -> Fact:
    return fact(
        **{"external_id": f"T-{number}", "caller": f"c-{number}", "geo_quality": "exact"} | changes
    )


@pytest.fixture
def tallies() -> Tallies:
    return Tallies(SHANGHAI)


def counted(tallies: Tallies, *facts: Fact, now_us: int = NOW_US) -> Tallies:
    tallies.fold([], facts)
    tallies.digest(now_us)
    return tallies


def test_a_day_is_the_city_s_own(tallies: Tallies) -> None:
    last, first = placed(1, created_us=MIDNIGHT_US - 1), placed(2, created_us=MIDNIGHT_US)
    counted(tallies, last, first)
    assert tallies.today == TODAY
    assert (tallies.of(WATER, TODAY - 1), tallies.of(WATER, TODAY)) == (1, 1)


def test_a_ticket_belongs_to_category_district_and_department(tallies: Tallies) -> None:
    tallies.fold([], [placed(1, department="water")])
    assert tallies.digest(NOW_US) == {WATER, DISTRICT, Series(Cause.DEPARTMENT, "water")}
    counted(tallies, placed(2, district=None))
    assert (tallies.of(WATER, TODAY), tallies.of(DISTRICT, TODAY)) == (2, 1)


@pytest.mark.parametrize(
    "changes",
    [{"geo_quality": "fallback"}, {"geo_quality": "none"}, {"merged": True},
     {"status": "withdrawn"}, {"channel": "staff"}],
)  # fmt: skip
def test_what_does_not_stand_for_itself_is_not_counted(
    tallies: Tallies, changes: dict[str, Any]
) -> None:
    assert counted(tallies, placed(1, **changes)).of(WATER, TODAY) == 0
    one = placed(2)
    counted(tallies, one)
    tallies.fold([one], [one._replace(**changes)])
    assert tallies.digest(NOW_US) == {WATER, DISTRICT}
    assert tallies.of(WATER, TODAY) == 0


def test_a_caller_has_one_vote_a_day_and_series(tallies: Tallies) -> None:
    again = [placed(n, caller="habitual") for n in range(5)]
    counted(tallies, *again, placed(9, caller=None), placed(10, caller=None))
    assert tallies.of(WATER, TODAY) == 3
    tallies.fold(again[:4], [])
    tallies.digest(NOW_US)
    assert tallies.of(WATER, TODAY) == 3
    tallies.fold(again[4:], [])
    tallies.digest(NOW_US)
    assert tallies.of(WATER, TODAY) == 2


def test_a_day_that_has_passed_counts_its_tickets(tallies: Tallies) -> None:
    counted(tallies, *(placed(n, caller="habitual") for n in range(5)))
    tallies.digest(NOW_US + DAY_US)
    assert tallies.of(WATER, TODAY) == 1
    tallies.digest(NOW_US + 2 * DAY_US)
    assert tallies.of(WATER, TODAY) == 5


def test_the_order_of_what_comes_does_not_matter() -> None:
    facts = [placed(n, caller=f"c-{n % 4}", created_us=NOW_US - n * DAY_US // 3) for n in range(12)]
    one, other = Tallies(SHANGHAI), Tallies(SHANGHAI)
    for each in facts:
        counted(one, each)
    counted(other, *facts[::-1])
    days = range(TODAY - 5, TODAY + 1)
    assert [one.of(WATER, day) for day in days] == [other.of(WATER, day) for day in days]
    assert one.table(5)[1].tolist() == other.table(5)[1].tolist()


def test_changes_of_past_days_are_counted_as_late(tallies: Tallies) -> None:
    counted(tallies, placed(1), placed(2, created_us=NOW_US - DAY_US))
    assert tallies.late == 1


def test_the_table_ends_today(tallies: Tallies) -> None:
    counted(tallies, placed(1), placed(2, created_us=NOW_US - 2 * DAY_US))
    series, counts = tallies.table(3)
    assert series == (WATER, DISTRICT)
    assert counts.tolist() == [[1, 0, 1], [1, 0, 1]]


def test_what_most_of_a_district_s_tickets_are_of(tallies: Tallies) -> None:
    counted(tallies, placed(1), placed(2), placed(3, category="noise"))
    assert tallies.matter(DISTRICT, TODAY) == ("water_quality", 2)
    assert tallies.matter(DISTRICT, TODAY - 9) is None
