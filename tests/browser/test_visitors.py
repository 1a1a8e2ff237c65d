"""Visitor mode: a key, and within a second only what anyone may see is on the page."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hours import Stage, bad, on_stage
from tests.system import running

pytestmark = pytest.mark.browser

BAD = "main.wall[data-state='fresh'] .alarms[data-waiting='true']"
SECRETS = (
    "特急", "告警待确认", "燃气泄漏异味", "南山水厂", "已确认", "a-water", "c-water",
    "SJ-2026-0007", "sj-water", "抢修",
)  # fmt: skip
# All that the page holds but its words and the program: hidden or not, text and attributes.
_HELD = """() => {
  const wall = document.querySelector('.wall').cloneNode(true);
  wall.querySelectorAll('script, [data-rows="categories"]').forEach((one) => one.remove());
  return wall.outerHTML + location.href;
}"""
# What the page holds is looked at whenever it changes.
_WATCH = """(secrets) => {
  const held = HELD;
  window.leaks = [];
  window.seen = new Set();
  window.pressed = performance.now();
  const look = () => {
    window.seen.add(document.querySelector('.wall').dataset.seq);
    if (performance.now() - window.pressed < 1000) return;
    const text = held();
    window.leaks.push(...secrets.filter((one) => text.includes(one)));
  };
  new MutationObserver(look).observe(document.querySelector('.wall'),
    { childList: true, subtree: true, characterData: true, attributes: true });
}""".replace("HELD", _HELD)


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Stage]]:
    folder = tmp_path_factory.mktemp("visitors")
    with (
        running(folder, "--no-demo", LIANXIN_WALL_JUMP_S="0") as system,
        on_stage(folder) as stage,
    ):
        stage.show(bad)
        yield system.url, stage


def held_of(page: Page) -> list[str]:
    text: str = page.evaluate(_HELD)
    return [one for one in SECRETS if one in text]


def at(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}/wall?{query}")
    page.wait_for_selector(BAD)
    page.wait_for_selector('[data-rows="clusters"] .row')


@pytest.mark.parametrize("query", ["scene=map", "scene=alarm-a-water"])
def test_one_key_takes_off_what_is_not_for_anyone(
    page: Page, staged: tuple[str, Stage], query: str
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    at(page, staged[0])  # everything was drawn once, and stays on the page in another scene
    scene = query.partition("=")[2]
    page.click(".alarm-lead" if scene.startswith("alarm") else f"[data-scene-go={scene}]")
    expect(page.locator("main.wall")).to_have_attribute("data-scene", scene.partition("-")[0])
    assert held_of(page), "there is something to hide"
    page.evaluate(_WATCH, list(SECRETS))
    page.keyboard.press("v")
    page.wait_for_timeout(1000)
    assert held_of(page) == []
    page.wait_for_timeout(2500)
    assert page.evaluate("window.leaks") == []
    assert page.evaluate("window.seen.size") >= 3, "pictures went on"
    expect(page.locator(".visitor-mark")).to_be_visible()
    expect(page.locator(".visitor-mark")).to_have_text("访客模式")
    assert errors == []


def test_what_anyone_may_see_stays_and_leads_nowhere(page: Page, staged: Any) -> None:
    at(page, staged[0], "scene=clusters")
    page.keyboard.press("v")
    page.wait_for_selector("main.wall[data-visitors='on']")
    rows = page.locator('[data-rows="clusters"] .row')
    expect(rows).to_have_count(5)
    expect(rows.filter(has_text="供暖温度不够")).to_contain_text("黄渤海新区")
    assert page.locator('[data-rows="clusters"] [href]').count() == 0
    expect(page.locator("main.wall")).to_have_attribute("data-state", "fresh")
    assert page.locator("[data-kpi=open_now]").inner_text()


def test_it_survives_a_reload_and_is_left_by_the_key_or_a_finger(page: Page, staged: Any) -> None:
    at(page, staged[0])
    page.click(".scenes .visitors")
    page.wait_for_selector("main.wall[data-visitors='on']")
    page.reload()
    page.wait_for_selector("main.wall[data-visitors='on'][data-state='fresh']")
    page.wait_for_timeout(1500)
    assert held_of(page) == []
    page.keyboard.press("V")
    page.wait_for_selector(BAD)
    expect(page.locator(".visitor-mark")).to_be_hidden()
    expect(page.locator(".alarm-name")).to_contain_text("特急")
    expect(page.locator("main.wall")).to_have_attribute("data-visitors", "")


def test_a_cut_line_leaves_nothing_behind(page: Page, staged: Any) -> None:
    at(page, staged[0])
    page.context.set_offline(True)
    page.keyboard.press("v")
    page.wait_for_timeout(1000)
    assert held_of(page) == []
    page.context.set_offline(False)
