"""What a replicate looks like when nothing is going on: where and when its cases fall.

Only cases inside the scanned windows are drawn. A case's age is the number of steps between
it and the last step of the study; windows reach back to age `span` - 1.
"""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from operations.detection.scans.streams import below, poisson_count, uniform

PERMUTE = 0  # dates are shuffled among the cases of a stratum: all margins stay as they are
CHOOSE = 1  # so many of all people are cases
SPREAD = 2  # a fixed number of cases, each by the expectation
ARRIVE = 3  # a Poisson number of cases, each by the expectation


class Draw(NamedTuple):
    """How replicates of one study are drawn; arrays a kind does not need are empty.

    PERMUTE: `pool_place` (cases) by stratum, bounded by `pool_starts` (strata + 1);
    `slot_age` the ages of the cases inside the span by stratum, bounded by `slot_starts`.
    CHOOSE: `pool_place`, `pool_age` (people; -1 outside the span), `cases` of them are cases.
    SPREAD, ARRIVE: `odds`, `other` (places + 1) an alias table whose last entry is outside
    the span; `reaches` (places, span) what is expected up to each age; `mean` the sum of all.
    """

    kind: int
    cases: int
    mean: float
    pool_place: NDArray[np.int32]
    pool_age: NDArray[np.int32]
    pool_starts: NDArray[np.int64]
    slot_age: NDArray[np.int32]
    slot_starts: NDArray[np.int64]
    odds: NDArray[np.float64]
    other: NDArray[np.int32]
    reaches: NDArray[np.float64]


_NONE = np.zeros(0, np.int32)
_NO_STARTS = np.zeros(1, np.int64)
_NO_FLOATS = np.zeros(0)
_NO_REACHES = np.zeros((0, 0))


def permute(
    place: NDArray[np.int32], age: NDArray[np.int32], stratum: NDArray[np.int64], span: int
) -> Draw:
    """Shuffle the dates of cases within strata; each array is (cases,)."""
    order = np.argsort(stratum, kind="stable")
    strata = int(stratum.max()) + 1 if len(stratum) else 1
    within = order[age[order] < span]
    bounds = np.arange(strata + 1)
    return Draw(
        PERMUTE, len(within), 0.0, place[order].astype(np.int32), _NONE,
        np.searchsorted(stratum[order], bounds).astype(np.int64), age[within].astype(np.int32),
        np.searchsorted(stratum[within], bounds).astype(np.int64),
        _NO_FLOATS, _NONE, _NO_REACHES,
    )  # fmt: skip


def choose(place: NDArray[np.int32], age: NDArray[np.int32], span: int, cases: int) -> Draw:
    """Make `cases` of all people cases; both arrays are (people,)."""
    inside = np.where(age < span, age, -1).astype(np.int32)
    return Draw(
        CHOOSE, cases, 0.0, place.astype(np.int32), inside, _NO_STARTS, _NONE, _NO_STARTS,
        _NO_FLOATS, _NONE, _NO_REACHES,
    )  # fmt: skip


def spread(reaches: NDArray[np.float64], total: float, cases: int | None) -> Draw:
    """Let cases fall by their expectation: a fixed number of them, or a Poisson number.

    `reaches`: (places, span), expected up to each age; `total`: expected in the whole study.
    """
    inside = reaches[:, -1]
    outside = max(0.0, total - float(inside.sum())) if cases is not None else 0.0
    odds, other = _alias_table(np.append(inside, outside))
    kind = ARRIVE if cases is None else SPREAD
    return Draw(
        kind, cases or 0, float(inside.sum()), _NONE, _NONE, _NO_STARTS, _NONE, _NO_STARTS,
        odds, other, np.ascontiguousarray(reaches),
    )  # fmt: skip


