"""Whole vectors add what single counts would."""

import numba
import numpy as np
import pytest

from operations.detection.scans.lanes import LANES, added


@numba.njit
def compiled(held, rows, slot, members, part, floors, floor):  # type: ignore[no-untyped-def]
    return added(held, rows, slot, members, part, floors, floor)


@pytest.mark.parametrize("kind", [np.int16, np.int32])
@pytest.mark.parametrize("short", [np.uint16, np.int32])
@pytest.mark.parametrize("width", [LANES, 3 * LANES])
def test_rows_are_added_and_compared_as_one_by_one(kind: type, short: type, width: int) -> None:
    dice = np.random.default_rng(width)
    rows = dice.integers(0, 40, (9, width)).astype(kind)
    before = dice.integers(0, 900, width).astype(kind)
    floors = np.full((width + 1, width), 30_000, kind)
    slot = dice.integers(0, 9, 40_000).astype(np.int32)
    members = dice.integers(0, 40_000, 30).astype(short)  # beyond 15 bits
    for part in ((0, 0), (3, 4), (2, 9), (0, 30)):
        sums = before + rows[slot[members[part[0] : part[1]]]].sum(axis=0)
        np.fill_diagonal(floors, sums)  # row k is reached in lane k only, the last row nowhere
        for floor in range(width + 1):
            held = before.copy()
            assert compiled(held, rows, slot, members, part, floors, floor) == (floor < width)
            assert np.array_equal(held, sums)
        higher = (floors + 1).astype(kind)
        assert not compiled(before.copy(), rows, slot, members, part, higher, 0)
