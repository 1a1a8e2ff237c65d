"""The course of a cluster: sums hold, the week's shape is found, too little past says nothing."""

from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from operations.detection.evidence.course import MOST_POINTS, course, usual_week, week_shape
from operations.detection.evidence.local_hours import local_hours
from operations.detection.live.votes import Votes, rows_of
from tests.builders import NOW_US
from tests.clusters import DAY_US, HOUR_US, reports

YANTAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")


def told(found, *, window_h, end_us=NOW_US, zone=YANTAI):
    start = end_us - int(window_h * HOUR_US)
    window = {"start_us": start, "end_us": end_us}
    return course(found.time_us[found.votes], usual_week(found, **window, zone=zone), **window)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 40), st.integers(0, 8)), min_size=1, max_size=80),
    st.floats(0.2, 800),
    st.sampled_from([YANTAI, NEW_YORK, ZoneInfo("Asia/Kolkata")]),
)
def test_the_window_s_points_add_up_to_its_callers(rows, window_h, zone):
    ago, callers = zip(*rows, strict=True)
    found = reports([NOW_US - int(days * DAY_US) for days in ago], caller=callers)
    run = told(found, window_h=window_h, zone=zone)
    inside = found.time_us[found.votes] >= NOW_US - int(window_h * HOUR_US)
    assert run.in_window.sum() == inside.sum()
    assert (run.observed >= run.in_window).all()
    assert len(run.start_us) <= MOST_POINTS
    assert (np.diff(run.start_us) > 0).all()
    for column in (run.expected, run.low, run.high, run.expected_in_window):
        assert column.shape == run.start_us.shape
    assert (run.expected_in_window <= run.expected + 1e-9).all()
    assert (run.low <= run.high).all()


def test_a_steady_past_expects_what_it_had():
    hourly = [NOW_US - n * HOUR_US for n in range(1, 90 * 24)]
    run = told(reports(hourly, since_us=NOW_US - 90 * DAY_US), window_h=24)
    assert run.step_h == 1
    assert run.expected[:-2] == pytest.approx(1.0, abs=0.25)
    assert run.expected_in_window.sum() == pytest.approx(24, rel=0.1)
    assert (run.high[:-2] > 2).all()


def test_what_was_abnormal_before_is_not_usual():
    calm = [NOW_US - n * DAY_US for n in range(2, 80)]
    storm = [NOW_US - 20 * DAY_US - n * 8 * HOUR_US for n in range(30)]  # three a day
    found = reports(calm + storm)
    start = NOW_US - 24 * HOUR_US

    def expected(*abnormal):
        window = {"start_us": start, "end_us": NOW_US}
        week = usual_week(found, **window, zone=YANTAI, abnormal=abnormal)
        return course(found.time_us, week, **window).expected_in_window.sum()

    away = (NOW_US - 31 * DAY_US, NOW_US - 19 * DAY_US)
    assert expected(away) == pytest.approx(66 / 87, rel=0.3)
    assert expected() > 1.2 * expected(away)


def test_a_day_of_far_more_than_others_is_not_usual():
    calm = [NOW_US - n * DAY_US for n in range(2, 80)]
    storm = [NOW_US - 20 * DAY_US - n * HOUR_US // 8 for n in range(100)]
    quiet, stormy = (told(reports(times), window_h=24) for times in (calm, calm + storm))
    assert stormy.expected_in_window.sum() == pytest.approx(quiet.expected_in_window.sum(), rel=0.1)
    assert stormy.high.max() == pytest.approx(quiet.high.max(), rel=0.2)


def test_a_season_that_has_begun_is_usual():
    before = [NOW_US - n * DAY_US for n in range(22, 99)]
    season = [NOW_US - n * HOUR_US for n in range(1, 20 * 24)]
    run = told(reports(before + season), window_h=24)
    assert run.expected_in_window.sum() == pytest.approx(24, rel=0.25)
    assert run.past_us == pytest.approx(14 * DAY_US, rel=0.05)


def test_a_long_window_is_told_by_days():
    run = told(reports([NOW_US - n * DAY_US for n in range(90)]), window_h=20 * 24)
    assert run.step_h == 24
    assert run.expected[1:-1] == pytest.approx(1.0, abs=0.2)


def test_a_week_of_past_is_the_least_to_expect_from():
    found = reports([NOW_US - HOUR_US], since_us=NOW_US - 5 * DAY_US)
    run = told(found, window_h=24)
    assert run.expected is run.low is run.high is run.expected_in_window is None
    assert run.observed.sum() == 1


def test_the_shape_of_the_week_is_found_and_drawn_towards_the_plain_one():
    hours = local_hours(NOW_US - 200 * DAY_US, NOW_US, YANTAI)
    busy = ((hours.week_h % 24 >= 9) & (hours.week_h < 120)) * 20 + 1
    shape = week_shape(hours, busy, np.ones(len(busy)))
    assert shape.mean() == pytest.approx(1)
    assert shape[10] / shape[3] == pytest.approx(21, rel=0.25)
    flat = week_shape(hours, np.zeros(len(busy), np.int64), np.ones(len(busy)))
    assert flat == pytest.approx(1)


def test_hours_are_hours_of_the_city_s_clock():
    hours = local_hours(NOW_US, NOW_US + HOUR_US, YANTAI)  # Tuesday, ten in the morning
    assert hours.week_h[0] == 24 + 10
    assert hours.shares(NOW_US, NOW_US + HOUR_US // 2)[0] == pytest.approx(0.5)
    half = local_hours(NOW_US, NOW_US + HOUR_US, ZoneInfo("Asia/Kolkata"))
    assert (half.start_us % HOUR_US == HOUR_US // 2).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 70 * 24), st.integers(0, 4)), max_size=40))
def test_a_vote_is_what_the_scan_counts(rows):
    ago_h, callers = zip(*rows, strict=True) if rows else ((), ())
    found = reports([NOW_US - h * HOUR_US for h in ago_h], caller=callers)
    nothing = np.zeros(len(found), np.int64)
    kept = Votes()
    never = nothing.astype(bool)
    rows = rows_of(found.time_us, nothing, found.caller, never, never)
    kept.change(rows[:0], rows)
    order = np.lexsort((found.caller, found.time_us))
    assert found.votes.sum() == kept.counts.sum()
    again = np.lexsort((kept.rows["caller"], kept.rows["time_us"]))
    same = len({*zip(ago_h, callers, strict=True)}) == len(ago_h)
    assert not same or (found.votes[order] == kept.counts[again]).all()
