"""CUSUM: small excesses that add up, step after step.

Rossi, Lampugnani & Marchi 1999 (Stat. Med. 18, 2111–2122), with counts standardised as Poisson
numbers, z = (y − m)/√m, and not transformed further: S ← max(0, S + z − k), alarm where S > h.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from operations.detection.counts.series import SeriesAlarms, question, within


@dataclass(frozen=True, slots=True, kw_only=True)
class Cusum:
    """Parameters, in standard deviations: `k` forgiven at every step, `h` to pass in sum."""

    k: float = 1.04
    h: float = 2.26

    def __post_init__(self) -> None:
        within("k", self.k, 0, np.inf)
        within("h", self.h, 0, np.inf)


def cusum(counts: npt.ArrayLike, steps: npt.ArrayLike, rule: Cusum | None = None) -> SeriesAlarms:
    """Judge by the sum since the first judged step, where it begins at 0.

    m is the mean of all steps before the first judged one, and `expected`. To know how the
    newest step stands, judge from the day on which the sum is to begin and read the last.
    Steps between judged ones count too. `upper` is the number above which S would pass h; it is
    below 0 where not even a step without a ticket would end the alarm, and nan where m is 0.
    """
    rule = rule or Cusum()
    asked = question(counts, steps, least_before=1)
    first, last = int(asked.steps[0]), int(asked.steps[-1])
    mean = asked.counts[:, :first].mean(axis=1)
    sd = np.sqrt(np.where(mean > 0, mean, np.nan))
    total = np.zeros_like(mean)
    uppers = np.empty((len(mean), last - first + 1))
    for place, seen in enumerate(asked.counts[:, first : last + 1].T):
        uppers[:, place] = mean + sd * (rule.h + rule.k - total)
        total = np.maximum(0, total + (seen - mean) / sd - rule.k)
    expected = np.repeat(mean[:, None], len(asked.steps), axis=1)
    return asked.answer(expected, uppers[:, asked.steps - first])
