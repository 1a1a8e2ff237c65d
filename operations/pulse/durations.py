"""How long tickets took, as counts in fixed buckets, so that merging is exact.

The bounds are whole minutes: one minute apart up to 30 minutes, then each about 5 % above the
one before, up to three years. A quantile read from them is off by half a bucket at most: half a
minute below 30 minutes, 3.5 % above.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

MINUTE_US = 60_000_000
WIDTH = 1.05
LONGEST_MIN = 3 * 366 * 24 * 60


def _bounds() -> tuple[int, ...]:
    bounds = [0]
    while bounds[-1] < LONGEST_MIN:
        bounds.append(max(bounds[-1] + 1, round(bounds[-1] * WIDTH)))
    return tuple(bounds)


BOUNDS_MIN = _bounds()
"""The first minute of each bucket; the last has no end."""

_BOUNDS = np.array(BOUNDS_MIN, np.int64)


def bucket_of(minutes: Ints) -> Ints:
    """Give the bucket of each duration in whole minutes, none of them negative."""
    return np.searchsorted(_BOUNDS, minutes, side="right") - 1


def middle_min(bucket: int) -> int:
    """Give the whole minute in the middle of a bucket, which stands for all that is in it."""
    if bucket + 1 == len(BOUNDS_MIN):
        return BOUNDS_MIN[bucket]
    return (BOUNDS_MIN[bucket] + BOUNDS_MIN[bucket + 1] - 1) // 2


Histogram = Mapping[int, int]
"""How many durations lie in each bucket; only what is not 0."""


def merged(histograms: Iterable[Histogram]) -> dict[int, int]:
    """Add histograms; buckets that come to 0 are left out."""
    sums: dict[int, int] = {}
    for one in histograms:
        for bucket, count in one.items():
            sums[bucket] = sums.get(bucket, 0) + count
    return {bucket: sums[bucket] for bucket in sorted(sums) if sums[bucket]}


def quantile_min(histogram: Histogram, share: float) -> int | None:
    """Give the duration that `share` of all do not exceed (nearest rank), None of none."""
    n = sum(histogram.values())
    if n == 0:
        return None
    rank = max(1, -(-n * round(share * 1000) // 1000))
    for bucket in sorted(histogram):
        rank -= histogram[bucket]
        if rank <= 0:
            return middle_min(bucket)
    raise AssertionError("a rank lies within its histogram")
