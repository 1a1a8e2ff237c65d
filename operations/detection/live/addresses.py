"""The addresses reports come from: where each lies, in which areas, and how much comes from it."""

import math
from collections.abc import Sequence
from typing import TypeVar

import numba as nb
import numpy as np
import shapely

from operations.detection.live.reach import AREAS, CITY, DISTRICT, RINGS, TOWN, ZONE
from operations.detection.live.windows import RADII2, Reals, Whole, degrees, unit_vectors
from operations.places import Zone

STEPS = 10_000  # to a degree: points within some ten metres are one address
CELL_STEPS = 30  # a cell of the survey is some 330 m wide
_ROW = 4_000_000  # more than the steps of a whole turn
_REACH_ROWS = 16  # of cells, each over 333 m high, that five kilometres reach across

WHOLE_CITY = 0
"""The number of the area that holds every address."""

Numbers = TypeVar("Numbers", Reals, Whole)

Area = tuple[int, str | None, str | None]
"""(column of `Reports.areas`, code, the district of a town)"""


class Addresses:
    """Addresses numbered in the order they were first seen; areas likewise, the city first.

    points: (addresses, 3) unit vectors; areas: (addresses, AREAS); counts: reports of any
    category from each. `survey` sums these up by cells (middles: (cells, 3), mass: (cells,) their
    shares), so that a place where the category never came from is expected to report in the
    measure everything does there; cells: (addresses,) the cell each lies in.
    """

    def __init__(self, zones: Sequence[Zone] = ()) -> None:
        self._zones = zones
        self._number: dict[int, int] = {}
        self._areas: dict[Area, int] = {(CITY, None, None): WHOLE_CITY}
        self.points: Reals = np.zeros((0, 3))
        self.areas: Whole = np.zeros((0, AREAS), np.int64)
        self.counts: Whole = np.zeros(0, np.int64)
        self.cells: Whole = np.zeros(0, np.int64)
        self.middles: Reals = np.zeros((1, 3))
        self.mass: Reals = np.ones(1)
        self.around: Reals = np.zeros((1, RINGS))
        self.area_shares: Reals = np.ones(1)
        self.surveys = 0
        self._surveyed: Whole = np.zeros(1, np.int64)  # the cells' keys

    def __len__(self) -> int:
        return len(self._number)

    def numbers(
        self,
        latitude: Reals,
        longitude: Reals,
        districts: Sequence[str | None],
        towns: Sequence[str | None],
    ) -> Whole:
        """Give the number of each report's address, adding those not seen before."""
        rows = np.round((latitude + 90) * STEPS).astype(np.int64)
        keys = rows * _ROW + np.round((longitude + 180) * STEPS).astype(np.int64)
        new: dict[int, int] = {}
        for i, key in enumerate(keys.tolist()):
            if key not in self._number and key not in new:
                new[key] = i
        if new:
            self._add(new, latitude, longitude, districts, towns)
        return np.fromiter(map(self._number.__getitem__, keys.tolist()), np.int64, len(keys))

    def area_number(self, area: Area) -> int:
        """Give the number of an area, adding one not seen before."""
        number = self._areas.setdefault(area, len(self._areas))
        if number >= len(self.area_shares):
            self.area_shares = np.concatenate([self.area_shares, [0.0]])
        return number

    def area(self, number: int) -> Area:
        """Tell what an area is."""
        return list(self._areas)[number]

    def place(self, number: int) -> tuple[float, float]:
        """Give an address's latitude and longitude."""
        return degrees(self.points[number])

    def survey(self) -> None:
        """Sum up what comes from where: shares of everything around each cell and in each area."""
        weights = self.counts / max(1, self.counts.sum())
        all_keys = np.fromiter(self._number, np.int64, len(self))
        keys, cells = np.unique(_cell_keys(all_keys), return_inverse=True)
        self.cells = cells.copy()
        mass, middle = np.zeros(len(keys)), np.zeros((len(keys), 3))
        np.add.at(mass, self.cells, weights)
        np.add.at(middle, self.cells, self.points)
        middle = middle / np.maximum(np.linalg.norm(middle, axis=1, keepdims=True), 1e-12)
        self.surveys += 1
        if not len(keys):
            return
        self.middles, self.mass, self._surveyed = middle, mass, keys
        self.around = _around(keys, middle, mass, RADII2)
        self.area_shares = self.shares_of_areas(np.arange(len(self)), weights)

    def shares_of_areas(self, numbers: Whole, weights: Reals) -> Reals:
        """Sum weights of addresses by area: (areas,)."""
        shares = np.zeros(len(self._areas))
        for kind in range(AREAS):
            here = self.areas[numbers, kind]
            np.add.at(shares, here[here >= 0], weights[here >= 0])
        return shares

    def _cells_of(self, keys: Whole, points: Reals) -> Whole:
        """Give the cells new addresses lie in; until the next survey, the nearest there is."""
        if not self.surveys:
            return np.zeros(len(keys), np.int64)
        wanted = _cell_keys(keys)
        cells = np.minimum(np.searchsorted(self._surveyed, wanted), len(self._surveyed) - 1)
        for i in np.flatnonzero(self._surveyed[cells] != wanted):
            cells[i] = np.argmax(self.middles @ points[i])
        return cells.astype(np.int64)

    def _add(
        self,
        new: dict[int, int],
        latitude: Reals,
        longitude: Reals,
        districts: Sequence[str | None],
        towns: Sequence[str | None],
    ) -> None:
        chosen = list(new.values())
        lat, lon = latitude[chosen], longitude[chosen]
        areas = np.full((len(chosen), AREAS), -1, np.int64)
        areas[:, CITY] = WHOLE_CITY
        for row, i in enumerate(chosen):
            if districts[i] is not None:
                areas[row, DISTRICT] = self.area_number((DISTRICT, districts[i], None))
                if towns[i] is not None:
                    areas[row, TOWN] = self.area_number((TOWN, towns[i], districts[i]))
        for zone in self._zones:
            inside = shapely.intersects_xy(zone.outline, lon, lat)
            areas[inside, ZONE] = self.area_number((ZONE, zone.code, None))
        for key in new:
            self._number[key] = len(self._number)
        points = unit_vectors(lat, lon)
        cells = self._cells_of(np.fromiter(new, np.int64, len(new)), points)
        self.points = _with(self.points, points)
        self.areas = _with(self.areas, areas)
        self.counts = _with(self.counts, np.zeros(len(chosen), np.int64))
        self.cells = _with(self.cells, cells)


