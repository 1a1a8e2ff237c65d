"""Incidents on the wall: an act is there at once, the failing link stands out, all is legible."""

import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from layouts.theme import LEAST_ARCMIN, character_px
from tests.browser.axe import grave
from tests.browser.hours import Stage, at_work, bad, on_stage, ordinary
from tests.browser.made_up import Row
from tests.incidents import key
from tests.system import System, Visitor, running
from tests.turns import in_turn

pytestmark = pytest.mark.browser

FRESH = 'main.wall[data-state="fresh"]:not([data-seq=""])'
FIRST = '.matter-link[data-first="true"]'
SEATS = [((1920, 1080), 4.0), ((1920, 1080), 2.0), ((3840, 2160), 3.0), ((7680, 2160), 4.0)]
PITCH_MM = 0.634
PATIENCE_S = 6.0
# Letters that are too small for the farthest seat, and words that reach out of their panel.
_ILLEGIBLE = """(least) => [...document.querySelectorAll('.panel-incidents *, .panel-strip *')]
  .filter((node) => {
    const says = !node.childElementCount && node.textContent.trim();
    if (!says || !node.getClientRects().length) return false;
    const panel = node.closest('.panel').getBoundingClientRect();
    const box = node.getBoundingClientRect();
    const out = box.right > panel.right + 1 || box.bottom > panel.bottom + 1;
    return out || parseFloat(getComputedStyle(node).fontSize) < least - 0.5;
  }).map((node) => node.textContent)"""
_GROUNDS = """() => [...document.querySelectorAll('.matter-link')].map((node) => {
  const box = node.getBoundingClientRect();
  return [node.dataset.first, getComputedStyle(node).backgroundColor, box.width * box.height];
})"""
# How many parties are seen, how many of them are cut, and how many figures stand in each row.
_SEEN = """() => {
  const body = document.querySelector('[data-matters=parties]');
  const foot = body.getBoundingClientRect().bottom + 1;
  const shown = [...body.children]
    .filter((node) => getComputedStyle(node).visibility === 'visible');
  const tops = [...document.querySelectorAll('.matter-figure')].filter((node) => node.offsetWidth)
    .map((node) => Math.round(node.getBoundingClientRect().top));
  return [shown.length, shown.filter((node) => node.getBoundingClientRect().bottom > foot).length,
    [...new Set(tops)].map((top) => tops.filter((one) => one === top).length)];
}"""


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, Any]]:
    folder = tmp_path_factory.mktemp("matters")
    with running(folder, "--no-demo", LIANXIN_WALL_JUMP_S="0") as made:
        yield made, folder


@pytest.fixture(scope="module")
def staged(system: tuple[System, Any]) -> Iterator[Stage]:
    with on_stage(system[1]) as stage:
        yield stage


def at(page: Page, made: System, query: str, size: tuple[int, int] = (1920, 1080)) -> Page:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{made.url}/wall?{query}")
    page.wait_for_selector(FRESH)
    return page


def test_an_act_is_on_the_wall_at_once_and_typed_words_only_when_released(
    page: Page, system: tuple[System, Any]
) -> None:
    made, visitor = system[0], Visitor(system[0])
    at(page, made, "scene=incidents")
    expect(page.locator(".matter-none")).to_contain_text("没有正在处置的事件")
    given = {"lead": "water_company", "severity": 2, "title": "手写的标题", "chain": "water"}
    where = "/api/v1/incidents"
    said = visitor.sent(where, {"act": "open", "key": key(), "given": given})
    expect(page.locator(".matter-case")).to_be_visible()
    expect(page.locator(".figure-lead")).to_contain_text("市水务集团")
    name = str(said["incident"])
    began = time.monotonic()
    visitor.sent(f"{where}/{name}/acts",
                 {"act": "fail", "key": key(), "number": 2, "version": 1})  # fmt: skip
    expect(page.locator(FIRST)).to_contain_text("管道")
    assert time.monotonic() - began < PATIENCE_S
    expect(page.locator(FIRST)).to_contain_text("问题首先出在这里")
    assert "手写的标题" not in page.content()
    released = {"act": "release", "key": key(), "version": 1, "given": {"released": "今晚恢复"}}
    visitor.sent(f"{where}/{name}/release", released)
    expect(page.locator(".matter-title")).to_have_text("今晚恢复")
    page.keyboard.press("v")
    expect(page.locator("main.wall")).to_have_attribute("data-scene", "overview")
    expect(page.get_by_role("button", name="事件", exact=True)).to_be_hidden()
    assert "今晚恢复" not in page.content()


