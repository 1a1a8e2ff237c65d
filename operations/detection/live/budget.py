"""The budget of false alarms: what a category may cost, and how rare a finding is by it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what compiles stays away from processes that only ask for the shares
    from operations.detection.live.nulls import Tail

CLUSTERS = 0.8
"""Share of the budget that clusters may cost; the rest is for rises of whole series."""
SERIES = 1.0 - CLUSTERS
"""Share of the counts of categories, districts and departments."""
UNREHEARSED = 1.6
"""Life has what no replicate has: seasons turn, holidays end, neighbours take a matter up. Weeks of
the demo city without any scene raised so many times the alarms that replicates allow
(`tests/bench/bench_ordinary.py` counts them)."""
LEAST_STATISTIC = 1.0
"""Below this nothing is raised, however generous the budget: it also has to fall to a third."""


@dataclass(frozen=True, slots=True)
class Budget:
    """So many false alarms a week for the whole city, shared equally by `watched` categories."""

    alerts_per_week: float
    watched: int

    def threshold(self, tail: "Tail") -> float:
        """Give the statistic a category's share allows."""
        share = CLUSTERS * self.alerts_per_week / 7 / max(1, self.watched)
        return max(LEAST_STATISTIC, tail.value_at(share / UNREHEARSED))

    def per_day(self, tail: "Tail", value: float) -> float:
        """Tell how often an ordinary day of a category passes a statistic."""
        return UNREHEARSED * tail.per_day(value)

    def recurrence_d(self, tail: "Tail", value: float) -> float:
        """Tell how many days pass between two clusters of the whole city that are so rare."""
        return 1.0 / max(self.per_day(tail, value) * self.watched, 1e-9)
