"""What comes in on a day: how much, when, where, about what, from whom."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from data_sources.feeds.demo_city.births import ADDRESS, EXACT, FALLBACK, NOTHING
from data_sources.feeds.demo_city.running import found_city
from data_sources.feeds.demo_city.working_time import midnight_s

TUESDAY = date(2026, 11, 24)


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(count)]


@pytest.fixture(scope="module")
def month(demo):
    """Four weeks of November without a holiday."""
    return {day: demo.day(day) for day in days(date(2026, 11, 2), 28)}


def joined(month, name: str) -> np.ndarray:
    return np.concatenate([getattr(batch.births, name) for batch in month.values()])


def test_the_same_seed_gives_the_same_day_whatever_was_asked_before(demo, reference):
    other = found_city(reference, seed=12345)
    for before in (date(2026, 5, 1), TUESDAY - timedelta(days=13)):
        other.day(before)
    mine, again = demo.day(TUESDAY), other.day(TUESDAY)
    for name in ("created", "category", "place", "caller", "units", "says"):
        assert np.array_equal(getattr(mine.births, name), getattr(again.births, name)), name
    for name in ("at", "event", "value", "due"):
        assert np.array_equal(getattr(mine.course, name), getattr(again.course, name)), name


def test_another_seed_gives_another_day(demo, reference):
    other = found_city(reference, seed=7).day(TUESDAY)
    mine = demo.day(TUESDAY)
    assert len(mine) != len(other) or not np.array_equal(mine.births.created, other.births.created)


def test_a_week_brings_what_yantai_published(month):
    assert sum(map(len, month.values())) / 4 == pytest.approx(33_085, rel=0.04)


def test_weekends_and_holidays_bring_less(demo, month):
    weekday = np.mean([len(batch) for day, batch in month.items() if day.weekday() < 5])
    weekend = np.mean([len(batch) for day, batch in month.items() if day.weekday() >= 5])
    holiday = np.mean([len(demo.day(day)) for day in days(date(2026, 10, 1), 2)])
    assert weekend < 0.85 * weekday
    assert holiday < 0.8 * weekday


def test_a_weekend_day_that_is_worked_is_like_a_working_day(demo, reference):
    worked = date(2026, 10, 10)  # a Saturday made up for the National Day holidays
    assert reference.calendar.is_working_day(worked)
    assert demo.rates.expected(worked, works=True) > 4_700


def test_hours_follow_the_profiles(demo, month):
    hours = Counter()
    for day, batch in month.items():
        into = batch.births.created - midnight_s(day, demo.zone)
        assert into.min() >= 0
        assert into.max() < 86_400
        hours.update((into // 3600).tolist())
    assert sum(hours[h] for h in range(6)) < 0.07 * sum(hours.values())
    assert hours[9] > 8 * hours[3]
    assert hours[9] > 1.2 * hours[12] > hours[22]


def test_tickets_of_a_day_are_numbered_in_the_order_they_came_in(month):
    assert all((np.diff(batch.births.created) >= 0).all() for batch in month.values())


@pytest.mark.parametrize(
    ("category", "high", "low"),
    [
        ("heating_cold", date(2026, 12, 10), date(2026, 7, 10)),
        ("waterlogging", date(2026, 7, 20), date(2026, 1, 20)),
        ("noise_life", date(2026, 7, 20), date(2026, 1, 20)),
        ("school", date(2026, 8, 5), date(2026, 11, 20)),
    ],
)
def test_seasons(demo, category, high, low):
    number = list(demo.rates.categories).index(category)
    shares = [demo.rates.category_shares(day)[number] for day in (high, low)]
    assert shares[0] > 2 * shares[1]


def test_districts_get_their_shares(demo, month):
    found = Counter(joined(month, "district").tolist())
    total = sum(found.values())
    for number, code in enumerate(demo.stage.districts):
        wanted = demo.rates.districts[code] / sum(demo.rates.districts.values())
        assert found[number] / total == pytest.approx(wanted, rel=0.15, abs=0.004), code


def test_some_callers_tell_no_point(month):
    told = Counter(joined(month, "told").tolist())
    total = sum(told.values())
    assert told[EXACT] / total == pytest.approx(0.93, abs=0.02)
    assert 0.02 < told[ADDRESS] / total < 0.05
    assert 0.01 < told[NOTHING] / total < 0.04
    assert 0.005 < told[FALLBACK] / total < 0.02


def test_callers_come_back_with_the_same_matter_within_thirty_days(month):
    pairs = Counter(
        zip(
            joined(month, "caller").tolist(),
            joined(month, "category").tolist(),
            joined(month, "place").tolist(),
            strict=True,
        )
    )
    repeated = sum(count - 1 for count in pairs.values()) / sum(pairs.values())
    assert 0.05 < repeated < 0.16


def test_a_few_people_call_very_often_and_most_once(month):
    calls = Counter(joined(month, "caller").tolist())
    often = [count for count in calls.values() if count >= 10]
    assert 100 < len(often) < 900
    assert max(often) < 28 * 8
    assert sum(count == 1 for count in calls.values()) > 0.85 * len(calls)