@pytest.mark.parametrize(
    ("seat", "language"), in_turn(SEATS, ("zh", "en")), ids=lambda one: str(one).replace(" ", "")
)
def test_the_scene_is_legible_and_the_failing_link_stands_out(
    page: Page, system: tuple[System, Any], staged: Stage, seat: Any, language: str
) -> None:
    (size, distance_m), made = seat, system[0]
    staged.show(bad)
    room = f"distance={distance_m}&pitch={PITCH_MM}&lang={language}"
    at(page, made, f"scene=incidents&{room}", size)
    expect(page.locator(FIRST)).to_be_visible()
    least = character_px(LEAST_ARCMIN, distance_m=distance_m, pitch_mm=PITCH_MM)
    assert page.evaluate(_ILLEGIBLE, least) == []
    grounds = page.evaluate(_GROUNDS)
    ((_, colour, area),) = [one for one in grounds if one[0] == "true"]
    assert all(other[1] != colour and other[2] < area for other in grounds if other[0] != "true")
    page.locator(".scenes [data-scene-go=overview]").click()
    expect(page.locator(".panel-strip .matter-line").first).to_be_visible()
    assert page.evaluate(_ILLEGIBLE, least) == []


def crowded(base: Row, now: datetime) -> Row:
    """Lay the bad hour over a picture, its gravest incident with 24 parties."""
    picture = bad(base, now)
    whole = picture["sections"]["incidents"]["data"]["rows"][0]["whole"]
    whole |= {"parties": whole["parties"] * 4, "parties_left_out": 3}
    return picture


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160), (7680, 2160)], ids=str)
def test_what_has_no_room_is_counted_and_nothing_is_cut_or_stands_alone(
    page: Page, system: tuple[System, Any], staged: Stage, size: tuple[int, int], language: str
) -> None:
    staged.show(crowded)
    at(page, system[0], f"scene=incidents&lang={language}", size)
    more = page.locator("[data-matter=parties-more]")
    expect(more).not_to_be_empty()
    seen, cut, rows = page.evaluate(_SEEN)
    assert (cut, sum(rows), min(rows) > 1) == (0, 6, True)
    assert str(24 - seen + 3) in more.inner_text()
    page.locator(".scenes [data-scene-go=overview]").click()
    leads = page.locator(".panel-strip .line-lead")
    expect(leads.first).to_be_visible()
    whole = "(all) => all.every((one) => one.scrollWidth <= one.clientWidth || !one.clientWidth)"
    assert leads.evaluate_all(whole), "who holds it is told whole"


@pytest.mark.parametrize(("language", "lines"), [("zh", 1), ("en", 2)])
def test_the_keys_of_the_course_stand_in_one_line(
    page: Page, system: tuple[System, Any], staged: Stage, language: str, lines: int
) -> None:
    staged.show(bad)
    at(page, system[0], f"scene=incidents&lang={language}")
    expect(page.locator(FIRST)).to_be_visible()
    said = page.locator(".matter-series .matter-name")
    tops = "(all) => new Set(all.map((one) => Math.round(one.getBoundingClientRect().bottom))).size"
    assert said.locator(".matter-key").evaluate_all(tops) == 1
    heights = "(one) => one.getBoundingClientRect().height / one.firstChild.offsetHeight"
    assert round(said.evaluate(heights)) == lines, "beside their title where there is room"


def test_arrows_lead_through_the_open_ones_and_back_when_one_is_over(
    page: Page, system: tuple[System, Any], staged: Stage
) -> None:
    staged.show(at_work)
    at(page, system[0], "scene=incidents")
    shown = page.locator(".matter-number")
    expect(shown).to_have_text("SJ-2026-0007")
    assert grave(page) == []
    page.keyboard.press("ArrowRight")
    expect(shown).to_have_text("SJ-2026-0008")
    assert page.url.endswith("scene=incident-sj-heat")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".matter-drill").first).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(shown).to_have_text("SJ-2026-0008")
    staged.show(ordinary)
    expect(page.locator(".matter-none")).to_be_visible()
    at(page, system[0], "rotate=overview:3,incidents:3,map:3")
    expect(page.locator("main.wall")).to_have_attribute("data-scene", "map", timeout=10_000)
    staged.show(at_work)
    expect(page.locator("main.wall")).to_have_attribute("data-scene", "incidents", timeout=15_000)
