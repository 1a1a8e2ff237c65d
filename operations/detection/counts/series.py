"""Alarms on series of counts: what every method is given, and what every method answers.

The methods are in `ears`, `cusum` and `farrington`. Each takes counts per equal step, one
series (steps,) or many (series, steps), the places of the steps to judge, and its parameters.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from operations.errors import BadInput

Reals = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SeriesAlarms:
    """What a method says of each judged step; arrays (judged,) or (series, judged), tickets.

    `expected` is nan where the method expects nothing. `upper` is the bound an observed number
    must pass; nan where the method has none. There is an alarm exactly where `observed` is above
    `upper`, save where a Farrington method declines to judge so few cases.
    """

    observed: Reals
    expected: Reals
    upper: Reals
    alarm: Mask


@dataclass(frozen=True, slots=True)
class Question:
    """Counts (series, steps) and the steps to judge, seen to be usable."""

    counts: Reals
    steps: Ints
    one_series: bool

    @property
    def observed(self) -> Reals:
        """Give the judged numbers, (series, judged)."""
        return self.counts[:, self.steps]

    def answer(self, expected: Reals, upper: Reals, judged: Mask | None = None) -> SeriesAlarms:
        """Compare (series, judged) with its bounds; where `judged` is False there is no alarm."""
        alarm = self.observed > upper
        if judged is not None:
            alarm &= judged
        if self.one_series:
            return SeriesAlarms(self.observed[0], expected[0], upper[0], alarm[0])
        return SeriesAlarms(self.observed, expected, upper, alarm)


def question(counts: npt.ArrayLike, steps: npt.ArrayLike, *, least_before: int) -> Question:
    """Check what a method is given; `least_before` steps must lie before the first judged one.

    Raises BadInput naming the field and the cure.
    """
    rows, one_series = _counts(counts)
    places = _steps(steps, rows.shape[1])
    if places[0] < least_before:
        raise BadInput(
            "counts",
            f"step {places[0]} has {places[0]} steps before it and {least_before} are needed;"
            " give a longer history, judge later steps, or let the method look less far back",
        )
    return Question(rows, places, one_series)


def _counts(counts: npt.ArrayLike) -> tuple[Reals, bool]:
    try:
        given = np.asarray(counts, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise BadInput("counts", "not numbers of one shape; give an array of counts") from error
    if given.ndim not in (1, 2) or not given.size:
        raise BadInput(
            "counts", f"shape {given.shape}; give one series (steps,) or many (series, steps)"
        )
    wrong = ~np.isfinite(given) | (given < 0)
    if wrong.any():
        place = tuple(int(axis) for axis in np.argwhere(wrong)[0])
        raise BadInput(
            "counts",
            f"{given[place]} at step {place[-1]} is no count; give numbers from 0 up, and fill"
            " or cut out steps in which nothing was counted",
        )
    return np.atleast_2d(given), given.ndim == 1


def _steps(steps: npt.ArrayLike, length: int) -> Ints:
    places = np.asarray(steps)
    if places.ndim != 1 or not places.size or not np.issubdtype(places.dtype, np.integer):
        raise BadInput("steps", "give the places of the steps to judge, one or more whole numbers")
    if places.min() < 0 or places.max() >= length:
        raise BadInput(
            "steps",
            f"{places.min()} to {places.max()} are not all within the series; judge steps"
            f" from 0 to {length - 1}",
        )
    if (np.diff(places) <= 0).any():
        raise BadInput("steps", "not in rising order; give each step once, the oldest first")
    return places.astype(np.int64)


def within(field: str, value: float, least: float, most: float) -> None:
    """Raise BadInput unless least < value < most."""
    if not least < value < most:
        raise BadInput(field, f"{value} must be above {least} and below {most}")


def whole(field: str, value: int, least: int, most: int | None = None) -> None:
    """Raise BadInput unless the value is a whole number from `least` to `most`."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise BadInput(field, f"{value} must be a whole number")
    if value < least or (most is not None and value > most):
        upto = "" if most is None else f" and {most} at most"
        raise BadInput(field, f"{value} must be {least} at least{upto}")
