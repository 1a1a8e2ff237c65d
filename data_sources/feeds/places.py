"""Where a delivered ticket is: coordinates, district and town, by stated rules."""

import math
from typing import Any, TypedDict

from data_sources.feeds.unknown import GrowingNames
from data_sources.feeds.values import Values
from data_sources.feeds.words import GEO_QUALITY
from data_sources.reference import Reference
from operations.errors import BadInput
from operations.names import plain
from operations.places import KM_PER_DEGREE, to_wgs84
from operations.tickets.ticket import GeoQuality

CRS = {
    **dict.fromkeys(("wgs84", "epsg:4326", "epsg4326", "4326", "cgcs2000", "gps"), "WGS84"),
    **dict.fromkeys(("gcj02", "gcj", "amap", "高德", "火星坐标"), "GCJ-02"),
    **dict.fromkeys(("bd09", "bd09ll", "baidu", "百度"), "BD-09"),
}
FARTHEST_KM = 300.0
FALLBACK_KM = 0.01
LONGEST_ADDRESS = 500
MOST_SEEN = 10_000
_LOWER = (GeoQuality.STREET, GeoQuality.DISTRICT, GeoQuality.FALLBACK)
_ENDINGS = ("市", "区", "县", "镇", "街道", "乡", "办事处")


class Place(TypedDict):
    """What is known of a ticket's place, under the names of its fields; in WGS84."""

    address: str
    district: str | None
    town: str | None
    latitude: float | None
    longitude: float | None
    geo_quality: GeoQuality