def _cell_keys(keys: Whole) -> Whole:
    return (keys // _ROW // CELL_STEPS) * _ROW + keys % _ROW // CELL_STEPS


def _with(rows: Numbers, more: Numbers) -> Numbers:
    """Append rows where there is room behind them, else in a place twice as large.

    A new address comes with every other ticket: copying all of them each time is too slow.
    """
    used, needed = len(rows), len(rows) + len(more)
    room = rows if rows.base is None else rows.base
    if needed > len(room):
        room = np.empty((2 * needed, *rows.shape[1:]), rows.dtype)
        room[:used] = rows
    room[used:needed] = more
    return room[:needed]


@nb.njit(cache=True, nogil=True)
def _around(keys: Whole, points: Reals, mass: Reals, radii2: Reals) -> Reals:
    """Sum the mass within each radius of each cell: (cells, radii); the keys are sorted.

    Only cells that can lie in reach are looked at: five kilometres are at most `_REACH_ROWS`
    rows, and so many columns more as meridians are closer.
    """
    table = np.zeros((len(points), len(radii2)))
    for i in range(len(points)):
        row, column = keys[i] // _ROW, keys[i] % _ROW
        across = max(0.02, math.hypot(points[i, 0], points[i, 1]) - 0.001)
        wide = int(_REACH_ROWS / across) + 1
        for other in range(row - _REACH_ROWS, row + _REACH_ROWS + 1):
            first = np.searchsorted(keys, other * _ROW + column - wide)
            last = np.searchsorted(keys, other * _ROW + column + wide, side="right")
            for j in range(first, last):
                dx = points[i, 0] - points[j, 0]
                dy = points[i, 1] - points[j, 1]
                dz = points[i, 2] - points[j, 2]
                d2 = dx * dx + dy * dy + dz * dz
                for r in range(len(radii2) - 1, -1, -1):
                    if d2 > radii2[r]:
                        break
                    table[i, r] += mass[j]
    return table
