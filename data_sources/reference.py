"""A city's tables, read from its folder: who and where, in the words of its own files.

A folder holds `city.toml` and, as far as the city has them, `categories.toml`,
`departments.toml`, `districts.geojson` (outlines for assigning points), `towns.csv`,
`zones.toml` and `basemap/`. A city known only by a mapping has no tables: its names grow
from its tickets.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data_sources.city_files import (
    day_of,
    districts_of,
    points_of,
    read_polygons,
    read_rows,
    read_toml,
    read_towns,
    read_zones,
    values_of,
)
from data_sources.holidays import china, weekends_only
from data_sources.routing import read_rings
from data_sources.rules import NONE, load_rules
from operations.calendar import WorkCalendar
from operations.categories import Category, CategoryTable
from operations.departments import Department, DepartmentTable
from operations.errors import BadInput
from operations.places import Atlas, District, Town, Zone
from operations.pulse.targets import USUAL, read_targets
from operations.tickets.deadlines import RuleSet
from operations.tickets.rings import USUAL as USUAL_RINGS
from operations.tickets.rings import RingRule

CHINA = ("Asia/Shanghai", "Asia/Urumqi", "Asia/Chongqing", "Asia/Harbin", "PRC")
FILES = Path(__file__).resolve().with_name("files")
CITIES, MAPPINGS = FILES / "cities", FILES / "mappings"
_CALENDARS = {"china": china, "weekends": weekends_only}


class CitySettings(Protocol):
    """The settings that say which city this is."""

    @property
    def city(self) -> str:
        """A shipped city, a folder of a city's files, or `mapping:NAME`."""

    @property
    def timezone(self) -> str | None:
        """The time zone, without it the city's own."""

    @property
    def rules(self) -> str | None:
        """The rules of time, without them the city's own."""

    @property
    def boundaries(self) -> Path | None:
        """GeoJSON of districts of one's own."""


@dataclass(frozen=True)
class Reference:
    """Everything that is known of a city before its first ticket.

    `centre` and `fallback_points` are (latitude, longitude). `folder` holds the city's files,
    None for a city known only by a mapping.
    """

    city_code: str
    name_zh: str
    name_en: str
    zone: ZoneInfo
    centre: tuple[float, float]
    districts: tuple[District, ...]
    towns: tuple[Town, ...]
    zones: tuple[Zone, ...]
    departments: DepartmentTable
    categories: CategoryTable
    atlas: Atlas
    calendar: WorkCalendar
    rules: RuleSet | None = None
    rings: tuple[RingRule, ...] = USUAL_RINGS
    targets: Mapping[str, float] = field(default_factory=lambda: USUAL)
    fallback_points: tuple[tuple[float, float], ...] = ()
    folder: Path | None = None

    @property
    def hotline(self) -> str:
        """The number people call: 12345 in every city of China, else unknown."""
        return "12345" if self.zone.key in CHINA else ""

    def knows(self, kind: str, code: str) -> bool:
        """Tell whether a "district" or "department" can exist; without a table any can."""
        if kind == "department":
            return not len(self.departments) or code in self.departments
        known = {one.code for one in self.districts}
        return kind == "district" and (not known or code in known)


def load_reference(settings: CitySettings) -> Reference:
    """Read the city the settings name; raises BadInput with the file and the field."""
    path, folder = city_file(settings.city)
    said = read_toml(path)
    if folder is None:
        said = _table(said, "city", path)
    polygons = _polygons(settings, folder)
    districts = values_of(District, said.get("district", []), path, "district")
    districts += tuple(
        one for one in districts_of(polygons) if one.code not in {known.code for known in districts}
    )
    towns, zones = read_towns(folder), read_zones(folder)
    categories = read_rows(folder, "categories.toml", Category, "category")
    departments = read_rows(folder, "departments.toml", Department, "department")
    _check_districts(folder, districts, (*towns, *zones, *departments))
    return Reference(
        city_code=_text(said, "code", path),
        name_zh=_text(said, "name_zh", path),
        name_en=_text(said, "name_en", path),
        zone=_zone(settings.timezone, said, path),
        centre=_centre(said, path),
        districts=districts,
        towns=towns,
        zones=zones,
        departments=DepartmentTable(departments),
        categories=CategoryTable(categories),
        atlas=Atlas(districts, towns, {code: one[0] for code, one in polygons.items()}),
        calendar=_calendar(said, path),
        rules=load_rules(settings.rules, _usual_rules(said, path), categories),
        rings=read_rings(said, path, categories),
        targets=_targets(said, path),
        fallback_points=points_of(said, "fallback_points", path),
        folder=folder,
    )


