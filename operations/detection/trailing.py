"""The prospective scan: windows that end with the last step of the study, in compiled loops.

Counts and expectations are summed up from the last step back: entry k is the window of the
last k + 1 steps. Loops over these are plain, so that the compiler adds many windows at once;
four places are added at a time, and the row of a place without cases is all zeros.
"""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from operations.detection.circles import Blocks, Circles
from operations.detection.draws import Draw, draw_cases, room_for
from operations.detection.levels import Ladder, Setting, rung_of
from operations.detection.likelihood import log_likelihood_ratio

LANES = 32  # counts of a row come in so many, the last ones beyond the longest window
MOST_SHORT = 32_000  # cases that fit 16 bits; beyond them counts take 32


class Field(NamedTuple):
    """What is scanned: candidates, and what is expected up to each age, (places, span).

    `floors` (rungs, rows, lanes): the counts that may beat a ratio; block b takes row
    `floor_rows[b]`. Where expectation is the product of a place's mass and `unit` (span,),
    the rows are by mass, and `masses` has that of the circle that ends at each member; else
    both are empty. `alone`: (places,) whether a place by itself is a candidate.
    """

    setting: Setting
    ladder: Ladder
    circles: Circles
    blocks: Blocks
    expected: NDArray[np.float64]
    floors: NDArray[np.signedinteger]
    floor_rows: NDArray[np.int64]
    masses: NDArray[np.int64]
    unit: NDArray[np.float64]
    alone: NDArray[np.bool_]


class Counts(NamedTuple):
    """Cases by place and age: place p has `rows[slot[p]]`; row 0 is empty."""

    slot: NDArray[np.int32]
    rows: NDArray[np.signedinteger]
    used: NDArray[np.int32]


def room_for_counts(places: int, span: int, cases: int) -> Counts:
    """Make room for the counts of so many cases; one thread needs one."""
    rows = np.zeros((min(places, cases) + 1, lanes_for(span)), count_type(cases))
    return Counts(np.zeros(places, np.int32), rows, np.zeros(len(rows), np.int32))


