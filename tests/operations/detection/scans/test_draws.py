"""What replicates keep, and that what they do not keep is as likely as it should be."""

import numpy as np
import pytest
from numpy.typing import NDArray

from operations.detection.scans.draws import Draw, choose, draw_cases, permute, room_for, spread
from operations.detection.scans.streams import streams


def tables(draw: Draw, many: int, shape: tuple[int, int]) -> NDArray[np.float64]:
    """Draw replicates: (replicates, places, ages)."""
    room, found = room_for(draw), np.zeros((many, *shape))
    for r, state in enumerate(streams(9, 0, many)):
        cases = draw_cases(draw, state, room)
        np.add.at(found[r], (room.place[:cases], room.age[:cases]), 1.0)
    return found


def test_permutation_keeps_both_margins_of_every_stratum() -> None:
    dice = np.random.default_rng(2)
    place, age = dice.integers(0, 5, 80).astype(np.int32), dice.integers(0, 9, 80).astype(np.int32)
    stratum = (age % 3).astype(np.int64)
    for one in tables(permute(place, age, stratum, 9), 20, (5, 9)):
        for s in range(3):
            inside = stratum == s
            assert list(one[:, s::3].sum(axis=1)) == list(np.bincount(place[inside], minlength=5))
        assert list(one.sum(axis=0)) == list(np.bincount(age, minlength=9))


def test_permutation_of_the_last_steps_is_hypergeometric() -> None:
    place = np.repeat(np.arange(4), [30, 20, 9, 1]).astype(np.int32)
    age = np.repeat([0, 1, 7], [6, 4, 50]).astype(np.int32)
    found = tables(permute(place, age, np.zeros(60, np.int64), 3), 4_000, (4, 3))
    assert (found.sum(axis=(1, 2)) == 10).all()
    inside = found.sum(axis=2)
    assert inside.mean(axis=0) == pytest.approx(np.array([30, 20, 9, 1]) / 6, abs=0.08)
    share = np.array([30, 20, 9, 1]) / 60
    variance = 10 * share * (1 - share) * 50 / 59
    assert inside.var(axis=0) == pytest.approx(variance, rel=0.12)


def test_order_of_replicates_does_not_matter() -> None:
    dice = np.random.default_rng(3)
    place, age = dice.integers(0, 9, 50).astype(np.int32), dice.integers(0, 9, 50).astype(np.int32)
    draw = permute(place, age, np.zeros(50, np.int64), 9)
    room, states = room_for(draw), streams(4, 0, 6)
    forth = [_one(draw, room, state) for state in states]
    back = [_one(draw, room, state) for state in states[::-1]][::-1]
    assert forth == back


def _one(draw: Draw, room: object, state: NDArray[np.uint64]) -> list[int]:
    draw_cases(draw, state.copy(), room)
    return [*map(int, room.place), *map(int, room.age)]  # type: ignore[attr-defined]


def test_choice_makes_so_many_of_the_people_cases() -> None:
    place = np.repeat(np.arange(3), [10, 20, 30]).astype(np.int32)
    age = np.tile(np.arange(2), 30).astype(np.int32)
    found = tables(choose(place, age, 2, 12), 3_000, (3, 2)).sum(axis=2)
    assert (found.sum(axis=1) == 12).all()
    assert found.mean(axis=0) == pytest.approx([2, 4, 6], abs=0.12)
    assert (found <= [10, 20, 30]).all()


@pytest.mark.parametrize("cases", [40, None])
def test_spread_follows_the_expectation_by_place_and_age(cases: int | None) -> None:
    steps = np.array([[1.0, 2.0, 0.0], [4.0, 1.0, 2.0]])
    draw = spread(np.cumsum(steps, axis=1), 20.0, cases)
    found = tables(draw, 5_000, (2, 3))
    scale = 1.0 if cases is None else 40 / 20
    assert found.mean(axis=0) == pytest.approx(steps * scale, abs=0.16)
    assert found[:, 0, 2].sum() == 0
    sums = found.sum(axis=(1, 2))
    variance = 10.0 if cases is None else 40 * 0.5 * 0.5
    assert sums.var() == pytest.approx(variance, rel=0.1)
