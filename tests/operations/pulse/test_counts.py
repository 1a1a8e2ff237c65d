"""Counts on a ring: what is inside stays, what leaves is forgotten, names may be many."""

import numpy as np

from operations.pulse.counts import TimedCounts
from operations.pulse.windows import HOUR_US


def one(number: int) -> np.ndarray:
    return np.array([[number]])


def put(counts, first, second, time_us, sign=1):
    counts.add(one(first), one(second), np.array([time_us]), np.array([sign]))


def read(counts, first, second, buckets):
    return counts.at(counts.keys.known(first, np.array([second])), np.array(buckets))[0].tolist()


def test_old_hours_leave_the_ring_and_are_not_counted_again():
    counts = TimedCounts(HOUR_US, 3, 2 * HOUR_US)
    put(counts, 1, 1, 0)
    put(counts, 1, 1, 2 * HOUR_US)
    assert read(counts, 1, 1, [0, 1, 2]) == [1, 0, 1]
    counts.advance(3 * HOUR_US)
    put(counts, 1, 1, 0)
    assert read(counts, 1, 1, [0, 1, 2, 3]) == [0, 0, 1, 0]
    counts.advance(90 * HOUR_US)
    assert read(counts, 1, 1, [88, 89, 90]) == [0, 0, 0]


def test_holds_as_many_names_as_come():
    counts = TimedCounts(HOUR_US, 3, 0)
    for first in range(40):
        for second in range(0, 300, 50):
            put(counts, first, second, 0)
    assert all(read(counts, first, 250, [0]) == [1] for first in range(40))
    assert read(counts, 39, 251, [0]) == read(counts, 4000, 4000, [0]) == [0]


def test_merging_translates_names():
    mine, theirs = TimedCounts(HOUR_US, 3, 0), TimedCounts(HOUR_US, 3, 0)
    put(mine, 1, 5, 0)
    put(theirs, 1, 0, 0)
    mine.merge(theirs, lambda first, second: (first, second + 5))
    assert read(mine, 1, 5, [0]) == [2]


def test_hours_of_half_hour_zones_start_on_their_own_hour():
    counts = TimedCounts(HOUR_US, 3, HOUR_US, phase_us=HOUR_US // 2)
    put(counts, 1, 1, HOUR_US // 2 - 1)
    put(counts, 1, 1, HOUR_US // 2)
    assert read(counts, 1, 1, [-1, 0]) == [1, 1]
