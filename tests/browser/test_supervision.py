"""A ticket is reported upward, supervised, answered and ended, by pressing; the list follows."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import grave
from tests.system import System, running

pytestmark = pytest.mark.browser

TICKET = "/tickets/12345/S-1"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Give a running system with one ticket."""
    data = tmp_path_factory.mktemp("supervision")
    with running(data, "--no-demo", LIANXIN_WATCH="false") as started:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        record = {
            "source": "12345", "external_id": "S-1", "created_at": now, "dispatched_at": now,
            "status": "办理中", "category": "路灯不亮", "department": "市城市管理局",
            "district": "龙口市",
            "title": "路灯不亮", "text": "小区东门外的路灯连续三天不亮。",
        }  # fmt: skip
        assert started.post([record])["accepted"] == 1
        yield started


@pytest.fixture(scope="module")
def page(browser: Browser, house: System) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    made = context.new_page()
    made.set_default_timeout(60_000)
    for _ in range(60):
        made.goto(f"{house.url}{TICKET}?lang=zh")
        made.wait_for_selector("#screen h1")
        if made.locator("[data-card=watch]").count():
            break
        time.sleep(0.5)
    yield made
    context.close()


def press(page: Page, act: str, *, reason: str = "", sure: bool = False) -> None:
    if reason:
        page.locator("#watch-reason").fill(reason)
    button = page.locator(f"[data-see={act}]").first
    button.click()
    if sure:
        expect(button).to_contain_text("确认：")
        button.click()


def test_the_main_way_of_a_ticket_under_supervision(page: Page, house: System) -> None:
    told, rings = page.locator(".see-told"), page.locator(".see-rings li[aria-current]")
    expect(rings).to_have_text("中环（区市）")
    press(page, "report", sure=True)
    expect(told).to_contain_text("请填写理由")
    press(page, "report", reason="区里没有资料", sure=True)
    expect(told).to_have_text("已记录，版本 1。")
    expect(rings).to_have_text("大环（市级）")
    page.locator(".see-hands summary").click()
    page.locator("#watch-reason").fill("三天没有答复")
    press(page, "supervise", sure=True)
    expect(page.locator(".see-list > li")).to_have_attribute("data-standing", "due")
    expect(page.locator(".see-state")).to_contain_text("督办中")
    assert grave(page) == []
    press(page, "reply", reason="已换灯泡")
    expect(page.locator(".see-list > li")).to_have_attribute("data-standing", "replied")
    expect(page.locator("#ticket-history")).to_contain_text("市城市管理局答复内部督办：已换灯泡")


def test_what_a_slip_would_cost_is_asked_twice(page: Page) -> None:
    button = page.locator("[data-see=accept]")
    button.click()
    expect(button).to_contain_text("确认：")
    page.locator("#watch-reason").click()
    expect(button).to_have_text("采纳销号")
    expect(page.locator(".see-list > li")).to_have_attribute("data-standing", "replied")


def test_the_list_is_acted_on_and_empties_itself(page: Page, house: System) -> None:
    page.goto(f"{house.url}/supervision?lang=zh")
    expect(page.locator(".owed-table tbody tr")).to_have_count(1)
    expect(page.locator(".owed-table")).to_contain_text("市城市管理局")
    assert grave(page) == []
    page.locator(".owed-box").click()
    expect(page.locator(".owed-chosen")).to_have_text("已选 1 件")
    page.locator("#owed-reason").fill("已回访，解决")
    accept = page.locator(".owed-hands [data-see=accept]")
    accept.click()
    accept.click()
    expect(page.locator(".owed-none")).to_be_visible()
    expect(page.locator(".owed-results .desk-done")).to_have_count(1)
