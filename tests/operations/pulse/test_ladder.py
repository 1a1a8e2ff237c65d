"""What waits on the ladder comes at its moment, once, whatever was put there in between."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from operations.pulse.ladder import Ladder
from operations.pulse.rows import WIDTH
from operations.pulse.windows import HOUR_US

MOMENTS = st.lists(
    st.tuples(st.integers(0, 5 * HOUR_US), st.sampled_from((1, -1)), st.integers(0, 3)),
    max_size=40,
)


def rows_of(numbers):
    return np.repeat(np.array(numbers, np.int64)[:, None], WIDTH, axis=1)


def taken(ladder, now_us):
    found: dict[tuple[int, int], int] = {}
    for kind, rows, signs in ladder.take(now_us):
        for row, sign in zip(rows.tolist(), signs.tolist(), strict=True):
            found[kind, row[0]] = found.get((kind, row[0]), 0) + sign
    return {key: sign for key, sign in found.items() if sign}


@settings(max_examples=100, deadline=None)
@given(MOMENTS, st.lists(st.integers(0, 6 * HOUR_US), max_size=5))
def test_takes_the_sum_of_what_has_come(entries, clocks):
    ladder = Ladder()
    for moment, sign, number in entries:
        ladder.add(2, np.array([moment]), rows_of([number]), np.array([sign]))
    total: dict[tuple[int, int], int] = {}
    for clock in sorted(clocks):
        for key, sign in taken(ladder, clock).items():
            total[key] = total.get(key, 0) + sign
        come = [(2, number, sign) for moment, sign, number in entries if moment <= clock]
        expected: dict[tuple[int, int], int] = {}
        for kind, number, sign in come:
            expected[kind, number] = expected.get((kind, number), 0) + sign
        assert {k: v for k, v in total.items() if v} == {k: v for k, v in expected.items() if v}


def test_taken_back_leaves_no_trace():
    ladder = Ladder()
    moments = np.array([HOUR_US, 2 * HOUR_US])
    ladder.add(1, moments, rows_of([7, 8]), np.array([1, 1]))
    ladder.add(1, moments, rows_of([7, 8]), np.array([-1, -1]))
    assert len(ladder) == 0
    assert taken(ladder, 3 * HOUR_US) == {}


def test_nothing_comes_before_its_microsecond():
    ladder = Ladder()
    ladder.add(1, np.array([HOUR_US + 4, HOUR_US + 5]), rows_of([6, 7]), np.array([1, 1]))
    assert taken(ladder, HOUR_US + 3) == {}
    assert taken(ladder, HOUR_US + 4) == {(1, 6): 1}
    assert taken(ladder, HOUR_US + 5) == {(1, 7): 1}
    assert taken(ladder, HOUR_US + 6) == {}