def _alias_table(weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Make Vose's table (1991, IEEE Trans Softw Eng 17:972): one look gives a weighted index."""
    many = len(weights)
    odds = weights * (many / weights.sum())
    other = np.arange(many, dtype=np.int32)
    small = list(np.flatnonzero(odds < 1.0))
    large = list(np.flatnonzero(odds >= 1.0))
    while small and large:
        less, more = small.pop(), large[-1]
        other[less] = more
        odds[more] -= 1.0 - odds[less]
        if odds[more] < 1.0:
            small.append(large.pop())
    odds[small + large] = 1.0  # what rounding has left
    return odds, other


class Drawn(NamedTuple):
    """Where a replicate is put: `place` and `age` of its cases; the rest is for drawing."""

    place: NDArray[np.int32]
    age: NDArray[np.int32]
    pool: NDArray[np.int32]
    swapped: NDArray[np.int32]


@numba.njit(cache=True, nogil=True)
def most_drawn(draw: Draw) -> int:
    """Give the most cases a replicate has in the span; an arrival beyond it will never be."""
    if draw.kind == ARRIVE:
        return int(draw.mean + 20.0 * draw.mean**0.5 + 100.0)
    return draw.cases


@numba.njit(cache=True, nogil=True)
def room_for(draw: Draw) -> Drawn:
    """Make room for replicates; one thread needs one."""
    many, pool = most_drawn(draw), np.arange(len(draw.pool_place)).astype(np.int32)
    return Drawn(np.empty(many, np.int32), np.empty(many, np.int32), pool, np.empty(many, np.int32))


@numba.njit(cache=True, nogil=True)
def draw_cases(draw: Draw, state: NDArray[np.uint64], drawn: Drawn) -> int:
    """Draw one replicate; give the number of its cases in the span."""
    if draw.kind >= SPREAD:
        return _draw_spread(draw, state, drawn)
    found, at = 0, 0
    strata = len(draw.slot_starts) - 1 if draw.kind == PERMUTE else 1
    for stratum in range(strata):
        first, end, wanted = 0, len(draw.pool_place), draw.cases
        if draw.kind == PERMUTE:
            first, end = draw.pool_starts[stratum], draw.pool_starts[stratum + 1]
            wanted = draw.slot_starts[stratum + 1] - draw.slot_starts[stratum]
        for k in range(wanted):
            here = first + k
            there = here + below(state, end - here)
            one = drawn.pool[there]
            drawn.pool[there], drawn.pool[here] = drawn.pool[here], one
            drawn.swapped[at] = there
            when = draw.slot_age[at] if draw.kind == PERMUTE else draw.pool_age[one]
            at += 1
            if when >= 0:
                drawn.place[found] = draw.pool_place[one]
                drawn.age[found] = when
                found += 1
    _put_back(draw, drawn.pool, drawn.swapped)
    return found


@numba.njit(cache=True, nogil=True)
def _put_back(draw: Draw, pool: NDArray[np.int32], swapped: NDArray[np.int32]) -> None:
    """Undo the swaps: the next replicate must not hang on this one."""
    strata = len(draw.slot_starts) - 1 if draw.kind == PERMUTE else 1
    at = draw.cases
    for stratum in range(strata - 1, -1, -1):
        first, wanted = 0, draw.cases
        if draw.kind == PERMUTE:
            first = draw.pool_starts[stratum]
            wanted = draw.slot_starts[stratum + 1] - draw.slot_starts[stratum]
        for k in range(wanted - 1, -1, -1):
            at -= 1
            there, here = swapped[at], first + k
            pool[there], pool[here] = pool[here], pool[there]


@numba.njit(cache=True, nogil=True)
def _draw_spread(draw: Draw, state: NDArray[np.uint64], drawn: Drawn) -> int:
    wanted = poisson_count(state, draw.mean) if draw.kind == ARRIVE else draw.cases
    outside, found = len(draw.odds) - 1, 0
    for _ in range(min(wanted, len(drawn.place))):
        one = below(state, len(draw.odds))
        if uniform(state) >= draw.odds[one]:
            one = draw.other[one]
        if one == outside:
            continue
        reach = draw.reaches[one]
        mark = uniform(state) * reach[-1]
        low, high = 0, len(reach) - 1
        while low < high:
            middle = (low + high) // 2
            if reach[middle] > mark:
                high = middle
            else:
                low = middle + 1
        drawn.place[found] = one
        drawn.age[found] = low
        found += 1
    return found
