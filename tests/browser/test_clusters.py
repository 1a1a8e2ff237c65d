"""Clusters on the wall: drawn, labelled without overlap, ranked, and no word cut anywhere."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hours import Stage, bad, early, on_stage, ordinary
from tests.system import running
from tests.turns import in_turn

pytestmark = pytest.mark.browser

FRESH = 'main.wall[data-state="fresh"]:not([data-seq=""])'
KNOWN = """sessionStorage.setItem('lianxin.alarms.city',
  JSON.stringify([['a-water', 'critical'], ['a-heat', 'high'], ['a-noise', 'high']]))"""
SIZES = [
    *[(1920, 1080), (3840, 2160), (7680, 2160), (2560, 1080)],
    *[(1366, 768), (1600, 1200), (1024, 768), (390, 844)],
]
_LABELS = """() => [...document.querySelectorAll('.cluster-name')]
  .filter((node) => node.style.visibility !== 'hidden' && node.getClientRects().length)
  .map((node) => { const box = node.getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom]; })"""
# A fact is shown whole or not at all; a name, a number and a title stand within their panel.
_CUT = """() => {
  const seen = (node) => node.getClientRects().length
    && getComputedStyle(node).visibility !== 'hidden';
  const cut = [];
  for (const line of document.querySelectorAll('.facts')) {
    if (!seen(line)) continue;
    const frame = line.getBoundingClientRect();
    for (const fact of line.children) {
      if (!seen(fact)) continue;
      const box = fact.getBoundingClientRect();
      const dropped = box.top >= frame.bottom - 2;
      const out = box.bottom > frame.bottom + 2 || box.right > frame.right + 1;
      if (!dropped && out) cut.push(fact.textContent);
    }
  }
  const whole = '.row-cluster .name, .watch p, .case-value, .case-word, .case-title, '
    + '.case-place, .case-zone span, .case-sure, .alarm-count, .scene-go, .sound, '
    + '.cluster-title, .cluster-about';
  for (const node of document.querySelectorAll(whole)) {
    if (!seen(node)) continue;
    const panel = node.closest('.panel, .head, .wall-foot').getBoundingClientRect();
    const box = node.getBoundingClientRect();
    const out = box.left < panel.left - 1 || box.right > panel.right + 1
      || box.bottom > panel.bottom + 1;
    const inline = getComputedStyle(node).display === 'inline';
    if (out || (!inline && node.scrollWidth > node.clientWidth + 1)) cut.push(node.textContent);
  }
  return cut;
}"""


@pytest.fixture(scope="module")
def system_with_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Stage]]:
    folder = tmp_path_factory.mktemp("clusters")
    with running(folder, "--no-demo") as system, on_stage(folder) as stage:
        yield system.url, stage


@pytest.fixture
def stage(system_with_stage: tuple[str, Stage]) -> Stage:
    system_with_stage[1].show(bad)
    return system_with_stage[1]


@pytest.fixture
def wall(page: Page, system_with_stage: tuple[str, Stage]) -> Any:
    """Open the wall, whose alarms have all been announced already."""
    page.add_init_script(KNOWN)

    def opened(query: str = "", size: tuple[int, int] = (1920, 1080)) -> Page:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(f"{system_with_stage[0]}/wall?{query}")
        page.wait_for_selector(FRESH)
        return page

    return opened


def test_every_cluster_with_a_place_is_drawn_and_no_other(wall: Any, stage: Stage) -> None:
    page = wall("scene=clusters")
    expect(page.locator(".cluster-disc")).to_have_count(5)
    expect(page.locator(".row-cluster")).to_have_count(6)
    expect(page.locator(".cluster-hit[aria-label*='燃气']")).to_have_count(0)


def test_a_row_and_a_circle_lead_to_the_evidence(wall: Any, stage: Stage) -> None:
    page = wall("lang=en")
    row = page.locator(".row-cluster").first
    expect(row).to_have_attribute("href", "/clusters/c-water?lang=en")
    circle = page.locator(".cluster-hit[aria-label*='Longkou']")
    circle.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/clusters/c-water?lang=en")


def test_the_list_is_ranked_by_severity_then_rarity(wall: Any, stage: Stage) -> None:
    page = wall("scene=clusters")
    names = page.locator(".row-cluster .name").all_inner_texts()
    said = [name.split(" ")[-1] for name in names]
    assert said == [
        "自来水发黄",
        "供暖温度不够",
        "噪声扰民",
        "燃气泄漏异味",
        "道路积水",
        "物业收费",
    ]
    expect(page.locator('.row-cluster[data-severity="bulk"]')).to_contain_text("批量录入")


def test_calm_and_not_watching_are_told_apart(wall: Any, stage: Stage) -> None:
    stage.show(ordinary)
    page = wall()
    expect(page.locator(".watch")).to_contain_text("没有聚集")
    expect(page.locator(".watch")).to_contain_text("监测 93 个类别")
    expect(page.locator(".quality")).to_contain_text("无位置 4.6%")
    stage.show(early)
    expect(page.locator(".watch")).to_contain_text("聚集监测尚未开始")
    expect(page.locator(".watch")).to_contain_text("93 个类别已就绪 21 个")


@pytest.mark.parametrize(("size", "language"), in_turn(SIZES, ("zh", "en")))
def test_no_word_is_cut_and_no_label_lies_on_another(
    wall: Any, stage: Stage, size: tuple[int, int], language: str
) -> None:
    page = wall(f"scene=alarm-a-heat&lang={language}", size)
    for scene in ("alarm", "overview", "map", "clusters"):
        if scene != "alarm":
            page.locator(f'.scene-go[data-scene-go="{scene}"]').click()
        page.wait_for_timeout(400)
        assert page.evaluate(_CUT) == [], scene
        labels = page.evaluate(_LABELS)
        assert labels or size[0] < 1000, "at least the most severe has its label"
        assert [pair for pair in combinations(labels, 2) if touch(*pair)] == [], scene
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def touch(one: list[float], other: list[float]) -> bool:
    """Tell whether two boxes (left, top, right, bottom) lie on one another."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