def lanes_for(span: int) -> int:
    """Give how long a row of counts is."""
    return -(-span // LANES) * LANES


def count_type(cases: int) -> type[np.signedinteger]:
    """Give the type of counts: short where they fit, as twice as many are added at once."""
    return np.int16 if cases <= MOST_SHORT else np.int32


@numba.njit(cache=True, nogil=True)
def tally(counts: Counts, place: NDArray[np.int32], age: NDArray[np.int32]) -> int:
    """Count cases by place and age, summed up over age; give how many rows are in use."""
    rows = counts.rows
    width, many = rows.shape[1], 1
    for k in range(len(place)):
        row = counts.slot[place[k]]
        if row == 0:
            row = many
            many += 1
            counts.slot[place[k]] = row
            counts.used[row] = place[k]
            rows[row, :] = 0
        for at in range(age[k], width):
            rows[row, at] += 1
    return many


@numba.njit(cache=True, nogil=True)
def clear(counts: Counts, many: int) -> None:
    """Forget the counts again."""
    for row in range(1, many):
        counts.slot[counts.used[row]] = 0


@numba.njit(cache=True, nogil=True)
def best_window(
    setting: Setting,
    limit: NDArray[np.float64],
    cases: NDArray[np.signedinteger],
    expected: NDArray[np.float64],
    best: float,
) -> tuple[float, int]:
    """Give the best ratio of a circle and its window's index, or `best` and -1."""
    where, before = -1, setting.least - 1
    for k in range(len(expected)):
        here = cases[k]
        if here <= before:  # a longer window without a further case is worse
            continue
        before = here
        if here < len(limit) and expected[k] >= limit[here]:
            continue
        ratio = log_likelihood_ratio(
            setting.model, float(here), expected[k], setting.total, setting.everyone
        )
        if ratio > best:
            best, where = ratio, k
    return best, where


@numba.njit(cache=True, nogil=True)
def look(
    field: Field,
    counts: Counts,
    lists: tuple[int, int],
    cases: NDArray[np.signedinteger],
    best: float,
) -> tuple[float, int, int]:
    """Look into the circles of one block of one list, `lists` being (list, block).

    `cases`: (lanes,), counts before the block; after it on return. Gives the best ratio, the
    index of the member its circle ends with and its window; -1, -1 when nothing beats `best`.
    """
    one, block = lists
    circles, blocks, by_mass = field.circles, field.blocks, len(field.masses) > 0
    start = blocks.ends[block - 1] if block > blocks.starts[one] else circles.starts[one]
    end, window, fresh = -1, -1, False
    total = _expected(field, circles.starts[one], circles.starts[one] if by_mass else start)
    rung = rung_of(field.ladder, best)
    for at in range(start, blocks.ends[block]):
        place = circles.members[at]
        row = counts.slot[place]
        if not by_mass:
            total += field.expected[place]
        if row > 0:
            fresh = True
            for k in range(len(cases)):
                cases[k] += counts.rows[row, k]
        if fresh and circles.closes[at]:
            fresh = False
            if by_mass:
                if not _reaches(cases, field.floors[rung, field.masses[at]]):
                    continue
                total = field.unit * field.masses[at]
            limit = field.ladder.limits[rung]
            found, where = best_window(field.setting, limit, cases, total, best)
            if where >= 0:
                best, end, window = found, at, where
                rung = rung_of(field.ladder, best)
    return best, end, window


@numba.njit(cache=True, nogil=True)
def _expected(field: Field, first: int, end: int) -> NDArray[np.float64]:
    """Give what the members from `first` to before `end` expect, up to each age."""
    total = np.zeros(field.expected.shape[1])
    for at in range(first, end):
        total += field.expected[field.circles.members[at]]
    return total


@numba.njit(cache=True, nogil=True)
def _reaches(cases: NDArray[np.signedinteger], floor: NDArray[np.signedinteger]) -> bool:
    """Tell whether a count in any window reaches what it needs."""
    more = False
    for k in range(len(cases)):
        more |= cases[k] >= floor[k]
    return more


@numba.njit(cache=True, nogil=True)
def _best_alone(field: Field, counts: Counts, many: int) -> float:
    """Give the best ratio of single places: quick to have, and most others fall short of it."""
    best = 0.0
    for row in range(1, many):
        place = counts.used[row]
        if field.alone[place]:
            limit = field.ladder.limits[rung_of(field.ladder, best)]
            expected = field.expected[place]
            best, _ = best_window(field.setting, limit, counts.rows[row], expected, best)
    return best


class Bests(NamedTuple):
    """The best of every list: its ratio, the member its circle ends with (or -1), its window.

    `newest`, `oldest`: the ages of the window's last and first step.
    """

    ratios: NDArray[np.float64]
    ends: NDArray[np.int64]
    newest: NDArray[np.int64]
    oldest: NDArray[np.int64]


def room_for_bests(lists: int) -> Bests:
    """Make room for the best of so many lists; none yet."""
    return Bests(np.zeros(lists), np.full(lists, -1), np.zeros(lists, np.int64), np.full(lists, -1))


@numba.njit(cache=True, nogil=True)
def best_of_lists(field: Field, counts: Counts, bests: Bests, best: float) -> float:
    """Give the best ratio of all lists, with what is already reached.

    Where `bests` has room, the best of each list is put there, and found for itself.
    """
    starts, ends, floor_rows = field.blocks.starts, field.blocks.ends, field.floor_rows
    members, slot, rows = field.circles.members, counts.slot, counts.rows
    fresh, held = np.zeros(len(slot) + 4, np.int32), rows[0].copy()
    rung, before, each = rung_of(field.ladder, best), held.copy(), len(bests.ratios) > 0
    floors = field.floors[rung]
    for one in range(len(starts) - 1):
        held[:], at = 0, field.circles.starts[one]
        if each:
            best, rung = 0.0, 0
            floors = field.floors[0]
        for block in range(starts[one], starts[one + 1]):
            many, more, floor = 0, False, floor_rows[block]
            for k in range(at, ends[block]):
                row = slot[members[k]]
                fresh[many] = row  # no branch: whether a place has cases cannot be guessed
                many += row > 0
            at = ends[block]
            fresh[many : many + 3] = 0
            before[:] = held
            for k in range(0, many, 4):
                a, b, c, d = fresh[k], fresh[k + 1], fresh[k + 2], fresh[k + 3]
                for j in range(len(held)):
                    held[j] += rows[a, j] + rows[b, j] + rows[c, j] + rows[d, j]
                    more |= held[j] >= floors[floor, j]
            if more:
                best, end, window = look(field, counts, (one, block), before, best)
                rung = rung_of(field.ladder, best)
                floors = field.floors[rung]
                if each and end >= 0:
                    bests.ratios[one], bests.ends[one], bests.oldest[one] = best, end, window
    return best


@numba.njit(cache=True, nogil=True)
def largest_of_replicates(
    field: Field, counts: Counts, draw: Draw, states: NDArray[np.uint64]
) -> NDArray[np.float64]:
    """Give the largest ratio of each replicate: (replicates,), one for each stream.

    Holds no lock; threads with `counts` of their own may each take a part of the streams.
    """
    drawn, found, none = room_for(draw), np.zeros(len(states)), np.zeros(0, np.int64)
    bests = Bests(np.zeros(0), none, none, none)
    for r in range(len(states)):
        cases = draw_cases(draw, states[r].copy(), drawn)
        many = tally(counts, drawn.place[:cases], drawn.age[:cases])
        found[r] = best_of_lists(field, counts, bests, _best_alone(field, counts, many))
        clear(counts, many)
    return found
