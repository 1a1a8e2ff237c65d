"""How rare a cluster is when nothing is going on: p-values and recurrence intervals."""

from dataclasses import dataclass
from math import exp, expm1, log, pi, sqrt
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

EULER = 0.5772156649015329
LEAST_P = 1e-300  # beyond it numbers end; a p-value of 0 would claim too much
SAME = 1e-9  # statistics closer than this are the same up to rounding

Basis = Literal["rank", "gumbel", "none"]


@dataclass(frozen=True, slots=True)
class Gumbel:
    """The distribution of the largest of many: P(X <= x) = exp(-exp(-(x - location) / scale))."""

    location: float
    scale: float

    def tail(self, x: float) -> float:
        """Give the chance of a value of x or more, with its digits far out in the tail too."""
        if self.scale <= 0.0:
            return 1.0 if x <= self.location else 0.0
        deep = -(x - self.location) / self.scale
        return -expm1(-exp(min(deep, 700.0)))

    def value(self, tail: float) -> float:
        """Give the x whose tail is so large: the threshold for a rate of false alarms."""
        return self.location - self.scale * log(-np.log1p(-tail))


@dataclass(frozen=True, slots=True)
class Significance:
    """A p-value, and whether it rests on the rank among replicates or on the Gumbel tail."""

    p: float
    basis: Basis


def fit_gumbel(maxima: ArrayLike) -> Gumbel:
    """Fit a Gumbel distribution to the largest statistics of replicates, by their moments.

    Abrams, Kulldorff and Kleinman 2010, Int J Health Geogr 9:61: the tail of a scan
    statistic's null distribution is close to it, at a tenth of the replicates.
    """
    found = np.asarray(maxima, np.float64)
    if len(found) == 0:
        return Gumbel(0.0, 0.0)
    spread = float(found.std(ddof=1)) if len(found) > 1 else 0.0
    scale = spread * sqrt(6.0) / pi
    return Gumbel(float(found.mean()) - EULER * scale, scale)


def rank_p(statistic: float, sorted_maxima: NDArray[np.float64]) -> float:
    """Give (1 + replicates at least as large) / (1 + replicates) (Dwass 1957)."""
    below = int(np.searchsorted(sorted_maxima, statistic - SAME, side="left"))
    return (1 + len(sorted_maxima) - below) / (1 + len(sorted_maxima))


def p_value(statistic: float, maxima: ArrayLike, gumbel: Gumbel | None = None) -> Significance:
    """Give the p-value of a statistic among the largest statistics of replicates.

    The rank, while it says more than its smallest value 1 / (1 + replicates); beyond all
    replicates the tail of the fitted Gumbel distribution, and never more than that value.
    """
    ordered = np.sort(np.asarray(maxima, np.float64))
    if len(ordered) == 0:
        return Significance(1.0, "none")
    rank = rank_p(statistic, ordered)
    if rank * (1 + len(ordered)) > 1.5:
        return Significance(rank, "rank")
    tail = (gumbel or fit_gumbel(ordered)).tail(statistic)
    return Significance(max(LEAST_P, min(rank, tail)), "gumbel")


def recurrence_interval_d(p: float, step_d: float = 1.0) -> float:
    """Give how many days pass between such clusters by chance, looking once per `step_d` days.

    Kleinman, Lazarus and Platt 2004, Am J Epidemiol 159:217.
    """
    return step_d / p if p > 0.0 else float("inf")
