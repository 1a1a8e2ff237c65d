"""Quasi-Poisson regression of counts on a level of the year and a trend, many series at once.

log μ = α_l + β t, with the variance φ μ. For a given β the best levels are known outright,
α_l = log(Σ ω y / Σ ω e^{βt}) over the steps of level l, which leaves a concave function of β
alone: Newton's method in one dimension finds it, with no matrix, and a level without a case has
mean 0 instead of a coefficient running off to −∞. Variances follow from the information
matrix, in which the levels form a diagonal block.
"""

from dataclasses import dataclass

import numpy as np

from operations.detection.counts.series import Reals

_STEEPEST = 50.0  # e^50-fold from end to end of a baseline is no trend
_CLOSE = 1e-11
_FLAT = 1e-9
_MOST_ROUNDS = 80  # halving the range of slopes alone takes 43


@dataclass(frozen=True, slots=True)
class Design:
    """The steps of a baseline, seen from the judged step.

    times: (steps,), −1 at the oldest, 0 at the judged; of_level: (steps, levels), 1 where a
    step is of a level, else 0. Every level has a step; the first is the judged step's own.
    """

    times: Reals
    of_level: Reals


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted baseline; arrays (series,), `means` and `leverage` (series, steps).

    `now` is the mean at the judged step, `variance` that of its logarithm and `slope_variance`
    that of the slope, both to be multiplied by φ; `dispersion` is Pearson's φ, which may be
    below 1, `freedom` its degrees of freedom. Where no finite slope is the best, `slope` is 0.
    """

    means: Reals
    leverage: Reals
    now: Reals
    variance: Reals
    slope: Reals
    slope_variance: Reals
    dispersion: Reals
    freedom: int


def fit(counts: Reals, weights: Reals, design: Design, *, trend: bool) -> Fit:
    """Fit counts (series, steps) with weights of the same shape, with a trend or without."""
    times, of_level = design.times, design.of_level
    mass = (weights * counts) @ of_level
    slope = np.zeros(len(counts))
    if trend:
        slope = _slopes(counts * weights, mass, weights, design)
    tilted = weights * np.exp(slope[:, None] * times)
    base = tilted @ of_level
    share = tilted / (base @ of_level.T)
    means = share * (mass @ of_level.T) / weights
    centre = (tilted * times) @ of_level / base
    apart = times - centre @ of_level.T
    pull = weights * means * apart**2
    slope_variance = np.where(slope == 0, 0, over(1.0, pull.sum(axis=1), 0))
    freedom = len(times) - of_level.shape[1] - trend
    own = mass[:, 0]
    return Fit(
        means=means,
        leverage=share + pull * slope_variance[:, None],
        now=own / base[:, 0],
        variance=1 / np.where(own > 0, own, np.inf) + centre[:, 0] ** 2 * slope_variance,
        slope=slope,
        slope_variance=slope_variance,
        dispersion=(weights * over((counts - means) ** 2, means, 0)).sum(axis=1) / freedom,
        freedom=freedom,
    )


def over(above: Reals | float, below: Reals, otherwise: float) -> Reals:
    """Divide, giving `otherwise` where there is nothing to divide by."""
    some = below > 0
    ratio: Reals = np.where(some, above / np.where(some, below, 1), otherwise)
    return ratio


def _slopes(cases: Reals, mass: Reals, weights: Reals, design: Design) -> Reals:
    """Give the likeliest slopes, 0 where there is none.

    cases: weighted counts (series, steps); mass: their sums by level (series, levels). There is
    none where each level's cases all stand at its first step, or all at its last.
    """
    times, of_level = design.times, design.of_level
    squares, moment = times**2, cases @ times
    latest = np.where(of_level > 0, times[:, None], -np.inf).max(axis=0)
    earliest = np.where(of_level > 0, times[:, None], np.inf).min(axis=0)
    found = (mass @ latest - moment > _CLOSE) & (moment - mass @ earliest > _CLOSE)
    slope = np.zeros(len(cases))
    low, high = np.full(len(cases), -_STEEPEST), np.full(len(cases), _STEEPEST)
    moving = np.flatnonzero(found)
    for _ in range(_MOST_ROUNDS):
        at = slope[moving]
        tilted = weights[moving] * np.exp(at[:, None] * times)
        base = tilted @ of_level
        centre = (tilted @ (of_level * times[:, None])) / base
        spread = (tilted @ (of_level * squares[:, None])) / base - centre**2
        gradient = moment[moving] - (mass[moving] * centre).sum(axis=1)
        low[moving] = np.where(gradient > 0, at, low[moving])
        high[moving] = np.where(gradient > 0, high[moving], at)
        step = at + over(gradient, (mass[moving] * spread).sum(axis=1), np.inf)
        far = np.abs(step - at) > _CLOSE
        # a step past what is known to be too far is replaced by the middle
        past = far & ((step <= low[moving]) | (step >= high[moving]))
        slope[moving] = np.where(past, (low[moving] + high[moving]) / 2, step)
        moving = moving[far]
        if not moving.size:
            break
    found[moving] = False
    found &= np.abs(slope) < _STEEPEST - 1
    # what rounding leaves of a flat series is no slope, however little it varies
    return np.where(found & (np.abs(slope) > _FLAT), slope, 0)
