"""How fast a cluster grows, in two numbers a person can say aloud."""

from dataclasses import dataclass

import numpy as np

from operations.pulse.windows import HOUR_US, Ints

BEFORE_H = 6


@dataclass(frozen=True, slots=True)
class Growth:
    """Callers who first called in the hour up to the scan, and in the hour six hours before it.

    `doubling_h`: how long the number of callers took to double to what it is; None where
    nobody came in the last six hours, or where there are too few to tell.
    """

    now_per_h: int
    before_per_h: int
    doubling_h: float | None


def growth(window_votes_us: Ints, end_us: int) -> Growth:
    """Tell the growth from the times of the window's votes, sorted: (votes,)."""

    def in_hour(until_us: int) -> int:
        edges = np.searchsorted(window_votes_us, [until_us - HOUR_US, until_us], side="right")
        return int(edges[1] - edges[0])

    total = len(window_votes_us)
    doubling = None
    if total >= 4 and end_us - window_votes_us[-1] < BEFORE_H * HOUR_US:
        took_us = int(window_votes_us[-1] - window_votes_us[(total + 1) // 2 - 1])
        doubling = took_us / HOUR_US if took_us else None
    return Growth(in_hour(end_us), in_hour(end_us - BEFORE_H * HOUR_US), doubling)
