"""The shipped map, and maps of one's own."""

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import box, mapping, shape
from shapely.geometry.base import BaseGeometry

from data_sources.basemap import LAYERS, Basemap, load_basemap
from data_sources.reference import CITIES, load_reference
from settings import Settings

YANTAI = Settings(city="yantai")


@pytest.fixture(scope="module")
def basemap() -> Basemap:
    return load_basemap(YANTAI)


def features(basemap: Basemap, name: str) -> list[dict[str, Any]]:
    body = basemap.layer(name)
    assert body is not None
    return json.loads(body)["features"]


def shapes(basemap: Basemap, name: str) -> dict[str, BaseGeometry]:
    return {one["properties"]["code"]: shape(one["geometry"]) for one in features(basemap, name)}


def test_yantai_has_every_layer_with_origin_and_licence(basemap: Basemap) -> None:
    assert basemap.layers == LAYERS
    for name in LAYERS:
        said = json.loads(basemap.layer(name) or b"")
        assert "示意图" in said["note"]
        assert said["attribution_zh"]
        assert said["attribution_en"]
        assert "MIT" in said["licence"]
        assert all(one["properties"]["name_zh"] for one in said["features"])
    assert "天地图" in basemap.attribution_zh
    assert "GSHHG" in basemap.attribution_en


def test_the_whole_map_stays_small(basemap: Basemap) -> None:
    assert sum(len(basemap.layer(name) or b"") for name in LAYERS) < 600_000


def test_an_etag_follows_the_layer(basemap: Basemap) -> None:
    assert len({basemap.etag(name) for name in LAYERS}) == len(LAYERS)
    assert basemap.etag("land") == load_basemap(YANTAI).etag("land")
    assert basemap.layer("moon") is None


def test_the_view_holds_the_city_and_not_much_more(basemap: Basemap) -> None:
    assert basemap.view is not None
    south, west, north, east = basemap.view
    assert (round(south, 1), round(west, 1), round(north, 1), round(east, 1)) == (
        36.6,
        119.5,
        38.4,
        121.9,
    )


def test_districts_fill_the_land_without_gap_or_overlap(basemap: Basemap) -> None:
    (land,) = shapes(basemap, "land").values()
    drawn = list(shapes(basemap, "districts").values())
    whole = shapely.union_all(drawn)
    assert land.difference(whole.buffer(2e-5)).area < 1e-7
    assert whole.difference(land.buffer(2e-5)).area < 1e-7
    assert sum(one.area for one in drawn) - whole.area < 1e-5
    assert land.area == pytest.approx(1.39, rel=0.02)  # square degrees, as the surveyed outlines


def test_neighbours_do_not_cover_the_city(basemap: Basemap) -> None:
    (land,) = shapes(basemap, "land").values()
    around = shapes(basemap, "neighbours")
    names = {one["properties"]["name_zh"] for one in features(basemap, "neighbours")}
    assert {"青岛市", "威海市", "潍坊市", "大连市"} <= names
    assert all(one["properties"]["name_en"] for one in features(basemap, "neighbours"))
    assert sum(land.intersection(one).area for one in around.values()) < 1e-5


def test_the_drawn_districts_are_where_points_are_assigned(basemap: Basemap) -> None:
    atlas = load_reference(YANTAI).atlas
    for code, drawn in shapes(basemap, "districts").items():
        inside = shapely.get_coordinates(drawn.representative_point())[0]
        assert atlas.locate(inside[1], inside[0]) == code


def test_names_stand_on_their_own_land_and_do_not_crowd(basemap: Basemap) -> None:
    land, (whole,) = shapes(basemap, "districts"), shapes(basemap, "land").values()
    boxes = []
    for one in features(basemap, "labels"):
        about, (lon, lat) = one["properties"], one["geometry"]["coordinates"]
        wide = 0.014 * len(about["name_zh"])  # about what a name takes with 600 pixels for the view
        boxes.append((about["name_zh"], box(lon - wide, lat - 0.025, lon + wide, lat + 0.025)))
        if about["kind"] == "district":
            assert land.get(about["code"], whole).intersects(shapely.Point(lon, lat)), about
    crowded = [
        (a, b) for (a, first), (b, second) in combinations(boxes, 2) if first.intersects(second)
    ]
    assert crowded == []


def test_a_city_without_outlines_has_an_empty_map() -> None:
    assert load_basemap(Settings(city="mapping:boston311")) == Basemap()
    assert Basemap().view is None
    assert Basemap().layers == ()


def test_boundaries_of_ones_own_become_the_districts(tmp_path: Path) -> None:
    path = tmp_path / "own.geojson"
    feature = {
        "type": "Feature",
        "properties": {"name_zh": "甲"},
        "geometry": mapping(box(121.0, 37.0, 122.0, 38.0)),
    }
    own = {"type": "FeatureCollection", "attribution_zh": "市局", "features": [feature]}
    path.write_text(json.dumps(own), "utf-8")
    made = load_basemap(Settings(city="mapping:boston311", boundaries=path))
    assert (made.layers, made.view) == (("districts", "labels"), (37.0, 121.0, 38.0, 122.0))
    assert (made.attribution_zh, made.attribution_en) == ("市局", "")
    (drawn,) = features(made, "districts")
    assert drawn["properties"] == {"code": "甲", "name_zh": "甲", "name_en": "甲"}
    (name,) = features(made, "labels")
    assert name["geometry"]["coordinates"] == [121.5, 37.5]
    shipped = load_basemap(Settings(city="yantai", boundaries=path))
    assert features(shipped, "districts") == [drawn]
    assert features(shipped, "labels") == [name]
    assert "land" in shipped.layers


def test_a_folder_without_a_basemap_shows_its_outlines(tmp_path: Path) -> None:
    for name in ("city.toml", "districts.geojson"):
        (tmp_path / name).write_bytes((CITIES / "yantai" / name).read_bytes())
    made = load_basemap(Settings(city=str(tmp_path)))
    assert made.layers == ("districts", "labels")
    assert made.view is not None
