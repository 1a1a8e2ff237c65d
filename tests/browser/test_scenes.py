"""Scenes: rotation, keys, the jump to a new critical alarm, sound and what blinks."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hours import Stage, alarmed, bad, gathered, on_stage, ordinary, staged
from tests.browser.inside import history_past
from tests.browser.made_up import Row, alarm, cluster
from tests.injections import WHOLE
from tests.system import running

pytestmark = pytest.mark.browser

JUMP_S = 4
FRESH = 'main.wall[data-state="fresh"]:not([data-seq=""])'
_WATCH_SCENES = """() => {
  const wall = document.querySelector('.wall');
  window.scenes = [wall.dataset.scene];
  window.map = document.querySelector('.leaflet-container');
  new MutationObserver(() => {
    if (window.scenes.at(-1) !== wall.dataset.scene) window.scenes.push(wall.dataset.scene);
  }).observe(wall, { attributes: true, attributeFilter: ['data-scene'] });
}"""
_ENDLESS = """() => document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().iterations === Infinity)
  .map((one) => [one.effect.target.className, one.effect.getComputedTiming().duration])"""


@pytest.fixture(scope="module")
def system_with_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Stage]]:
    folder = tmp_path_factory.mktemp("scenes")
    with (
        running(folder, "--no-demo", LIANXIN_WALL_JUMP_S=str(JUMP_S)) as system,
        on_stage(folder) as stage,
    ):
        yield system.url, stage


@pytest.fixture
def stage(system_with_stage: tuple[str, Stage]) -> Stage:
    system_with_stage[1].show(ordinary)
    return system_with_stage[1]


@pytest.fixture
def wall(page: Page, system_with_stage: tuple[str, Stage]) -> Iterator[Any]:
    """Open the wall with a query; no page may throw."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def opened(query: str = "") -> Page:
        page.goto(f"{system_with_stage[0]}/wall?{query}")
        page.wait_for_selector(FRESH)
        page.evaluate(_WATCH_SCENES)
        return page

    yield opened
    assert errors == []


def critical(base: Row, now: datetime) -> Row:
    return staged(base, now, gathered([cluster(now)]), alarmed([alarm(now)]))


def acknowledged(base: Row, now: datetime) -> Row:
    known = alarm(now, state="acknowledged", version=2)
    return staged(base, now, gathered([cluster(now)]), alarmed([known]))


def expect_scene(page: Page, name: str, within_s: float = 5) -> None:
    expect(page.locator("main.wall")).to_have_attribute("data-scene", name, timeout=within_s * 1000)


def test_scenes_follow_one_another_and_nothing_is_made_anew(wall: Any, stage: Stage) -> None:
    page = wall("rotate=overview:3,map:3,clusters:3")
    page.evaluate("window.shapes = document.querySelectorAll('.leaflet-overlay-pane path').length")
    past = history_past(page)
    page.wait_for_function("() => window.scenes.length >= 5", timeout=20_000)
    assert page.evaluate("window.scenes.slice(0, 4)") == ["overview", "map", "clusters", "overview"]
    assert page.evaluate("document.querySelector('.leaflet-container') === window.map")
    shapes = "document.querySelectorAll('.leaflet-overlay-pane path').length"
    assert page.evaluate(shapes) == page.evaluate("window.shapes")
    assert history_past(page) == past


def test_the_address_keeps_the_scene_and_the_program(wall: Any, stage: Stage) -> None:
    page = wall("rotate=overview:60,map:60")
    page.keyboard.press("ArrowRight")
    expect_scene(page, "map")
    assert page.url.endswith("?rotate=overview:60,map:60&scene=map")
    page.reload()
    page.wait_for_selector(FRESH)
    expect_scene(page, "map")


def test_a_remote_leads_forward_back_and_stands_still(wall: Any, stage: Stage) -> None:
    page = wall("rotate=overview:3,map:3,clusters:3")
    page.keyboard.press(" ")
    expect(page.locator(".scene-left")).to_have_text("已暂停")
    page.wait_for_timeout(4500)
    expect_scene(page, "overview")
    for key, scene in [
        ("PageDown", "map"),
        ("ArrowRight", "clusters"),
        ("PageUp", "map"),
        ("ArrowLeft", "overview"),
        ("ArrowLeft", "clusters"),
    ]:
        page.keyboard.press(key)
        expect_scene(page, scene, 1)
    page.keyboard.press(" ")
    expect_scene(page, "overview", 8)


def test_without_a_program_a_finger_chooses_and_the_scene_stays(wall: Any, stage: Stage) -> None:
    page = wall()
    expect(page.locator(".scene-pause")).to_be_hidden()
    page.get_by_role("button", name="聚集").click()
    expect_scene(page, "clusters")
    expect(page.get_by_role("button", name="聚集")).to_have_attribute("aria-current", "true")
    page.wait_for_timeout(1500)
    expect_scene(page, "clusters")


