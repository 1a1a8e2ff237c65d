"""The files of a city, read into values; what cannot be used is refused with file and field."""

import csv
import json
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import shapely
from pydantic import TypeAdapter, ValidationError
from shapely.errors import ShapelyError
from shapely.geometry import Polygon, shape
from shapely.geometry.base import BaseGeometry

from operations.errors import BadInput
from operations.places import District, Town, Zone, ZonePlace

Row = TypeVar("Row")
_ZONE_TEXTS = ("code", "name_zh", "name_en", "kind", "district")


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadInput(str(path), f"cannot be read: {error.strerror}") from error
    except ValueError as error:  # broken TOML, or not UTF-8
        raise BadInput(str(path), f"is not TOML in UTF-8: {error}") from error


def values_of(kind: type[Row], rows: object, path: Path, name: str) -> tuple[Row, ...]:
    """Make a value of each row; keys a value does not have are someone else's and left alone."""
    if not isinstance(rows, list):
        raise BadInput(f"{path}: {name}", "must be a list of tables")
    adapter, made = TypeAdapter(kind), []
    for number, row in enumerate(rows, start=1):
        try:
            made.append(adapter.validate_python(row))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"])
            raise BadInput(f"{path}: {name} {number}: {field}", first["msg"]) from error
    for code, times in Counter(getattr(one, "code", None) for one in made).items():
        if code is not None and times > 1:
            raise BadInput(f"{path}: {name}: code", f"'{code}' is there more than once")
    return tuple(made)


def read_rows(folder: Path | None, file: str, kind: type[Row], name: str) -> tuple[Row, ...]:
    """Read a TOML file of one list; a city without the file has none."""
    if folder is None or not (folder / file).is_file():
        return ()
    return values_of(kind, read_toml(folder / file).get(name, []), folder / file, name)


def read_towns(folder: Path | None) -> tuple[Town, ...]:
    """Read `towns.csv`: code, name_zh, district, and where known name_en, latitude, longitude.

    A line that begins with `#` is a remark.
    """
    if folder is None or not (folder / "towns.csv").is_file():
        return ()
    path = folder / "towns.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(line for line in file if not line.startswith("#"))
            rows = [{key: value or None for key, value in row.items()} for row in lines]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(str(path), f"is not CSV in UTF-8: {error}") from error
    return values_of(Town, rows, path, "row")


def read_polygons(path: Path) -> dict[str, tuple[BaseGeometry, dict[str, Any]]]:
    """Read GeoJSON outlines in WGS84: geometry and properties by the property `code`."""
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
        found = {}
        for number, one in enumerate(features, start=1):
            about, geometry = one["properties"], shape(one["geometry"])
            code = about.get("code") or about.get("name_zh")
            if not isinstance(code, str):
                raise BadInput(f"{path}: feature {number}: code", "must be a text")
            found[code] = (_checked(geometry, f"{path}: feature {number}"), about)
    except OSError as error:
        raise BadInput(str(path), f"cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError, ShapelyError) as error:
        raise BadInput(str(path), f"is not GeoJSON of districts: {error!r}") from error
    return found


def _checked(geometry: BaseGeometry, where: str) -> BaseGeometry:
    if geometry.geom_type not in ("Polygon", "MultiPolygon") or geometry.is_empty:
        raise BadInput(f"{where}: geometry", "must be a polygon")
    west, south, east, north = geometry.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise BadInput(f"{where}: geometry", "must be in degrees of WGS84, longitude first")
    return geometry if geometry.is_valid else shapely.make_valid(geometry)


def districts_of(
    polygons: Mapping[str, tuple[BaseGeometry, dict[str, Any]]],
) -> tuple[District, ...]:
    """Make districts of outlines alone, for a city without a table of them."""
    made = []
    for code, (outline, about) in polygons.items():
        inside = outline.representative_point()
        zh = str(about.get("name_zh") or about.get("name") or code)
        made.append(District(code, zh, str(about.get("name_en") or zh), inside.y, inside.x))
    return tuple(made)


def read_zones(folder: Path | None) -> tuple[Zone, ...]:
    """Read `zones.toml`; outlines and places are given as latitude, longitude."""
    if folder is None or not (folder / "zones.toml").is_file():
        return ()
    path = folder / "zones.toml"
    zones = []
    for number, row in enumerate(read_toml(path).get("zone", []), start=1):
        where = f"{path}: zone {number}"
        try:
            outline = Polygon([(lon, lat) for lat, lon in row["outline"]])
            code, zh, en, kind, district = (row[key] for key in _ZONE_TEXTS)
        except (KeyError, TypeError, ValueError) as error:
            raise BadInput(where, f"is not complete: {error!r}") from error
        places = values_of(ZonePlace, row.get("place", []), path, f"zone {number}: place")
        made_up = bool(row.get("made_up", False))
        shown = _checked(outline, where)
        zones.append(Zone(code, zh, en, kind, district, shown, places, made_up))
    return tuple(zones)


def points_of(said: Mapping[str, Any], name: str, path: Path) -> tuple[tuple[float, float], ...]:
    """Read a list of [latitude, longitude]."""
    return tuple(_point(one, f"{path}: {name}") for one in said.get(name, []))


def _point(given: Sequence[Any], where: str) -> tuple[float, float]:
    try:
        latitude, longitude = (float(one) for one in given)
    except (TypeError, ValueError) as error:
        raise BadInput(where, "must be [latitude, longitude]") from error
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise BadInput(where, "lies off the earth")
    return latitude, longitude


def day_of(text: str, where: str) -> date:
    """Read a date written 2027-01-31."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(where, f"'{text}' is no date such as 2027-01-31") from error
