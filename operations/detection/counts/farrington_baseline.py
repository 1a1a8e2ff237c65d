"""Which steps of the past Farrington's methods compare a step with, and their parameters."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from operations.detection.counts.quasi_poisson import Design
from operations.detection.counts.series import Ints, whole, within
from operations.errors import BadInput


@dataclass(frozen=True, slots=True)
class Baseline:
    """The places in the series of a judged step's past, oldest first, and how they lie."""

    places: Ints
    design: Design


@dataclass(frozen=True, slots=True, kw_only=True)
class Farrington:
    """Parameters of the original method; a step is a week at the published `frequency` of 52.

    The past is the judged step's place in each of the last `periods_back` periods of
    `frequency` steps, with `half_window` steps on both sides. Residuals above `reweight_above`
    are weighed down. A trend is kept where its p is below `trend_p`. `alpha` is two-sided.
    Fewer than `least_cases` in the last `least_over` steps, the judged among them, are not judged.
    """

    frequency: int = 52
    periods_back: int = 5
    half_window: int = 3
    alpha: float = 0.05
    reweight_above: float = 1.0
    trend_p: float = 0.05
    least_cases: int = 5
    least_over: int = 4

    def __post_init__(self) -> None:
        whole("frequency", self.frequency, 1)
        whole("periods_back", self.periods_back, 1)
        whole("half_window", self.half_window, 0, (self.frequency - 1) // 2)
        within("alpha", self.alpha, 0, 1)
        within("reweight_above", self.reweight_above, 0, np.inf)
        if not 0 <= self.trend_p <= 1:
            raise BadInput("trend_p", f"{self.trend_p} must be from 0 (no trend) to 1 (always)")
        whole("least_cases", self.least_cases, 0)
        whole("least_over", self.least_over, 1)

    @property
    def least_before(self) -> int:
        """Give the steps that have to lie before a judged one: a period and its window."""
        return self.frequency + self.half_window

    def baseline(self, step: int) -> Baseline:
        """Give the past of a step. Raises BadInput where it is too short to fit a trend to."""
        periods = np.arange(self.periods_back, 0, -1)[:, None] * self.frequency
        window = np.arange(-self.half_window, self.half_window + 1)
        places = (step - periods + window).ravel()
        places = places[places >= 0]
        return _baseline(step, places, np.zeros_like(places))


@dataclass(frozen=True, slots=True, kw_only=True)
class FlexibleFarrington(Farrington):
    """Parameters of the flexible method: the past is every step since `periods_back` periods.

    Steps of the window are the first of `levels` seasons; the rest of a period is cut into the
    others, of equal length or the earlier ones longer by a step (with one level, only steps of
    the windows count). The last `left_out` steps are no past yet, so that a long event does not
    hide itself. `alpha` is one-sided. With `in_doubt` the bound also holds how well the mean is
    known, as the published one does not: it matters where a past is short.
    """

    periods_back: int = 3
    reweight_above: float = 2.58
    levels: int = 10
    left_out: int = 26
    in_doubt: bool = False

    def __post_init__(self) -> None:
        Farrington.__post_init__(self)  # super() does not work in a class with slots made anew
        whole("levels", self.levels, 1, self.frequency - 2 * self.half_window)
        whole("left_out", self.left_out, 0, self.periods_back * self.frequency - 1)

    @property
    def least_before(self) -> int:
        """Give the steps that have to lie before a judged one: all the periods."""
        return self.periods_back * self.frequency

    def shortened_to(self, steps_before: int) -> Self:
        """Give the same rule for a history of so many steps before the judged one.

        Raises BadInput where nothing of it would be left.
        """
        periods = min(self.periods_back, steps_before // self.frequency)
        if periods * self.frequency <= self.left_out:
            least = (self.left_out // self.frequency + 1) * self.frequency
            raise BadInput(
                "counts",
                f"{steps_before} steps of history are too few for this rule; wait for {least},"
                " or leave out fewer of the last steps",
            )
        return replace(self, periods_back=periods)

    def baseline(self, step: int, seasons: Ints | None = None) -> Baseline:
        """Give the past of a step. Raises BadInput where it is too short to fit a trend to.

        `seasons` says of which season each step is, (steps,), in place of the period's own; the
        judged step's has to be among those of its past.
        """
        first = max(0, step - self.least_before - self.half_window)
        places = np.arange(first, step - self.left_out)
        levels = self._levels()[(places - step) % self.frequency]
        if seasons is not None:
            levels = _own_first(seasons[places], int(seasons[step]))
        if self.levels == 1:
            places, levels = places[levels == 0], levels[levels == 0]
        return _baseline(step, places, levels)

    def _levels(self) -> Ints:
        """Give the season of each step of a period that begins at the judged step."""
        levels = np.zeros(self.frequency, np.int64)
        rest = np.arange(self.half_window + 1, self.frequency - self.half_window)
        for season, part in enumerate(np.array_split(rest, max(1, self.levels - 1)), start=1):
            levels[part] = season
        return levels


DAILY = FlexibleFarrington(
    frequency=7,
    periods_back=52,
    half_window=0,
    levels=7,
    left_out=28,
    least_over=7,
)
"""For daily counts: every weekday is a season of its own, over a year; ours, not published."""


def _own_first(seasons: Ints, own: int) -> Ints:
    """Number the seasons of a past so that the judged step's own is the first."""
    if own not in seasons:
        raise BadInput("seasons", f"season {own} has no step in the past; judge it as another")
    return np.where(seasons == own, 0, seasons - seasons.min() + 1)


def _baseline(step: int, places: Ints, levels: Ints) -> Baseline:
    seasons = np.unique(levels)
    if len(places) < len(seasons) + 2:
        raise BadInput(
            "counts",
            f"{len(places)} past steps are too few to fit {len(seasons)} seasons and a trend"
            f" to for step {step}; give a longer history, or ask for more periods or fewer levels",
        )
    times = (places - step) / (step - places[0])
    return Baseline(places, Design(times, (levels[:, None] == seasons).astype(np.float64)))
