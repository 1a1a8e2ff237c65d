"""Whole vectors add what single counts would."""

import numba
import numpy as np
import pytest

from operations.detection.lanes import LANES, added


@numba.njit
def compiled(held, rows, fresh, many, floors, floor):  # type: ignore[no-untyped-def]
    return added(held, rows, fresh, many, floors, floor)


@pytest.mark.parametrize("kind", [np.int16, np.int32])
@pytest.mark.parametrize("width", [LANES, 3 * LANES])
def test_rows_are_added_and_compared_as_one_by_one(kind: type, width: int) -> None:
    dice = np.random.default_rng(width)
    rows = dice.integers(0, 40, (9, width)).astype(kind)
    before = dice.integers(0, 900, width).astype(kind)
    floors = np.full((width + 1, width), 30_000, kind)
    for many in (0, 1, 5, 16):
        fresh = dice.integers(0, 9, 16).astype(np.int32)
        sums = before + rows[fresh[:many]].sum(axis=0)
        np.fill_diagonal(floors, sums)  # row k is reached in lane k only, the last row nowhere
        for floor in range(width + 1):
            held = before.copy()
            assert compiled(held, rows, fresh, many, floors, floor) == (floor < width)
            assert np.array_equal(held, sums)
        assert not compiled(before.copy(), rows, fresh, many, (floors + 1).astype(kind), 0)
