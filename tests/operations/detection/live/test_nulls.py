"""An ordinary time lived through: the same with one seed, and its thresholds keep what they say."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binom

from operations.detection.live.expectation import Expectation
from operations.detection.live.nulls import STRETCH, Ordinary, Tail, fit_tail, windows_for
from operations.detection.live.reach import RINGS
from operations.detection.live.windows import BINS, WINDOWS_H, unit_vectors
from operations.pulse.windows import WEEK_H


def ordinary(rate_h: float = 0.2, past: int = 100, v: float = 0.0) -> Ordinary:
    """Give a category of thirty places of a small city, each its own cell."""
    dice = np.random.default_rng(5)
    places = 30
    points = unit_vectors(37 + dice.random(places) * 0.2, 120 + dice.random(places) * 0.2)
    apart = np.linalg.norm(points[:, None] - points[None], axis=2) * 6367
    radii = np.array([0.05, 0.15, 0.3, 0.5, 0.8, 1.2, 1.8, 2.6, 3.6, 5.0])
    around = (apart[:, :, None] <= radii).sum(axis=1) / places
    areas = np.full((places, 4), -1)
    areas[:, 0] = 0
    shape = 1 + 0.5 * np.sin(np.arange(WEEK_H) / 24 * 2 * np.pi)
    return Ordinary(
        usual=Expectation(rate_h, np.concatenate([[0], np.cumsum(shape)]), 672.0, v),
        points=points,
        areas=areas,
        cells=np.arange(places),
        chance=np.full(places, 1 / places),
        past=past,
        around=around,
        area_shares=np.ones(1),
    )


def test_the_same_seed_gives_the_same_and_another_another() -> None:
    one = ordinary()
    assert one.maxima(4, 1).tolist() == one.maxima(4, 1).tolist()
    assert one.maxima(8, 1)[:4].tolist() == one.maxima(4, 1).tolist()
    assert len(set(one.maxima(8, 1).tolist())) == 8
    assert not set(one.maxima(8, 1)) & set(one.maxima(8, 2))


@pytest.mark.parametrize(("rate_h", "hours"), [(100.0, 1), (1.0, 24), (0.001, 8760)])
def test_a_stretch_brings_some_reports_and_is_never_over_a_year(rate_h: float, hours: int) -> None:
    assert ordinary(rate_h).stretch_h == hours
    assert hours * rate_h <= max(STRETCH, rate_h)


def test_windows_that_hold_too_much_are_not_looked_at() -> None:
    assert windows_for(0.01) == BINS
    assert windows_for(1e6) == 1
    assert windows_for(600 / 24) == WINDOWS_H.index(24) + 1


def test_a_category_nobody_reports_and_a_single_place_can_be_lived_through() -> None:
    rare = replace(ordinary(rate_h=1 / 672), past=0)
    assert np.isfinite(rare.maxima(3, 1)).all()
    alone = replace(
        ordinary(), points=unit_vectors(np.array([37.0]), np.array([120.0])),
        areas=np.zeros((1, 4), np.int64), cells=np.zeros(1, np.int64), chance=np.ones(1),
        around=np.ones((1, RINGS)),
    )  # fmt: skip
    assert alone.maxima(3, 1).tolist() == [0, 0, 0], "one address is no cluster"


@pytest.mark.parametrize("maxima", [np.zeros(99), np.random.default_rng(1).gumbel(6, 1, 99)])
def test_value_and_rate_invert_each_other(maxima: np.ndarray) -> None:
    tail = fit_tail(maxima, 2.0)
    for per_day in (1e-6, 1e-4, 1e-3):
        assert tail.per_day(tail.value_at(per_day)) == pytest.approx(per_day)
    assert tail.value_at(1e-3) > tail.value_at(1e-2) >= tail.start


def test_below_its_beginning_a_tail_says_what_is_at_its_beginning() -> None:
    tail = Tail(5.0, 1.0, 0.4, 2.0, 9.0, 99)
    assert tail.per_day(1.0) == tail.per_day(5.0) == pytest.approx(0.2)
    assert tail.value_at(50.0) == 5.0
    assert (tail.basis(8.9), tail.basis(9.0)) == ("monte_carlo", "gumbel")


def test_no_finding_at_all_leaves_a_tail_that_decides_something() -> None:
    tail = fit_tail(np.zeros(99), 1.0)
    assert (tail.start, tail.scale, tail.highest) == (0, 1, 0)
    assert tail.value_at(1 / 365) == pytest.approx(math.log(365 / 99), rel=0.01)
    assert math.isfinite(tail.per_day(1000.0))


def test_a_tail_that_falls_too_fast_is_not_believed() -> None:
    assert fit_tail(np.linspace(5, 5.1, 99), 1.0).scale == 1


def test_of_a_gumbel_it_asks_a_little_more_than_it_must() -> None:
    """Right above the start a Gumbel falls more slowly than where alarms are decided."""
    maxima = np.random.default_rng(2).gumbel(8.0, 1.5, 20_000)
    tail = fit_tail(maxima, 1.0)
    for per_day in (0.1, 0.01, 0.001):
        true = 8.0 - 1.5 * math.log(per_day)
        assert true - 0.1 <= tail.value_at(per_day) <= true + 1.0


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("v", [0.0, 0.2])
def test_thresholds_keep_what_they_say_in_a_run_of_their_own(seed: int, v: float) -> None:
    one = ordinary(v=v)
    tail = one.tail(150, seed)
    fresh = one.maxima(150, 1000 + seed)
    for share in (0.3, 0.1):
        threshold = tail.value_at(-math.log1p(-share) / tail.stretch_d)
        passed = int((fresh > threshold).sum())
        # Both the threshold and the count are uncertain: twice a binomial's variance.
        low, high = (binom.ppf(q, 150, share) - 150 * share for q in (5e-4, 1 - 5e-4))
        assert math.sqrt(2) * low - 1 <= passed - 150 * share <= math.sqrt(2) * high + 1
