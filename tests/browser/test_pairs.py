"""Likely duplicates by keys and by touch: merged, undone, said to be none; folded at the desk."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import grave
from tests.system import System, running

pytestmark = pytest.mark.browser

MATTERS = (
    *("路灯连续三天不亮夜间出行不便", "垃圾桶满溢多日气味很大无人清运"),
    "井盖破损车辆经过响声扰民",
)


def told(number: int, matter: int, channel: str, ago_s: float) -> dict[str, Any]:
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - ago_s))
    return {
        "source": "12345", "external_id": f"P-{number}", "created_at": at, "status": "办理中",
        "category": "路灯不亮", "channel": channel, "title": f"第{matter}件事", "crs": "WGS84",
        "text": f"来电人反映：小区东门外{MATTERS[matter]}。", "latitude": 37.6461 + matter / 50,
        "longitude": 120.4778, "caller": "13812345678",
    }  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Give a running system with three matters, each told twice."""
    data = tmp_path_factory.mktemp("pairs")
    with running(data, "--no-demo", LIANXIN_WATCH="false") as started:
        both = [told(matter, matter, "电话", 9000 + matter) for matter in range(3)]
        both += [told(matter + 3, matter, "微信", 600 + matter) for matter in range(3)]
        assert started.post(both)["accepted"] == 6
        yield started


@pytest.fixture(params=[{}, {"has_touch": True}], ids=["keys", "touch"])
def page(browser: Browser, house: System, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1024, "height": 768}, **request.param)
    made = context.new_page()
    made.set_default_timeout(30_000)
    waiting(made, house)
    yield made
    context.close()


def waiting(page: Page, house: System, language: str = "zh") -> None:
    """Open the list, until the worker has looked at all six."""
    for _ in range(120):
        page.goto(f"{house.url}/desk/duplicates?lang={language}")
        page.wait_for_selector(".pairs")
        if page.locator(".pairs-one").count() == 3:
            return
        time.sleep(0.5)
    raise AssertionError("the three pairs never came")


def test_a_pair_is_merged_and_undone_and_said_to_be_none_and_undone(page: Page) -> None:
    first, second = page.locator(".pairs-one").nth(0), page.locator(".pairs-one").nth(1)
    touch = page.evaluate("() => navigator.maxTouchPoints > 0")

    def press(pair: Any, key: str, act: str) -> None:
        if touch:
            pair.locator(f"[data-pair-act={act}]").tap()
        else:
            pair.focus()
            page.keyboard.press(key)

    if not touch:
        page.keyboard.press("ArrowDown")
        expect(first).to_be_focused()
    press(first, "m", "younger")
    expect(first.locator(".pairs-told")).to_contain_text("已合并。")
    if not touch:
        expect(second).to_be_focused()
    press(first, "u", "undo")
    expect(first.locator(".pairs-told")).to_have_text("已拆分，恢复原状。")
    press(first, "x", "distinct")
    expect(first.locator(".pairs-told")).to_contain_text("已判定不是重复")
    press(first, "u", "undo")
    expect(first.locator(".pairs-told")).to_have_text("已撤回判定，可以再次提示。")
    press(first, "m", "younger")
    expect(first.locator(".pairs-told")).to_contain_text("已合并。")
    press(first, "u", "undo")
    expect(first.locator(".pairs-told")).to_have_text("已拆分，恢复原状。")


def test_keys_are_letters_where_somebody_types(page: Page) -> None:
    page.fill("#likely-reason", "")
    page.locator("#likely-reason").press_sequentially("mxu")
    expect(page.locator("#likely-reason")).to_have_value("mxu")
    expect(page.locator("[data-decided]")).to_have_count(0)


def test_nobody_is_shut_out_and_what_is_touched_is_large_enough(page: Page, house: System) -> None:
    for language in ("zh", "en"):
        waiting(page, house, language)
        assert grave(page) == []
    small = page.evaluate("""() => [...document.querySelectorAll('.pairs button, .pairs input')]
      .filter((one) => one.offsetParent).map((one) => one.getBoundingClientRect().height)
      .filter((height) => height < 43.5)""")
    assert small == []


def test_several_are_merged_at_the_desk_folded_and_listed_again(
    browser: Browser, house: System
) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{house.url}/desk?lang=zh")
    page.wait_for_selector(".desk-title")
    expect(page.locator(".desk-count")).to_have_text("共 6 件")
    top = page.locator(".desk-form > *:visible").evaluate_all(
        "(all) => new Set(all.map((one) => Math.round(one.getBoundingClientRect().bottom))).size"
    )
    assert top == 1, "one row of conditions"
    for number in ("P-0", "P-3", "P-4"):
        page.locator(f'.ag-row:has-text("{number}") [col-id="status"]').click()
        page.keyboard.press("Space")
    form = page.locator(".desk-acting")
    form.locator("select[name=act]").select_option("merge")
    expect(form.locator("select[name=into]")).to_have_value("12345/P-0")
    form.locator("[name=reason]").fill("同一处")
    form.locator("[type=submit]").click()
    expect(form.locator(".desk-done")).to_have_count(2)
    assert grave(page) == []
    page.keyboard.press("Escape")
    page.goto(f"{house.url}/desk?lang=zh")
    expect(page.locator(".desk-count")).to_have_text("共 4 件")
    fold = page.locator(".desk-fold")
    expect(fold).to_have_text("含重复 2 件")
    assert grave(page) == []
    page.keyboard.press("ArrowDown")
    page.locator('.ag-row:has-text("P-0") [col-id="status"]').click()
    page.keyboard.press("f")
    expect(page.locator(".desk-count")).to_have_text("共 3 件")
    assert "number=P-0&merged=each" in page.url
    expect(page.locator('select[name="merged"]')).to_be_visible()
    page.go_back()
    expect(page.locator(".desk-count")).to_have_text("共 4 件")
    page.goto(f"{house.url}/tickets/12345/P-0?lang=zh")
    expect(page.locator(".timeline")).to_contain_text("P-3 并入本单：同一处")
    context.close()
