"""Made-up series of counts, by a seeded rule: seasons, a trend, bursts, more or less spread."""

import numpy as np


def weekly(seed: int, *, mean: float = 6, weeks: int = 330, phi: float = 1.8) -> np.ndarray:
    """Six years of weeks with a season, a trend and two past outbreaks."""
    dice, week = np.random.default_rng(seed), np.arange(weeks)
    rate = mean * np.exp(0.5 * np.sin(2 * np.pi * week / 52) + 0.3 * dice.normal() * week / weeks)
    counts = dice.negative_binomial(rate / (phi - 1), 1 / phi)
    for begin in dice.integers(0, weeks - 60, 2):
        counts[begin : begin + 4] += dice.poisson(3 * np.sqrt(phi * mean), 4)
    return counts


def daily(seed: int, *, mean: float = 8, days: int = 420, phi: float = 1.5) -> np.ndarray:
    """More than a year of days, fewer at weekends."""
    dice, weekday = np.random.default_rng(seed), np.arange(days) % 7
    rate = mean * np.where(weekday < 5, 1.15, 0.6)
    return dice.negative_binomial(rate / (phi - 1), 1 / phi)
