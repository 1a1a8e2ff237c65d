"""What an ordinary time of a category looks like to the live scan, lived through many times.

A replicate draws the category's past anew (so that what is learnt from it is as uncertain as it
is in life), then a window's worth of reports and a stretch of about `STRETCH` more, scans around
each report of the stretch as the live scan does, and keeps the highest statistic. One false alarm
is then a stretch whose highest passes the threshold, however many looks it had.

The tail above the highest sixth of the maxima is a Gumbel's (Gumbel 1958; for scan statistics
Abrams, Kulldorff & Kleinman 2010, Int. J. Health Geogr. 9:61), fitted there alone, where alarms
are decided: P(max > s) = 1 − exp(−λ e^{−(s−u)/σ}). The whole of the maxima falls more slowly
than their tail and would put a threshold of once a year a whole unit too high.
"""

import math
from dataclasses import dataclass

import numba as nb
import numpy as np

from operations.detection.live.expectation import RATE_D, Expectation
from operations.detection.live.reach import Past, Reports, Terms, scan_around
from operations.detection.live.windows import BINS, WINDOWS_H, Reals, Whole
from operations.pulse.windows import WEEK_H

REPLICATES = 199
STRETCH = 24.0
MOST_REPORTS = 600.0
"""Windows in which more are expected are not looked at: where so much comes in, shorter ones do."""
SMOOTHING = 30.0
"""Reports that everything's map is worth beside the category's own past."""
HALF = 0.5
LEAST_CALLERS = 3
UPPER = 1 / 6
_HOURS = np.array(WINDOWS_H, np.float64)


@dataclass(frozen=True, slots=True)
class Tail:
    """How often a category's highest statistic passes a value by chance.

    `start` and `scale` are u and σ of the formula above, `weight` λ; a stretch is `stretch_d`
    days; `highest` is the largest of the `replicates` maxima.
    """

    start: float
    scale: float
    weight: float
    stretch_d: float
    highest: float
    replicates: int

    def per_day(self, value: float) -> float:
        """Tell how often a day of chance passes a value."""
        steps = max(0.0, (value - self.start) / self.scale)
        return float(-math.log1p(-self._passing(steps)) / self.stretch_d)

    def _passing(self, steps: float) -> float:
        return min(-math.expm1(-self.weight * math.exp(-steps)), 1 - 1e-12)

    def value_at(self, per_day: float) -> float:
        """Give the value that chance passes so often a day; at least where the tail begins."""
        wanted = max(per_day * self.stretch_d, 1e-300)
        return self.start + self.scale * max(0.0, math.log(self.weight / wanted))

    def basis(self, value: float) -> str:
        """Tell whether a value lies among the replicates or in the tail fitted to them."""
        return "monte_carlo" if value < self.highest else "gumbel"


def fit_tail(maxima: Reals, stretch_d: float) -> Tail:
    """Fit the tail to the maxima of replicates: (replicates,).

    Where fewer than a sixth of the stretches had a finding at all, the tail begins at the
    smallest finding; a scale below 1 is not believed (the tail of a log-likelihood ratio of
    Poisson counts falls like e^{−s}).
    """
    start = float(np.quantile(maxima, 1 - UPPER))
    above = maxima[maxima > start] - start
    share = len(above) / len(maxima)
    if not len(above):
        share = 1 / len(maxima)
    scale = max(1.0, float(above.mean()) if len(above) else 1.0)
    weight = -math.log1p(-min(share, 1 - 1e-9))
    return Tail(start, scale, weight, stretch_d, float(maxima.max(initial=0.0)), len(maxima))


@dataclass(frozen=True, slots=True)
class Ordinary:
    """An ordinary time of one category, to be lived through.

    points, areas, cells: (places, …) of the places of its own past, then of the cells of the
    survey; chance: (places,) how likely a report comes from each, adding up to 1; `past` is how
    many reports it is learnt from; around: (cells, RINGS) and area_shares: (areas,) are the
    survey's.
    """

    usual: Expectation
    points: Reals
    areas: Whole
    cells: Whole
    chance: Reals
    past: int
    around: Reals
    area_shares: Reals

    @property
    def stretch_h(self) -> int:
        """How many hours bring about `STRETCH` reports, between one and a year."""
        return max(1, min(8760, round(STRETCH / self.usual.rate_h)))

    @property
    def windows(self) -> int:
        """How many of the windows are looked at."""
        return windows_for(self.usual.rate_h)

    def maxima(self, replicates: int, seed: int) -> Reals:
        """Give the highest statistic of each replicate: (replicates,). Takes seconds."""
        smoothing = SMOOTHING / (self.past + SMOOTHING)
        shape = np.diff(self.usual.sums)
        maxima = np.empty(replicates)
        stretch_h, windows = self.stretch_h, self.windows
        for r in range(replicates):
            # Jumped, so that no two replicates of any seed share a stretch of numbers.
            rng = np.random.Generator(np.random.PCG64DXSM(seed).jumped(r))
            maxima[r] = _live_through(
                rng, self.points, self.areas, self.cells, np.cumsum(self.chance), self.past,
                smoothing * self.around, smoothing * self.area_shares, shape, self.usual.sums,
                self.usual.rate_h, self.usual.v, stretch_h, windows, HALF / (self.past + SMOOTHING),
            )  # fmt: skip
        return maxima

    def tail(self, replicates: int, seed: int) -> Tail:
        """Live through it and fit the tail."""
        return fit_tail(self.maxima(replicates, seed), self.stretch_h / 24)


