"""Places of a city: districts, towns and supply zones, and the atlas that finds them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import h3.api.basic_int as h3
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from operations.addresses import AddressBook
from operations.coordinates import from_wgs84, to_wgs84

__all__ = [
    "Atlas", "District", "Town", "Zone", "ZonePlace",
    "cell_centre", "cell_of", "cell_parent", "from_wgs84", "to_wgs84",
]  # fmt: skip

CELL_RESOLUTION = 7
KM_PER_DEGREE = 111.195  # of latitude, on the sphere of 6,371 km


@dataclass(frozen=True, slots=True)
class District:
    """A district (区市); the point is where its name stands, in WGS84.

    `aliases` are other names people write in addresses.
    """

    code: str
    name_zh: str
    name_en: str
    latitude: float
    longitude: float
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Town:
    """A town or subdistrict (镇街); without a known point both coordinates are None."""

    code: str
    name_zh: str
    district: str
    latitude: float | None = None
    longitude: float | None = None
    name_en: str | None = None


@dataclass(frozen=True, slots=True)
class ZonePlace:
    """A named place inside a zone, such as a residential estate (小区)."""

    name_zh: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Zone:
    """What one plant or network supplies, such as a waterworks; the outline is in WGS84.

    `made_up` marks a zone invented for the demonstration.
    """

    code: str
    name_zh: str
    name_en: str
    kind: str
    district: str
    outline: BaseGeometry
    places: tuple[ZonePlace, ...] = ()
    made_up: bool = False

    def holds(self, latitude: float, longitude: float) -> bool:
        """Tell whether a point lies in the zone."""
        return bool(shapely.intersects_xy(self.outline, longitude, latitude))


class Atlas:
    """Finds districts and towns by point and by address.

    `polygons`: WGS84 outlines by district code, not clipped to the coast, so that a point on
    a pier still lies in its district. A district may have none; an atlas may have none at all.
    """

    def __init__(
        self,
        districts: Iterable[District] = (),
        towns: Iterable[Town] = (),
        polygons: Mapping[str, BaseGeometry] | None = None,
    ) -> None:
        districts, towns = tuple(districts), tuple(towns)
        self._outlines = dict(polygons or {})
        for outline in self._outlines.values():
            shapely.prepare(outline)
        self._boxes = {code: outline.bounds for code, outline in self._outlines.items()}
        self._book = AddressBook(
            {one.code: (one.name_zh, *one.aliases) for one in districts},
            [(one.code, one.name_zh, one.district) for one in towns],
        )

    def bounded(self, district: str) -> bool:
        """Tell whether a district has an outline; one without is never the answer of `locate`."""
        return district in self._outlines

    def locate(self, latitude: float, longitude: float) -> str | None:
        """Find the district a point lies in, None outside all outlines."""
        for code, (west, south, east, north) in self._boxes.items():
            if (
                west <= longitude <= east
                and south <= latitude <= north
                and shapely.intersects_xy(self._outlines[code], longitude, latitude)
            ):
                return code
        return None

    def locate_many(self, latitudes: ArrayLike, longitudes: ArrayLike) -> NDArray[np.object_]:
        """Find the district of each point: (points,), codes or None; the same as `locate`."""
        lat, lon = np.asarray(latitudes, np.float64), np.asarray(longitudes, np.float64)
        found = np.full(lat.shape, None, dtype=np.object_)
        free = np.ones(lat.shape, dtype=np.bool_)
        for code, (west, south, east, north) in self._boxes.items():
            boxed = free & (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
            near = np.flatnonzero(boxed)
            inside = near[shapely.intersects_xy(self._outlines[code], lon[near], lat[near])]
            found[inside] = code
            free[inside] = False
        return found

    def find_in_address(self, text: str) -> tuple[str | None, str | None]:
        """Find the codes of the district and the town an address names, None where none."""
        return self._book.find(text)


def cell_of(latitude: float, longitude: float) -> int:
    """Give the H3 cell (resolution 7, about 5 km²) of a point."""
    return int(h3.latlng_to_cell(latitude, longitude, CELL_RESOLUTION))


def cell_centre(cell: int) -> tuple[float, float]:
    """Give the latitude and longitude of a cell's centre."""
    latitude, longitude = h3.cell_to_latlng(cell)
    return float(latitude), float(longitude)


def cell_parent(cell: int, resolution: int) -> int:
    """Give the coarser cell that a cell lies in."""
    return int(h3.cell_to_parent(cell, resolution))


def cell_number(name: str) -> int:
    """Give the number of a cell that a picture names."""
    return int(name, 16)
