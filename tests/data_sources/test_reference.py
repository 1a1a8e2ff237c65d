"""A city's tables: the shipped one, a folder of one's own, a mapping alone."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import box, mapping, shape

from data_sources.reference import CITIES, Reference, load_reference
from operations.categories import Answer, Choice, Question
from operations.errors import BadInput
from settings import Settings

CITY = """
code = "testcity"
name_zh = "测试市"
name_en = "Test City"
timezone = "Asia/Shanghai"
latitude = 37.5
longitude = 121.4
"""


@pytest.fixture(scope="module")
def yantai() -> Reference:
    return load_reference(Settings(city="yantai"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "city.toml").write_text(CITY, "utf-8")
    return tmp_path


def load(folder: Path, **more: object) -> Reference:
    return load_reference(Settings(city=str(folder), **more))


def refused(folder: Path, **more: object) -> str:
    with pytest.raises(BadInput) as raised:
        load(folder, **more)
    return str(raised.value)


def test_yantai_has_its_districts_towns_and_tables(yantai: Reference) -> None:
    assert (yantai.city_code, yantai.zone.key) == ("yantai", "Asia/Shanghai")
    assert len(yantai.districts) == 14
    assert len(yantai.towns) > 150
    english = {town.name_zh: town.name_en for town in yantai.towns}
    assert english["南长山街道"] == "Nanchangshan"
    assert english["吕格庄镇"] == "Lügezhuang"
    assert all(english.values())
    assert sum(town.latitude is not None for town in yantai.towns) > 85
    assert len(yantai.categories) > 40
    assert len(yantai.departments) > 40
    assert yantai.knows("district", "370681")
    assert not yantai.knows("district", "000000")
    assert yantai.knows("department", "water_bureau")
    assert not yantai.knows("cell", "370681")


def test_every_department_of_yantai_has_a_short_english_name_of_its_own(yantai: Reference) -> None:
    short = [one.short_en for one in yantai.departments]
    assert [one for one in short if not 0 < len(one) <= 16] == []
    assert len(set(short)) == len(short), "no two are told by the same word"


def test_only_the_two_functional_zones_have_no_outline(yantai: Reference) -> None:
    without = {one.name_zh for one in yantai.districts if not yantai.atlas.bounded(one.code)}
    assert without == {"黄渤海新区", "高新区"}


@pytest.mark.parametrize(
    ("latitude", "longitude", "district"),
    [
        (37.5390, 121.3910, "370602"),  # Zhifu, the old port
        (37.6030, 121.3757, "370602"),  # Zhifu island
        (37.5600, 121.5110, "370602"),  # Kongtong island, nearer to Laishan
        (37.6470, 120.5230, "370681"),  # Longkou
        (37.7850, 120.4480, "370681"),  # Sangdao, an island of Longkou
        (37.9300, 120.7290, "370634"),  # Changdao
        (38.3950, 120.9100, "370634"),  # its northernmost island
        (37.8080, 120.7590, "370614"),  # Penglai
        (37.1800, 119.9400, "370683"),
        (36.9700, 120.7100, "370682"),
        (37.3600, 120.4000, "370685"),
        (37.3050, 120.8270, "370686"),
        (36.7760, 121.1590, "370687"),
        (37.3870, 121.6000, "370612"),
        (37.4960, 121.2580, "370611"),
        (37.4000, 121.4400, "370613"),
        (36.9200, 121.5300, None),  # Rushan, of Weihai
        (38.9100, 121.6000, None),  # Dalian
        (36.8600, 120.5300, None),  # Laixi, of Qingdao
    ],
)
def test_known_points_of_yantai_lie_where_they_do(
    yantai: Reference, latitude: float, longitude: float, district: str | None
) -> None:
    assert yantai.atlas.locate(latitude, longitude) == district


@pytest.mark.parametrize(
    ("address", "district", "town"),
    [
        ("山东省烟台市芝罘区毓璜顶街道", "370602", "毓璜顶街道"),
        ("莱山区初家街道观海路", "370613", "初家街道"),
        ("龙口市东江街道", "370681", "东江街道"),
        ("黄渤海新区古现街道", "370676", "古现街道"),
        ("烟台开发区长江路77号", "370676", None),
        ("烟台市高新区马山街道", "370671", "马山街道"),
        ("长岛南长山街道", "370634", "南长山街道"),
        ("招远市辛庄镇", "370685", "辛庄镇"),
        ("蓬莱", "370614", None),
        ("烟台市海阳路", None, None),
    ],
)
def test_addresses_of_yantai_are_understood(
    yantai: Reference, address: str, district: str | None, town: str | None
) -> None:
    names = {one.code: one.name_zh for one in yantai.towns}
    found, found_town = yantai.atlas.find_in_address(address)
    assert (found, names.get(found_town or "")) == (district, town)


def test_every_known_town_point_lies_in_its_district(yantai: Reference) -> None:
    outside = [
        town.name_zh
        for town in yantai.towns
        if town.latitude is not None
        and town.longitude is not None
        and yantai.atlas.bounded(town.district)
        and yantai.atlas.locate(town.latitude, town.longitude) != town.district
    ]
    assert outside == []


def test_districts_do_not_overlap_and_leave_no_gap_between_them() -> None:
    features = json.loads((CITIES / "yantai" / "districts.geojson").read_text("utf-8"))["features"]
    shapes = [shape(one["geometry"]) for one in features]
    assert all(one.is_valid for one in shapes)
    whole = shapely.union_all(shapes)
    assert sum(one.area for one in shapes) - whole.area < 1e-6
    holes = [ring for part in shapely.get_parts(whole) for ring in part.interiors]
    assert sum(shapely.Polygon(ring).area for ring in holes) < 1e-6


def test_the_supply_zone_is_made_up_and_lies_in_longkou(yantai: Reference) -> None:
    (zone,) = yantai.zones
    assert (zone.code, zone.district, zone.made_up) == ("nanshan", "370681", True)
    corners = shapely.get_coordinates(zone.outline)
    assert {yantai.atlas.locate(lat, lon) for lon, lat in corners} == {"370681"}
    assert len(zone.places) >= 12
    assert all(zone.holds(one.latitude, one.longitude) for one in zone.places)
    assert max(Counter(one.name_zh for one in zone.places).values()) == 1


def test_the_published_calendar_is_known(yantai: Reference) -> None:
    calendar = yantai.calendar
    assert not calendar.is_working_day(date(2026, 10, 1))
    assert calendar.is_working_day(date(2026, 10, 10))
    name = calendar.day_name(date(2026, 10, 1))
    assert name is not None
    assert (name.zh, name.en) == ("国庆节", "National Day")
    assert calendar.last_known_day is not None
    assert calendar.last_known_day >= date(2026, 12, 31)


def test_a_city_known_by_its_mapping_grows_from_its_tickets() -> None:
    boston = load_reference(Settings(city="mapping:boston311"))
    assert (boston.city_code, boston.name_zh, boston.zone.key) == (
        "boston",
        "波士顿",
        "America/New_York",
    )
    assert boston.fallback_points == ((42.3594, -71.0587),)
    assert not boston.districts
    assert boston.atlas.locate(*boston.centre) is None
    assert boston.knows("district", "Dorchester")
    assert boston.knows("department", "PWDx")
    assert boston.categories.named("Pothole").name_en == "Pothole"
    assert boston.calendar.is_working_day(date(2026, 10, 1))


def test_a_folder_of_ones_own_is_a_city(folder: Path) -> None:
    (folder / "city.toml").write_text(
        CITY + '[working_days]\n"2026-11-24" = false\n'
        '[[district]]\ncode = "d"\nname_zh = "东区"\nname_en = "East"\n'
        "latitude = 1\nlongitude = 1\n",
        "utf-8",
    )
    (folder / "towns.csv").write_text(
        "# remark\ncode,name_zh,district,latitude,longitude\nt,甲镇,d,,\n", "utf-8"
    )
    city = load(folder)
    assert city.towns[0].latitude is None
    assert not city.calendar.is_working_day(date(2026, 11, 24))
    assert city.atlas.find_in_address("东区甲镇") == ("d", "t")
    assert load(folder, timezone="Asia/Tokyo").zone.key == "Asia/Tokyo"


def test_a_category_may_ask_and_may_be_hidden(folder: Path) -> None:
    (folder / "categories.toml").write_text(
        """
        [[category]]
        code = "tree"
        name_zh = "树"
        name_en = "Tree"
        public = false
        [[category.questions]]
        code = "SIZE"
        name_zh = "大小"
        name_en = "Size"
        answer = "singlevaluelist"
        required = true
        choices = [{ key = "s", name_zh = "小", name_en = "Small" }]
        """
    )
    tree = load(folder).categories.get("tree")
    assert tree is not None
    assert not tree.public
    asked = (Choice("s", "小", "Small"),)
    assert tree.questions == (
        Question("SIZE", "大小", "Size", Answer.ONE_OF, required=True, choices=asked),
    )


def test_boundaries_of_ones_own_replace_the_shipped(tmp_path: Path) -> None:
    path = tmp_path / "own.geojson"
    about = {"code": "back_bay", "name_en": "Back Bay", "name_zh": "后湾"}
    feature = {
        "type": "Feature",
        "properties": about,
        "geometry": mapping(box(-71.10, 42.34, -71.06, 42.36)),
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    city = load_reference(Settings(city="mapping:boston311", boundaries=path))
    assert city.atlas.locate(42.35, -71.08) == "back_bay"
    assert [one.name_en for one in city.districts] == ["Back Bay"]
    assert np.allclose((city.districts[0].latitude, city.districts[0].longitude), (42.35, -71.08))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("city.toml", "code = ", "city.toml: is not TOML"),
        ("city.toml", CITY.replace("Test City", ""), "city.toml: name_en: must be a text"),
        ("city.toml", CITY.replace("Asia/Shanghai", "Mars/Base"), "timezone: 'Mars/Base'"),
        ("city.toml", CITY.replace("37.5", "137.5"), "centre: lies off the earth"),
        ("city.toml", CITY + 'calendar = "moon"\n', "calendar: unknown 'moon'"),
        ("city.toml", CITY + "fallback_points = [[1]]\n", "fallback_points: must be [latitude"),
        ("city.toml", CITY + '[working_days]\n"1.1." = false\n', "'1.1.' is no date"),
        ("city.toml", CITY + '[[district]]\ncode = "1"\n', "district 1: name_zh"),
        ("categories.toml", '[[category]]\ncode = "a"\n', "category 1: name_zh"),
        (
            "departments.toml",
            '[[department]]\ncode = "a"\nname_zh = "甲"\nname_en = "A"\ndistrict = "9"\n',
            "there is no district '9'",
        ),
        (
            "categories.toml",
            '[[category]]\ncode = "a"\nname_zh = "甲"\nname_en = "A"\n' * 2,
            "'a' is there more than once",
        ),
        ("towns.csv", "code,name_zh,district,latitude,longitude\n1,甲,d,x,\n", "row 1: latitude"),
        ("districts.geojson", "{}", "districts.geojson: is not GeoJSON"),
        ("zones.toml", '[[zone]]\ncode = "z"\n', "zone 1: is not complete"),
    ],
)
def test_what_cannot_be_used_is_named_by_file_and_field(
    folder: Path, name: str, text: str, said: str
) -> None:
    (folder / name).write_text(text, "utf-8")
    assert said in refused(folder)


def test_outlines_in_metres_are_refused(folder: Path) -> None:
    geometry = mapping(box(13_500_000, 4_500_000, 13_600_000, 4_600_000))
    feature = {"type": "Feature", "properties": {"code": "d"}, "geometry": geometry}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (folder / "districts.geojson").write_text(text, "utf-8")
    assert "must be in degrees" in refused(folder)


def test_a_city_that_is_not_there_is_named() -> None:
    with pytest.raises(BadInput, match="shipped are yantai"):
        load_reference(Settings(city="atlantis"))
    with pytest.raises(BadInput, match="cannot stand for a city"):
        load_reference(Settings(city="mapping:hotline12345"))
    with pytest.raises(BadInput, match="cannot be read"):
        load_reference(Settings(city="mapping:atlantis"))


@pytest.mark.parametrize(("zone", "number"), [("Asia/Shanghai", "12345"), ("America/New_York", "")])
def test_only_a_chinese_city_is_called_on_12345(zone: str, number: str) -> None:
    assert load_reference(Settings(timezone=zone)).hotline == number
