"""The places around every centre, nearest first: the circles a scan looks into."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from operations.detection.distance import System, distances, sphere_points
from operations.errors import BadInput

SAME_KM = 1e-9  # places less apart than this in distance are equally far
MOST_PAIRS = 200_000_000  # 2.6 GB of lists: beyond it a radius has to be set
ROWS_AT_ONCE = 2_000_000  # distances held at once while lists are made

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
    columns = _by_coordinates(points, system, np.arange(len(points)) if among is None else among)
    weight = np.zeros(len(columns)) if weights is None else np.asarray(weights, float)[columns]
    rows: list[NDArray[np.intp]] = []
    found: list[NDArray[np.float64]] = []
    pairs, at_once = 0, max(1, ROWS_AT_ONCE // max(1, len(columns)))
    for first in range(0, len(points), at_once):
        for row in distances(points[first : first + at_once], points[columns], system):
            one = _nearest(row, weight, radius_km, most_weight, ties)
            rows.append(one)
            found.append(row[one])
            pairs += len(one)
        if pairs > MOST_PAIRS:
            raise BadInput("radius", "so many places are near one another; set a radius")
    return Neighbours(
        np.concatenate([[0], np.cumsum([len(one) for one in rows])]).astype(np.int64),
        np.concatenate([columns[one].astype(np.int32) for one in rows]),
        np.concatenate(found),
        np.concatenate([_circle_ends(one, ties) for one in found]),
    )


def _by_coordinates(
    points: NDArray[np.float64], system: System, columns: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Order places by what ties are broken by: x, y on the plane; x, y, z on the sphere."""
    at = points[columns]
    axes = sphere_points(at[:, 0], at[:, 1]) if system == "latlong" else at
    return columns[np.lexsort(axes.T[::-1])]


def _nearest(
    row: NDArray[np.float64], weight: NDArray[np.float64], radius: float, most: float, ties: Ties
) -> NDArray[np.intp]:
    """Order the places of one centre and cut the list; equal distances keep their order."""
    within = np.flatnonzero(row <= radius + SAME_KM)
    one = within[np.argsort(np.round(row[within] / SAME_KM), kind="stable")]
    if np.isfinite(most):
        heavy = np.cumsum(weight[one]) > most * (1 + 1e-12)
        if heavy.any():
            end = int(np.argmax(heavy))
            if ties == "together":
                end = int(np.searchsorted(row[one], row[one[end]] - SAME_KM))
            one = one[:end]
    return one


def _circle_ends(sorted_row: NDArray[np.float64], ties: Ties) -> NDArray[np.bool_]:
    ends = np.ones(len(sorted_row), np.bool_)
    if ties == "together":
        ends[:-1] = np.diff(sorted_row) > SAME_KM
    return ends
