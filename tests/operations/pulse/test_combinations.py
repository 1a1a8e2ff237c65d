"""Combinations of names are numbered as they occur, and summed within a scope."""

import numpy as np
import pytest

from operations.pulse.combinations import Combinations, widened
from operations.pulse.rows import CATEGORY, DEPARTMENT, DISTRICT, WIDTH, FactRows
from operations.pulse.volumes import CITY, Scope

AXES = (DISTRICT, DEPARTMENT, CATEGORY)


def rows(*combinations):
    made = np.zeros((len(combinations), WIDTH), np.int64)
    made[:, AXES] = combinations
    return made


def named(count):
    names = FactRows()
    for column in AXES:
        names.of(column).numbers([f"name {number}" for number in range(count)])
    return names


def test_a_combination_keeps_its_number():
    seen = Combinations(AXES, named(3))
    assert seen.of(rows((0, 1, 2), (2, 1, 0), (0, 1, 2))).tolist() == [0, 1, 0]
    assert seen.of(rows((1, 1, 1), (2, 1, 0))).tolist() == [2, 1]
    assert len(seen) == 3


def test_only_what_occurs_takes_room():
    size = 3_000
    seen = Combinations(AXES, named(size))
    chosen = np.random.default_rng(1).integers(0, size, (size, 3))
    numbers = widened(np.zeros((3, 8), np.int32), int(seen.of(rows(*chosen)).max()) + 1)
    assert numbers.size < 4 * 3 * size


def test_sums_are_those_of_the_scope():
    seen = Combinations(AXES, named(3))
    numbers = np.zeros((1, 8), np.int32)
    places = seen.of(rows((0, 0, 0), (0, 1, 0), (1, 0, 2)))
    numbers[0, places] = (5, 7, 11)
    codes = np.array([0, 1, 2, 9])
    assert seen.sums(numbers, CATEGORY, CITY, codes).tolist() == [[12, 0, 11, 0]]
    assert seen.sums(numbers, CATEGORY, Scope(DISTRICT, 0), codes).tolist() == [[12, 0, 0, 0]]
    assert seen.sums(numbers, DISTRICT, Scope(DISTRICT, 0), codes).tolist() == [[12, 0, 0, 0]]
    assert seen.sums(numbers, CATEGORY, Scope(DISTRICT, 2), codes).tolist() == [[0, 0, 0, 0]]
    assert seen.within(numbers, Scope(DEPARTMENT, 0)).tolist() == [[5, 11]]


def test_another_citys_combinations_are_found_by_their_translated_codes():
    here, there = Combinations(AXES, named(3)), Combinations(AXES, named(2))
    here.of(rows((2, 1, 0)))
    there.of(rows((0, 0, 0), (1, 0, 1)))
    translation = {
        DISTRICT: np.array([0, 2]),
        DEPARTMENT: np.array([1]),
        CATEGORY: np.array([1, 0]),
    }
    assert here.merge(there, translation).tolist() == [1, 0]


def test_more_names_than_a_key_holds_are_refused():
    seen = Combinations(AXES, named(1))
    with pytest.raises(OverflowError, match="names of one column"):
        seen.of(rows((0, 0, 1 << 21)))
    assert len(seen) == 0
