"""The retrospective scan: windows anywhere in the study, in compiled loops.

Counts and expectations are summed up over age, as in the prospective scan; a window from age
a to age b has the difference of two sums. Slower by about the number of steps.
"""

import numba
import numpy as np
from numpy.typing import NDArray

from operations.detection.scans.draws import Draw, draw_cases, room_for
from operations.detection.scans.levels import Setting, rung_of
from operations.detection.scans.likelihood import log_likelihood_ratio
from operations.detection.scans.trailing import Bests, Counts, Field, clear, tally


@numba.njit(cache=True, nogil=True)
def best_window(
    setting: Setting,
    limit: NDArray[np.float64],
    cases: NDArray[np.int64],
    expected: NDArray[np.float64],
    best: float,
) -> tuple[float, int, int]:
    """Give the best ratio of a circle and its window's ages, or `best` and -1, -1.

    Windows that end earlier come first, and shorter ones before longer. Lengths are looked
    at in runs: when the most cases of a run and the least expectation cannot do it, none can.
    """
    span, newest, oldest = len(cases), -1, -1
    for a in range(span - 1, -1, -1):
        had, base = (cases[a - 1], expected[a - 1]) if a else (0, 0.0)
        if cases[a] == had:
            continue  # a window that begins to count at its first case is better
        stop = min(a + setting.longest, span)
        first, run = a, 1
        while first < stop:
            end = min(first + run, stop)
            most = cases[end - 1] - had
            able = most >= len(limit) or expected[first] - base < limit[most]
            if most >= setting.least and able:
                for b in range(first, end):
                    here, mean = cases[b] - had, expected[b] - base
                    if here < setting.least or (here < len(limit) and mean >= limit[here]):
                        continue
                    ratio = log_likelihood_ratio(
                        setting.model, float(here), mean, setting.total, setting.everyone
                    )
                    if ratio > best:
                        best, newest, oldest = ratio, a, b
            first, run = end, 2 * run
    return best, newest, oldest


@numba.njit(cache=True, nogil=True)
def _add(
    field: Field, counts: Counts, at: int, cases: NDArray[np.int64], total: NDArray[np.float64]
) -> bool:
    """Let one more place into a circle; tell whether it has cases."""
    place = field.circles.members[at]
    row = counts.slot[place]
    total += field.expected[place]
    if row > 0:
        for age in range(len(cases)):
            cases[age] += counts.rows[row, age]
    return bool(row > 0)


@numba.njit(cache=True, nogil=True)
def walk(field: Field, counts: Counts, one: int, best: float) -> tuple[float, int, int, int]:
    """Look into every circle of a list; give the best ratio, its end and its window's ages."""
    circles, blocks, span = field.circles, field.blocks, field.expected.shape[1]
    cases, total = np.zeros(span, np.int64), np.zeros(span)
    cases_before, total_before, least = cases.copy(), total.copy(), total.copy()
    end, newest, oldest, at = -1, -1, -1, circles.starts[one]
    for block in range(blocks.starts[one], blocks.starts[one + 1]):
        start, at, fresh = at, blocks.ends[block], False
        cases_before[:], total_before[:] = cases, total
        for k in range(start, at):
            fresh |= _add(field, counts, k, cases, total)
            if k == blocks.firsts[block]:
                least[:] = total
        limit = field.ladder.limits[rung_of(field.ladder, best)]
        if not fresh or best_window(field.setting, limit, cases, least, best)[2] < 0:
            continue
        cases[:], total[:] = cases_before, total_before
        fresh = False
        for k in range(start, at):
            fresh |= _add(field, counts, k, cases, total)
            if fresh and circles.closes[k]:
                fresh = False
                limit = field.ladder.limits[rung_of(field.ladder, best)]
                found, a, b = best_window(field.setting, limit, cases, total, best)
                if b >= 0:
                    best, end, newest, oldest = found, k, a, b
    return best, end, newest, oldest


@numba.njit(cache=True, nogil=True)
def best_of_lists(field: Field, counts: Counts, bests: Bests) -> None:
    """Put the best of each list into `bests`."""
    for k in range(len(bests.ratios)):
        bests.ratios[k], bests.ends[k], bests.newest[k], bests.oldest[k] = walk(
            field, counts, k, 0.0
        )


@numba.njit(cache=True, nogil=True)
def largest_of_replicates(
    field: Field, counts: Counts, draw: Draw, states: NDArray[np.uint64]
) -> NDArray[np.float64]:
    """Give the largest ratio of each replicate: (replicates,), one for each stream."""
    drawn, found = room_for(draw), np.zeros(len(states))
    for r in range(len(states)):
        cases = draw_cases(draw, states[r].copy(), drawn)
        many = tally(counts, drawn.place[:cases], drawn.age[:cases])
        best = 0.0
        for one in range(len(field.blocks.starts) - 1):
            best, _, _, _ = walk(field, counts, one, best)
        found[r] = best
        clear(counts, many)
    return found
