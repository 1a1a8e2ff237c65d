"""What is usual: how much, at what hour of the week, and by how much it differs."""

import numpy as np
import pytest

from operations.detection.live.expectation import (
    LAG_H,
    MOST_BUSY,
    SHAPE_D,
    Expectation,
    busyness,
    expectation,
    over_dispersion,
    week_shape,
)
from operations.detection.live.windows import BINS, WINDOWS_H
from operations.pulse.windows import WEEK_H

NOW_H = 500_000
HOURS = np.arange(NOW_H - SHAPE_D * 24 - LAG_H + 1, NOW_H + 1)
WEEKS = 1 + 0.8 * np.sin(np.arange(WEEK_H) / WEEK_H * 14 * np.pi)


def counts(rate_h, seed=1, *, busy=1.0, shape=WEEKS):
    return np.random.default_rng(seed).poisson(rate_h * shape[HOURS % WEEK_H] * busy)


def usual_of(own, everything=None, first_h=0):
    return expectation(own, own if everything is None else everything, NOW_H, first_h)


def test_the_rate_is_that_of_four_weeks_and_not_of_the_last_day() -> None:
    own = np.full(len(HOURS), 2)
    own[: -(LAG_H + 28 * 24)] = 9
    own[-LAG_H:] = 500
    assert usual_of(own).rate_h == pytest.approx((2 * 672 + 1) / 672)
    assert usual_of(own).hours == 672


def test_hours_before_the_city_s_first_report_do_not_count() -> None:
    own = np.zeros(len(HOURS), int)
    own[-LAG_H - 72 :] = 3
    assert usual_of(own, first_h=NOW_H - LAG_H - 71).rate_h == pytest.approx((3 * 72 + 1) / 72)


@pytest.mark.parametrize("first_h", [NOW_H, NOW_H - 5])
def test_in_the_first_hours_there_is_something_to_go_by(first_h: int) -> None:
    own = np.zeros(len(HOURS), int)
    own[-1] = 4
    usual = usual_of(own, first_h=first_h)
    assert usual.rate_h == 5 / (NOW_H - first_h + 1)
    assert np.isfinite(usual.windows(NOW_H + 0.5)).all()
    assert (usual.windows(NOW_H + 0.5) > 0).all()


def test_a_category_nobody_ever_reported_is_expected_once_in_four_weeks() -> None:
    usual = usual_of(np.zeros(len(HOURS), int), counts(20))
    assert usual.windows(NOW_H + 1.0)[-1] == pytest.approx(720 / 672, rel=0.1)
    assert usual.v == 0
    silent = usual_of(np.zeros(len(HOURS), int))
    assert silent.windows(NOW_H + 1.0) == pytest.approx(np.array(WINDOWS_H) / 672)


def test_the_shape_is_one_on_average_and_follows_the_week() -> None:
    own = counts(30)
    shape = week_shape(own, own, HOURS)
    assert shape.mean() == pytest.approx(1)
    assert np.corrcoef(shape, WEEKS)[0, 1] > 0.98
    assert (shape > 0).all()


def test_few_reports_follow_the_city_s_day_and_many_their_own() -> None:
    everything = counts(30, shape=np.ones(WEEK_H))
    nightly = np.where(np.arange(WEEK_H) % 24 < 6, 4.0, 0.0)
    shapes = [
        week_shape(counts(rate, shape=nightly), everything, HOURS) for rate in (0.01, 0.1, 5.0)
    ]
    night = [float(shape[np.arange(WEEK_H) % 24 < 6].mean()) for shape in shapes]
    assert 1 < night[0] < night[1] < night[2]
    assert night[2] == pytest.approx(4, rel=0.05)


@pytest.mark.parametrize("half", [0.0, 0.5])
@pytest.mark.parametrize("within", [0.25, 1.0, 23.75, WEEK_H - 0.25])
def test_windows_add_up_across_the_ends_of_weeks(within: float, half: float) -> None:
    usual = usual_of(counts(20))
    end_h = float(NOW_H // WEEK_H * WEEK_H + within + half)
    found = usual.windows(end_h)
    shape = np.diff(usual.sums)
    for window, hours in zip(found, WINDOWS_H, strict=True):
        quarters = np.arange(end_h - hours, end_h, 0.25) + 0.125
        slowly = usual.rate_h * shape[quarters.astype(int) % WEEK_H].sum() / 4
        assert window == pytest.approx(slowly)
    assert (np.diff(found) > 0).all()


def test_two_weeks_are_twice_a_week() -> None:
    found = usual_of(counts(20)).windows(NOW_H + 0.3)
    assert found[WINDOWS_H.index(336)] == pytest.approx(2 * found[WINDOWS_H.index(168)])
    assert found[WINDOWS_H.index(168)] == pytest.approx(168 * usual_of(counts(20)).rate_h)


def spread(*, busy=1.0, rate_h=2.0, seed=1):
    own, everything = counts(rate_h, seed, busy=busy), counts(rate_h * 10, seed + 100)
    return over_dispersion(own, everything, week_shape(own, everything, HOURS), HOURS)


def test_poisson_days_are_not_over_dispersed_and_restless_ones_are() -> None:
    assert np.mean([spread(seed=seed) for seed in range(10)]) < 0.005
    restless = np.repeat(np.random.default_rng(3).gamma(2, 0.5, len(HOURS) // 24 + 1), 24)
    assert spread(busy=restless[: len(HOURS)]) > 0.1


def test_one_past_outbreak_is_no_restlessness() -> None:
    once = np.ones(len(HOURS))
    once[480:504] = 8
    assert spread(busy=once) < 0.02


def test_under_two_weeks_nothing_is_known_of_the_spread() -> None:
    hours = HOURS[: 13 * 24]
    own = np.random.default_rng(1).poisson(5, len(hours))
    assert over_dispersion(own, own, np.ones(WEEK_H), hours) == 0


FLAT = Expectation(10.0, np.arange(WEEK_H + 1.0), 672.0)


def test_an_ordinary_city_is_as_busy_as_usual() -> None:
    everything = np.full(1000, 10)
    assert busyness(FLAT, everything, NOW_H, NOW_H + 1.0) == pytest.approx(np.ones(BINS))


def test_the_hour_that_runs_counts_as_far_as_it_has_come() -> None:
    everything = np.full(1000, 10)
    everything[-1] = 5
    assert busyness(FLAT, everything, NOW_H, NOW_H + 0.5) == pytest.approx(np.ones(BINS))
    everything[-1] = 0
    assert busyness(FLAT, everything, NOW_H, float(NOW_H)) == pytest.approx(np.ones(BINS))


def test_a_storm_is_seen_at_once_and_never_believed_without_bounds() -> None:
    everything = np.full(1000, 10)
    everything[-1] = 60
    busy = busyness(FLAT, everything, NOW_H, NOW_H + 1.0)
    assert busy[0] == pytest.approx(110 / 60)
    assert (np.diff(busy) < 0).all()
    everything[-1] = 100_000
    assert busyness(FLAT, everything, NOW_H, NOW_H + 1.0)[0] == MOST_BUSY