def city_file(name: str) -> tuple[Path, Path | None]:
    """Find the file that describes a city, and the folder of its other files if it has one."""
    if name.startswith("mapping:"):
        mapping = name.removeprefix("mapping:")
        return (Path(mapping) if mapping.endswith(".toml") else MAPPINGS / f"{mapping}.toml"), None
    shipped = CITIES / name
    folder = shipped if "/" not in name and shipped.is_dir() else Path(name)
    if not (folder / "city.toml").is_file():
        known = ", ".join(sorted(one.name for one in CITIES.iterdir()))
        reason = f"no city.toml in '{name}'; shipped are {known}; or name a folder or mapping:NAME"
        raise BadInput("LIANXIN_CITY", reason)
    return folder / "city.toml", folder


def _polygons(settings: CitySettings, folder: Path | None) -> dict[str, tuple[Any, dict[str, Any]]]:
    if settings.boundaries is not None:
        return read_polygons(settings.boundaries)
    path = folder / "districts.geojson" if folder else None
    return read_polygons(path) if path and path.is_file() else {}


def _check_districts(
    folder: Path | None,
    districts: tuple[District, ...],
    places: tuple[Town | Zone | Department, ...],
) -> None:
    """Refuse a town, zone or department of a district that is not there."""
    known = {one.code for one in districts}
    for one in places:
        if one.district is not None and one.district not in known:
            field = f"{folder}: {one.code} {one.name_zh}: district"
            raise BadInput(field, f"there is no district '{one.district}' in city.toml")


def _table(said: Mapping[str, Any], name: str, path: Path) -> dict[str, Any]:
    found = said.get(name)
    if not isinstance(found, dict):
        raise BadInput(str(path), f"has no [{name}] table, so it cannot stand for a city")
    return found


def _text(said: Mapping[str, Any], name: str, path: Path) -> str:
    found = said.get(name)
    if not isinstance(found, str) or not found:
        raise BadInput(f"{path}: {name}", "must be a text")
    return found


def _usual_rules(said: Mapping[str, Any], path: Path) -> str:
    """Give the rules a city's file names; a city that names none has none."""
    return _text(said, "rules", path) if "rules" in said else NONE


def _targets(said: Mapping[str, Any], path: Path) -> Mapping[str, float]:
    """Give what figures are to reach: the city's own goals, all of them, or those to begin with."""
    if "targets" not in said:
        return USUAL
    try:
        return read_targets(_table(said, "targets", path))
    except BadInput as error:
        raise BadInput(f"{path}: {error.field}", error.reason) from error


def _zone(given: str | None, said: Mapping[str, Any], path: Path) -> ZoneInfo:
    name = given or _text(said, "timezone", path)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        field = "LIANXIN_TIMEZONE" if given else f"{path}: timezone"
        raise BadInput(field, f"'{name}' is no IANA zone such as Asia/Shanghai") from error


def _centre(said: Mapping[str, Any], path: Path) -> tuple[float, float]:
    point = {"centre": [[said.get("latitude"), said.get("longitude")]]}
    return points_of(point, "centre", path)[0]


def _calendar(said: Mapping[str, Any], path: Path) -> WorkCalendar:
    """Read `calendar` (china or weekends) and what `[working_days]` says of single days."""
    name = said.get("calendar", "weekends")
    if name not in _CALENDARS:
        raise BadInput(f"{path}: calendar", f"unknown '{name}'; known are {', '.join(_CALENDARS)}")
    where, overrides = f"{path}: working_days", {}
    for day, works in said.get("working_days", {}).items():
        if not isinstance(works, bool):
            raise BadInput(f"{where}: {day}", "must be true or false")
        overrides[day_of(day, where)] = works
    return _CALENDARS[name](overrides)
