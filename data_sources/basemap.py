"""The city's own map: coast, districts, neighbours, graticule and names, as GeoJSON."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from shapely.geometry import Point, mapping
from shapely.geometry.base import BaseGeometry

from data_sources.city_files import districts_of, read_polygons
from data_sources.reference import CitySettings, city_file
from operations.errors import BadInput

LAYERS = ("land", "neighbours", "districts", "graticule", "labels")
View = tuple[float, float, float, float]


@dataclass(frozen=True)
class Basemap:
    """The layers of one city's map, ready to be sent; a city without outlines has none.

    `view` is (south, west, north, east) in WGS84.
    """

    bodies: MappingProxyType[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    view: View | None = None
    attribution_zh: str = ""
    attribution_en: str = ""

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of the layers there are, from the bottom to the top."""
        return tuple(self.bodies)

    def layer(self, name: str) -> bytes | None:
        """Give a layer as GeoJSON, None where there is none of this name."""
        return self.bodies.get(name)

    def etag(self, name: str) -> str:
        """Give a word that changes when the layer does."""
        return hashlib.blake2b(self.bodies.get(name, b""), digest_size=12).hexdigest()


def load_basemap(settings: CitySettings) -> Basemap:
    """Read the map of the city the settings name; boundaries of one's own replace its districts
    and names.

    Raises BadInput with the file when one cannot be used.
    """
    _, folder = city_file(settings.city)
    drawn = _drawn(folder / "basemap") if folder else {}
    own = settings.boundaries
    if own is None and folder and "districts" not in drawn:
        plain = folder / "districts.geojson"
        own = plain if plain.is_file() else None
    if own is not None:
        drawn |= _layers_of(own)
    return _basemap(drawn, own)


def _layers_of(path: Path) -> dict[str, dict[str, Any]]:
    """Make districts and their names of outlines alone, under the properties a screen reads."""
    said, polygons = _collection(path), read_polygons(path)
    credit = {key: one for key, one in said.items() if key.startswith("attribution_")}
    named = {
        one.code: {"code": one.code, "name_zh": one.name_zh, "name_en": one.name_en}
        for one in districts_of(polygons)
    }
    outlines = [_feature(named[code], outline) for code, (outline, _) in polygons.items()]
    names = [
        _feature({**named[one.code], "kind": "district"}, Point(one.longitude, one.latitude))
        for one in districts_of(polygons)
    ]
    return {
        "districts": {"type": "FeatureCollection", **credit, "features": outlines},
        "labels": {"type": "FeatureCollection", "features": names},
    }


def _feature(about: dict[str, str], geometry: BaseGeometry) -> dict[str, Any]:
    return {"type": "Feature", "properties": about, "geometry": mapping(geometry)}


def _drawn(folder: Path) -> dict[str, dict[str, Any]]:
    return {
        name: _collection(folder / f"{name}.json")
        for name in LAYERS
        if (folder / f"{name}.json").is_file()
    }


def _collection(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(str(path), f"cannot be read as GeoJSON: {error}") from error
    if not isinstance(found, dict) or not isinstance(found.get("features"), list):
        raise BadInput(str(path), "is not a GeoJSON collection of features")
    return found


def _basemap(drawn: dict[str, dict[str, Any]], own: Path | None) -> Basemap:
    bodies = {name: _json(drawn[name]) for name in LAYERS if name in drawn}
    return Basemap(
        bodies=MappingProxyType(bodies),
        view=_box(own) if own else _view(drawn),
        attribution_zh=_credits(drawn, "attribution_zh", "；"),
        attribution_en=_credits(drawn, "attribution_en", "; "),
    )


def _credits(drawn: dict[str, dict[str, Any]], name: str, between: str) -> str:
    return between.join(dict.fromkeys(str(one[name]) for one in drawn.values() if one.get(name)))


def _json(collection: dict[str, Any]) -> bytes:
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _view(drawn: dict[str, dict[str, Any]]) -> View | None:
    view = next((one["view"] for one in drawn.values() if "view" in one), None)
    return None if view is None else (view[0], view[1], view[2], view[3])


def _box(path: Path) -> View:
    boxes = [outline.bounds for outline, _ in read_polygons(path).values()]
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(souths), min(wests), max(norths), max(easts)
