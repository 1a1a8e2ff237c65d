"""Scenes, alarms and clusters: what the layout promises to scripts, keys and readers."""

import re
from pathlib import Path
from typing import Any

import pytest

from layouts.parts.scenes import FIRST, SCENES
from layouts.wall import wall
from layouts.wording import WORDS
from operations.tickets.duties import Duty
from operations.tickets.loose_ends import LooseEnd
from tests.layouts.test_wall import drawn, face, marked

ASSETS = Path(__file__).parents[2] / "assets"
STYLES = {path.name: path.read_text("utf-8") for path in ASSETS.glob("*.css")}


def classed(look: str, **changes: Any) -> list[dict[str, Any]]:
    """List the components that carry a class."""
    parts = drawn(wall(face(**changes)))
    return [props for props in parts if look in str(props.get("className", "")).split()]


def test_every_scene_has_a_word_a_button_and_a_layout() -> None:
    assert marked(wall(face()), "data-scene-go") - {""} == set(SCENES)
    for name in SCENES:
        assert f"scene_{name}" in WORDS
        assert f'[data-scene="{name}"]' in STYLES["08_scenes.css"]


def test_a_department_stands_beside_no_others_on_its_own_wall() -> None:
    own = wall(face(scope="department-water"))
    assert "departments" not in marked(own, "data-scene-go")
    assert classed("panel-performance", scope="department-water") == []
    assert len(classed("panel-performance", scope="district-370681")) == 1


def test_two_panels_of_one_section_are_told_apart() -> None:
    (panel,) = classed("panel-performance")
    assert (panel["data-panel"], panel["data-own"]) == ("departments", "performance")
    (strip,) = classed("panel-departments")
    assert strip["data-panel"] == "departments"
    assert "data-own" not in strip


def test_a_wall_starts_in_its_first_scene() -> None:
    assert drawn(wall(face()))[0]["data-scene"] == FIRST
    current = [one["data-scene-go"] for one in classed("scene-go") if one["aria-current"] == "true"]
    assert current == [FIRST]


def test_the_alarm_bar_is_not_there_before_anybody_knows_of_alarms() -> None:
    (bar,) = classed("alarms")
    assert bar["hidden"] is True
    (symbol,) = classed("alarm-symbol")
    assert symbol["data-blinks"] == "false"


def test_only_the_alarm_symbol_blinks_and_at_most_once_a_second() -> None:
    endless = [line for css in STYLES.values() for line in css.splitlines() if "infinite" in line]
    assert len(endless) == 1
    assert endless[0].startswith('.alarm-symbol[data-blinks="true"]')
    period = re.search(r"--blink: (\d+)ms", STYLES["01_tokens.css"])
    assert period is not None
    assert int(period[1]) >= 1000


def test_motion_that_nobody_wants_ends_everywhere() -> None:
    wish = STYLES["02_page.css"].partition("prefers-reduced-motion: reduce")[2]
    assert "animation: none !important" in wish
    assert "transition: none !important" in wish


def test_map_and_charts_are_never_scaled() -> None:
    """Scaling breaks pointer positions on map and chart."""
    for name, css in STYLES.items():
        assert not re.search(r"transform:[^;]*scale|[\s;{]scale:", css), name


def test_new_alarms_are_told_politely() -> None:
    (announcer,) = classed("announcer")
    assert (announcer["role"], announcer["aria-live"]) == ("status", "polite")


def test_sound_is_off_until_somebody_wants_it_and_has_a_caption() -> None:
    (button,) = classed("sound")
    assert button["aria-pressed"] == "false"
    assert button["children"] == WORDS["sound_off"]["zh"]
    (caption,) = classed("caption")
    assert caption["hidden"] is True


@pytest.mark.parametrize("scope", ["city", "district-370681", "department-water"])
def test_clusters_and_the_line_about_the_data_stand_on_every_wall(scope: str) -> None:
    assert len(classed("panel-clusters", scope=scope)) == 1
    assert len(classed("quality", scope=scope)) == 1
    assert len(classed("panel-alarm", scope=scope)) == 1


def test_before_anything_is_known_nobody_claims_to_watch() -> None:
    said = [props.get("children") for props in drawn(wall(face())) if "data-watch" in props]
    assert WORDS["not_watching"]["zh"] in said


def test_a_panel_may_show_another_section() -> None:
    (panel,) = classed("panel-alarm")
    assert panel["data-panel"] == "alarms"


def test_the_five_and_the_six_are_those_of_the_rules() -> None:
    assert marked(wall(face()), "data-duty") - {""} == {one.value for one in Duty}
    assert marked(wall(face()), "data-end") - {""} == {one.value for one in LooseEnd}
