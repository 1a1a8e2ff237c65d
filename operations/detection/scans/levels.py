"""Which counts can still beat the best so far, looked up instead of computed.

Only the largest ratio of a replicate matters. Whether a circle can be it is one comparison
with a table made once for a ladder of ratios: the highest rung not above the best so far.
"""

from math import sqrt
from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from operations.detection.scans.likelihood import BERNOULLI, expected_limit

RUNGS = np.concatenate([[0.0, 2.0, 4.0], np.arange(5.0, 12.0, 0.5), np.geomspace(12.0, 60.0, 8)])
MOST_CASES = 2048  # beyond it the ratio itself is computed
MOST_FLOORS = 12_000_000  # 48 MB; a larger table takes fewer rungs


class Setting(NamedTuple):
    """What a ratio depends on beside cases and expectation, and what a cluster must have.

    `least`: the fewest cases of a cluster; `longest`: the most steps of a window.
    """

    model: int
    total: float
    everyone: float
    least: int
    longest: int


class Ladder(NamedTuple):
    """`rungs` (n,) ratios from 0 up; `limits` (n, cases): below which expectation each is beaten.

    A count beyond `limits` may always beat it.
    """

    rungs: NDArray[np.float64]
    limits: NDArray[np.float64]


def make_ladder(setting: Setting, most_cases: int, rows: int) -> Ladder:
    """Make the ladder for counts up to `most_cases` and so many rows of floors."""
    rungs = RUNGS
    while len(rungs) > 5 and len(rungs) * rows > MOST_FLOORS:
        rungs = rungs[::2]
    return Ladder(rungs, _limits(setting, rungs, min(most_cases, MOST_CASES) + 1))


@numba.njit(cache=True, nogil=True)
def _limits(setting: Setting, rungs: NDArray[np.float64], many: int) -> NDArray[np.float64]:
    found = np.zeros((len(rungs), many))
    for rung in range(len(rungs)):
        for cases in range(setting.least, many):
            found[rung, cases] = expected_limit(
                setting.model, float(cases), rungs[rung], setting.total, setting.everyone
            )
    return found


@numba.njit(cache=True, nogil=True)
def rung_of(ladder: Ladder, best: float) -> int:
    """Give the highest rung that is not above the best so far."""
    return int(np.searchsorted(ladder.rungs, best, side="right")) - 1


@numba.njit(cache=True, nogil=True)
def fill_floors(
    setting: Setting,
    ladder: Ladder,
    expected: NDArray[np.float64],
    found: NDArray[np.signedinteger],
) -> None:
    """Put the least count that may beat each rung into `found`, (rungs, rows, lanes).

    `expected`: (rows, span), not falling along a row. Lanes beyond the span, and needs
    larger than the counts' type, get the largest number of that type.
    """
    rows, span = expected.shape
    most = 32767 if found.itemsize == 2 else 2147483647
    found[:] = most
    for rung in range(len(ladder.rungs)):
        limit = ladder.limits[rung]
        for row in range(rows):
            cases = setting.least
            for k in range(span):
                while cases < len(limit) and limit[cases] <= expected[row, k]:
                    cases += 1
                need = cases
                if need >= len(limit):
                    need = max(need, _safe(setting, ladder.rungs[rung], expected[row, k]))
                found[rung, row, k] = min(need, most)


@numba.njit(cache=True, nogil=True)
def _safe(setting: Setting, ratio: float, expected: float) -> int:
    """Give a count that is certainly needed for a ratio.

    Each part of a ratio is a Kullback-Leibler divergence, which its chi-squared bounds
    from above.
    """
    if expected <= 0.0:
        return setting.least
    rest = max(setting.total - expected, 1.0)
    share = 1.0 - setting.total / setting.everyone if setting.model == BERNOULLI else 1.0
    need = expected + sqrt(ratio * share / (1.0 / expected + 1.0 / rest))
    return int(min(need, 2.0e9))
