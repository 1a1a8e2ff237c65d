"""Where a scan looks: circles around every place, and shapes named by their places."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from operations.detection.distance import System, distances
from operations.detection.scans.circles import Circles
from operations.detection.scans.neighbours import SAME_KM, Neighbours, Ties, find_neighbours
from operations.errors import BadInput


@dataclass(frozen=True, slots=True)
class Candidates:
    """Circles and shapes over the places where something is expected.

    `active`: those places; `lookup`: (places,) their number among them, or -1. The first
    lists of `circles` are the circles around `points`, (places, 2), the others `shapes`.
    """

    points: NDArray[np.float64]
    system: System
    active: NDArray[np.intp]
    lookup: NDArray[np.int32]
    circles: Circles
    distances_km: NDArray[np.float64]
    shapes: tuple[tuple[int, ...], ...]

    @property
    def centres(self) -> int:
        """Count the lists that are circles."""
        return len(self.circles.starts) - 1 - len(self.shapes)

    def alone(self) -> NDArray[np.bool_]:
        """Tell of each active place whether it is a candidate by itself: (active,)."""
        found = np.zeros(len(self.active), np.bool_)
        starts, members = self.circles.starts, self.circles.members
        first = starts[: self.centres][np.diff(starts[: self.centres + 1]) > 0]
        own = np.flatnonzero(np.diff(starts[: self.centres + 1]) > 0)
        itself = self.circles.closes[first] & (self.active[members[first]] == own)
        found[members[first[itself]]] = True
        return found

    def members(self, one: int, end: int) -> tuple[NDArray[np.intp], float | None]:
        """Give the places of a candidate, nearest first, and its radius; of a shape all, None.

        `end`: the index in `circles.members` of the last one. Places where nothing is
        expected belong to it too.
        """
        if one >= self.centres:
            return np.array(self.shapes[one - self.centres], np.intp), None
        radius = float(self.distances_km[end])
        far = distances(self.points[one : one + 1], self.points, self.system)[0]
        inside = far <= radius + SAME_KM
        inside[self.active] = False
        inside[self.active[self.circles.members[self.circles.starts[one] : end + 1]]] = True
        places = np.flatnonzero(inside)
        return places[np.argsort(far[places], kind="stable")], radius


def find_candidates(
    weights: NDArray[np.float64],
    points: ArrayLike,
    system: System = "latlong",
    *,
    radius_km: float = np.inf,
    most_share: float = 0.5,
    ties: Ties = "together",
    shapes: Sequence[Sequence[int]] = (),
    circles: bool = True,
) -> Candidates:
    """List the circles around each place, and shapes as sets of places.

    `weights`: (places,), what is expected of each. `points`: (places, 2). Circles grow up to
    `radius_km` and `most_share` of all weight; shapes are taken as they are. With `circles`
    off, only shapes are candidates. Raises BadInput for sizes that cannot be, and when a
    shape names a place that there is not.
    """
    at = np.asarray(points, np.float64).reshape(-1, 2)
    if not 0.0 < most_share <= 1.0:
        raise BadInput("max-population", f"{most_share} is no share; take one from 0 to 1")
    if not radius_km >= 0.0:
        raise BadInput("max-radius-km", f"{radius_km} is no distance; take 0 or more")
    active = np.flatnonzero(weights > 0)
    lookup = np.full(len(weights), -1, np.int32)
    lookup[active] = np.arange(len(active))
    near = _no_neighbours(len(at) if circles else 0)
    if circles and len(active):
        most = most_share * float(weights.sum())
        near = find_neighbours(
            at, system, radius_km=radius_km, weights=weights, most_weight=most,
            among=active, ties=ties,
        )  # fmt: skip
    sets = tuple(tuple(dict.fromkeys(int(one) for one in shape)) for shape in shapes)
    for k, shape in enumerate(sets):
        if any(not 0 <= one < len(weights) for one in shape):
            raise BadInput("shapes", f"shape {k} names a place that is not in the list of places")
    lists = _with_shapes(near, lookup, sets)
    return Candidates(at, system, active, lookup, lists, near.distances_km, sets)


def _no_neighbours(lists: int) -> Neighbours:
    return Neighbours(
        np.zeros(lists + 1, np.int64), np.zeros(0, np.int32), np.zeros(0), np.zeros(0, np.bool_)
    )


def _with_shapes(
    near: Neighbours, lookup: NDArray[np.int32], shapes: tuple[tuple[int, ...], ...]
) -> Circles:
    """Append shapes to the circles: lists that close at their last place only."""
    parts, closes, sizes = [lookup[near.members]], [near.closes], []
    for shape in shapes:
        part = lookup[np.array(shape, np.intp)]
        part = part[part >= 0]
        end = np.zeros(len(part), np.bool_)
        end[-1:] = True
        parts.append(part)
        closes.append(end)
        sizes.append(len(part))
    more = near.starts[-1] + np.cumsum(np.array(sizes, np.int64))
    starts = np.concatenate([near.starts, more]).astype(np.int64)
    short = np.uint16 if lookup.max(initial=0) < 65_535 else np.int32
    return Circles(starts, np.concatenate(parts).astype(short), np.concatenate(closes))
