"""The prospective scan: windows that end with the last step of the study, in compiled loops.

Counts and expectations are summed up from the last step back: entry k is the window of the
last k + 1 steps.
"""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from operations.detection.scans.circles import Blocks, Circles
from operations.detection.scans.draws import Draw, draw_cases, room_for
from operations.detection.scans.lanes import LANES, added
from operations.detection.scans.levels import Ladder, Setting, rung_of
from operations.detection.scans.likelihood import log_likelihood_ratio

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
    """Cases by place and age: place p has `rows[slot[p]]`; row 0 is of zeros, for no cases.

    Adding zeros is quicker than asking: which places have cases cannot be guessed.
    """

    slot: NDArray[np.int32]
    rows: NDArray[np.signedinteger]
    used: NDArray[np.int32]


def room_for_counts(places: int, span: int, cases: int) -> Counts:
    """Make room for the counts of so many cases; one thread needs one."""
    rows = np.zeros((min(places, cases) + 1, lanes_for(span)), count_type(cases))
    return Counts(np.zeros(places, np.int32), rows, np.zeros(len(rows), np.int32))


def lanes_for(span: int) -> int:
    """Give how long a row of counts is, with what lies beyond the longest window."""
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
    blocks, (one, block) = field.blocks, lists
    first = field.circles.starts[one]
    start = blocks.ends[block - 1] if block > blocks.starts[one] else first
    if len(field.masses):
        return _look_by_mass(field, counts, (start, blocks.ends[block]), cases, best)
    return _look_by_sum(field, counts, (first, start, blocks.ends[block]), cases, best)


@numba.njit(cache=True, nogil=True)
def _look_by_mass(
    field: Field,
    counts: Counts,
    part: tuple[int, int],
    cases: NDArray[np.signedinteger],
    best: float,
) -> tuple[float, int, int]:
    """Look into the circles of a part of the members, where each has floors by its mass."""
    slot, members, closes = counts.slot, field.circles.members, field.circles.closes
    masses, rows = field.masses, counts.rows
    end, window, reached, rung = -1, -1, False, rung_of(field.ladder, best)
    floors = field.floors[rung]
    for at in range(part[0], part[1]):
        fresh = slot[members[at]] > 0
        # Places equally far enter together; floors rise with the mass, so that a circle that
        # reaches its own has reached the lower one of an earlier place among them.
        if fresh and added(cases, rows, slot, members, (at, at + 1), floors, masses[at]):
            reached = True
        if reached and closes[at]:
            reached = False
            total, limit = field.unit * masses[at], field.ladder.limits[rung]
            found, where = best_window(field.setting, limit, cases, total, best)
            if where >= 0:
                best, end, window = found, at, where
                rung = rung_of(field.ladder, best)
                floors = field.floors[rung]
    return best, end, window


@numba.njit(cache=True, nogil=True)
def _look_by_sum(
    field: Field,
    counts: Counts,
    part: tuple[int, int, int],
    cases: NDArray[np.signedinteger],
    best: float,
) -> tuple[float, int, int]:
    """Look into the circles of a part of the members, summing what they expect.

    `part`: the list's first member, the part's, and its end.
    """
    circles, fresh, end, window = field.circles, False, -1, -1
    total, rung = np.zeros(field.expected.shape[1]), rung_of(field.ladder, best)
    for at in range(part[0], part[2]):
        place = circles.members[at]
        total += field.expected[place]
        row = counts.slot[place]
        if at < part[1]:
            continue
        if row > 0:
            fresh = True
            for k in range(len(cases)):
                cases[k] += counts.rows[row, k]
        if fresh and circles.closes[at]:
            fresh, limit = False, field.ladder.limits[rung]
            found, where = best_window(field.setting, limit, cases, total, best)
            if where >= 0:
                best, end, window = found, at, where
                rung = rung_of(field.ladder, best)
    return best, end, window


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
    held, before = rows[0].copy(), rows[0].copy()
    rung, each = rung_of(field.ladder, best), len(bests.ratios) > 0
    floors = field.floors[rung]
    for one in range(len(starts) - 1):
        held[:], at = 0, field.circles.starts[one]
        if each:
            best, rung = 0.0, 0
            floors = field.floors[0]
        for block in range(starts[one], starts[one + 1]):
            part = (at, ends[block])
            at = ends[block]
            if added(held, rows, slot, members, part, floors, floor_rows[block]):
                before[:] = held
                for k in range(part[0], part[1]):
                    before -= rows[slot[members[k]]]
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
