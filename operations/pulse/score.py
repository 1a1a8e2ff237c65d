"""One number for a department or the city, as in Boston's CityScore, and what moved it.

City of Boston (2016), "CityScore": each figure divided by its target, 1.0 being on target, and
the mean of them. A figure that should be low is turned round: target ÷ actual.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from operations.pulse.figure import Better, Figure
from operations.pulse.figures import FIGURE, FIGURES
from operations.pulse.sums import Sums

MOST_RATIO = 2.0
"""What a single figure may weigh at most: an actual of 0 would else be without bound."""


class Band(StrEnum):
    """How a score is told without ranking anybody."""

    A = "A"
    B = "B"
    C = "C"


BANDS = ((1.0, Band.A), (0.9, Band.B))


@dataclass(frozen=True, slots=True)
class Part:
    """What one figure gives to a score.

    `ratio` is actual ÷ target. `contribution` is by how much it lifts or lowers the score against
    1.0; the contributions add up to score − 1. `change` is the contribution less that of the
    period before, None where the figure had no value then.
    """

    figure: Figure
    actual: float
    target: float
    n: int
    ratio: float
    contribution: float
    change: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """A score with its parts, the one that moved it most first; None where nothing was measured."""

    value: float | None
    before: float | None
    parts: tuple[Part, ...]

    @property
    def band(self) -> Band | None:
        """The band of the score, None without one."""
        return None if self.value is None else band_of(self.value)


def band_of(ratio: float) -> Band:
    """Give the band of a score, or of a single figure's actual ÷ target."""
    return next((band for least, band in BANDS if ratio >= least), Band.C)


def score(now: Sums, before: Sums, targets: Mapping[str, float]) -> Score:
    """Score a period against targets by figure code, beside the period before it."""
    ratios, past = _ratios(now, targets), _ratios(before, targets)
    parts = []
    for code, ratio in ratios.items():
        figure = FIGURE[code]
        value, n = figure.value(now)
        contribution = (ratio - 1) / len(ratios)
        change = contribution - (past[code] - 1) / len(past) if code in past else None
        assert value is not None
        parts.append(Part(figure, value, targets[code], n, ratio, contribution, change))
    parts.sort(key=lambda part: (-abs(part.change or 0.0), part.figure.code))
    return Score(_mean(ratios), _mean(past), tuple(parts))


def _ratios(sums: Sums, targets: Mapping[str, float]) -> dict[str, float]:
    found = {}
    for figure in FIGURES:
        if figure.code not in targets or figure.better is Better.NEITHER:
            continue
        value = figure.value(sums).value
        if value is not None:
            found[figure.code] = _ratio(figure, value, targets[figure.code])
    return found


def _ratio(figure: Figure, actual: float, target: float) -> float:
    above, below = (actual, target) if figure.better is Better.HIGHER else (target, actual)
    return min(above / below, MOST_RATIO) if below > 0 else MOST_RATIO


def _mean(ratios: Mapping[str, float]) -> float | None:
    return sum(ratios.values()) / len(ratios) if ratios else None