def windows_for(rate_h: float) -> int:
    """Tell how many windows are looked at where so many reports an hour are usual."""
    return max(1, int(np.searchsorted(rate_h * _HOURS, MOST_REPORTS, side="right")))


@nb.njit(cache=True, nogil=True)
def _live_through(  # type: ignore[no-untyped-def]
    rng, points, areas, cells, chance, past, around, area_shares, shape, sums, rate_h, v,
    stretch_h, windows, floor,
):  # fmt: skip
    """Live through one replicate and give its highest statistic."""
    own, weight, shares = _past_again(rng, points, areas, chance, past, area_shares)
    learnt = (rng.poisson(rate_h * RATE_D * 24) + 1.0) / (rate_h * RATE_D * 24)
    window_h = int(_HOURS[windows - 1])
    start = rng.integers(0, WEEK_H)
    times = _times_again(rng, shape, rate_h, v, start, window_h + stretch_h)
    place = np.empty(len(times), np.int64)
    for i in range(len(times)):
        place[i] = min(np.searchsorted(chance, rng.random(), side="right"), len(chance) - 1)
    highest = 0.0
    first = 0
    for i in range(len(times)):
        if times[i] < window_h:
            continue
        while times[first] < times[i] - window_h:
            first += 1
        here = place[first : i + 1]
        bins = np.searchsorted(_HOURS, times[i] - times[first : i + 1])
        reports = Reports(points[here], here, bins, areas[here], cells[here])
        expected = _windows(sums, rate_h * learnt, start + times[i])
        terms = Terms(expected, windows, v, floor, LEAST_CALLERS)
        found = scan_around(i - first, reports, Past(own, weight, around, shares), terms)
        highest = max(highest, found.statistic)
    return highest


@nb.njit(cache=True, nogil=True)
def _past_again(rng, points, areas, chance, past, area_shares):  # type: ignore[no-untyped-def]
    """Draw another past: (places, 3), the share of each, and the share of each area."""
    counts = np.zeros(len(points))
    if past > len(points):  # as many draws are many; each place by itself is fewer
        before = 0.0
        for i in range(len(points)):
            counts[i] = rng.poisson(past * (chance[i] - before))
            before = chance[i]
    else:
        for _ in range(past):
            at = np.searchsorted(chance, rng.random(), side="right")
            counts[min(at, len(points) - 1)] += 1.0
    weights = counts / (past + SMOOTHING)
    shares = area_shares.copy()
    for i in range(len(points)):
        if counts[i] > 0.0:
            for kind in range(areas.shape[1]):
                if areas[i, kind] >= 0:
                    shares[areas[i, kind]] += weights[i]
    held = np.flatnonzero(counts)
    return points[held], weights[held], shares


@nb.njit(cache=True, nogil=True)
def _times_again(rng, shape, rate_h, v, start, hours):  # type: ignore[no-untyped-def]
    """Draw the times of reports over so many hours, in hours from the first, in order."""
    times = np.empty(0)
    busy = 1.0
    for h in range(hours):
        if v > 0.0 and h % 24 == 0:
            busy = rng.standard_gamma(1.0 / v) * v
        count = rng.poisson(rate_h * shape[(start + h) % WEEK_H] * busy)
        if count:
            times = np.concatenate((times, h + np.sort(rng.random(count))))
    return times


@nb.njit(cache=True, nogil=True)
def _windows(sums, rate_h, now_h):  # type: ignore[no-untyped-def]
    """Give Λ of every window, as `Expectation.windows` does."""
    expected = np.empty(BINS)
    until = _until(sums, now_h)
    for k in range(BINS):
        expected[k] = rate_h * (until - _until(sums, now_h - _HOURS[k]))
    return expected


@nb.njit(cache=True, nogil=True)
def _until(sums, hour):  # type: ignore[no-untyped-def]
    weeks = math.floor(hour / WEEK_H)
    within = hour - weeks * WEEK_H
    whole = min(int(within), WEEK_H - 1)
    return weeks * WEEK_H + sums[whole] + (within - whole) * (sums[whole + 1] - sums[whole])
