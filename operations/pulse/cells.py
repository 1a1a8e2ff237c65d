"""Open tickets on the map, shown so that no cell tells of fewer than a few callers."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

import h3
import numpy as np

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
                into = mine.setdefault(cell, Heap())
                into.overdue += heap.overdue
                into.urgent += heap.urgent
                for caller, times in heap.callers.items():
                    into.add(caller, times, 0, 0)

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
    least_open = _least_open(heaps)
    while True:
        shown, withheld = _merge(heaps, least_callers, least_open)
        if len(shown) <= MOST_CELLS:
            return sorted(shown, key=_most_open), withheld
        least_open *= 2


def _least_open(heaps: dict[int, Heap]) -> int:
    """Guess below how many tickets cells are merged; leave room for what they merge into."""
    opens = np.fromiter((heap.open for heap in heaps.values()), np.int64, len(heaps))
    least_open = 1
    while np.count_nonzero(opens >= least_open) > MOST_CELLS * 2 // 3:
        least_open *= 2
    return least_open


def _most_open(mark: Mark) -> tuple[int, str]:
    return -mark[3], mark[0]


@dataclass(slots=True)
class _Group:
    """Small cells under one parent; of their callers only as many as decide are kept."""

    open: int = 0
    overdue: int = 0
    urgent: int = 0
    latitude: int = 0  # sums over tickets, so that a merged circle lies where they are; whole
    longitude: int = 0  # 1/10,000 degrees, so that their order leaves no trace
    callers: set[Hashable] = field(default_factory=set)


def _merge(heaps: dict[int, Heap], least: int, least_open: int) -> tuple[list[Mark], int]:
    shown: list[Mark] = []
    groups: defaultdict[int, _Group] = defaultdict(_Group)
    for cell, heap in heaps.items():  # thousands of times a second: no calls that can be spared
        name, latitude, longitude, parent = _place(cell)
        open_, callers = heap.open, heap.callers
        if open_ >= least_open and len(callers) >= least:
            numbers = (open_, heap.overdue, heap.urgent, FINEST)
            shown.append((name, latitude / 10_000, longitude / 10_000, *numbers))
            continue
        group = groups[parent]
        group.open += open_
        group.overdue += heap.overdue
        group.urgent += heap.urgent
        group.latitude += latitude * open_
        group.longitude += longitude * open_
        if len(group.callers) < least:
            group.callers.update(islice(callers, least))
    for resolution in range(FINEST - 1, COARSEST, -1):
        groups = _lifted(groups, resolution, least, least_open, shown)
    left = _lifted(groups, COARSEST, least, 1, shown)
    return shown, sum(group.open for group in left.values())


def _lifted(
    groups: dict[int, _Group], resolution: int, least: int, least_open: int, shown: list[Mark]
) -> defaultdict[int, _Group]:
    """Show the groups that are large enough and gather the others under their parents."""
    parents: defaultdict[int, _Group] = defaultdict(_Group)
    for cell, group in groups.items():
        name, _, _, parent = _place(cell)
        if len(group.callers) >= least and group.open >= least_open:
            latitude = round(group.latitude / group.open) / 10_000
            longitude = round(group.longitude / group.open) / 10_000
            numbers = (group.open, group.overdue, group.urgent, resolution)
            shown.append((name, latitude, longitude, *numbers))
            continue
        into = parents[parent]
        into.open += group.open
        into.overdue += group.overdue
        into.urgent += group.urgent
        into.latitude += group.latitude
        into.longitude += group.longitude
        into.callers.update(islice(group.callers, least))
    return parents


@lru_cache(maxsize=50_000)
def _place(cell: int) -> tuple[str, int, int, int]:
    """Give a cell's name, its centre in 1/10,000 degrees, and its parent."""
    name = h3.int_to_str(cell)
    latitude, longitude = h3.cell_to_latlng(name)
    parent = h3.str_to_int(h3.cell_to_parent(name))
    return name, round(latitude * 10_000), round(longitude * 10_000), parent
