"""EARS C1, C2 and C3: a step against the mean and spread of the seven before it.

Hutwagner, Thompson, Seeman & Treadwell 2003 (J. Urban Health 80, i89–i96); Fricker, Hegler &
Dunfee 2008 (Stat. Med. 27). With ȳ and s the mean and standard deviation of the baseline, the
bound of C1 and C2 is ȳ + z s. C2 and C3 leave a gap of two steps, so that the first days of an
event do not raise their own baseline.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from operations.detection.counts.series import (
    Ints,
    Question,
    Reals,
    SeriesAlarms,
    question,
    whole,
    within,
)
from operations.errors import BadInput

_DAYS_SUMMED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Ears:
    """Parameters: `alpha` of a normal tail, `gap` steps before the judged one left out.

    `least_sd` (tickets) keeps a flat baseline from raising an alarm at the first ticket over
    it; the published methods have none. Burkom advises 0.5 to 1 for sparse counts.
    """

    alpha: float
    gap: int
    baseline: int = 7
    least_sd: float = 0.0

    def __post_init__(self) -> None:
        within("alpha", self.alpha, 0, 1)
        whole("gap", self.gap, 0)
        whole("baseline", self.baseline, 2)
        if not 0 <= self.least_sd < np.inf:
            raise BadInput("least_sd", f"{self.least_sd} must be 0 or a number of tickets")


C1 = Ears(alpha=0.001, gap=0)
C2 = Ears(alpha=0.001, gap=2)
C3 = Ears(alpha=0.025, gap=2)


def ears(counts: npt.ArrayLike, steps: npt.ArrayLike, rule: Ears = C1) -> SeriesAlarms:
    """Judge by C1 (no gap) or C2 (a gap of two).

    `expected` is the baseline's mean. Needs `baseline + gap` steps before the first judged.
    """
    asked = question(counts, steps, least_before=rule.baseline + rule.gap)
    mean, sd = _baseline(asked, asked.steps, rule)
    return asked.answer(mean, mean + special.ndtri(1 - rule.alpha) * sd)


def ears_c3(counts: npt.ArrayLike, steps: npt.ArrayLike, rule: Ears = C3) -> SeriesAlarms:
    """Judge by C3: what the two days before were in excess lowers the bound of the third.

    bound = max(0, y + s (z − Σ max(0, C2(t−i) − 1))), i = 1, 2, where C2 is (y − ȳ)/s. This is
    the form users of R's surveillance 1.20 know. The judged number y itself stands in it, so
    the bound says whether the days before were enough rather than how many would be too many:
    show the bounds of C1 or C2. Needs `baseline + gap + 2` steps before the first judged.
    """
    asked = question(counts, steps, least_before=rule.baseline + rule.gap + _DAYS_SUMMED)
    mean, sd = _baseline(asked, asked.steps, rule)
    excess = np.zeros_like(mean)
    for back in range(1, _DAYS_SUMMED + 1):
        excess += np.maximum(0, _standardised(asked, asked.steps - back, rule) - 1)
    # over a flat baseline the excess is infinite and nothing more is needed for an alarm
    finite = np.where(np.isinf(excess), 0, excess)
    bound = asked.observed + sd * (special.ndtri(1 - rule.alpha) - finite)
    return asked.answer(mean, np.where(np.isinf(excess), 0, np.maximum(0, bound)))


def _baseline(asked: Question, steps: Ints, rule: Ears) -> tuple[Reals, Reals]:
    """Give mean and standard deviation of the baseline of steps, each (series, steps)."""
    window = np.arange(rule.baseline) - rule.baseline - rule.gap
    past = asked.counts[:, steps[:, None] + window]
    mean: Reals = past.mean(axis=2)
    return mean, np.maximum(past.std(axis=2, ddof=1), rule.least_sd)


def _standardised(asked: Question, steps: Ints, rule: Ears) -> Reals:
    """Give C2; infinite where a number differs from a flat baseline."""
    mean, sd = _baseline(asked, steps, rule)
    apart = asked.counts[:, steps] - mean
    flat = np.where(apart == 0, 0, np.copysign(np.inf, apart))
    c2: Reals = np.where(sd > 0, apart / np.where(sd > 0, sd, 1), flat)
    return c2
