"""Open tickets now: how many, how many overdue and urgent, by district, department, category."""

import numpy as np

from operations.pulse.combinations import Combinations, widened
from operations.pulse.rows import CATEGORY, DEPARTMENT, DISTRICT, FLAGS, TOWN, URGENT, FactRows
from operations.pulse.volumes import Scope
from operations.pulse.windows import Ints

OPEN, OVERDUE, URGENT_OPEN = 0, 1, 2
_LAYERS = np.arange(3)[:, None]
AXES = (DISTRICT, DEPARTMENT, CATEGORY)
TOWN_AXES = (TOWN, DEPARTMENT)


class OpenTickets:
    """Numbers of open tickets along some columns: (open/overdue/urgent, combinations)."""

    def __init__(self, axes: tuple[int, ...], names: FactRows) -> None:
        self._seen = Combinations(axes, names)
        self._counts = np.zeros((3, 8), np.int32)

    def add(self, rows: Ints, overdue: Ints, signs: Ints) -> None:
        """Count open tickets, or take them back; overdue: 0 or 1 each."""
        urgent = np.where(rows[:, FLAGS] & URGENT, signs, 0)
        self._put(_LAYERS, self._seen.of(rows), np.stack((signs, overdue * signs, urgent)))

    def fell_due(self, rows: Ints, signs: Ints) -> None:
        """Count open tickets as overdue."""
        self._put(_LAYERS[OVERDUE:URGENT_OPEN], self._seen.of(rows), signs[None])

    def merge(self, other: "OpenTickets", here: dict[int, Ints]) -> None:
        """Add the numbers of another city; `here` translates its codes."""
        places = self._seen.merge(other._seen, here)
        self._put(_LAYERS, places, other._counts[:, : len(places)].astype(np.int64))

    def by(self, axis: int, scope: Scope, codes: Ints) -> Ints:
        """Give open, overdue and urgent within a scope for names of a column: (3, names)."""
        return self._seen.sums(self._counts, axis, scope, codes)

    def totals(self, scope: Scope) -> tuple[int, int, int]:
        """Give open, overdue and urgent of a scope."""
        open_, overdue, urgent = self._seen.within(self._counts, scope).sum(axis=1).tolist()
        return open_, overdue, urgent

    def _put(self, layers: Ints, places: Ints, numbers: Ints) -> None:
        self._counts = widened(self._counts, len(self._seen))
        np.add.at(self._counts, (layers, places), numbers.astype(np.int32))
