"""Numbers and times as people say them, and a page that says what it may and no more."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from callbacks.desk import face as face_of
from layouts.evidence import telling
from layouts.evidence.face import EvidenceFace
from layouts.evidence.place import bounds, centre
from layouts.wording import Language
from tests.builders import NOW
from tests.clusters import CENTRE
from tests.desk import desk, sources

START = (NOW - timedelta(hours=6)).isoformat()


def face(language: Language = "zh") -> EvidenceFace:
    return face_of(sources(), desk(), language, around=CENTRE)


def told(**changes: Any) -> dict[str, Any]:
    plain = {
        "withheld": False, "callers": 12, "expected": 0.9, "start": START, "extent": "circle",
        "place": None, "radius_km": 0.5, "recurrence_d": 400.0, "district": "370681",
        "category": "water_quality", "latitude": CENTRE[0], "longitude": CENTRE[1],
        "members": {"places": [], "withheld": 0}, "neighbours": {"places": [], "withheld": 0},
    }  # fmt: skip
    return plain | changes


def test_the_sentence_is_the_one_the_wall_says() -> None:
    assert telling.sentence(told(), face()) == (
        "12 起，预期 0.9 · 始于 11-24 04:00 · 0.5 km · 重现期 > 1 年"
    )
    assert telling.sentence(told(), face("en")) == (
        "12 callers, 0.9 expected · since 24 Nov 04:00 · 0.5 km · recurrence > 1 y"
    )
    assert telling.named(told(), face()) == "龙口市 · 自来水发黄"
    assert telling.named(told(district=None), face("en")) == "Yantai · Yellow water"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0.2, "不到 1 天"),
        (120.4, "约 120 天"),
        (365, "> 1 年"),
        (3650, "> 10 年"),
        (1e6, "> 100 年"),
    ],
)  # fmt: skip
def test_recurrence_is_said_as_far_as_it_is_known(days: float, said: str) -> None:
    assert telling.recurrence(days, face()) == said


@pytest.mark.parametrize(
    ("extent", "place", "said"),
    [
        ("zone", "nanshan", "南山供水区"), ("town", "370681104", "芦头镇"),
        ("district", "370681", "全区市范围"), ("city", None, "全市范围"),
        ("circle", None, "0.5 km"),
    ],
)  # fmt: skip
def test_reach_is_named_by_what_it_fills(extent: str, place: str | None, said: str) -> None:
    assert telling.reach(told(extent=extent, place=place), face()) == said


def test_small_things_are_said_plainly() -> None:
    assert telling.kilometres(0.0, face()) == "同一地点"
    assert telling.expected(0.04, face()) == "< 0.1"
    assert telling.expected(0.94, face()) == "0.9"
    assert telling.expected(12.4, face()) == "12"
    assert telling.length(0.5, face()) == "30 分钟"
    assert telling.length(6.0, face()) == "6 小时"
    assert telling.length(72, face("en")) == "3 d"
    assert telling.probability(1e-7) == "< 0.0001"
    assert telling.probability(0.0123) == "0.0123"
    assert telling.share(0.955) == "96"


def test_another_year_is_said() -> None:
    assert telling.moment("2025-07-12T06:00:00+00:00", face()) == "2025-07-12 14:00"
    assert telling.moment("2025-07-12T06:00:00+00:00", face("en")) == "12 Jul 2025 14:00"
    assert telling.zone_name(face()) == "Asia/Shanghai, UTC+8"


def test_the_map_holds_the_shape_and_those_near_by() -> None:
    near, far = [CENTRE[0] + 0.02, CENTRE[1], 5], [CENTRE[0] + 2, CENTRE[1], 5]
    south, west, north, east = bounds(told(neighbours={"places": [near, far], "withheld": 0}))
    assert south < CENTRE[0] < north
    assert west < CENTRE[1] < east
    assert north == near[0]


def test_the_centre_is_told_from_what_has_a_name() -> None:
    assert centre(told(), face()) == "中心在松泉花园附近。"
    away = told(latitude=CENTRE[0] - 0.01)
    assert centre(away, face("en")) == "Its centre is about 1.1 km south of 松泉花园."
    assert centre(told(extent="city"), face()) == ""


def test_no_style_of_this_page_touches_another() -> None:
    """Every sheet is on every page: a rule begins with a class no other sheet knows."""
    assets = Path(__file__).parents[2] / "assets"
    own = sorted(assets.glob("*evidence*.css"))
    others = "".join(path.read_text("utf-8") for path in assets.glob("*.css") if path not in own)
    known = set(re.findall(r"\.([a-z][\w-]*)", others))
    for path in own:
        for first in re.findall(r"^ *([.:\[a-z][^{@,;]*)[,{]", path.read_text("utf-8"), re.M):
            begun = re.match(r"\.([\w-]+)", first)
            if begun is not None:
                assert begun[1] not in known, (path.name, first)
