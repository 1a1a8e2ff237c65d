"""Which names (categories, districts) have more tickets than is usual, and since when.

Each name is looked at through the hour now running together with the last 1, 3, 6 or 24
whole hours; shown is the window with the highest level, and among such the one in which the
excess is the least likely (Poisson log-likelihood ratio). A name is `above` when its number
passes the bound at z = 4 with at least 6 tickets over the expected ones, `far_above` at
z = 5.5 with at least 15. The bounds are that wide because some sixty names are looked at
through four windows all day: simulated with sixty categories of a city of 4,700 tickets a
day, none was falsely above in ten days of Poisson numbers, and one every other day (far
above: none) where hours vary with twice a Poisson's variance.

`since` is the start of the hour from which on the excess up to now is the least likely.
"""

from dataclasses import dataclass

import numpy as np

from operations.pulse.counts import Numbers, TimedCounts
from operations.pulse.expected import Almanac, Past, Reals, outlooks
from operations.pulse.windows import Ints

WINDOWS_H = (1, 3, 6, 24)
Z_ABOVE, LEAST_ABOVE = 4.0, 6
Z_FAR_ABOVE, LEAST_FAR_ABOVE = 5.5, 15

LEVELS = ("usual", "above", "far_above")
_GRADE = 1e9
_LENGTHS = np.array(WINDOWS_H) + 1  # with the hour now running


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
    level: str
    since_us: int | None


def standings(almanac: Almanac, counts: TimedCounts, numbers: Numbers) -> list[Standing]:
    """Tell how each name stands."""
    if not len(numbers):
        return []
    first = counts.newest - WINDOWS_H[-1]
    past = almanac.since(counts, numbers, first)
    seen = counts.at(numbers, np.arange(first, counts.newest + 1))
    sums = np.cumsum(seen[:, ::-1], axis=1)
    usual = outlooks(past, _LENGTHS)
    observed = sums[:, _LENGTHS - 1].T
    known = np.broadcast_to(usual.weeks > 0, observed.shape)
    likelihood = np.where(known, _likelihoods(observed, usual.mid), -1.0)
    high = usual.high(Z_ABOVE)
    above = (observed > high) & (observed - usual.mid >= LEAST_ABOVE)
    far = (observed > usual.high(Z_FAR_ABOVE)) & (observed - usual.mid >= LEAST_FAR_ABOVE)
    grades = np.where(known, above.astype(np.int64) + (above & far), 0)
    # by grade first: a long window may be likelier to be off and yet within its wider bound
    best = (np.argmax(grades * _GRADE + likelihood, axis=0), np.arange(len(numbers)))
    onset = _onsets(sums, past)
    starts_us = [counts.start_us(counts.newest - back) for back in range(WINDOWS_H[-1] + 1)]
    columns = (grades, observed, known, usual.mid, high, likelihood)
    picked = zip(
        best[0].tolist(),
        onset.tolist(),
        *(column[best].tolist() for column in columns),
        strict=True,
    )
    return [
        Standing(
            observed=count,
            window_h=WINDOWS_H[window],
            window_start_us=starts_us[WINDOWS_H[window]],
            expected=expected if has_past else None,
            high=high if has_past else None,
            likelihood=ratio,
            level=LEVELS[grade],
            since_us=starts_us[began] if grade else None,
        )
        for window, began, grade, count, has_past, expected, high, ratio in picked
    ]


def _onsets(sums: Ints, past: Past) -> Ints:
    """Tell how many hours back the excess began; sums: counts from now back, (names, hours)."""
    means = past.counts.sum(axis=1) / np.maximum(past.usable.sum(axis=0), 1) * past.shares
    onsets: Ints = np.argmax(_likelihoods(sums, np.cumsum(means[:, ::-1], axis=1)), axis=1)
    return onsets


def _likelihoods(observed: Ints, expected: Reals) -> Reals:
    """Give y ln(y/μ) − (y − μ) where y > μ, else 0; μ at least a sixteenth of a ticket."""
    mu: Reals = np.maximum(expected, 1 / 16)
    seen = observed.astype(np.float64)
    ratio: Reals = seen * np.log(np.maximum(seen, 1) / mu) - (seen - mu)
    return np.where(seen > mu, ratio, 0.0)
