"""From the best circle of every centre to clusters that share no place."""

import numpy as np
from numpy.typing import NDArray

from operations.detection.scans.candidates import Candidates
from operations.detection.scans.trailing import Bests

SAME_RATIO = 1e-9  # ratios closer than this are equal up to rounding
LEAST_RATIO = 0.001  # what says less is no cluster
MOST_CLUSTERS = 500


def without_overlap(
    candidates: Candidates, bests: Bests
) -> list[tuple[int, NDArray[np.intp], float | None]]:
    """Choose clusters best first, each without a place of a better one.

    Gives the number of its list, its places, its radius. Among equal ratios fewer places
    come first, then the earlier centre, as in the reference.
    """
    order = np.argsort(-bests.ratios, kind="stable")
    order = order[(bests.ratios[order] > LEAST_RATIO) & (bests.ends[order] >= 0)]
    taken = np.zeros(len(candidates.lookup), np.bool_)
    found: list[tuple[int, NDArray[np.intp], float | None]] = []
    at = 0
    while at < len(order) and len(found) < MOST_CLUSTERS:
        first = bests.ratios[order[at]]
        stop = at + int(np.argmax(np.append(bests.ratios[order[at:]] < first - SAME_RATIO, True)))
        waiting = list(order[at:stop])
        at = stop
        while waiting:
            free = [
                (one, *candidates.members(int(one), int(bests.ends[one])))
                for one in waiting
                if not _overlaps(candidates, int(one), int(bests.ends[one]), taken)
            ]
            free = [one for one in free if not taken[one[1]].any()]
            if not free:
                break
            best = min(free, key=lambda one: (len(one[1]), one[0]))
            found.append(best)
            taken[best[1]] = True
            waiting = [one[0] for one in free if one[0] != best[0]]
    return found


def _overlaps(candidates: Candidates, one: int, end: int, taken: NDArray[np.bool_]) -> bool:
    """Tell quickly whether a candidate has a place with cases that is taken."""
    circles = candidates.circles
    members = circles.members[circles.starts[one] : end + 1]
    return bool(taken[candidates.active[members]].any())
