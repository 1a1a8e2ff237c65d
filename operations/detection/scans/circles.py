"""Candidates as lists of places, and the blocks in which they are bounded together.

A circle that ends inside a block has at most the block's cases, and at least what the first
circle of the block expects. When these two do not beat the best so far, no circle of the
block needs a look; that is nearly always so.
"""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

FIRST_EXPECTED = 0.3  # what a block adds at least to what the longest window expects
GROWTH = 1.5  # … and how many standard deviations of the cases so far


class Circles(NamedTuple):
    """Candidates as lists: list k has `members[starts[k]:starts[k + 1]]`, nearest first.

    `closes`: where a circle may end, the last member always. Members are as short as they
    may be: reading them is a third of a scan.
    """

    starts: NDArray[np.int64]
    members: NDArray[np.integer]
    closes: NDArray[np.bool_]


class Blocks(NamedTuple):
    """List k has the blocks `starts[k]` to `starts[k + 1]` - 1; block b ends before `ends[b]`.

    `ends` are indices of members and always follow one that closes a circle; `firsts` are
    where the first circle of each block ends.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    firsts: NDArray[np.int64]


@numba.njit(cache=True, nogil=True)
def make_blocks(circles: Circles, weights: NDArray[np.float64]) -> Blocks:
    """Cut the lists into blocks by the weights of places, what the longest window expects."""
    starts, ends, firsts = [0], [0 for _ in range(0)], [0 for _ in range(0)]
    for k in range(len(circles.starts) - 1):
        total, mark, first = 0.0, FIRST_EXPECTED, -1
        for at in range(circles.starts[k], circles.starts[k + 1]):
            total += weights[circles.members[at]]
            if not circles.closes[at]:
                continue
            if first < 0:
                first = at
            if total >= mark or at + 1 == circles.starts[k + 1]:
                ends.append(at + 1)
                firsts.append(first)
                first = -1
                mark = total + max(FIRST_EXPECTED, GROWTH * total**0.5)
        starts.append(len(ends))
    return Blocks(np.array(starts), np.array(ends), np.array(firsts))


@numba.njit(cache=True, nogil=True)
def expected_of_firsts(
    circles: Circles, blocks: Blocks, expected: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give what the first circle of each block expects: (blocks, span)."""
    span = expected.shape[1]
    found = np.empty((len(blocks.ends), span))
    total = np.empty(span)
    for k in range(len(circles.starts) - 1):
        total[:] = 0.0
        at = circles.starts[k]
        for block in range(blocks.starts[k], blocks.starts[k + 1]):
            while at < blocks.ends[block]:
                total += expected[circles.members[at]]
                if at == blocks.firsts[block]:
                    found[block] = total
                at += 1
    return found