class PlaceReader:
    """Finds the place of a delivered record. A bad place never costs the ticket.

    With `growing`, districts that no table knows become codes of their own, as far as it admits.
    """

    def __init__(
        self, reference: Reference, *, crs: str = "WGS84", growing: GrowingNames | None = None
    ) -> None:
        self._reference, self._crs, self._growing = reference, crs, growing
        self._centre: tuple[float, float] = reference.centre
        self._shrink = math.cos(math.radians(self._centre[0]))
        self._places_known = bool(reference.districts or reference.towns)
        self._seen: dict[str, str] = {}
        self._districts: dict[str, str] = {}
        for district in reference.districts:
            for word in (district.code, district.name_zh, district.name_en, *district.aliases):
                self._districts[plain(word)] = district.code
            self._districts.setdefault(plain(_short(district.name_zh)), district.code)
        # A development zone without an outline lies inside others': only its name tells it.
        self._unbounded = {
            one.code for one in reference.districts if not reference.atlas.bounded(one.code)
        }
        self._towns: dict[str, list[Any]] = {}
        for town in reference.towns:
            for word in {town.code, town.name_zh, _short(town.name_zh)}:
                self._towns.setdefault(plain(word), []).append(town)

    def read(self, values: Values) -> Place:
        """Read address, district, town and coordinates; raises BadInput for an unknown CRS."""
        address = values.line("address", LONGEST_ADDRESS) or ""
        point, quality = self._point(values)
        district, town = self._named(values, address, point, quality)
        if point is None:
            named = district is not None or town is not None
            quality = GeoQuality.DISTRICT if named else GeoQuality.NONE
        return Place(
            address=address,
            district=district,
            town=town,
            latitude=None if point is None else point[0],
            longitude=None if point is None else point[1],
            geo_quality=quality,
        )

    def _point(self, values: Values) -> tuple[tuple[float, float] | None, GeoQuality]:
        crs = self._crs_of(values)
        delivered = self._coordinates(values)
        if delivered is None:
            return None, GeoQuality.NONE
        point = self._plausible(values, *delivered)
        if point is None:
            return None, GeoQuality.NONE
        if crs != "WGS84":
            latitude, longitude = to_wgs84(point[0], point[1], crs)
            point = (latitude, longitude)
        said = values.word("geo_quality", GEO_QUALITY)
        if said is GeoQuality.NONE:
            return None, GeoQuality.NONE
        if self._is_fallback(point):
            return point, GeoQuality.FALLBACK
        return point, said if said in _LOWER else GeoQuality.EXACT

    def _crs_of(self, values: Values) -> str:
        word = values.line("crs")
        if word is None:
            return self._crs
        found = CRS.get(plain(word))
        if found is None:
            raise values.refuse("crs", f"unknown '{word}'; accepted are WGS84, GCJ-02 and BD-09")
        return found

    def _coordinates(self, values: Values) -> tuple[float, float] | None:
        try:
            latitude, longitude = values.number("latitude"), values.number("longitude")
        except BadInput as error:
            values.note(error.field, f"{error.reason}; taken without a place")
            return None
        if latitude is None and longitude is None:
            return None
        if latitude is None or longitude is None:
            missing = "latitude" if latitude is None else "longitude"
            values.note(missing, "one coordinate without the other; taken without a place")
            return None
        if latitude == 0 and longitude == 0:
            values.note("latitude", "0, 0 means no place; taken without one")
            return None
        return latitude, longitude

    def _plausible(
        self, values: Values, latitude: float, longitude: float
    ) -> tuple[float, float] | None:
        if self._is_near(latitude, longitude):
            return latitude, longitude
        if self._is_near(longitude, latitude):
            values.note("latitude", "latitude and longitude were swapped; swapped back")
            return longitude, latitude
        if abs(latitude) > 90 or abs(longitude) > 180:
            values.note("latitude", "coordinates off the earth; taken without a place")
        else:
            reason = f"more than {FARTHEST_KM:.0f} km from the city; taken without a place"
            values.note("latitude", reason)
        return None

    def _is_near(self, latitude: float, longitude: float) -> bool:
        return (
            abs(latitude) <= 90
            and abs(longitude) <= 180
            and self._km(latitude, longitude, *self._centre) <= FARTHEST_KM
        )

    def _km(self, latitude: float, longitude: float, to_lat: float, to_lon: float) -> float:
        """Distance on the plane of the city's latitude: right to 1 % within some 300 km."""
        north = latitude - to_lat
        east = ((longitude - to_lon + 180) % 360 - 180) * self._shrink
        return math.hypot(north, east) * KM_PER_DEGREE

    def _is_fallback(self, point: tuple[float, float]) -> bool:
        return any(
            self._km(*point, *fallback) <= FALLBACK_KM
            for fallback in self._reference.fallback_points
        )

    def _named(
        self,
        values: Values,
        address: str,
        point: tuple[float, float] | None,
        quality: GeoQuality,
    ) -> tuple[str | None, str | None]:
        """Find district and town: by polygon, else by the names delivered, else by address."""
        delivered = values.line("district")
        word_for_town = values.line("town")
        district = None
        if point is not None and quality is not GeoQuality.FALLBACK:
            district = self._reference.atlas.locate(*point)
        located = district is not None
        if delivered is not None:
            district = self._delivered_district(values, delivered, district)
        town = self._town(word_for_town, district) if word_for_town else None
        if address and self._places_known and (district is None or town is None):
            found, found_town = self._reference.atlas.find_in_address(address)
            district = district or found
            if town is None and (not located or found == district):
                town = found_town
        return district or self._district_of(town), town

    def _delivered_district(
        self, values: Values, delivered: str, located: str | None
    ) -> str | None:
        code = self._districts.get(delivered) or self._district_called(delivered)
        if code is None:
            values.note("district", f"unknown '{delivered}'; found by place or address instead")
        elif located is not None and located != code:
            if code in self._unbounded:
                return code
            values.note("district", f"the place lies in {located}, not in {code} as delivered")
        return located or code

    def _district_called(self, word: str) -> str | None:
        """Find a district by another spelling of its name, or let it be one of its own."""
        known = self._seen.get(word)
        if known is not None:
            return known
        spellings = (plain(word), plain(_short(word)))
        code = next((self._districts[one] for one in spellings if one in self._districts), None)
        code = code or self._reference.atlas.find_in_address(word)[0]
        if code is None and self._growing is not None and self._growing.admit("district", word):
            code = word
        if len(self._seen) >= MOST_SEEN:
            self._seen.clear()
        if code is not None:
            self._seen[word] = code
        return code

    def _town(self, word: str, district: str | None) -> str | None:
        named = self._towns.get(word) or self._towns.get(plain(word)) or ()
        for town in named or self._towns.get(plain(_short(word))) or ():
            if district is None or town.district == district:
                return str(town.code)
        return None

    def _district_of(self, town: str | None) -> str | None:
        for found in self._towns.get(plain(town), ()) if town else ():
            return str(found.district)
        return None


def _short(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name
