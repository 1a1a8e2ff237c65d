"""The regression behind Farrington's bounds: the likeliest fit, and where there is none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from operations.detection.counts.quasi_poisson import Design, fit


def design(steps: int, levels: int) -> Design:
    places = np.arange(steps)
    return Design(
        (places - steps) / steps,
        (places[:, None] % levels == np.arange(levels)).astype(float),
    )


@given(
    counts=st.lists(st.integers(0, 30), min_size=24, max_size=24),
    weights=st.lists(st.floats(0.01, 3), min_size=24, max_size=24),
    levels=st.integers(1, 4),
)
@settings(max_examples=60, deadline=None)
def test_score_is_zero_where_the_fit_is_found(counts, weights, levels):
    laid, seen, weighed = design(24, levels), np.array([counts], float), np.array([weights])
    for trend in (False, True):
        found = fit(seen, weighed, laid, trend=trend)
        rest = (weighed * (seen - found.means))[0]
        scale = 1e-8 * (1 + (weighed * seen).sum())
        assert np.abs(rest @ laid.of_level).max() < scale
        if found.slope[0] != 0:
            assert abs(rest @ laid.times) < scale


@given(
    counts=st.lists(st.integers(0, 30), min_size=24, max_size=24),
    levels=st.integers(1, 4),
)
@settings(max_examples=40, deadline=None)
def test_leverages_sum_to_the_number_of_coefficients(counts, levels):
    laid = design(24, levels)
    found = fit(np.array([counts], float), np.ones((1, 24)), laid, trend=True)
    if found.slope[0] != 0:
        assert found.leverage.sum() == pytest.approx(levels + 1)
    assert found.freedom == 24 - levels - 1


def test_slope_of_exact_growth_is_found():
    laid = design(40, 1)
    found = fit(3 * np.exp(2.5 * laid.times)[None], np.ones((1, 40)), laid, trend=True)
    assert found.slope[0] == pytest.approx(2.5)
    assert found.now[0] == pytest.approx(3)
    assert found.dispersion[0] == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize(
    "cases",
    [{}, {0: 9}, {23: 9}, {22: 4, 23: 9}, {0: 4, 1: 9}],
    ids=["none", "first", "last", "both levels' last", "both levels' first"],
)
def test_no_finite_slope_is_said_to_be_none(cases):
    counts = np.zeros((1, 24))
    for step, number in cases.items():
        counts[0, step] = number
    found = fit(counts, np.ones((1, 24)), design(24, 2), trend=True)
    assert found.slope[0] == 0
    assert found.slope_variance[0] == 0


def test_a_slope_is_found_as_soon_as_one_case_lies_apart():
    counts = np.zeros((1, 24))
    counts[0, [20, 22, 23]] = [1, 1, 9]
    found = fit(counts, np.ones((1, 24)), design(24, 2), trend=True)
    assert found.slope[0] > 5


def test_a_slope_steeper_than_any_trend_is_none():
    counts = np.zeros((1, 24))
    counts[0, [20, 22, 23]] = [1, 1, 90]
    assert fit(counts, np.ones((1, 24)), design(24, 2), trend=True).slope[0] == 0


def test_a_slope_far_beyond_the_first_step_of_the_search_is_found():
    # at slope 0 all weight is on the first step, so that Newton's step goes far too far
    counts, weights = np.zeros((1, 24)), np.full((1, 24), 1e-4)
    counts[0, [0, 23]], weights[0, 0] = [1, 10_000], 1
    laid = design(24, 1)
    found = fit(counts, weights, laid, trend=True)
    assert found.slope[0] > 3
    assert abs((weights * (counts - found.means))[0] @ laid.times) < 1e-9


def test_a_level_without_a_case_has_mean_zero():
    counts = np.tile([0, 6, 7], 8)[None].astype(float)
    found = fit(counts, np.ones((1, 24)), design(24, 3), trend=True)
    assert found.now[0] == 0
    assert found.means[0, ::3].tolist() == [0] * 8
    assert np.isfinite(found.dispersion[0])


def test_rounding_is_no_slope():
    found = fit(np.full((1, 35), 5.0), np.ones((1, 35)), design(35, 1), trend=True)
    assert found.slope[0] == 0
