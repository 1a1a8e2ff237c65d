"""Quantiles of counts whose variance is φ times their mean.

Poisson at φ = 1, negative binomial of size μ/(φ − 1) and chance 1/φ above.
"""

import numpy as np
from scipy import special

from operations.detection.counts.series import Reals


def quantile(mean: Reals, dispersion: Reals, share: float) -> Reals:
    """Give the least whole number that a count passes with a chance of 1 − share at most.

    mean ≥ 0, dispersion ≥ 1, of one shape; 0 < share < 1. Found by halving, as no formula is
    exact at whole numbers; it lies no higher than Cantelli's inequality allows.
    """
    sd = np.sqrt(dispersion * mean)
    low = np.full_like(mean, -1)
    high: Reals = np.ceil(mean + sd * np.sqrt(share / (1 - share)))
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        enough = _at_most(middle, mean, dispersion) >= share
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high


def _at_most(number: Reals, mean: Reals, dispersion: Reals) -> Reals:
    """Give the chance of a number or fewer; 1 where the mean is 0, 0 below the number 0."""
    some = (mean > 0) & (number >= 0)
    k, mu = np.where(some, number, 0), np.where(some, mean, 1)
    wide = dispersion > 1
    phi = np.where(wide, dispersion, 2)
    chance: Reals = np.where(
        wide, special.betainc(mu / (phi - 1), k + 1, 1 / phi), special.gammaincc(k + 1, mu)
    )
    sure: Reals = np.where(number >= 0, 1.0, 0.0)
    return np.where(some, chance, sure)
