"""What is taken away as a table: amounts that stay numbers, in sheets with heads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from operations.pulse.figure import Unit

HOUR_MIN = 60
SCORE = "score"
"""The unit of an amount around 1.0 that is told to three places."""


class Amount(NamedTuple):
    """A value as a cell: written in its unit's form, faint where it rests on too little."""

    value: float | None
    unit: str = Unit.TICKETS
    faint: bool = False

    @property
    def number(self) -> float | None:
        """Give the number a cell holds; a length of time is told in hours."""
        if self.value is None or self.unit != Unit.MINUTES:
            return self.value
        return round(self.value / HOUR_MIN, 2)

    @property
    def text(self) -> str | float:
        """Give the cell of a table without forms: 93.4%, 12345, 3.25; empty without a value."""
        number = self.number
        if number is None:
            return ""
        if self.unit == Unit.SHARE:
            return f"{number * 100:.1f}%"
        return int(number) if self.unit == Unit.TICKETS else round(number, 3)


Cell = str | Amount


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells under heads; `about` says in a line what they are of."""

    title: str
    about: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
