"""Where the callers of a cluster are, told so that no place stands for fewer than a few of them.

The same rule as the wall's (`operations/pulse/cells.py`), on a finer grid: callers of one
address are shown there when they are enough; else they go up to H3 cells, finest first, until
they are. What is too little even in the coarsest cell is withheld, and counted. Places so near one
another that a map could not tell them apart are joined.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import h3
import numpy as np

from operations.detection.distance import great_circle_km
from operations.detection.evidence.reports import Reals
from operations.places import ZonePlace

FINEST, COARSEST = 10, 4  # edges of 75 m and of 26 km
ADDRESS_DIGITS = 4  # of a degree: reports within some ten metres are one address
ESTATE_KM = 0.25
MOST_PLACES = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Callers at an address or in a cell; the point is the mean of theirs, WGS84."""

    latitude: float
    longitude: float
    callers: int


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Shown places, the largest first, and how many callers could not be shown.

    The places' callers and `withheld` add up to all callers that were given.
    """

    places: tuple[Place, ...]
    withheld: int


@dataclass(frozen=True, slots=True)
class Estates:
    """Callers by estate: those with enough of them by name, the others only counted."""

    named: tuple[tuple[str, int], ...]
    others: int


def shown_places(
    latitudes: Reals, longitudes: Reals, least: int, *, apart_km: float = 0.0
) -> Whereabouts:
    """Show callers, one point each (callers,), in places of at least `least` of them.

    Places nearer to one another than `apart_km` are one.
    """
    groups: dict[object, list[int]] = defaultdict(list)
    for number, point in enumerate(
        zip(latitudes.round(ADDRESS_DIGITS), longitudes.round(ADDRESS_DIGITS), strict=True)
    ):
        groups[point].append(number)
    shown: list[list[int]] = []
    for resolution in range(FINEST, COARSEST - 1, -1):
        left = _taken(groups, least, shown)
        groups = defaultdict(list)
        for number in left:
            cell = h3.latlng_to_cell(latitudes[number], longitudes[number], resolution)
            groups[cell].append(number)
    left = _taken(groups, least, shown)
    shown = _joined(shown, latitudes, longitudes, apart_km)
    left += [number for group in shown[MOST_PLACES:] for number in group]
    places = tuple(
        Place(float(latitudes[group].mean()), float(longitudes[group].mean()), len(group))
        for group in shown[:MOST_PLACES]
    )
    return Whereabouts(places, len(left))


def _joined(
    groups: list[list[int]], latitudes: Reals, longitudes: Reals, apart_km: float
) -> list[list[int]]:
    """Join each group to a larger one that is nearer than `apart_km`; the largest first."""
    kept: list[list[int]] = []
    for group in sorted(groups, key=len, reverse=True):
        here = float(latitudes[group].mean()), float(longitudes[group].mean())
        for other in kept:
            there = latitudes[other].mean(keepdims=True), longitudes[other].mean(keepdims=True)
            if great_circle_km(*there, *here)[0] < apart_km:
                other.extend(group)
                break
        else:
            kept.append(list(group))
    return sorted(kept, key=len, reverse=True)


def _taken(groups: dict[object, list[int]], least: int, shown: list[list[int]]) -> list[int]:
    """Move the groups that are large enough to `shown` and give everybody else."""
    left: list[int] = []
    for group in groups.values():
        if len(group) >= least:
            shown.append(group)
        else:
            left += group
    return sorted(left)


def estates_of(
    latitudes: Reals, longitudes: Reals, estates: Sequence[ZonePlace], least: int
) -> Estates:
    """Count callers, one point each, at the nearest estate within `ESTATE_KM`."""
    if not estates or not len(latitudes):
        return Estates((), 0)
    distance = np.stack(
        [great_circle_km(latitudes, longitudes, one.latitude, one.longitude) for one in estates]
    )
    nearest = distance.argmin(axis=0)[distance.min(axis=0) <= ESTATE_KM]
    counts = np.bincount(nearest, minlength=len(estates)).tolist()
    named = [(one.name_zh, n) for one, n in zip(estates, counts, strict=True) if n >= least]
    named.sort(key=lambda pair: (-pair[1], pair[0]))
    return Estates(tuple(named), sum(0 < n < least for n in counts))
