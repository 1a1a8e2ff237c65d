"""The region of a cluster: a circle or an area, held against what is expected there."""

from typing import NamedTuple

import numpy as np

from operations.detection.distance import EARTH_KM
from operations.detection.live.lookout import Scene
from operations.detection.live.reach import Found, expected_in, statistic, totals_of
from operations.detection.live.windows import BINS, DAY_BINS, RADII2, Mask, Reals


class Region(NamedTuple):
    """A circle around an address (`kind` −1), or area number `area` of column `kind`."""

    address: int
    ring: int
    kind: int = -1
    area: int = -1


class Judged(NamedTuple):
    """A region's best window: which, how many callers, how many expected, the statistic."""

    statistic: float
    window: int
    callers: int
    expected: float


NOTHING = Judged(0.0, 0, 0, 0.0)


def region_of(found: Found, scene: Scene) -> Region:
    """Give the region a scan found."""
    address = int(scene.reports.places[found.centre])
    if found.area < 0:
        return Region(address, found.ring)
    return Region(address, 0, found.area, int(scene.reports.areas[found.centre, found.area]))


def inside(region: Region, scene: Scene, centre: Reals) -> Mask:
    """Mark a scene's reports that lie in a region; centre: (3,) its address."""
    if region.kind >= 0:
        return np.asarray(scene.reports.areas[:, region.kind] == region.area)
    apart2 = ((scene.reports.points - centre) ** 2).sum(axis=1)
    return np.asarray(apart2 <= RADII2[region.ring])


def share_of(region: Region, scene: Scene, centre: Reals, cell: int) -> float:
    """Tell which share of the city's reports a region is expected to make."""
    past, terms = scene.past, scene.terms
    if region.kind >= 0:
        return min(1.0, float(past.areas[region.area]) + terms.floor)
    apart2 = ((past.own - centre) ** 2).sum(axis=1)
    own = float(past.weight[apart2 <= RADII2[region.ring]].sum())
    around = float(past.around[cell, region.ring])
    return min(1.0, own + around + terms.floor)


def judge(region: Region, scene: Scene, centre: Reals, cell: int, *, windows: int = BINS) -> Judged:
    """Hold a region against what is expected, in its best of the first `windows` windows.

    centre: (3,) and cell are those of its address. A window with fewer callers than count, or
    all at one address, says nothing: where there is no other, the statistic is 0. What lies in
    a living cluster does not speak of the rest of the city: a large one would hide the others.
    """
    within = inside(region, scene, centre)
    bins, places = scene.reports.bins[within], scene.reports.places[within]
    counts, others = totals_of(bins), totals_of(bins[~scene.told[within]])
    total = totals_of(scene.reports.bins[~scene.told])
    share = share_of(region, scene, centre, cell)
    best = alone = NOTHING
    most = DAY_BINS if region.kind >= 0 else BINS
    for k in range(min(windows, scene.terms.windows, most)):
        n = float(counts[k])
        if n < 1 or (k and counts[k] == counts[k - 1]):
            continue
        mu = float(expected_in(share, scene.terms, k, others[k], total[k]))
        value = float(statistic(n, mu, scene.terms.v))
        if n < scene.terms.least or len(np.unique(places[bins <= k])) < 2:
            alone = max(alone, Judged(value, k, int(n), mu))
        elif value > best.statistic:
            best = Judged(value, k, int(n), mu)
    return best if best.statistic > 0 else alone._replace(statistic=0.0)


def kilometres(points: Reals, at: Reals) -> Reals:
    """Give how far points lie from one along the ground: (points,), km."""
    chord = np.sqrt(((points - at) ** 2).sum(axis=1))
    return np.asarray(2 * EARTH_KM * np.arcsin(np.minimum(chord / 2, 1.0)))
