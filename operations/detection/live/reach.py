"""The scan around one ticket: which circle or area that holds it stands out most, ending now.

For each centre within reach (a place with a counted report, nearest first), each radius and each
window that ends now, n callers are compared with

    μ = share(circle) · Λ(window) · level,        level = max(1, (a + N − n) / (a + Λ (1 − share)))

Λ is what the whole city should report of the category in the window, N what it did; `level`
lets the rest of the city speak, as the space–time permutation scan does (Kulldorff and others
2005, PLoS Medicine 2:e59), and stays near 1 where the rest is too little to say anything, where
an expectation-based Poisson scan has the power (Neill 2009, Int. J. Forecasting 25:498). The
statistic is Kulldorff's log-likelihood ratio with a known expectation,

    n ln(n/μ) − (n − μ),  n > μ,   divided by 1 + v μ,

where v is by how much the variance of daily counts exceeds a Poisson's, per squared mean.
"""

import math
from typing import Any, NamedTuple

import numba as nb
import numpy as np

from operations.detection.live.windows import BINS, DAY_BINS, RADII2, Reals, Whole

MOST_CENTRES = 128
LEVEL_PRIOR = 4.0
RINGS = len(RADII2)
REACH2 = float(RADII2[-1])
NEAR2 = 4.0 * REACH2 * (1 - REACH2 / 4.0)  # squared chord of the doubled angle
AREAS = 4
CITY, DISTRICT, TOWN, ZONE = range(AREAS)
"""The columns of `Reports.areas`."""


class Reports(NamedTuple):
    """The counted reports of a category in the longest window, one array element each.

    points: (reports, 3) unit vectors; places: address; bins: shortest window it lies in, BINS
    for one that counts in none; areas: (reports, AREAS) numbers of its city, district, town and
    zone, −1 where it lies in none; cells: row of `Past.around`.
    """

    points: Reals
    places: Whole
    bins: Whole
    areas: Whole
    cells: Whole


class Past(NamedTuple):
    """Where the category's reports are to be expected, as shares of the city's.

    own: (places, 3) with weight (places,), from its own past; around: (cells, RINGS) what of
    everything lies within each radius of a cell; areas: (areas,) share of each area.
    """

    own: Reals
    weight: Reals
    around: Reals
    areas: Reals


class Terms(NamedTuple):
    """What the scan goes by: expected: (BINS,) Λ; only the first `windows` are looked at.

    Areas are looked at in windows of a day at most: a whole city that reports more for weeks is
    a season, not a cluster, and what is usual follows it.

    `v` is the over-dispersion, `floor` a share every circle has, `least` the fewest callers.
    """

    expected: Reals
    windows: int
    v: float
    floor: float
    least: int


class Found(NamedTuple):
    """The best of one scan: `centre` is a report (−1: none), `area` a column (−1: a circle)."""

    statistic: float
    centre: int
    ring: int
    area: int
    window: int
    callers: int
    expected: float


@nb.njit(cache=True, nogil=True, inline="always")
def statistic(n: float, mu: float, v: float) -> float:
    """Log-likelihood ratio of n seen against μ expected, over-dispersion v; 0 where n <= μ."""
    if n <= mu:
        return 0.0
    return (n * math.log(n / mu) - (n - mu)) / (1.0 + v * mu)


@nb.njit(cache=True, nogil=True, inline="always")
def expected_in(share: float, terms: Any, k: int, n: float, total: float) -> float:
    """μ of a share of the city in window k, where n of the city's `total` lie in it."""
    city = terms.expected[k]
    outside = (LEVEL_PRIOR + total - n) / (LEVEL_PRIOR + city * (1.0 - share))
    return share * city * max(1.0, outside)  # type: ignore[no-any-return]


@nb.njit(cache=True, nogil=True, inline="always")
def _apart2(x: float, y: float, z: float, points: Any, i: int) -> float:
    dx = x - points[i, 0]
    dy = y - points[i, 1]
    dz = z - points[i, 2]
    return dx * dx + dy * dy + dz * dz  # type: ignore[no-any-return]


@nb.njit(cache=True, nogil=True, inline="always")
def _ring_of(d2: float) -> int:
    for r in range(RINGS):
        if d2 <= RADII2[r]:
            return r
    return RINGS


@nb.njit(cache=True, nogil=True)
def _near(points: Any, at: Any) -> Any:
    """Give which points a circle through `at` can hold."""
    found = np.empty(len(points), np.int64)
    taken = 0
    for i in range(len(points)):
        if _apart2(at[0], at[1], at[2], points, i) <= NEAR2:
            found[taken] = i
            taken += 1
    return found[:taken]


@nb.njit(cache=True, nogil=True)
def totals_of(bins: Any) -> Any:
    """Count reports by window, each longer window with those of the shorter: (BINS,)."""
    total = np.zeros(BINS)
    for k in bins:
        if k < BINS:
            total[k] += 1.0
    for k in range(1, BINS):
        total[k] += total[k - 1]
    return total


@nb.njit(cache=True, nogil=True)
def scan_around(mine: int, reports: Any, past: Any, terms: Any) -> Any:
    """Find the circle or area around report `mine` with the highest statistic: `Found`."""
    total = totals_of(reports.bins)
    best = Found(0.0, -1, 0, -1, 0, 0, 0.0)
    at = reports.points[mine]
    close = _near(reports.points, at)
    if len(close) >= terms.least:
        own_close = _near(past.own, at)
        for centre, first in _centres(mine, close, reports):
            best = _scan_centre(centre, first, close, own_close, reports, past, terms, total, best)
    return _scan_areas(mine, reports, past, terms, total, best)


