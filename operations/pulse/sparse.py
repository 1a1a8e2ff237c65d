"""Counts by several whole numbers together, of which only those that are not 0 take room."""

import numpy as np
import numpy.typing as npt

from operations.pulse.counts import doubled
from operations.pulse.windows import Ints

Mask = npt.NDArray[np.bool_]


class SparseCounts:
    """Numbers of tickets by keys of some columns: (layers, places), where most keys never occur.

    A key whose numbers have all come to 0 gives its place to the next new one, so that room is
    taken by what is there now, not by what has ever been.
    """

    def __init__(self, columns: int, layers: int) -> None:
        self._places: dict[bytes, int] = {}
        self._free: list[int] = []
        self._keys = np.zeros((columns, 8), np.int64)
        self._counts = np.zeros((layers, 8), np.int64)

    def __len__(self) -> int:
        return len(self._places)

    def add(self, keys: Ints, numbers: Ints) -> None:
        """Add numbers (layers, tickets) at keys (tickets, columns)."""
        if not len(keys):
            return
        places = self._at(np.ascontiguousarray(keys, np.int64))
        for layer, added in zip(self._counts, numbers, strict=True):
            np.add.at(layer, places, added)
        touched = np.unique(places)
        self._let_go(touched[~self._counts[:, touched].any(axis=0)])

    def merge(self, other: "SparseCounts", here: dict[int, Ints]) -> None:
        """Add another's numbers; `here` translates the values of some columns."""
        keys = other.keys.copy()
        for column, values in here.items():
            keys[column] = values[keys[column]]
        self.add(keys.T, other.counts)

    def drop(self, gone: Mask) -> None:
        """Forget the keys at some places."""
        places = np.flatnonzero(gone)
        self._counts[:, places] = 0
        held = np.fromiter(self._places.values(), np.int64, len(self._places))
        self._let_go(np.intersect1d(places, held))

    @property
    def keys(self) -> Ints:
        """The key at each place: (columns, places); where nothing is held its numbers are 0."""
        return self._keys[:, : self._used]

    @property
    def counts(self) -> Ints:
        """The numbers at each place: (layers, places)."""
        return self._counts[:, : self._used]

    @property
    def _used(self) -> int:
        return len(self._places) + len(self._free)

    def _at(self, keys: Ints) -> Ints:
        data, width = keys.tobytes(), keys.shape[1] * 8
        found = np.empty(len(keys), np.int64)
        for row in range(len(keys)):
            key = data[row * width : (row + 1) * width]
            place = self._places.get(key)
            found[row] = self._take(key, keys[row]) if place is None else place
        return found

    def _take(self, key: bytes, values: Ints) -> int:
        place = self._free.pop() if self._free else len(self._places)
        if place >= self._keys.shape[1]:
            size = doubled(self._keys.shape[1], place + 1)
            self._keys, self._counts = (_widened(one, size) for one in (self._keys, self._counts))
        self._keys[:, place] = values
        self._places[key] = place
        return place

    def _let_go(self, places: Ints) -> None:
        for place in places.tolist():
            del self._places[self._keys[:, place].tobytes()]
            self._free.append(place)


def _widened(numbers: Ints, size: int) -> Ints:
    wide = np.zeros((numbers.shape[0], size), np.int64)
    wide[:, : numbers.shape[1]] = numbers
    return wide
