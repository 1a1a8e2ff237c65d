"""Coordinates, districts, towns and cells."""

import time

import coord_convert.transform as oracle
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon, box

from operations.errors import BadInput
from operations.places import (
    Atlas,
    District,
    Town,
    Zone,
    cell_centre,
    cell_of,
    cell_parent,
    from_wgs84,
    to_wgs84,
)

M_PER_DEGREE = 111_195.0
DISTRICTS = (
    District("1", "芝罘区", "Zhifu", 37.52, 121.37),
    District("2", "龙口市", "Longkou", 37.6, 120.5),
    District("3", "黄渤海新区", "Huangbohai", 37.58, 121.13, ("开发区", "烟台开发区")),
    District("4", "海阳市", "Haiyang", 36.8, 121.1),
    District("5", "莱山区", "Laishan", 37.35, 121.42),
)
TOWNS = (
    Town("101", "黄务街道", "1"),
    Town("102", "幸福街道", "1", 37.568, 121.344),
    Town("103", "芝罘岛街道", "1", 37.603, 121.376),
    Town("201", "北马镇", "2", 37.61, 120.38),
    Town("202", "温泉街道", "2"),
    Town("301", "古现街道", "3"),
    Town("401", "温泉街道", "4"),
    Town("501", "莱山街道", "5"),
)
ATLAS = Atlas(
    DISTRICTS,
    TOWNS,
    {
        "1": box(121.27, 37.41, 121.44, 37.61),
        "2": Polygon([(120.2, 37.5), (120.7, 37.5), (120.45, 37.75)]),
    },
)


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    shrink = np.cos(np.radians(a[0]))
    return float(np.hypot(a[0] - b[0], (a[1] - b[1]) * shrink)) * M_PER_DEGREE


china = st.tuples(st.floats(18.0, 53.0), st.floats(74.0, 134.0))


@given(china)
def test_gcj02_and_bd09_are_what_everybody_computes(point: tuple[float, float]) -> None:
    latitude, longitude = point
    gcj, bd = from_wgs84(*point, "GCJ-02"), from_wgs84(*point, "BD-09")
    assert metres(gcj, oracle.wgs2gcj(longitude, latitude)[::-1]) < 1e-3
    assert metres(bd, oracle.wgs2bd(longitude, latitude)[::-1]) < 1e-3


@pytest.mark.parametrize("crs", ["GCJ-02", "BD-09"])
@given(point=china)
def test_the_way_back_ends_where_it_began(crs: str, point: tuple[float, float]) -> None:
    assert metres(point, to_wgs84(*from_wgs84(*point, crs), crs)) < 1e-6


@pytest.mark.parametrize(
    ("crs", "least_m", "most_m"), [("GCJ-02", 400, 550), ("BD-09", 1150, 1400)]
)
def test_yantai_is_shifted_as_far_as_measured(crs: str, least_m: float, most_m: float) -> None:
    for point in [
        (37.54, 121.39),
        (37.65, 120.32),
        (36.8, 121.15),
        (38.39, 120.91),
        (37.05, 119.67),
    ]:
        assert least_m < metres(point, from_wgs84(*point, crs)) < most_m


def test_outside_china_gcj02_is_wgs84() -> None:
    assert to_wgs84(42.3594, -71.0587, "GCJ-02") == (42.3594, -71.0587)


def test_an_unknown_system_is_refused() -> None:
    with pytest.raises(BadInput, match="accepted are WGS84"):
        to_wgs84(37.5, 121.4, "CGCS9999")


def test_a_point_lies_in_the_district_whose_outline_holds_it() -> None:
    assert ATLAS.locate(37.52, 121.37) == "1"
    assert ATLAS.locate(37.61, 121.37) == "1"  # on the edge
    assert ATLAS.locate(37.74, 120.25) is None  # in the box of a district, not in it
    assert ATLAS.locate(36.0, 121.37) is None


def test_many_points_are_located_as_each_alone() -> None:
    rng = np.random.default_rng(7)
    lat, lon = rng.uniform(37.3, 37.9, 3000), rng.uniform(120.0, 121.6, 3000)
    many = ATLAS.locate_many(lat, lon)
    assert many.tolist() == [ATLAS.locate(a, b) for a, b in zip(lat, lon, strict=True)]
    assert {None, "1", "2"} == set(many)


def test_a_million_points_are_located_in_a_second() -> None:
    rng = np.random.default_rng(7)
    lat, lon = rng.uniform(37.3, 37.9, 1_000_000), rng.uniform(120.0, 121.6, 1_000_000)
    start = time.process_time()
    ATLAS.locate_many(lat, lon)
    assert time.process_time() - start < 3  # 0.2 s alone; others may be at work here


def test_an_atlas_without_outlines_locates_nothing() -> None:
    empty = Atlas()
    assert empty.locate(42.36, -71.06) is None
    assert empty.locate_many([42.36], [-71.06]).tolist() == [None]
    assert empty.find_in_address("1 City Hall Square") == (None, None)
    assert not empty.bounded("1")
    assert ATLAS.bounded("1")
    assert not ATLAS.bounded("3")


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("山东省烟台市芝罘区黄务街道山海路117号", ("1", "101")),
        ("芝罘南大街", ("1", None)),
        ("黄务街道办事处附近", ("1", "101")),
        ("龙口市北马迟家村", ("2", "201")),
        ("龙口北马镇", ("2", "201")),
        ("烟台开发区长江路", ("3", None)),
        ("福山区古现街道", ("3", "301")),  # a town implies its district
        ("海阳路12号", (None, None)),  # a road in Zhifu, not the city of Haiyang
        ("芝罘区海阳路12号", ("1", None)),
        ("海阳东村", ("4", None)),
        ("海阳市温泉街道", ("4", "401")),
        ("温泉街道", (None, None)),  # two towns bear the name
        ("幸福路1号", (None, None)),
        ("芝罘区幸福路1号", ("1", None)),
        ("芝罘区幸福街道", ("1", "102")),
        ("芝罘区芝罘岛东口", ("1", "103")),
        ("莱山街道", ("5", "501")),
        ("", (None, None)),
        ("波士顿", (None, None)),
    ],
)
def test_an_address_names_its_district_and_town(
    address: str, found: tuple[str | None, str | None]
) -> None:
    assert ATLAS.find_in_address(address) == found


def test_a_zone_holds_what_lies_in_it() -> None:
    zone = Zone("z", "供水区", "Supply zone", "water", "2", box(120.4, 37.5, 120.5, 37.6))
    assert zone.holds(37.55, 120.45)
    assert not zone.holds(37.65, 120.45)


def test_a_cell_holds_its_centre_and_lies_in_its_parent() -> None:
    cell = cell_of(37.54, 121.39)
    centre = cell_centre(cell)
    assert cell_of(*centre) == cell
    assert metres(centre, (37.54, 121.39)) < 2500
    assert cell_parent(cell, 6) == cell_parent(cell_of(*centre), 6)
    assert metres(cell_centre(cell_parent(cell, 6)), centre) < 4500


def test_an_outline_may_have_holes() -> None:
    ring = shapely.difference(box(0, 0, 3, 3), box(1, 1, 2, 2))
    holed = Atlas([District("1", "甲区", "A", 0.5, 0.5)], [], {"1": ring})
    assert holed.locate(0.5, 0.5) == "1"
    assert holed.locate(1.5, 1.5) is None
