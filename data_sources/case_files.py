"""Reads the text files of a scan: cases, controls, places, population, shapes.

The formats are those of SaTScan: fields parted by white space or commas, one record a line,
dates as 2001/11/22, 2001/11, 2001 or 01. Lines that begin with # or ; are comments.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any, Literal

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape as to_shape
from shapely.geometry.base import BaseGeometry

from operations.errors import BadInput

Precision = Literal["day", "month", "year"]
_QUOTED = re.compile(r'"([^"]*)"|([^\s,]+)')
_DATE = re.compile(r"^(\d{1,4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,4}))?$")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as it is written: its first day, and how exact it is."""

    day: date
    precision: Precision


@dataclass(slots=True)
class Records:
    """The records of a case or control file, column by column."""

    path: Path
    lines: list[int] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    moments: list[Moment | None] = field(default_factory=list)
    categories: list[tuple[str, ...]] = field(default_factory=list)


@dataclass(slots=True)
class People:
    """The records of a population file, column by column."""

    path: Path
    lines: list[int] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    counts: list[float] = field(default_factory=list)
    categories: list[tuple[str, ...]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shape:
    """A candidate shape: an outline, or the names of its places."""

    name: str
    outline: BaseGeometry | None
    places: tuple[str, ...] = ()


def wrong(path: Path, line: int, name: str, reason: str) -> BadInput:
    """Make the error that names file, line and field."""
    return BadInput(f"{path.name} line {line}, {name}", reason)


def read_places(path: Path, *, latlong: bool) -> dict[str, tuple[float, float]]:
    """Read a coordinates file: place, latitude and longitude, or x and y."""
    found: dict[str, tuple[float, float]] = {}
    for line, fields in _records(path, 3, 3):
        names = ("latitude", "longitude") if latlong else ("x", "y")
        one, two = (
            _number(path, line, name, text) for name, text in zip(names, fields[1:], strict=True)
        )
        if latlong and not -90 <= one <= 90:
            raise wrong(path, line, "latitude", f"{one:g} is not within ±90; is it the longitude?")
        if latlong and not -180 <= two <= 180:
            raise wrong(path, line, "longitude", f"{two:g} is not within ±180 degrees")
        before = found.setdefault(fields[0], (one, two))
        if before != (one, two):
            reason = f"{fields[0]} was at {before} before; keep one of the two"
            raise wrong(path, line, "place", reason)
    return found


def read_counts(path: Path, *, dated: bool | None, covariates: int | None, near: int) -> Records:
    """Read a case or control file: place, count, date where there is one, covariates.

    `dated`: whether there is a date, None to tell it from the number of fields.
    `covariates`: how many there are, None for any number. `near`: the year that years of
    two digits are to be near.
    """
    found = Records(path)
    known: dict[str, Moment] = {}
    for line, fields in _records(path, 2, 99):
        with_date = len(fields) > 2 + (covariates or 0) if dated is None else dated
        if with_date and len(fields) < 3:
            raise wrong(path, line, "date", "is missing; add it, or scan with --spatial-only")
        moment = None
        if with_date:
            text = fields[2]
            moment = known.get(text) or _moment(path, line, text, near)
            known[text] = moment
        rest = tuple(fields[2 + with_date :])
        if covariates is not None and len(rest) != covariates:
            reason = f"{len(rest)} for the {covariates} of the population file; make them the same"
            raise wrong(path, line, "covariates", reason)
        found.lines.append(line)
        found.places.append(fields[0])
        found.counts.append(_count(path, line, fields[1]))
        found.moments.append(moment)
        found.categories.append(rest)
    return found


def read_population(path: Path, *, near: int) -> People:
    """Read a population file: place, date, people, covariates.

    A year stands for its first of July and a month for its fifteenth, as in the reference.
    """
    found = People(path)
    width = 0
    for line, fields in _records(path, 3, 99):
        width = width or len(fields)
        if len(fields) != width:
            reason = f"{len(fields)} fields where the lines before have {width}"
            raise wrong(path, line, "covariates", reason)
        moment = _moment(path, line, fields[1], near)
        middle = {"year": {"month": 7, "day": 1}, "month": {"day": 15}, "day": {}}
        people = _number(path, line, "population", fields[2])
        if people < 0:
            raise wrong(path, line, "population", f"{people:g} is negative; it is 0 or more")
        found.lines.append(line)
        found.places.append(fields[0])
        found.days.append(moment.day.replace(**middle[moment.precision]))
        found.counts.append(people)
        found.categories.append(tuple(fields[3:]))
    return found


def read_shapes(path: Path) -> list[Shape]:
    """Read candidate shapes from GeoJSON: polygons, or `places` among a feature's properties.

    Outlines that cross themselves are mended. Raises BadInput for what is no area.
    """
    try:
        known = json.loads(_text(path))
        features = known["features"] if known.get("type") == "FeatureCollection" else [known]
    except (ValueError, AttributeError, KeyError) as error:
        raise BadInput(
            path.name, f"is no GeoJSON: {error}; save it as a FeatureCollection"
        ) from error
    return [_shape(path, k + 1, feature) for k, feature in enumerate(features)]


def _shape(path: Path, number: int, feature: dict[str, object]) -> Shape:
    where = f"{path.name} feature {number}"
    known = feature.get("properties")
    properties = known if isinstance(known, dict) else {}
    name = str(properties.get("name") or properties.get("id") or feature.get("id") or number)
    places = properties.get("places")
    if isinstance(places, list):
        return Shape(name, None, tuple(str(place) for place in places))
    geometry: Any = feature.get("geometry", feature)
    try:
        outline = shapely.make_valid(to_shape(geometry))
    except (ShapelyError, ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
        raise BadInput(where, f"has no outline that can be read: {error}") from error
    if outline.area <= 0:
        raise BadInput(where, "has no area; draw a polygon, or list its places in `places`")
    return Shape(name, outline)


def _text(path: Path) -> str:
    try:
        whole = path.read_bytes()
    except OSError as error:
        raise BadInput(path.name, f"cannot be read: {error.strerror}") from error
    try:
        return whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        return whole.decode("gb18030", errors="replace")


def _records(path: Path, least: int, most: int) -> Iterator[tuple[int, list[str]]]:
    """Give line number and fields of every line that is neither empty nor a comment."""
    some = False
    for number, line in enumerate(_text(path).splitlines(), start=1):
        if '"' in line:
            fields = [quoted or bare for quoted, bare in _QUOTED.findall(line)]
        else:
            fields = line.replace(",", " ").split()
        if not fields or line.lstrip()[0] in "#;":
            continue
        if not least <= len(fields) <= most:
            needs = f"{least}" if least == most else f"at least {least}"
            raise wrong(path, number, "fields", f"{len(fields)} where {needs} are needed")
        some = True
        yield number, fields
    if not some:
        raise BadInput(path.name, "is empty; it needs at least one record")


def _count(path: Path, line: int, text: str) -> int:
    try:
        count = int(text)
    except ValueError:
        raise wrong(path, line, "count", f"{text!r} is no whole number") from None
    if count < 0:
        raise wrong(path, line, "count", f"{count} is negative; counts are 0 or more")
    return count


def _number(path: Path, line: int, name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise wrong(path, line, name, f"{text!r} is no number") from None
    if not isfinite(number):
        raise wrong(path, line, name, f"{text!r} is no finite number")
    return number


def _moment(path: Path, line: int, text: str, near: int) -> Moment:
    try:
        return parse_moment(text, near)
    except ValueError as error:
        raise wrong(
            path, line, "date", f"{text!r} is no date ({error}); write 2001/11/22"
        ) from None


def parse_moment(text: str, near: int) -> Moment:
    """Read a date as SaTScan writes it; raises ValueError for what is none.

    A year of two digits is the one nearest to the year `near`. 11/22/2001 is read too.
    """
    match = _DATE.match(text)
    if match is None:
        raise ValueError("unknown form")
    first, second, third = match.groups()
    if third is not None and len(third) == 4:
        first, second, third = third, first, second
    year = int(first)
    if len(first) <= 2:
        year += 100 * round((near - year) / 100)
    if third is not None:
        return Moment(date(year, int(second), int(third)), "day")
    if second is not None:
        return Moment(date(year, int(second), 1), "month")
    return Moment(date(year, 1, 1), "year")
