"""Farrington's alarms: a step against the same season of past years.

The original is Farrington, Andrews, Beale & Catchpole 1996 (J. R. Stat. Soc. A 159, 547–563),
the flexible one Noufaily, Enki, Farrington, Garthwaite, Andrews & Charlett 2013 (Stat. Med. 32,
1206–1222). Both fit a quasi-Poisson baseline, weigh down what were likely outbreaks in it, fit
again, and drop the trend where it is not to be trusted: where it is not significant, where it
leads above all that was ever counted, where fewer than three periods are asked for, and where
none can be found.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from operations.detection.counts.count_quantile import quantile
from operations.detection.counts.farrington_baseline import (
    Baseline,
    Farrington,
    FlexibleFarrington,
)
from operations.detection.counts.quasi_poisson import Design, Fit, fit, over
from operations.detection.counts.series import Ints, Question, Reals, SeriesAlarms, question

_PERIODS_OF_A_TREND = 3
_AT_ONCE = 250_000
"""Products in one multiplication of series by levels: above it BLAS starts threads, which on
two busy cores takes ten times as long as the sums themselves."""


@dataclass(frozen=True, slots=True)
class _Outlook:
    """What the judged step is expected to be, arrays (series,)."""

    mean: Reals
    variance: Reals  # of the mean's logarithm, over φ
    dispersion: Reals


def farrington(
    counts: npt.ArrayLike, steps: npt.ArrayLike, rule: Farrington | None = None
) -> SeriesAlarms:
    """Judge by the original method.

    With z the normal quantile of 1 − α/2, bound = μ (1 + ⅔ z √(φ (1/μ + v)))^{3/2}, v φ the
    variance of log μ. It is 0, without an alarm, where cases are too few to judge.
    A history shorter than asked for is used as far as it goes; one period and the window is
    the least.
    """
    rule = rule or Farrington()
    asked = question(counts, steps, least_before=rule.least_before)
    z = special.ndtri(1 - rule.alpha / 2)

    def bound(now: _Outlook) -> Reals:
        wide = np.sqrt(now.dispersion * (over(1.0, now.mean, 0) + now.variance))
        upper: Reals = now.mean * (1 + 2 / 3 * z * wide) ** 1.5
        return upper

    return _judge(asked, rule, rule.baseline, bound, _spread, unjudged=0.0)


def farrington_flexible(
    counts: npt.ArrayLike,
    steps: npt.ArrayLike,
    rule: FlexibleFarrington | None = None,
    seasons: Ints | None = None,
) -> SeriesAlarms:
    """Judge by the flexible method.

    The bound is the 1 − α quantile of a negative binomial with the fitted mean and dispersion
    plugged in (Poisson where φ is 1), so a whole number. It is nan where cases are too few to
    judge. The history has to reach back `periods_back` periods. `seasons` says of which season
    each step is, (steps,), where a period's places do not tell: holidays among weekdays.
    """
    rule = rule or FlexibleFarrington()
    asked = question(counts, steps, least_before=rule.least_before)

    def bound(now: _Outlook) -> Reals:
        doubt = 1 + now.mean * now.variance if rule.in_doubt else 1.0
        return quantile(now.mean, now.dispersion * doubt, 1 - rule.alpha)

    def past(step: int) -> Baseline:
        return rule.baseline(step, seasons)

    return _judge(asked, rule, past, bound, _relative_spread, unjudged=np.nan)


def _judge(
    asked: Question,
    rule: Farrington,
    baseline: Callable[[int], Baseline],
    bound: Callable[[_Outlook], Reals],
    spread: Callable[[Reals, Reals, Fit], Reals],
    unjudged: float,
) -> SeriesAlarms:
    shape = (len(asked.counts), len(asked.steps))
    expected, upper = np.empty(shape), np.empty(shape)
    for place, step in enumerate(asked.steps.tolist()):
        past = baseline(step)
        counts = asked.counts[:, past.places]
        many = max(1, _AT_ONCE // past.design.of_level.size)
        for first in range(0, len(counts), many):
            rows = slice(first, first + many)
            now = _outlook(counts[rows], past.design, rule, spread)
            expected[rows, place], upper[rows, place] = now.mean, bound(now)
    judged = _recent_cases(asked, rule.least_over) >= rule.least_cases
    return asked.answer(expected, np.where(judged, upper, unjudged), judged)


def _recent_cases(asked: Question, over_steps: int) -> Reals:
    """Sum the last steps up to each judged one, (series, judged)."""
    sums = np.cumsum(np.pad(asked.counts, ((0, 0), (over_steps, 0))), axis=1)
    recent: Reals = sums[:, asked.steps + over_steps] - sums[:, asked.steps]
    return recent


def _outlook(
    counts: Reals,
    design: Design,
    rule: Farrington,
    spread: Callable[[Reals, Reals, Fit], Reals],
) -> _Outlook:
    """Fit the baseline, with a trend where it is to be trusted."""
    level, _ = _robust(counts, design, rule.reweight_above, trend=False)
    if rule.periods_back < _PERIODS_OF_A_TREND or rule.trend_p == 0:
        return _Outlook(level.now, level.variance, np.maximum(level.dispersion, 1))
    slope, weights = _robust(counts, design, rule.reweight_above, trend=True)
    p = _p_of_trend(slope, spread(counts, weights, slope))
    kept = (p < rule.trend_p) & (slope.now <= counts.max(axis=1))
    return _Outlook(
        np.where(kept, slope.now, level.now),
        np.where(kept, slope.variance, level.variance),
        np.maximum(np.where(kept, slope.dispersion, level.dispersion), 1),
    )


def _robust(counts: Reals, design: Design, threshold: float, *, trend: bool) -> tuple[Fit, Reals]:
    """Fit, weigh down what stands out, fit again."""
    first = fit(counts, np.ones_like(counts), design, trend=trend)
    weights = _weights(counts, first, threshold)
    return fit(counts, weights, design, trend=trend), weights


def _weights(counts: Reals, first: Fit, threshold: float) -> Reals:
    """Give ω ∝ 1/s² where the standardised Anscombe residual s is above the threshold, else 1."""
    phi = np.maximum(first.dispersion, 1)[:, None]
    room = np.sqrt(phi * np.maximum(1 - first.leverage, 0)) * np.sqrt(np.cbrt(first.means))
    s = over(1.5 * (np.cbrt(counts) ** 2 - np.cbrt(first.means) ** 2), room, 0)
    raw = np.where(s > threshold, over(1.0, s**2, 1), 1)
    weights: Reals = raw * (counts.shape[1] / raw.sum(axis=1))[:, None]
    return weights


def _p_of_trend(slope: Fit, spread: Reals) -> Reals:
    """Give the two-sided p of Student's t of the slope; 1 where there is none."""
    t = over(np.abs(slope.slope), np.sqrt(spread * slope.slope_variance), np.inf)
    return np.where(slope.slope == 0, 1.0, 2 * special.stdtr(slope.freedom, -t))


def _spread(_counts: Reals, _weights: Reals, slope: Fit) -> Reals:
    """Give the dispersion the original tests a trend by: Pearson's."""
    return slope.dispersion


def _relative_spread(counts: Reals, weights: Reals, slope: Fit) -> Reals:
    """Give the dispersion the flexible method tests a trend by: Σ ω ((y − μ)/μ)² / freedom.

    Noufaily and others keep every trend. R's surveillance 1.20 drops some, by this figure: the
    reference bounds come out with it, and with Pearson's dispersion they do not. It is below
    Pearson's wherever counts are above 1, so fewer trends are dropped.
    """
    apart = over(counts - slope.means, slope.means, 1)
    spread: Reals = (weights * apart**2).sum(axis=1) / slope.freedom
    return spread
