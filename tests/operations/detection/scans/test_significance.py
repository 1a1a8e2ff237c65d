"""What a p-value rests on, and the Gumbel tail."""

import numpy as np
import pytest

from operations.detection.scans.significance import (
    Gumbel,
    fit_gumbel,
    p_value,
    recurrence_interval_d,
)


def test_fit_finds_the_distribution_its_sample_came_from() -> None:
    sample = np.random.default_rng(7).gumbel(6.0, 1.5, 200_000)
    found = fit_gumbel(sample)
    assert found.location == pytest.approx(6.0, abs=0.02)
    assert found.scale == pytest.approx(1.5, abs=0.02)


def test_tail_keeps_its_digits_and_value_is_its_inverse() -> None:
    gumbel = Gumbel(5.0, 1.0)
    assert gumbel.tail(5.0) == pytest.approx(1 - np.exp(-1))
    assert gumbel.tail(45.0) == pytest.approx(np.exp(-40.0), rel=1e-6)
    assert gumbel.tail(-5000.0) == 1.0
    assert gumbel.value(gumbel.tail(9.25)) == pytest.approx(9.25)
    assert fit_gumbel([2.0, 2.0]).tail(3.0) == 0.0


def test_rank_counts_equal_replicates_and_the_tail_takes_over_beyond_them() -> None:
    maxima = np.arange(1.0, 100.0)  # 1 to 99
    assert p_value(50.0, maxima).p == pytest.approx(51 / 100)
    assert p_value(50.0, maxima).basis == "rank"
    assert p_value(99.0, maxima).p == pytest.approx(2 / 100)
    beyond = p_value(400.0, maxima)
    assert beyond.basis == "gumbel"
    assert beyond.p < 1e-4
    assert p_value(99.5, maxima).p <= 1 / 100
    assert p_value(3.0, []).basis == "none"
    assert p_value(1e9, maxima).p > 0.0


def test_recurrence_interval_as_the_reference_prints_it() -> None:
    assert round(recurrence_interval_d(0.216)) == 5  # New York fever: 5 days
    assert recurrence_interval_d(0.009, 365.25) / 365.25 == pytest.approx(111.1, abs=0.05)
    assert recurrence_interval_d(0.0) == float("inf")