@nb.njit(cache=True, nogil=True)
def _centres(mine: int, close: Any, reports: Any) -> Any:
    """List the places within reach, nearest first: (report there, smallest circle with mine)."""
    at = reports.points[mine]
    distance2 = np.empty(len(close))
    for c in range(len(close)):
        distance2[c] = _apart2(at[0], at[1], at[2], reports.points, close[c])
    centres = [(mine, 0)]
    for c in np.argsort(distance2):
        if distance2[c] > REACH2 or len(centres) >= MOST_CENTRES:
            break
        fresh = True
        for taken, _ in centres:
            if reports.places[taken] == reports.places[close[c]]:
                fresh = False
                break
        if fresh:  # a little less than the distance, so that rounding never leaves mine out
            centres.append((close[c], _ring_of(distance2[c] * (1 - 1e-9))))
    return centres


@nb.njit(cache=True, nogil=True)
def _scan_centre(
    centre: int, first: int, close: Any, own_close: Any, reports: Any, past: Any, terms: Any,
    total: Any, best: Any,
) -> Any:  # fmt: skip
    """Look through the circles of one centre from ring `first` on."""
    counts = _counts_around(centre, close, reports, terms.windows)
    shares = past.around[reports.cells[centre]] + terms.floor
    # What the category's own past adds can only raise what is expected: most centres end here.
    if not _can_better(counts, shares, first, terms, best.statistic):
        return best
    shares = shares + _own_around(centre, own_close, reports, past)
    for r in range(first, RINGS):
        share = min(1.0, shares[r])
        n = 0.0
        for k in range(terms.windows):
            n += counts[r, k]
            if n < terms.least or counts[r, k] == 0.0:
                continue  # a longer window without one more report only expects more
            mu = expected_in(share, terms, k, n, total[k])
            s = statistic(n, mu, terms.v)
            if s > best.statistic and _two_addresses(centre, close, reports, r, k):
                best = Found(s, centre, r, -1, k, int(n), mu)
    return best


@nb.njit(cache=True, nogil=True)
def _counts_around(centre: int, close: Any, reports: Any, windows: int) -> Any:
    """Count reports by circle and by the window they enter with: (RINGS, BINS)."""
    x, y, z = reports.points[centre]
    counts = np.zeros((RINGS, BINS))
    for i in close:
        r = _ring_of(_apart2(x, y, z, reports.points, i))
        if r < RINGS and reports.bins[i] < windows:
            counts[r, reports.bins[i]] += 1.0
    for r in range(1, RINGS):
        counts[r] += counts[r - 1]
    return counts


@nb.njit(cache=True, nogil=True)
def _own_around(centre: int, own_close: Any, reports: Any, past: Any) -> Any:
    x, y, z = reports.points[centre]
    inside = np.zeros(RINGS)
    for i in own_close:
        r = _ring_of(_apart2(x, y, z, past.own, i))
        if r < RINGS:
            inside[r] += past.weight[i]
    return np.cumsum(inside)


@nb.njit(cache=True, nogil=True)
def _can_better(counts: Any, shares: Any, first: int, terms: Any, best: float) -> bool:
    """Tell whether a circle could pass `best` if it expected no more than these shares."""
    for r in range(first, RINGS):
        n = 0.0
        for k in range(terms.windows):
            n += counts[r, k]
            if n < terms.least or counts[r, k] == 0.0:
                continue
            if statistic(n, min(1.0, shares[r]) * terms.expected[k], terms.v) > best:
                return True
    return False


@nb.njit(cache=True, nogil=True)
def _two_addresses(centre: int, close: Any, reports: Any, ring: int, window: int) -> bool:
    x, y, z = reports.points[centre]
    first = -1
    for i in close:
        inside = _apart2(x, y, z, reports.points, i) <= RADII2[ring]
        if inside and reports.bins[i] <= window:
            if first >= 0 and reports.places[i] != first:
                return True
            first = reports.places[i]
    return False


@nb.njit(cache=True, nogil=True)
def _scan_areas(mine: int, reports: Any, past: Any, terms: Any, total: Any, best: Any) -> Any:
    """Look through the areas report `mine` lies in."""
    windows = min(terms.windows, DAY_BINS)
    for kind in range(AREAS):
        area = reports.areas[mine, kind]
        if area < 0:
            continue
        inside = np.zeros(BINS)
        first, first_bin, second_bin = -1, BINS, BINS  # windows in which addresses come in view
        for i in range(len(reports.bins)):
            k, place = reports.bins[i], reports.places[i]
            if reports.areas[i, kind] != area or k >= windows:
                continue
            inside[k] += 1.0
            if place == first:
                first_bin = min(first_bin, k)
            elif k < first_bin:
                first, first_bin, second_bin = place, k, first_bin
            else:
                second_bin = min(second_bin, k)
        share = min(1.0, past.areas[area] + terms.floor)
        n = 0.0
        for k in range(windows):
            n += inside[k]
            if n < terms.least or inside[k] == 0.0 or k < second_bin:
                continue
            mu = expected_in(share, terms, k, n, total[k])
            s = statistic(n, mu, terms.v)
            if s > best.statistic:
                best = Found(s, mine, 0, kind, k, int(n), mu)
    return best
