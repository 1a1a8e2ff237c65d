"""The places around every centre, nearest first: the circles a scan looks into."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Literal, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from operations.detection.distance import EARTH_KM, System, sphere_points
from operations.errors import BadInput

SAME_KM = 1e-9  # places less apart than this in distance are equally far
MOST_PAIRS = 200_000_000  # 2.6 GB of lists: beyond it a radius has to be set

Ties = Literal["together", "apart"]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each centre its places in order of distance.

    Centre k has `members[starts[k]:starts[k + 1]]` (indices of places) at `distances_km`; a
    circle may end at a member only where `closes` says so.
    """

    starts: NDArray[np.int64]
    members: NDArray[np.int32]
    distances_km: NDArray[np.float64]
    closes: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, centre: int) -> NDArray[np.int32]:
        """Give one centre's places, nearest first."""
        return self.members[self.starts[centre] : self.starts[centre + 1]]


def find_neighbours(
    points: NDArray[np.float64],
    system: System = "latlong",
    *,
    radius_km: float = np.inf,
    weights: NDArray[np.float64] | None = None,
    most_weight: float = np.inf,
    among: NDArray[np.intp] | None = None,
    ties: Ties = "together",
) -> Neighbours:
    """List for every point the points up to a radius and up to a total weight.

    `points`: (places, 2), degrees or plane units. `weights`: (places,), such as cases; a list
    ends before the first place that would bring it over `most_weight`. `among`: indices of
    the places that may be members (all). `ties`: places equally far enter together, so that
    every candidate is a disc, or one by one in order of their coordinates, as the reference
    does. Raises BadInput for no point at all, and when the lists would not fit into memory.
    """
    if not len(points):
        raise BadInput("places", "there is none; name at least one")
    axes = sphere_points(points[:, 0], points[:, 1]) if system == "latlong" else points
    columns = np.arange(len(points)) if among is None else np.asarray(among, np.intp)
    columns = columns[np.lexsort(axes[columns].T[::-1])]
    weight = np.zeros(len(columns)) if weights is None else np.asarray(weights, float)[columns]
    chord = 2 * EARTH_KM * np.sin(min(radius_km / (2 * EARTH_KM), np.pi / 2))
    limit = Limits(
        radius_km + SAME_KM,
        (chord if system == "latlong" else radius_km) * (1 + 1e-6) + SAME_KM,
        most_weight * (1 + 1e-12),
        system == "latlong",
        ties == "together",
    )
    found = _lists(points, axes, columns, weight, limit)
    if found is None:
        raise BadInput("max-radius-km", "too many places are near one another; set a smaller one")
    return Neighbours(*found)


class Limits(NamedTuple):
    """Where a list ends; `nearly` bounds the straight way that the radius spans."""

    radius: float
    nearly: float
    weight: float
    sphere: bool
    together: bool


@numba.njit(cache=True, nogil=True)
def _lists(
    points: NDArray[np.float64],
    axes: NDArray[np.float64],
    columns: NDArray[np.intp],
    weight: NDArray[np.float64],
    limit: Limits,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64], NDArray[np.bool_]] | None:
    """Make the lists of all centres, or nothing when they are too long."""
    starts, size = np.zeros(len(points) + 1, np.int64), 16 * len(points)
    members, far, closes = np.empty(size, np.int32), np.empty(size), np.empty(size, np.bool_)
    for centre in range(len(points)):
        near, row = _near(points, axes, columns, centre, limit)
        ends = _ends(axes, columns[near], row, limit.together)
        keep = _cut(weight[near], ends, limit.weight)
        first, stop = starts[centre], starts[centre] + keep
        starts[centre + 1] = stop
        if stop > MOST_PAIRS:
            return None
        if stop > len(members):
            more = max(stop, 2 * len(members)) - len(members)
            members = np.append(members, np.empty(more, np.int32))
            far = np.append(far, np.empty(more))
            closes = np.append(closes, np.empty(more, np.bool_))
        members[first:stop] = columns[near[:keep]]
        far[first:stop] = row[:keep]
        closes[first:stop] = ends[:keep]
    stop = starts[-1]
    return starts, members[:stop].copy(), far[:stop].copy(), closes[:stop].copy()


@numba.njit(cache=True, nogil=True)
def _near(
    points: NDArray[np.float64],
    axes: NDArray[np.float64],
    columns: NDArray[np.intp],
    centre: int,
    limit: Limits,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Give the columns within the radius and their distances, nearest first."""
    found, row, many = np.empty(len(columns), np.int64), np.empty(len(columns)), 0
    for k in range(len(columns)):
        way = 0.0
        for axis in range(axes.shape[1]):
            way += (axes[centre, axis] - axes[columns[k], axis]) ** 2
        if way > limit.nearly**2:
            continue
        a, b = points[centre], points[columns[k]]
        exact = _great_circle(a, b) if limit.sphere else sqrt(way)
        if exact <= limit.radius:
            found[many], row[many] = k, exact
            many += 1
    order = np.argsort(np.rint(row[:many] / SAME_KM), kind="mergesort")
    return found[order], row[order]


@numba.njit(cache=True, nogil=True)
def _great_circle(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    up, across = radians(b[0] - a[0]) / 2, radians(b[1] - a[1]) / 2
    half = sin(up) ** 2 + cos(radians(a[0])) * cos(radians(b[0])) * sin(across) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


@numba.njit(cache=True, nogil=True)
def _ends(
    axes: NDArray[np.float64], places: NDArray[np.intp], row: NDArray[np.float64], together: bool
) -> NDArray[np.bool_]:
    """Tell where a circle may end: never between places at the same point."""
    ends = np.ones(len(row), np.bool_)
    for k in range(len(row) - 1):
        if together:
            ends[k] = row[k + 1] - row[k] > SAME_KM
        else:
            ends[k] = (axes[places[k]] != axes[places[k + 1]]).any()
    return ends


@numba.njit(cache=True, nogil=True)
def _cut(weight: NDArray[np.float64], ends: NDArray[np.bool_], most: float) -> int:
    """Give how many members come before the circle that weighs too much."""
    total, keep = 0.0, 0
    for k in range(len(weight)):
        total += weight[k]
        if total > most:
            break
        if ends[k]:
            keep = k + 1
    return keep