def test_a_new_critical_alarm_takes_the_wall_and_gives_it_back(wall: Any, stage: Stage) -> None:
    page = wall("scene=map")
    stage.show(critical)
    expect_scene(page, "alarm")
    expect(page.locator(".panel-alarm")).to_contain_text("自来水发黄")
    expect(page.locator(".panel-alarm .case-value").first).to_have_text("34")
    expect(page.locator(".announcer")).to_have_text("新告警：特急：龙口市 · 自来水发黄")
    assert "alarm" not in page.url, "a jump is nobody's wish"
    expect(page.locator(".scene-left")).to_contain_text("秒后返回")
    expect_scene(page, "map", JUMP_S + 2)
    page.reload()
    page.wait_for_selector(FRESH)
    page.wait_for_timeout(2500)
    expect_scene(page, "map", 0.1)
    expect(page.locator(".announcer")).to_be_empty()


def test_an_acknowledged_alarm_gives_the_wall_back_at_once(wall: Any, stage: Stage) -> None:
    page = wall()
    stage.show(critical)
    expect_scene(page, "alarm")
    stage.show(acknowledged)
    expect_scene(page, "overview", 2)
    expect(page.locator(".alarm-symbol")).to_have_attribute("data-blinks", "false")


def test_only_the_alarm_s_symbol_blinks_and_slowly(wall: Any, stage: Stage) -> None:
    stage.show(bad)
    page = wall("scene=clusters")
    expect(page.locator(".alarm-symbol")).to_have_attribute("data-blinks", "true")
    page.wait_for_timeout(1500)  # the pulses of what is new are over
    blinking = page.evaluate(_ENDLESS)
    assert [look for look, _ in blinking] == ["mark alarm-symbol"]
    assert blinking[0][1] >= 1000
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(_ENDLESS) == []


def test_the_bar_counts_what_waits_and_leads_to_its_scene(wall: Any, stage: Stage) -> None:
    stage.show(bad)
    page = wall("paused=1")
    expect(page.locator(".alarm-count")).to_have_text("2 起告警待确认")
    expect(page.locator(".alarm-flooded")).to_have_text("另 1 起不逐一提示")
    page.keyboard.press("Escape")
    expect_scene(page, "overview")
    page.locator(".alarm-lead").click()
    expect_scene(page, "alarm")
    assert page.url.endswith("scene=alarm-a-water")


def test_sound_is_switched_by_a_key_captioned_and_remembered(wall: Any, stage: Stage) -> None:
    page = wall()
    button, caption = page.locator(".sound"), page.locator(".caption")
    expect(button).to_have_text("声音 关")
    expect(caption).to_be_hidden()
    page.keyboard.press("s")
    expect(button).to_have_text("声音 开")
    expect(caption).to_contain_text("声音已打开")
    stage.show(critical)
    expect(caption).to_contain_text("特急：龙口市 · 自来水发黄")
    expect(caption).to_be_hidden(timeout=8000)
    page.reload()
    page.wait_for_selector(FRESH)
    expect(button).to_have_text("声音 开")
    button.click()
    expect(button).to_have_text("声音 关")
    expect(caption).to_be_hidden()


def test_what_a_scene_hides_is_not_written_to(wall: Any, stage: Stage) -> None:
    page = wall("scene=map")
    page.evaluate("""() => {
      window.writes = 0;
      document.querySelector('.panel-departments .panel-age').remove(); // it ticks in every scene
      for (const panel of document.querySelectorAll('.panel-departments, .panel-clusters .rows'))
        new MutationObserver((seen) => { window.writes += seen.length; })
          .observe(panel, { subtree: true, childList: true, characterData: true });
    }""")
    stage.show(bad)
    expect(page.locator(".alarm-count")).to_have_text("2 起告警待确认")
    page.keyboard.press("Escape")
    page.wait_for_timeout(2500)
    assert page.evaluate("window.writes") == 0


def test_a_focused_button_can_be_seen(wall: Any, stage: Stage) -> None:
    page = wall()
    button = page.get_by_role("button", name="地图")
    button.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert button.evaluate("(node) => getComputedStyle(node).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect_scene(page, "map")


def test_a_day_of_scenes_leaves_nothing_behind(
    browser: Browser, system_with_stage: tuple[str, Stage], wall: Any, stage: Stage
) -> None:
    stage.show(bad)
    page = wall("scene=clusters")
    page.keyboard.press("Escape")
    line = page.context.new_cdp_session(page)

    def nodes() -> int:
        line.send("HeapProfiler.collectGarbage")
        return int(line.send("Memory.getDOMCounters")["nodes"])

    for _ in range(12):  # every scene has been there, every label made
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(50)
    before, past = nodes(), history_past(page)
    for _ in range(120 if WHOLE else 24):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(20)
    page.wait_for_timeout(500)
    assert nodes() <= before * 1.1 + 50
    assert history_past(page) == past
