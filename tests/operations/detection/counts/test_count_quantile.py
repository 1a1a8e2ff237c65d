"""Quantiles of spread-out counts against scipy's distributions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from operations.detection.counts.count_quantile import quantile


@given(
    mean=st.floats(1e-6, 5_000),
    phi=st.one_of(st.just(1.0), st.floats(1.001, 60)),
    share=st.floats(0.01, 0.9999),
)
@settings(max_examples=150, deadline=None)
def test_is_the_least_number_that_is_enough(mean, phi, share):
    (number,) = quantile(np.array([mean]), np.array([phi]), share)
    chances = stats.nbinom(mean / (phi - 1), 1 / phi) if phi > 1 else stats.poisson(mean)
    assert chances.cdf(number) >= share - 1e-9
    assert number == 0 or chances.cdf(number - 1) < share + 1e-9


def test_many_at_once_and_a_mean_of_zero():
    numbers = quantile(np.array([0, 3.2, 40]), np.array([1, 1, 2.5]), 0.95)
    assert numbers.tolist() == [
        0,
        stats.poisson.ppf(0.95, 3.2),
        stats.nbinom.ppf(0.95, 40 / 1.5, 1 / 2.5),
    ]


@pytest.mark.parametrize("phi", [1.0, 3.0])
def test_grows_with_the_mean(phi):
    means = np.linspace(0, 50, 400)
    numbers = quantile(means, np.full(400, phi), 0.99)
    assert (np.diff(numbers) >= 0).all()
