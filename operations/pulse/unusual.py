"""Which names (categories, districts) have more tickets than is usual, and since when.

Each name is looked at through the hour now running together with the last 1, 3, 6 or 24
whole hours; the window in which its excess is the least likely (Poisson log-likelihood
ratio) is the one shown. A name is `above` when its number passes the bound at z = 3.7 with
at least 5 tickets over the expected ones, `far_above` at z = 5.5 with at least 15. The
bounds are that wide because some sixty names are looked at through four windows all day.
`since` is the start of the hour from which on the excess up to now is the least likely.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from operations.pulse.counts import Numbers, TimedCounts
from operations.pulse.expected import Almanac, Past, Reals, outlook
from operations.pulse.windows import Ints

WINDOWS_H = (1, 3, 6, 24)
Z_ABOVE, LEAST_ABOVE = 3.7, 5
Z_FAR_ABOVE, LEAST_FAR_ABOVE = 5.5, 15

Level = Literal["usual", "above", "far_above"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a name stands against what is usual in its window, [window_start, now].

    `high` is the bound the number has to pass to be `above`. Without a past `expected`
    and `high` are None and the level is usual.
    """

    observed: int
    window_h: int
    window_start_us: int
    expected: float | None
    high: float | None
    likelihood: float
    level: Level
    since_us: int | None


def standings(almanac: Almanac, counts: TimedCounts, numbers: Numbers) -> list[Standing]:
    """Tell how each name stands."""
    first = counts.newest - max(WINDOWS_H)
    past = almanac.since(counts, numbers, first)
    seen = counts.at(numbers, np.arange(first, counts.newest + 1))
    looks = [_look(seen, past, window_h) for window_h in WINDOWS_H]
    best = np.argmax([look.likelihood for look in looks], axis=0) if looks else np.zeros(0)
    ratios = _likelihoods(np.cumsum(seen[:, ::-1], axis=1), _sums_back(past))
    onsets = counts.newest - np.argmax(ratios, axis=1) if len(seen) else np.zeros(0, np.int64)
    return [
        _standing(looks[window], name, counts, int(onsets[name]))
        for name, window in enumerate(best.tolist())
    ]


@dataclass(frozen=True, slots=True)
class _Look:
    window_h: int
    observed: Ints
    expected: Reals | None
    above: Reals
    far_above: Reals
    likelihood: Reals


def _look(seen: Ints, past: Past, window_h: int) -> _Look:
    observed, window = seen[:, -window_h - 1 :].sum(axis=1), past.last(window_h + 1)
    usual = outlook(window)
    if usual is None:
        nothing: Reals = np.zeros(len(seen))
        return _Look(window_h, observed, None, nothing, nothing, nothing - 1.0)
    likelihood = _likelihoods(observed, usual.mid)
    return _Look(
        window_h, observed, usual.mid, usual.high(Z_ABOVE), usual.high(Z_FAR_ABOVE), likelihood
    )


def _sums_back(past: Past) -> Reals:
    weeks = np.maximum(past.usable.sum(axis=0), 1)
    means = past.counts.sum(axis=1) / weeks * past.shares
    sums: Reals = np.cumsum(means[:, ::-1], axis=1)
    return sums


def _likelihoods(observed: Ints, expected: Reals) -> Reals:
    """Give y ln(y/μ) − (y − μ) where y > μ, else 0; μ at least a sixteenth of a ticket."""
    mu: Reals = np.maximum(expected, 1 / 16)
    seen = observed.astype(np.float64)
    ratio: Reals = seen * np.log(np.maximum(seen, 1) / mu) - (seen - mu)
    return np.where(seen > mu, ratio, 0.0)


def _standing(look: _Look, name: int, counts: TimedCounts, onset: int) -> Standing:
    observed = int(look.observed[name])
    level: Level = "usual"
    expected = high = None
    if look.expected is not None:
        expected, high = float(look.expected[name]), float(look.above[name])
        excess = observed - expected
        if observed > look.far_above[name] and excess >= LEAST_FAR_ABOVE:
            level = "far_above"
        elif observed > high and excess >= LEAST_ABOVE:
            level = "above"
    return Standing(
        observed=observed,
        window_h=look.window_h,
        window_start_us=counts.start_us(counts.newest - look.window_h),
        expected=expected,
        high=high,
        likelihood=float(look.likelihood[name]),
        level=level,
        since_us=None if level == "usual" else counts.start_us(onset),
    )
