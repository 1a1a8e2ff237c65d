"""Counts far above their usual: raised once, told as they are, ended when they have passed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest

from operations.detection.live.budget import SERIES
from operations.detection.live.city_watch import CityWatch, weekdays
from operations.detection.live.excess import AGAIN_US, LATE, Excesses
from operations.detection.live.forecast import Bound, Bounds, Forecast
from operations.detection.live.tallies import Series
from operations.pulse.alarm import Cause, Reason, Seen, Severity, Signal
from operations.tickets.fact import Fact
from tests.builders import LONGKOU, NOW_US, fact
from tests.operations.detection.scans.made_up_city import DAY_US, SHANGHAI
from tests.watched import alarm, signal

NOISE, ROADS = Series(Cause.CATEGORY, "noise"), Series(Cause.CATEGORY, "roads")
DISTRICT, DEPARTMENT = Series(Cause.DISTRICT, LONGKOU), Series(Cause.DEPARTMENT, "water")
TODAY = date(2026, 11, 24).toordinal()
DAY = "2026-11-24"
USUAL = {
    NOISE: Bound(10, 19, 25),
    ROADS: Bound(100, 130, 140),
    DISTRICT: Bound(20, 29, 35),
    DEPARTMENT: Bound(5, 11, 14),
}
_numbers = count(1)


def tickets(number: int, category: str = "noise", **changes: Any) -> list[Fact]:
    values = {"category": category, "geo_quality": "street", "district": None} | changes
    return [
        fact(external_id=f"T-{n}", caller=f"c-{n}", **values)
        for n in (next(_numbers) for _ in range(number))
    ]


class House:
    """Excesses with a clock."""

    def __init__(self) -> None:
        self.excesses, self.now_us, self.day = Excesses(SHANGHAI, weekdays), NOW_US, TODAY
        self.look()

    def look(self) -> None:
        self.excesses.look(self.now_us, loading=False)

    def take(self, facts: Sequence[Fact], before: Sequence[Fact] = ()) -> None:
        self.excesses.tallies.fold(before, facts)
        self.look()

    def know(self) -> "House":
        self.excesses.answer(Bounds(self.day, USUAL, USUAL))
        return self

    def next_day(self) -> None:
        self.now_us, self.day = self.now_us + DAY_US, self.day + 1
        self.look()
        self.know()

    def raised(self) -> list[Series]:
        return [one.series for one in self.excesses.standing()]

    def signals(self, *clusters: Signal) -> list[Signal]:
        return list(self.excesses.signals(clusters))


@pytest.fixture
def house() -> House:
    return House().know()


def test_at_its_bound_a_day_is_usual_and_above_it_far_above(house: House) -> None:
    house.take(tickets(19))
    assert house.raised() == []
    house.take(tickets(1))
    (told,) = house.signals()
    assert told == Signal(
        reason=Reason(Cause.CATEGORY, "noise"), group="noise|", severity=Severity.MEDIUM,
        category="noise", district=None, since_us=NOW_US - 10 * 3_600_000_000,
    )  # fmt: skip
    assert told.reason.seen == Seen(DAY, 20, 19)


def test_what_it_is_now_is_told_while_it_goes_on(house: House) -> None:
    facts = tickets(30)
    house.take(facts[:20])
    house.take(facts[20:])
    assert house.excesses.seen() == {Reason(Cause.CATEGORY, "noise"): Seen(DAY, 30, 19)}
    assert house.signals()[0].severity is Severity.HIGH
    house.take([], facts[:25])
    assert house.excesses.seen() == {Reason(Cause.CATEGORY, "noise"): Seen(DAY, 5, 19)}
    assert house.signals()[0].severity is Severity.HIGH


def test_before_bounds_are_known_and_while_the_past_is_read_nothing_is_raised() -> None:
    house = House()
    house.take(tickets(40))
    assert house.raised() == []
    house.excesses.tallies.fold([], tickets(1))
    house.excesses.look(NOW_US, loading=True)
    assert house.raised() == []
    house.know()
    assert house.raised() == [NOISE]


def test_yesterday_s_bounds_judge_no_new_day(house: House) -> None:
    house.now_us += DAY_US
    house.take(tickets(40, created_us=house.now_us))
    assert house.raised() == []


def test_it_stands_until_a_day_after_it_has_passed_low(house: House) -> None:
    house.take(tickets(25))
    house.next_day()
    assert house.raised() == [NOISE], "the day after has not passed"
    house.take(tickets(14, created_us=house.now_us))
    house.next_day()
    assert house.raised() == [NOISE], "14 is more than a third of what raised it"
    house.take(tickets(13, created_us=house.now_us))
    house.next_day()
    assert house.raised() == []


def test_a_day_on_which_the_whole_city_reports_more_is_no_category_s_news(house: House) -> None:
    house.take(tickets(150, "roads"))
    busy = (50 + 150) / (50 + 100)
    house.take(tickets(int(19 * busy)))
    assert NOISE not in house.raised()
    house.take(tickets(2))
    assert NOISE in house.raised()


def test_a_district_is_held_against_how_busy_the_city_is(house: House) -> None:
    house.take(tickets(200, "roads"))
    house.take(tickets(30, "noise", district=LONGKOU))
    assert DISTRICT not in house.raised()


def test_a_count_joins_the_alarm_of_its_clusters_and_stays_with_it(house: House) -> None:
    house.take(tickets(25))
    assert house.signals()[0].group == "noise|"
    cluster = signal("noise|370681", category="noise", district=LONGKOU)
    assert house.signals(cluster)[0].group == "noise|370681"
    assert house.signals()[0].group == "noise|370681"
    other = signal("roads|", category="roads")
    fresh = House().know()
    fresh.take(tickets(25))
    assert fresh.signals(other)[0].group == "noise|"


def test_a_district_that_one_matter_fills_is_that_matter(house: House) -> None:
    house.take(tickets(40, district=LONGKOU))
    assert {one.group for one in house.signals()} == {"noise|"}
    mixed = House().know()
    for n in range(20):
        mixed.take(tickets(3, f"matter-{n}", district=LONGKOU))
    (told,) = mixed.signals()
    assert (told.group, told.district, told.category) == (f"|district|{LONGKOU}", LONGKOU, None)


def test_a_department_is_told(house: House) -> None:
    for n in range(6):
        house.take(tickets(2, f"matter-{n}", department="water"))
    (told,) = house.signals()
    assert told.reason == Reason(Cause.DEPARTMENT, "water")
    assert (told.category, told.district) == (None, None)


def test_after_a_restart_it_goes_on_and_ends_by_its_own_rule() -> None:
    reason = Reason(Cause.CATEGORY, "noise", Seen("2026-11-22", 30, 19))
    held = alarm(group="noise|370681", reasons=(*alarm().reasons, reason))
    house = House()
    house.excesses.adopt([held])
    assert house.raised() == [NOISE], "nothing is known yet"
    assert house.signals()[0].group == "noise|370681"
    house.take(tickets(15, created_us=NOW_US - DAY_US))
    house.know()
    assert house.raised() == [NOISE], "yesterday was no low day"
    low = House()
    low.excesses.adopt([held])
    low.know()
    assert low.raised() == []


def test_raised_on_the_day_of_the_restart_it_stands_whatever_is_known_now() -> None:
    reason = Reason(Cause.CATEGORY, "noise", Seen(DAY, 30, 19))
    house = House()
    house.excesses.adopt([replace(alarm(group="noise|"), reasons=(reason,))])
    house.know()
    assert house.raised() == [NOISE]


def test_bounds_are_asked_for_once_a_day_and_when_much_came_late() -> None:
    house = House()
    asked = house.excesses.forecast(NOW_US)
    assert isinstance(asked, Forecast)
    assert asked.false_d == pytest.approx(SERIES / 7)
    assert house.excesses.forecast(NOW_US) is None
    house.take(tickets(LATE, created_us=NOW_US - DAY_US))
    assert house.excesses.forecast(NOW_US) is None
    assert house.excesses.forecast(NOW_US + AGAIN_US) is not None
    house.next_day()
    assert house.excesses.forecast(house.now_us) is not None
    house.excesses.failed(house.now_us)
    assert house.excesses.forecast(house.now_us) is None
    assert house.excesses.forecast(house.now_us + AGAIN_US) is not None


def test_a_watch_lives_through_both_and_raises_what_is_far_above() -> None:
    watch = CityWatch(SHANGHAI)
    for back in range(50):
        watch.fold([], tickets(10, created_us=NOW_US - back * DAY_US))
    watch.fold([], tickets(40, geo_quality="fallback"))
    for _ in range(3):
        watch.look(NOW_US)
    while (chore := watch.chore(NOW_US)) is not None:
        watch.answer(chore, chore.run() if isinstance(chore, Forecast) else [], NOW_US)
    assert watch.signals(NOW_US) == []
    watch.fold([], tickets(15))
    watch.look(NOW_US)
    (told,) = watch.signals(NOW_US)
    assert told.reason.seen is not None
    assert (told.group, told.reason.seen.tickets) == ("noise|", 25)
