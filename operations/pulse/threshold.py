"""Tickets that wait for a moment of theirs to fall behind an edge that moves on with the clock."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from operations.pulse.ladder import Ladder
from operations.pulse.rows import NEVER
from operations.pulse.windows import Ints


class Threshold:
    """One edge and the rows before it, by one column of their times."""

    def __init__(self, column: int) -> None:
        self._column, self._ladder = column, Ladder()
        self.edge_us = -NEVER

    def add(self, rows: Ints, signs: Ints) -> npt.NDArray[np.bool_]:
        """Tell which rows lie behind the edge; the others wait, or are taken back."""
        behind = rows[:, self._column] < self.edge_us
        self._ladder.add(0, rows[~behind, self._column], rows[~behind], signs[~behind])
        return behind

    def advance(self, edge_us: int) -> Iterator[tuple[Ints, Ints]]:
        """Move the edge on; give (rows, signs) it has passed."""
        self.edge_us = edge_us
        for _kind, rows, signs in self._ladder.take(edge_us - 1):
            yield rows, signs

    def merge(self, other: "Threshold", here: dict[int, Ints]) -> None:
        """Add the rows that wait in another city at the same clock; `here` translates its codes."""
        for kind, moments, rows, signs in other._ladder.rows():
            translated = rows.copy()
            for column, codes in here.items():
                translated[:, column] = codes[rows[:, column]]
            self._ladder.add(kind, moments, translated, signs)
