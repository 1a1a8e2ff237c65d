from datetime import date
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from callbacks.names import named_days, place_name, short_names
from callbacks.pages import asked_language, screen
from callbacks.wall import face
from operations.calendar import DayName, WorkCalendar
from operations.departments import Department, DepartmentTable
from operations.places import District
from tests.desk import desk


def thing(code: str, name: str) -> Any:
    return SimpleNamespace(code=code, name_zh=name, name_en="")


@pytest.fixture
def sources() -> Any:
    departments = DepartmentTable(
        [
            Department("housing", "市住房和城乡建设局", "Housing", ("住建局", "市住建局")),
            Department("water", "市水务局", "Water", ("水务局",)),
        ]
    )
    known = {"district": {"370681"}, "department": {"housing", "water"}}
    calendar = WorkCalendar(
        holidays={date(2026, 10, 1): DayName("国庆节", "National Day")},
        make_up=frozenset({date(2026, 10, 10)}),
    )
    reference = SimpleNamespace(
        city_code="yantai",
        name_zh="烟台市",
        name_en="Yantai",
        zone=ZoneInfo("Asia/Shanghai"),
        hotline="12345",
        centre=(37.4, 121.0),
        districts=(District("370681", "龙口市", "Longkou", 37.65, 120.48),),
        departments=departments,
        categories=(thing("water_yellow", "自来水发黄"),),
        calendar=calendar,
        knows=lambda kind, code: code in known[kind],
        targets={"on_time_rate": 0.95},
    )
    settings = SimpleNamespace(
        language="zh",
        demo=True,
        wall_distance_m=4.0,
        wall_pitch_mm=0.634,
        wall_rotation="overview:30,map:20",
        wall_jump_s=45,
        few_cases=20,
        tile_url=None,
        tile_attribution="",
    )
    basemap = SimpleNamespace(
        view=(36.2, 119.5, 38.4, 122.0),
        layers=("land",),
        attribution_zh="天地图",
        attribution_en="Tianditu",
    )
    return SimpleNamespace(reference=reference, settings=settings, basemap=basemap)


def looks(component: Any) -> str:
    return str(component.className)


@pytest.mark.parametrize(
    ("path", "look"),
    [
        ("/", "home"),
        ("/wall", "wall"),
        ("/wall/", "wall"),
        ("/wall/city", "wall"),
        ("/wall/district-370681", "wall"),
        ("/wall/department-water", "wall"),
        ("/wall/district-999999", "home home-lost"),
        ("/wall/nonsense", "home home-lost"),
        ("/wall/district-", "home home-lost"),
        ("/wall/city/more", "home home-lost"),
        ("/somewhere", "home home-lost"),
    ],
)
def test_every_address_has_a_screen(sources: Any, path: str, look: str) -> None:
    assert looks(screen(sources, desk(), path, "")) == look


def test_a_scope_arrives_percent_encoded(sources: Any) -> None:
    sources.reference.knows = lambda _kind, _code: True
    shown = screen(sources, desk(), "/wall/department-%E5%B8%82%E6%B0%B4%E5%8A%A1", "")
    assert shown.to_plotly_json()["props"]["data-scope"] == "department-市水务"


def test_language_is_the_asked_one_else_the_setting() -> None:
    assert asked_language("?lang=en", "zh") == "en"
    assert asked_language("?lang=klingon", "zh") == "zh"
    assert asked_language("", "en") == "en"


def test_face_carries_language_type_and_credits(sources: Any) -> None:
    shown = face(sources, "district-370681", "", "en")
    assert shown is not None
    assert shown.place.told("en") == "Longkou"
    assert shown.map.attribution == "Tianditu"
    assert shown.type_scale["--body"] == "41px"
    assert shown.zone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("search", "body"),
    [
        ("?distance=6&pitch=0.634", "61px"), ("?distance=6", "61px"), ("?pitch=1.25", "21px"),
        ("?distance=-6&pitch=nan", "41px"), ("?distance=51", "41px"), ("?distance=far", "41px"),
    ],
)  # fmt: skip
def test_an_address_sets_the_size_of_the_letters(sources: Any, search: str, body: str) -> None:
    told = face(sources, "city", search, "zh")
    assert told is not None
    assert told.type_scale["--body"] == body


def test_face_carries_the_program_of_scenes(sources: Any) -> None:
    told = face(sources, "city", "", "zh")
    assert told is not None
    assert told.facts()["rotation"] == "overview:30,map:20"
    assert told.facts()["jump_s"] == 45


def test_a_city_without_tables_shows_what_its_tickets_bring(sources: Any) -> None:
    sources.reference.knows = lambda _kind, _code: True
    assert place_name(sources.reference, "district-Dorchester").told("en") == "Dorchester"
    assert place_name(sources.reference, "street-Dorchester") is None


def test_holidays_and_make_up_days_have_names(sources: Any) -> None:
    assert named_days(sources.reference, "zh") == {
        "2026-10-01": "国庆节",
        "2026-10-10": "调休上班",
    }
    assert named_days(sources.reference, "en")["2026-10-01"] == "National Day"


def test_a_long_department_goes_by_its_everyday_name(sources: Any) -> None:
    assert short_names(sources.reference, "zh") == {"housing": "市住建局"}


def test_in_english_it_goes_by_the_short_name_its_city_gives_it(sources: Any) -> None:
    assert short_names(sources.reference, "en") == {}, "a city may leave them out"
    whole = Department("urban", "市城管局", "Urban Bureau", short_en="Urban Bureau")
    named = Department("works", "市建设交通局", "Bureau of Works and Transport", short_en="Works")
    sources.reference.departments = DepartmentTable([whole, named])
    assert short_names(sources.reference, "en") == {"works": "Works"}
    told = face(sources, "city", "", "en")
    assert told is not None
    assert told.facts()["short_names"] == {"works": "Works"}


def test_chips_know_every_name(sources: Any) -> None:
    told = face(sources, "city", "", "en")
    assert told is not None
    assert told.names["district"] == {"370681": "Longkou"}
    assert told.names["category"] == {"water_yellow": "自来水发黄"}
    assert told.category_codes == {"自来水发黄": "water_yellow"}
