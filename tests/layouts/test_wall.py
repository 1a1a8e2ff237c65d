import json
from typing import Any

import pytest

from layouts import ids
from layouts.face import Face, MapFace, Name
from layouts.home import home, not_found
from layouts.shell import index_string, page
from layouts.wall import wall

YANTAI = Name("yantai", "烟台市", "Yantai")
MAP = MapFace(centre=(37.4, 121.0), bounds=(36.2, 119.5, 38.4, 122.0), layers=("land", "labels"))


def face(**changes: Any) -> Face:
    plain: dict[str, Any] = {
        "scope": "city",
        "language": "zh",
        "city": YANTAI,
        "place": YANTAI,
        "zone": "Asia/Shanghai",
        "map": MAP,
    }
    return Face(**{**plain, **changes})


def drawn(component: Any) -> list[dict[str, Any]]:
    """List every component with its attributes, as Dash sends them."""
    found: list[dict[str, Any]] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if "props" in node:
                found.append(node["props"] | {"type": node["type"]})
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(json.loads(json.dumps(component, default=lambda one: one.to_plotly_json())))
    return found


def marked(component: Any, attribute: str) -> set[str]:
    return {props[attribute] for props in drawn(component) if attribute in props}


def test_every_number_has_its_place() -> None:
    assert marked(wall(face()), "data-kpi") == {
        "opened_today", "closed_today", "open_now", "overdue_now", "urgent_open",
        "unassigned_now", "on_time_rate", "solved_rate", "satisfaction_rate", "opened_last_hour",
    }  # fmt: skip


def test_every_section_has_its_panel_and_none_starts_fresh() -> None:
    shown = wall(face())
    assert marked(shown, "data-panel") == {
        "totals", "volume", "categories", "districts", "cells", "departments", "recent",
        "channels", "clusters", "alarms", "duties", "incidents",
    }  # fmt: skip
    assert marked(shown, "data-state") == {"late"}


def test_demo_is_marked_and_only_demo() -> None:
    def shows(component: Any) -> bool:
        return any("demo" in str(props.get("className", "")) for props in drawn(component))

    assert shows(wall(face(demo=True)))
    assert not shows(wall(face(demo=False)))


def test_map_has_centre_and_zoom_and_no_tiles_of_others() -> None:
    """`bounds` alone throws, and a bare TileLayer asks a public server (dash-leaflet 1.1.3)."""
    parts = drawn(wall(face()))
    container = next(props for props in parts if props["type"] == "MapContainer")
    assert container["center"] == [37.4, 121.0]
    assert container["zoom"] > 0
    assert not any(props["type"] == "TileLayer" for props in parts)


def test_own_tiles_are_used_where_they_are_set() -> None:
    own = MapFace(centre=(37.4, 121.0), tile_url="/tiles/{z}/{x}/{y}.png", tile_attribution="GS")
    parts = drawn(wall(face(map=own)))
    assert [props["url"] for props in parts if props["type"] == "TileLayer"] == [own.tile_url]
    assert any(props.get("children") == "GS" for props in parts)


def test_page_gives_its_scripts_their_words() -> None:
    facts = next(
        props for props in drawn(wall(face(language="en"))) if props.get("id") == ids.PAGE_FACTS
    )
    told = json.loads(facts["children"])
    assert told["scope"] == "city"
    assert told["zone"] == "Asia/Shanghai"
    assert told["words"]["line_cut"].startswith("line")


def test_what_narrows_can_be_reached_by_key() -> None:
    narrowing = [props for props in drawn(wall(face())) if "data-narrow" in props]
    assert {props["data-value"] for props in narrowing} == {"overdue", "urgent", "unassigned"}
    for props in narrowing:
        assert (props["role"], props["tabIndex"], props["aria-pressed"]) == ("button", 0, "false")


def test_known_pitch_sets_the_type() -> None:
    root = drawn(wall(face(type_scale={"--body": "41px"})))[0]
    assert root["style"] == {"--body": "41px"}


def test_home_leads_to_every_wall_with_encoded_scopes() -> None:
    odd = Name("养马岛/度假区", "养马岛/度假区")
    links = marked(home(YANTAI, [odd], [odd], language="en", demo=False), "href")
    assert "/wall?lang=en" in links
    assert any(link.startswith("/wall/district-%E5%85%BB") and "%2F" in link for link in links)


def test_a_lost_visitor_finds_the_way_back() -> None:
    assert marked(not_found("en"), "href") == {"/?lang=en"}


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_document_says_its_language_and_asks_nobody_else(language: Any, tag: str) -> None:
    document = index_string(language)
    assert f'<html lang="{tag}">' in document
    assert "http" not in document.replace("http-equiv", "")


def test_page_has_one_place_for_the_screen_and_one_for_a_notice() -> None:
    assert {ids.SCREEN, ids.NOTICE, ids.ADDRESS} <= marked(page(), "id")


@pytest.mark.parametrize(
    ("scope", "gone", "there"),
    [
        ("district-370681", "districts", "departments"),
        ("department-water", "departments", "districts"),
    ],
)
def test_a_wall_of_one_shows_towns_instead_of_a_table_of_one_row(
    scope: str, gone: str, there: str
) -> None:
    panels = marked(wall(face(scope=scope)), "data-panel")
    assert {"towns", there} <= panels
    assert gone not in panels
