"""Open tickets now: how many, how many overdue and urgent, by district, department, category."""

from typing import Any

import numpy as np
import numpy.typing as npt

from operations.pulse.counts import doubled
from operations.pulse.rows import CATEGORY, DEPARTMENT, DISTRICT, FLAGS, TOWN, URGENT, FactRows
from operations.pulse.volumes import ALL, Scope
from operations.pulse.windows import Ints

OPEN, OVERDUE, URGENT_OPEN = 0, 1, 2
_LAYERS = np.arange(3)[:, None]
AXES = (DISTRICT, DEPARTMENT, CATEGORY)
TOWN_AXES = (TOWN, DEPARTMENT)

Cube = npt.NDArray[np.int32]


class OpenCube:
    """Numbers of open tickets along some columns: counts (open/overdue/urgent, *axes)."""

    def __init__(self, axes: tuple[int, ...], names: FactRows) -> None:
        self._axes, self._names = axes, names
        self._counts: Cube = np.zeros((3, *(8 for _ in axes)), np.int32)

    def add(self, rows: Ints, overdue: Ints, signs: Ints) -> None:
        """Count open tickets, or take them back; overdue: 0 or 1 each."""
        urgent = np.where(rows[:, FLAGS] & URGENT, signs, 0)
        self._put(_LAYERS, rows, np.stack((signs, overdue * signs, urgent)))

    def fell_due(self, rows: Ints, signs: Ints) -> None:
        """Count open tickets as overdue."""
        self._put(_LAYERS[OVERDUE:URGENT_OPEN], rows, signs[None])

    def merge(self, other: "OpenCube", here: dict[int, Ints]) -> None:
        """Add the numbers of another city; `here` translates its codes."""
        translations = [here[axis] for axis in self._axes]
        if all(map(len, translations)):
            self._reserve()
            counts = other._counts[:, *(slice(len(codes)) for codes in translations)]
            # what the other never reserved for is zero
            codes = [
                codes[:size] for codes, size in zip(translations, counts.shape[1:], strict=True)
            ]
            self._counts[np.ix_(np.arange(3), *codes)] += counts

    def by(self, axis: int, scope: Scope, codes: Ints) -> Ints:
        """Give open, overdue and urgent within a scope for names of a column: (3, names)."""
        others = tuple(1 + place for place, one in enumerate(self._axes) if one != axis)
        numbers = self._within(scope).sum(axis=others, dtype=np.int64)
        places = codes - scope.code if axis == scope.kind else codes
        inside = (places >= 0) & (places < numbers.shape[1])
        return np.where(inside, numbers[:, np.where(inside, places, 0)], 0) if inside.any() else (
            np.zeros((3, len(codes)), np.int64)
        )  # fmt: skip

    def totals(self, scope: Scope) -> tuple[int, int, int]:
        """Give open, overdue and urgent of a scope."""
        open_, overdue, urgent = self._within(scope).reshape(3, -1).sum(axis=1).tolist()
        return open_, overdue, urgent

    def _within(self, scope: Scope) -> Cube:
        """Cut down to a scope; its own axis keeps one name, or none where it was never seen."""
        if scope.kind == ALL:
            return self._counts
        place = 1 + self._axes.index(scope.kind)
        cut = [slice(None)] * self._counts.ndim
        cut[place] = slice(scope.code, scope.code + 1)
        return self._counts[tuple(cut)]

    def _put(self, layers: Ints, rows: Ints, numbers: Ints) -> None:
        self._reserve()
        places = [rows[:, axis] for axis in self._axes]
        np.add.at(self._counts, _places(layers, places), numbers.astype(np.int32))

    def _reserve(self) -> None:
        have = self._counts.shape[1:]
        needed = [len(self._names.of(axis)) for axis in self._axes]
        if any(need > size for need, size in zip(needed, have, strict=True)):
            shape = [doubled(size, need) for need, size in zip(needed, have, strict=True)]
            grown = np.zeros((3, *shape), np.int32)
            grown[:, *map(slice, have)] = self._counts
            self._counts = grown


def _places(layers: Ints, places: list[Ints]) -> Any:
    """Make an index of layers and one array per axis; numpy's hints know no such tuple."""
    return (layers, *places)
