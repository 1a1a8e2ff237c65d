"""Open tickets on the map, shown so that no cell tells of fewer than a few callers."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import h3

from operations.pulse.rows import CALLER, CELL, DEPARTMENT, DISTRICT, FLAGS, URGENT
from operations.pulse.volumes import ALL, Scope
from operations.pulse.windows import Ints

FINEST, COARSEST = 7, 3
MOST_CELLS = 700  # about 42 KB of the picture's 100

Mark = tuple[str, float, float, int, int, int, int]
"""(h3 index, latitude, longitude, open, overdue, urgent, resolution)"""


@dataclass(slots=True)
class Heap:
    """Open tickets of one cell; `callers` counts the tickets of each."""

    open: int = 0
    overdue: int = 0
    urgent: int = 0
    callers: dict[Hashable, int] = field(default_factory=dict)

    def add(self, caller: Hashable, times: int, overdue: int, urgent: int) -> None:
        """Add a caller's tickets, or take them away with negative numbers."""
        self.open += times
        self.overdue += overdue
        self.urgent += urgent
        callers = self.callers
        if left := callers.get(caller, 0) + times:
            callers[caller] = left
        else:
            del callers[caller]

    @property
    def is_empty(self) -> bool:
        """True when nothing is left."""
        return not (self.callers or self.open or self.overdue or self.urgent)


class OpenCells:
    """Open tickets by cell for the city, every district and every department."""

    def __init__(self) -> None:
        self._scopes: dict[tuple[int, int], dict[int, Heap]] = {}

    def add(self, rows: Ints, overdue: Ints, signs: Ints) -> None:
        """Put open tickets with a cell on the map, or take them off; overdue: 0 or 1 each."""
        for cell, caller, places, sign, late, flags in zip(
            rows[:, CELL].tolist(),
            rows[:, CALLER].tolist(),
            rows[:, (DISTRICT, DEPARTMENT)].tolist(),
            signs.tolist(),
            (overdue * signs).tolist(),
            rows[:, FLAGS].tolist(),
            strict=True,
        ):
            urgent = sign if flags & URGENT else 0
            for key in ((ALL, 0), (DISTRICT, places[0]), (DEPARTMENT, places[1])):
                heaps = self._scopes.setdefault(key, {})
                heap = heaps.get(cell)
                if heap is None:
                    heap = heaps[cell] = Heap()
                heap.add(caller, sign, late, urgent)
                if heap.is_empty:
                    del heaps[cell]

    def fell_due(self, rows: Ints, signs: Ints) -> None:
        """Count open tickets with a cell as overdue."""
        for cell, (district, department), sign in zip(
            rows[:, CELL].tolist(),
            rows[:, (DISTRICT, DEPARTMENT)].tolist(),
            signs.tolist(),
            strict=True,
        ):
            for key in ((ALL, 0), (DISTRICT, district), (DEPARTMENT, department)):
                self._scopes[key][cell].overdue += sign

    def merge(self, other: "OpenCells", here: dict[int, Ints]) -> None:
        """Add the cells of another city; `here` translates its codes."""
        for (kind, code), heaps in other._scopes.items():
            key = (kind, int(here[kind][code]) if kind in here else code)
            mine = self._scopes.setdefault(key, {})
            for cell, heap in heaps.items():
                _pour(heap, mine.setdefault(cell, Heap()))

    def heaps(self, scope: Scope) -> dict[int, Heap]:
        """Give a scope's open tickets by cell."""
        return self._scopes.get((scope.kind, scope.code), {})


def shown_cells(
    rows: Iterable[tuple[int, str | None, int, int, int]], least_callers: int
) -> tuple[list[Mark], int]:
    """Give the cells that may be shown of (cell, caller, open, overdue, urgent), and the rest.

    A row without a caller counts as `open` callers of their own. See `merged_upward`.
    """
    heaps: dict[int, Heap] = {}
    for place, (cell, caller, open_, overdue, urgent) in enumerate(rows):
        heap = heaps.setdefault(cell, Heap())
        if caller is not None or not open_:
            heap.add(caller, open_, overdue, urgent)
        else:
            for one in range(open_):
                first = one == 0
                heap.add((place, one), 1, overdue if first else 0, urgent if first else 0)
    return merged_upward(heaps, least_callers)


def merged_upward(heaps: dict[int, Heap], least_callers: int) -> tuple[list[Mark], int]:
    """Give the cells that may be shown, most open first, and the tickets left out.

    A cell with fewer than `least_callers` different callers is merged into its parent with
    the other small children of that parent (a child that is large enough stays itself), up
    to resolution 3; what is too small even there is withheld. Open tickets of the cells and
    the withheld ones add up to those handed in. Where more than `MOST_CELLS` would be shown,
    cells of few tickets are merged upward as well, so that a picture stays small.
    """
    least_open = 1
    while True:
        shown, withheld = _merge(heaps, least_callers, least_open)
        if len(shown) <= MOST_CELLS:
            return sorted(shown, key=lambda mark: (-mark[3], mark[0])), withheld
        least_open *= 2


@dataclass(slots=True)
class _Group:
    heap: Heap
    latitude: float  # sums over tickets, so that a merged circle lies where the tickets are
    longitude: float


def _merge(heaps: dict[int, Heap], least: int, least_open: int) -> tuple[list[Mark], int]:
    level = {cell: _group(cell, heap) for cell, heap in heaps.items()}
    shown: list[Mark] = []
    for resolution in range(FINEST, COARSEST - 1, -1):
        parents: dict[int, _Group] = {}
        for cell, group in level.items():
            enough = len(group.heap.callers) >= least
            if enough and (group.heap.open >= least_open or resolution == COARSEST):
                shown.append(_mark(cell, group, resolution))
            elif resolution > COARSEST:
                _gather(group, parents, _parent(cell))
            else:
                parents[cell] = group
        level = parents
    return shown, sum(group.heap.open for group in level.values())


def _group(cell: int, heap: Heap) -> _Group:
    latitude, longitude = _centre(cell)
    return _Group(heap, latitude * heap.open, longitude * heap.open)


def _gather(group: _Group, parents: dict[int, _Group], parent: int) -> None:
    into = parents.get(parent)
    if into is None:
        into = parents[parent] = _Group(Heap(), 0.0, 0.0)
    _pour(group.heap, into.heap)
    into.latitude += group.latitude
    into.longitude += group.longitude


def _pour(heap: Heap, into: Heap) -> None:
    into.open += heap.open
    into.overdue += heap.overdue
    into.urgent += heap.urgent
    for caller, times in heap.callers.items():
        into.callers[caller] = into.callers.get(caller, 0) + times


def _mark(cell: int, group: _Group, resolution: int) -> Mark:
    heap = group.heap
    place = (round(group.latitude / heap.open, 4), round(group.longitude / heap.open, 4))
    return (h3.int_to_str(cell), *place, heap.open, heap.overdue, heap.urgent, resolution)


@lru_cache(maxsize=50_000)
def _parent(cell: int) -> int:
    return int(h3.str_to_int(h3.cell_to_parent(h3.int_to_str(cell))))


@lru_cache(maxsize=50_000)
def _centre(cell: int) -> tuple[float, float]:
    latitude, longitude = h3.cell_to_latlng(h3.int_to_str(cell))
    return float(latitude), float(longitude)
