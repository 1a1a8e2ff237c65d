"""What is usual at this hour of the week, and when a number is above it.

For a stretch of hours h with shares f_h (1, less for an hour cut off by now), the same local
hours of past weeks give means m_h over the weeks with data, and mid = Σ f_h m_h. The bounds
are Farrington's (Farrington, Andrews, Beale & Catchpole 1996, J. R. Stat. Soc. A 159, §3.4),
with the 2/3 power against skewness:

    bound = μ · (1 ± ⅔ z √(τ/μ))^{3/2},   τ = φ (1 + 1/w),   μ = (Σ f_h Σ y + ½) / w

with w the least number of weeks behind any of the hours, and ½ (Jeffreys' prior of a Poisson
rate) so that a name never seen before is not alarmed at its first ticket. φ is the
over-dispersion of quasi-Poisson counts: the greatest of 1, Pearson's X²/df over the hours,
that of the weeks' sums of the whole stretch (hours of one busy day go together), and the
median φ of the names beside it (a rare name's own tells little). One week alone tells
nothing of φ: it is taken as `DISPERSION_OF_ONE_WEEK`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from operations.pulse.counts import Numbers, TimedCounts
from operations.pulse.volumes import ALL, Volumes
from operations.pulse.windows import HOUR_US, WEEK_H, Ints, LocalTime

Z_BAND = 1.96
DISPERSION_OF_ONE_WEEK = 3.0

Reals = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Past:
    """The same hours in past weeks: counts (names, weeks, hours), usable (weeks, hours).

    Hours are in order, and `shares` says how much of each has passed.
    """

    counts: Reals
    usable: Mask
    shares: Reals


@dataclass(frozen=True, slots=True)
class Outlook:
    """The numbers to expect, by name or hour; `weeks` lie behind them, `phi` is φ."""

    mid: Reals
    weeks: Ints
    phi: Reals

    def high(self, z: float = Z_BAND) -> Reals:
        """Give the bound that few usual numbers are above."""
        return self._bound(z)

    def low(self, z: float = Z_BAND) -> Reals:
        """Give the bound that few usual numbers are below."""
        return self._bound(-z)

    def _bound(self, z: float) -> Reals:
        weeks = np.maximum(self.weeks, 1)
        mu = self.mid + 0.5 / weeks
        step = 2 / 3 * z * np.sqrt(self.phi * (1 + 1 / weeks) / mu)
        bound: Reals = mu * np.maximum(0, 1 + step) ** 1.5
        return bound


class Almanac:
    """Reads the past of the running city's counts.

    A past hour is usable from the city's first ticket on, except where the whole city had
    no ticket in the 24 hours around it: then its feed was off.
    """

    def __init__(self, volumes: Volumes, local: LocalTime) -> None:
        self._local = local
        span = local.weeks * WEEK_H + 2 * 24 + 12
        hours = volumes.hours
        self._newest = hours.newest
        self._first = hours.newest - span
        number = hours.keys.known(ALL, np.zeros(1, np.int64))
        counts = hours.at(number, np.arange(self._first, hours.newest + 1))[0]
        sums = np.concatenate([[0], np.cumsum(counts)])
        places = np.arange(len(counts))
        around = sums[np.minimum(places + 12, len(counts))] - sums[np.maximum(places - 12, 0)]
        begun = sums[1:] > 0
        self._usable: Mask = (around > 0) & begun

    def past(self, counts: TimedCounts, numbers: Numbers, hours: Ints, shares: Reals) -> Past:
        """Read the past of some hours for some names."""
        before = self._local.weeks_before(hours)
        places = before - self._first
        inside = (places >= 0) & (places < len(self._usable))
        usable = inside & self._usable[np.where(inside, places, 0)]
        return Past(np.where(usable, counts.at(numbers, before), 0).astype(float), usable, shares)

    def since(self, counts: TimedCounts, numbers: Numbers, first: int) -> Past:
        """Read the past of the hours from `first` up to now, the last in its passed part."""
        hours = np.arange(first, self._newest + 1)
        shares = np.ones(len(hours))
        shares[-1] = (self._local.now_us - counts.start_us(self._newest)) / HOUR_US
        return self.past(counts, numbers, hours, shares)


def outlooks(past: Past, lengths: Ints) -> Outlook:
    """Give what to expect of the last hours, for several lengths: arrays (lengths, names).

    Where an hour of a stretch has no past at all, `weeks` is 0 and nothing can be expected.
    """
    weeks, backward = past.usable.sum(axis=0), lengths - 1
    least = np.minimum.accumulate(weeks[::-1])[backward]
    means = past.counts.sum(axis=1) / np.maximum(weeks, 1)
    mid = np.cumsum((means * past.shares)[:, ::-1], axis=1)[:, backward].T
    misfit, freedom = _misfit(past, means, weeks)
    hourly = _ratio(
        np.cumsum(misfit[:, ::-1], axis=1)[:, backward],
        np.cumsum(freedom[:, ::-1], axis=1)[:, backward],
    )
    phi = np.maximum(np.maximum(hourly, _dispersion_of_sums(past, backward)), 1.0).T
    phi = np.maximum(phi, _dispersion_of_most(hourly.T, mid))
    unsure = np.maximum.accumulate(weeks[::-1])[backward] < 2
    phi[unsure] = DISPERSION_OF_ONE_WEEK
    return Outlook(mid, least[:, None], phi)


def outlook(past: Past) -> Outlook | None:
    """Give what to expect of the whole stretch; None where an hour of it has no past at all."""
    if not len(past.shares):
        return None
    whole = outlooks(past, np.array([len(past.shares)]))
    return whole if whole.weeks.min() > 0 else None


def hourly_outlook(past: Past) -> tuple[Outlook, Mask]:
    """Give what to expect of each hour of one name, and which hours have a past."""
    weeks = past.usable.sum(axis=0)
    means = past.counts.sum(axis=1) / np.maximum(weeks, 1)
    misfit, freedom = _misfit(past, means, weeks)
    phi = np.maximum(_ratio(misfit.sum(axis=1), freedom.sum(axis=1)), 1.0)
    if weeks.max(initial=0) < 2:
        phi[:] = DISPERSION_OF_ONE_WEEK
    return Outlook(means[0] * past.shares, weeks, phi), weeks > 0


def _misfit(past: Past, means: Reals, weeks: Ints) -> tuple[Reals, Reals]:
    """Give Pearson's X² and its degrees of freedom per name and hour."""
    seen = (means > 0) & (weeks > 1)
    squares = (((past.counts - means[:, None]) ** 2) * past.usable).sum(axis=1)
    misfit: Reals = np.where(seen, squares / np.maximum(means, 1e-9), 0.0)
    return misfit, np.where(seen, weeks - 1.0, 0.0)


