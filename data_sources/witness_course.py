"""The witness's count of how the rates of departments moved: weeks that end three days apart."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

COURSE = {
    "on_time": ("on_time_rate", "due_us"),
    "solved": ("solved_rate", "called_back_us"),
    "satisfaction": ("satisfaction_rate", "called_back_us"),
}
WEEK_D, STEP_D, OLDEST_D = 7, 3, 21

Points = dict[str, list[float | None]]


def weeks_of(midnight: Callable[[int], int], figures_d: int) -> list[tuple[int, int]]:
    """Give start and end of each week, oldest first, that lies whole within the period.

    `midnight` gives the moment at which the day so many days ago began.
    """
    ends = [ago for ago in range(OLDEST_D, -1, -STEP_D) if ago + WEEK_D <= figures_d]
    return [(midnight(ago + WEEK_D - 1), midnight(ago - 1)) for ago in ends]


def conditions_of(
    rates: Mapping[str, tuple[str, str]], weeks: Sequence[tuple[int, int]]
) -> list[str]:
    """Give what to count: for each rate and week what is good, and of how many."""
    return [
        f"{condition} AND {column} >= {first} AND {column} < {end}"
        for rate, column in COURSE.values()
        for first, end in weeks
        for condition in rates[rate]
    ]


def points_of(counts: Sequence[Any]) -> Points:
    """Give the course of each rate from the counts of `conditions_of`."""
    pairs = list(zip(counts[::2], counts[1::2], strict=True))
    size = len(pairs) // len(COURSE)
    return {
        name: [
            round(good / n, 3) if n else None
            for good, n in pairs[place * size : (place + 1) * size]
        ]
        for place, name in enumerate(COURSE)
    }
