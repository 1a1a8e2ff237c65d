"""The table stands around the finding: its own cell is the finding, the others scale from it."""

from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from operations.detection.evidence.course import usual_week
from operations.detection.evidence.sensitivity import (
    RADII_KM,
    WINDOWS_H,
    Finding,
    around,
    log_likelihood_ratio,
    sensitivity,
)
from tests.builders import NOW_US
from tests.clusters import CENTRE, DAY_US, HOUR_US, reports

YANTAI = ZoneInfo("Asia/Shanghai")


def table(found, *, radius_km=0.5, window_h=6.0, recurrence_d=900.0, statistic=20.0):
    start = NOW_US - int(window_h * HOUR_US)
    week = usual_week(found, start_us=start, end_us=NOW_US, zone=YANTAI)
    finding = Finding(*CENTRE, radius_km, start, NOW_US, 0.9, recurrence_d, statistic, 9.0, 7.0)
    return sensitivity(finding, found, week)


ROWS = st.lists(st.tuples(st.floats(0, 60), st.floats(0, 6), st.integers(0, 30)), max_size=80)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.floats(0, 4), st.floats(0.1, 900))
def test_wider_and_longer_never_finds_fewer(rows, radius_km, window_h):
    days, km, callers = zip(*[(0.0, 0.0, 99), *rows], strict=True)
    found = reports([NOW_US - int(d * DAY_US) for d in days], km=km, caller=callers)
    made = table(found, radius_km=radius_km, window_h=window_h)
    assert made.observed.shape == (7, 7)
    assert (np.diff(made.observed, axis=0) >= 0).all()
    assert (np.diff(made.observed, axis=1) >= 0).all()
    assert (np.diff(made.expected, axis=1) >= -1e-9).all()
    assert made.expected[made.found] == pytest.approx(0.9)
    assert made.recurrence_d[made.found] == pytest.approx(900)
    assert made.radii_km[made.found[0]] == pytest.approx(radius_km)
    assert (made.statistic >= 0).all()


def test_the_finding_s_own_cell_counts_its_callers():
    times = [NOW_US - n * HOUR_US // 4 for n in range(12)]
    far = [NOW_US - n * DAY_US for n in range(2, 60)]
    made = table(reports(times + far, km=[0.3] * 12 + [2.5] * 58))
    assert made.observed[made.found] == 12
    assert made.statistic[made.found] == pytest.approx(12 * np.log(12 / 0.9) - 11.1)
    wide = int(np.searchsorted(made.radii_km, 3.0))
    assert made.expected[wide, made.found[1]] == pytest.approx(0.9 * 70 / 12)


def test_a_window_four_times_as_long_expects_about_four_times_as_much():
    steady = [NOW_US - n * HOUR_US for n in range(1, 80 * 24)]
    made = table(reports(steady))
    assert made.expected[made.found[0], 3] == pytest.approx(0.9 * 4, rel=0.2)


@pytest.mark.parametrize(("interval_d", "b"), [(7 * np.exp(1.5), None), (np.inf, 1.0), (3.0, 1.0)])
def test_rarity_runs_straight_from_the_threshold(interval_d, b):
    times = [NOW_US - n * HOUR_US // 4 for n in range(12)]
    own = 12 * np.log(12 / 0.9) - 11.1
    made = table(reports(times), statistic=own / 2, recurrence_d=interval_d)  # threshold: 18
    b = b or (own - 18.0) / 1.5
    expected = np.log(7) + (made.statistic - 18.0) / b
    above = made.statistic > 0
    above[made.found] = False
    told = np.log(made.recurrence_d[above])
    assert told == pytest.approx(np.minimum(expected, np.log(1e6))[above])
    assert made.recurrence_d[made.found] == pytest.approx(min(interval_d, 1e6))


def test_what_is_not_above_expectation_is_not_rare():
    made = table(reports([NOW_US - n * HOUR_US // 4 for n in range(12)]))
    assert (made.recurrence_d[made.statistic == 0] == 0).all()
    assert (made.statistic == 0).any()


def test_a_shape_that_is_no_circle_has_one_row():
    times = [NOW_US - n * HOUR_US // 4 for n in range(12)]
    found = reports(times, km=[30.0] * 12)
    week = usual_week(found, start_us=NOW_US - 6 * HOUR_US, end_us=NOW_US, zone=YANTAI)
    shape = np.ones(12, bool)
    finding = Finding(*CENTRE, 4.0, NOW_US - 6 * HOUR_US, NOW_US, 0.9, 900.0, 20.0, 9.0, 7.0, shape)
    made = sensitivity(finding, found, week)
    assert made.observed.shape == (1, 7)
    assert made.observed[made.found] == 12


def test_nothing_found_again_is_no_table():
    assert table(reports([NOW_US - HOUR_US], km=4.0)) is None
    assert table(reports([])) is None


def test_found_values_stand_among_the_steps():
    values, place = around(RADII_KM, 0.6)
    assert values[place] == 0.6
    assert len(values) == 7
    assert around(RADII_KM, 0.0)[1] == 0
    assert around(WINDOWS_H, 2000.0)[1] == 6


def test_statistic_is_neill_s():
    assert log_likelihood_ratio(np.array([4, 1, 0]), np.array([2.0, 3.0, 1.0])) == pytest.approx(
        [4 * np.log(2) - 2, 0, 0]
    )