def _dispersion_of_most(hourly: Reals, mid: Reals) -> Reals:
    """Give the median φ of the names that tell something of it (five expected tickets)."""
    if mid.shape[1] < 2:
        return np.ones((len(mid), 1))
    telling = mid >= 5
    ordered = np.sort(np.where(telling, hourly, np.inf), axis=1)
    numbers = telling.sum(axis=1)
    medians = ordered[np.arange(len(mid)), np.maximum(numbers - 1, 0) // 2]
    return np.where(numbers > 0, medians, 1.0)[:, None]


def _dispersion_of_sums(past: Past, backward: Ints) -> Reals:
    """Give variance over mean of whole stretches in past weeks: (names, stretches)."""
    whole = np.logical_and.accumulate(past.usable[:, ::-1], axis=1)[:, backward]
    sums = np.cumsum((past.counts * past.shares)[:, :, ::-1], axis=2)[:, :, backward] * whole
    weeks = whole.sum(axis=0)
    means = sums.sum(axis=1) / np.maximum(weeks, 1)
    squares = ((sums - means[:, None]) ** 2 * whole).sum(axis=1)
    return _ratio(squares, means * np.maximum(weeks - 1, 0))


def _ratio(above: Reals, below: Reals) -> Reals:
    """Divide, giving 1 where there is nothing to divide by."""
    ratio: Reals = np.where(below > 0, above / np.where(below > 0, below, 1.0), 1.0)
    return ratio
