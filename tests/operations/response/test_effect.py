"""The effect of a measure: exact against published numbers, honest about what it cannot tell."""

from datetime import date, timedelta

import numpy as np
import pytest

from operations.response.effect import Taken, effect, rate_ratio

OPENED = date(2026, 3, 2)
TODAY = OPENED + timedelta(days=20)


def day(number):
    return OPENED + timedelta(days=number)


def counts(usual=0, **by_day):
    """Give a long usual course, and then what came on days since the opening."""
    past = {day(-one): usual for one in range(1, 90)} | {day(one): 0 for one in range(30)}
    return past | {day(int(name.strip("d"))): count for name, count in by_day.items()}


def test_the_interval_is_that_of_r_s_manual():
    # R 4, ?poisson.test: eba1977, Fredericia against three other cities, ages 55 to 59:
    # poisson.test(c(11, 6+8+7), c(800, 1083+1050+878)) gives 1.971488 (0.8584264, 4.2772659)
    ratio, low, high = rate_ratio(11, 21, 800, 3011)
    assert ratio == pytest.approx(1.971488, abs=5e-7)
    assert low == pytest.approx(0.8584264, abs=5e-8)
    assert high == pytest.approx(4.2772659, abs=5e-8)


def test_turned_round_it_is_the_inverse():
    ratio, low, high = rate_ratio(11, 21, 800, 3011)
    back = rate_ratio(21, 11, 3011, 800)
    assert back == pytest.approx((1 / ratio, 1 / high, 1 / low))


def test_nothing_on_one_side_has_one_open_end():
    ratio, low, high = rate_ratio(0, 5, 1, 1)
    # the upper end of 0 of 5 is 1 - 0.025^(1/5)
    assert (ratio, low) == (0.0, 0.0)
    assert high == pytest.approx((1 - 0.025**0.2) / 0.025**0.2)
    assert rate_ratio(5, 0, 1, 1) == (None, pytest.approx(1 / high), None)


def test_it_covers_the_truth_at_least_nineteen_times_of_twenty():
    random = np.random.default_rng(7)
    covered = 0
    for _ in range(400):
        before, after = random.poisson(20), random.poisson(10)
        _, low, high = rate_ratio(int(after), int(before), 7.0, 7.0)
        covered += low <= 0.5 <= (high if high is not None else np.inf)
    assert covered >= 380


def test_fewer_complaints_after_it():
    course = counts(**{f"d{one}": 20 for one in range(8)}, **{f"d{one}": 5 for one in range(9, 16)})
    found = effect(Taken(1, day(8)), [], course, OPENED, TODAY)
    assert (found.before.count, found.after.count) == (140 - 20 + 20, 35)
    assert found.verdict == "fewer"
    assert found.ratio == pytest.approx(0.25)
    assert found.low < 0.25 < found.high < 1


def test_the_day_of_it_and_the_time_it_took_belong_to_neither_side():
    course = counts(d5=1000, d6=1000, d7=1000, d4=6, d8=4, d9=4, d10=4)
    found = effect(Taken(1, day(5), day(7)), [], course, OPENED, day(11))
    assert (found.before.days, found.after.days) == (3, 3)
    assert (found.before.count, found.after.count) == (6, 12)


def test_it_is_too_early_until_three_whole_days_are_over():
    course = counts(**{f"d{one}": 9 for one in range(20)})
    for since in (0, 1, 2, 3):
        found = effect(Taken(1, day(5)), [], course, OPENED, day(5 + since))
        assert (found.verdict, found.ratio) == ("early", None), since
    assert effect(Taken(1, day(5)), [], course, OPENED, day(9)).verdict == "unclear"


def test_what_is_usual_on_those_days_is_taken_into_account():
    weekend = {day(-one): 2 if day(-one).weekday() > 4 else 10 for one in range(1, 90)}
    course = weekend | {day(one): 2 if day(one).weekday() > 4 else 10 for one in range(20)}
    # begun on a Friday: three days after are Saturday, Sunday, Monday
    found = effect(Taken(1, day(4)), [], course, OPENED, day(8))
    assert found.by_usual
    assert found.ratio == pytest.approx(1.0)
    assert found.verdict == "unclear"


def test_where_hardly_anything_is_usual_the_days_are_counted():
    course = counts(**{f"d{one}": 8 for one in range(12)})
    course[day(-30)] = 1
    found = effect(Taken(1, day(5)), [], course, OPENED, day(10))
    assert not found.by_usual
    assert found.ratio == pytest.approx(1.0)


def test_without_a_complaint_there_is_nothing_to_compare():
    assert effect(Taken(1, day(5)), [], counts(), OPENED, TODAY).verdict == "none"


def test_days_on_which_nothing_came_to_the_city_are_no_success():
    course = counts(**{f"d{one}": 20 for one in range(12)})
    silent = {one: count for one, count in course.items() if one < day(9)}
    found = effect(Taken(1, day(7)), [], silent, OPENED, TODAY)
    assert (found.verdict, found.ratio, found.after.days) == ("unheard", None, 1)
    gap = {one: count for one, count in course.items() if one not in (day(8), day(9), day(5))}
    found = effect(Taken(1, day(6)), [], gap, OPENED, day(12))
    assert (found.before.days, found.after.days, found.after.count) == (3, 3, 60)
    assert found.before.count == 60, "the three known days next to it"
    young = {one: count for one, count in course.items() if one >= day(5)}
    assert effect(Taken(1, day(6)), [], young, OPENED, day(12)).verdict == "unheard"


@pytest.mark.parametrize(
    ("other", "named"),
    [
        (Taken(2, day(3)), (2,)),
        (Taken(2, day(-9), day(6)), (2,)),
        (Taken(2, day(12)), (2,)),
        (Taken(2, day(13)), ()),
        (Taken(2, day(-3)), ()),
        (Taken(1, day(5)), ()),
    ],
    ids=["before", "completed meanwhile", "last day", "after", "long before", "itself"],
)
def test_other_measures_at_the_same_time_are_named(other, named):
    course = counts(**{f"d{one}": 9 for one in range(20)})
    assert effect(Taken(1, day(5)), [other], course, OPENED, TODAY).others == named
