"""The scan around one report in plain numpy: every circle and area, slowly."""

import math

import numpy as np

from operations.detection.live.reach import (
    AREAS,
    LEVEL_PRIOR,
    MOST_CENTRES,
    Found,
    Past,
    Reports,
    Terms,
)
from operations.detection.live.windows import BINS, DAY_BINS, RADII2


def apart2(points, at):
    return ((points - at) ** 2).sum(axis=1)


def ratio(n, share, k, total, terms):
    """Give μ and the statistic, as the module's docstring has them."""
    city = terms.expected[k]
    level = max(1.0, (LEVEL_PRIOR + total - n) / (LEVEL_PRIOR + city * (1 - share)))
    mu = share * city * level
    if n <= mu:
        return mu, 0.0
    return mu, (n * math.log(n / mu) - (n - mu)) / (1 + terms.v * mu)


def centres(mine, reports):
    """List a report of each of the nearest addresses within reach, the nearest first."""
    d2 = apart2(reports.points, reports.points[mine])
    found = {int(reports.places[mine]): mine}
    for i in np.argsort(d2, kind="stable"):
        if d2[i] <= RADII2[-1] and len(found) < MOST_CENTRES:
            found.setdefault(int(reports.places[i]), int(i))
    return list(found.values())


def candidates(mine, reports, past, terms):
    """Give every (reports inside, share, what it is) that holds report `mine`."""
    for centre in centres(mine, reports):
        at = reports.points[centre]
        for ring, radius2 in enumerate(RADII2):
            inside = apart2(reports.points, at) <= radius2
            if inside[mine]:
                own = past.weight[apart2(past.own, at) <= radius2].sum()
                share = own + past.around[reports.cells[centre], ring] + terms.floor
                yield inside, min(1.0, share), terms.windows, (centre, ring, -1)
    for kind in range(AREAS):
        area = reports.areas[mine, kind]
        if area >= 0:
            inside = reports.areas[:, kind] == area
            share = min(1.0, past.areas[area] + terms.floor)
            yield inside, share, min(terms.windows, DAY_BINS), (mine, 0, kind)


def scan(mine: int, reports: Reports, past: Past, terms: Terms) -> Found:
    """Give the best of them all."""
    best = Found(0.0, -1, 0, -1, 0, 0, 0.0)
    total = [int((reports.bins <= k).sum()) for k in range(BINS)]
    for inside, share, windows, (centre, ring, kind) in candidates(mine, reports, past, terms):
        for k in range(windows):
            here = inside & (reports.bins <= k)
            n = int(here.sum())
            enters = (inside & (reports.bins == k)).any()
            if not enters or n < terms.least or len(set(reports.places[here])) < 2:
                continue
            mu, s = ratio(n, share, k, total[k], terms)
            if s > best.statistic:
                best = Found(s, centre, ring, kind, k, n, mu)
    return best
