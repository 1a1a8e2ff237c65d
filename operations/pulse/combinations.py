"""Combinations of names that occur, numbered, and sums over those of a scope."""

import numpy as np
import numpy.typing as npt

from operations.pulse.counts import doubled
from operations.pulse.rows import FactRows
from operations.pulse.volumes import ALL, Scope
from operations.pulse.windows import Ints

_BITS = 21  # of a code: three of them make a key
_MOST_NAMES = 1 << _BITS

Numbers = npt.NDArray[np.signedinteger]


class Combinations:
    """Numbers the combinations of some columns' codes from 0 in the order they are first seen.

    Only what occurs takes room: of hundreds of categories, districts and departments most
    never meet. `columns` are at most three.
    """

    def __init__(self, columns: tuple[int, ...], names: FactRows) -> None:
        self.columns, self._names = columns, names
        self._numbers: dict[int, int] = {}
        self._codes = np.zeros((len(columns), 8), np.int64)

    def __len__(self) -> int:
        return len(self._numbers)

    def of(self, rows: Ints) -> Ints:
        """Give the number of each row's combination, adding those not seen before."""
        return self._numbered([rows[:, column] for column in self.columns])

    def merge(self, other: "Combinations", here: dict[int, Ints]) -> Ints:
        """Give the number here of each combination of another city; `here` translates codes."""
        theirs = zip(other.columns, other._codes[:, : len(other)], strict=True)
        return self._numbered([here[column][codes] for column, codes in theirs])

    def within(self, numbers: Numbers, scope: Scope) -> Numbers:
        """Keep of (…, combinations) those of a scope: none where it was never seen."""
        numbers = numbers[..., : len(self)]
        return numbers if scope.kind == ALL else numbers[..., self._is_of(scope)]

    def sums(self, numbers: Numbers, column: int, scope: Scope, codes: Ints) -> Ints:
        """Add (layers, combinations) up within a scope for names of a column: (layers, codes).

        A code that was never seen has nothing.
        """
        held = self._column(column)
        if scope.kind != ALL:
            held = held[self._is_of(scope)]
        size = len(self._names.of(column)) + 1
        layers = self.within(numbers, scope)
        sums = np.array([np.bincount(held, weights=layer, minlength=size) for layer in layers])
        return sums.astype(np.int64)[:, np.where(codes < size, codes, size - 1)]

    def _is_of(self, scope: Scope) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = self._column(scope.kind) == scope.code
        return found

    def _column(self, column: int) -> Ints:
        return self._codes[self.columns.index(column), : len(self)]

    def _numbered(self, columns: list[Ints]) -> Ints:
        keys = columns[0].astype(np.int64)
        for codes in columns[1:]:
            keys = keys << _BITS | codes
        known = self._numbers
        try:
            found = [known[key] for key in keys.tolist()]
        except KeyError:
            self._add(keys, columns)
            found = [known[key] for key in keys.tolist()]
        return np.array(found, np.int64)

    def _add(self, keys: Ints, columns: list[Ints]) -> None:
        new = {key: place for place, key in enumerate(keys.tolist()) if key not in self._numbers}
        places = list(new.values())
        first, size = len(self), self._codes.shape[1]
        needed = first + len(places)
        if needed > size:
            grown = np.zeros((len(columns), doubled(size, needed)), np.int64)
            grown[:, :first] = self._codes[:, :first]
            self._codes = grown
        for row, codes in zip(self._codes, columns, strict=True):
            if codes.max() >= _MOST_NAMES:
                raise OverflowError(f"more than {_MOST_NAMES:,} names of one column")
            row[first:needed] = codes[places]
        self._numbers.update(zip(new, range(first, needed), strict=True))


def widened(numbers: npt.NDArray[np.int32], needed: int) -> npt.NDArray[np.int32]:
    """Give (layers, combinations, …) with room for so many combinations, the same if it has it."""
    size = numbers.shape[1]
    if needed <= size:
        return numbers
    wide = np.zeros((numbers.shape[0], doubled(size, needed), *numbers.shape[2:]), np.int32)
    wide[:, :size] = numbers
    return wide
