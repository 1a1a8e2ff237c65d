"""How much more likely a cluster is than none: log-likelihood ratios for more cases than expected.

All are 0 where there are not more cases than expected, rise with the cases and fall with
what was expected. `log_likelihood_ratio` takes the model as a number, for compiled loops.
"""

from math import inf, log

import numba

POISSON = 0  # discrete Poisson, and the space-time permutation
BERNOULLI = 1
EXPECTATION = 2  # Poisson against a given expectation

MOST_STEPS = 60


@numba.njit(cache=True, nogil=True, inline="always")
def poisson(cases: float, expected: float, total: float) -> float:
    """Give c ln(c/e) + (C-c) ln((C-c)/(C-e)), e scaled so that all of them sum to C.

    Kulldorff 1997, Commun Stat Theory Methods 26:1481; the space-time permutation scan uses
    it with the expectation from the margins (Kulldorff and others 2005, PLoS Med 2:e59).
    """
    if cases <= expected:
        return 0.0
    if expected <= 0.0:
        return inf
    found = cases * log(cases / expected)
    if cases < total:
        found += (total - cases) * log((total - cases) / (total - expected))
    return found


@numba.njit(cache=True, nogil=True, inline="always")
def permutation(cases: float, expected: float, total: float) -> float:
    """Give the same as `poisson`: the reference's statistic for the permutation model."""
    return poisson(cases, expected, total)


@numba.njit(cache=True, nogil=True, inline="always")
def _share(part: float, whole: float) -> float:
    return part * log(part / whole) if part > 0.0 else 0.0


@numba.njit(cache=True, nogil=True, inline="always")
def bernoulli(cases: float, people: float, total: float, everyone: float) -> float:
    """Give the ratio for c of n people being cases inside, against C of N in all.

    Kulldorff and Nagarwalla 1995, Stat Med 14:799.
    """
    if cases * everyone <= people * total:
        return 0.0
    if people <= 0.0:
        return inf
    rest, others = total - cases, everyone - people
    inside = _share(cases, people) + _share(people - cases, people)
    outside = _share(rest, others) + _share(others - rest, others) if others > 0.0 else 0.0
    return inside + outside - _share(total, everyone) - _share(everyone - total, everyone)


@numba.njit(cache=True, nogil=True, inline="always")
def expectation(cases: float, expected: float) -> float:
    """Give c ln(c/e) + e - c: Poisson cases against an expectation that is not rescaled.

    Neill 2009, Int J Forecast 25:498. A city-wide rise is seen too, which the others, that
    know only the total, cannot see.
    """
    if cases <= expected:
        return 0.0
    if expected <= 0.0:
        return inf
    return cases * log(cases / expected) + expected - cases


@numba.njit(cache=True, nogil=True)
def log_likelihood_ratio(
    model: int, cases: float, expected: float, total: float, everyone: float
) -> float:
    """Give the ratio of a model; for BERNOULLI `expected` is people x total / everyone."""
    if model == BERNOULLI:
        return bernoulli(cases, expected * everyone / total, total, everyone)
    if model == EXPECTATION:
        return expectation(cases, expected)
    return poisson(cases, expected, total)


@numba.njit(cache=True, nogil=True)
def expected_limit(model: int, cases: float, ratio: float, total: float, everyone: float) -> float:
    """Give the expectation below which so many cases exceed a ratio, never less than that.

    By halving the interval; the answer is rounded up, so that leaving out what expects more
    never leaves out a better one.
    """
    low = 0.0
    if model == BERNOULLI:  # there are at least as many people as cases
        low = cases * total / everyone
        if bernoulli(cases, cases, total, everyone) < ratio:
            return 0.0
    high = min(cases, total)
    for _ in range(MOST_STEPS):
        middle = 0.5 * (low + high)
        if log_likelihood_ratio(model, cases, middle, total, everyone) > ratio:
            low = middle
        else:
            high = middle
        if high - low <= 1e-12 * high:
            break
    return high * (1.0 + 1e-9)
