"""The desk by hand and keys: its table, order, address and views, and for who cannot see it."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accounts import sign_in, users
from tests.browser.axe import grave
from tests.injections import WHOLE
from tests.system import System, running, wait_until

pytestmark = pytest.mark.browser

MANY = 260


def record(number: int, **more: Any) -> dict[str, object]:
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 60 * number))
    return {
        "source": "12345", "external_id": f"T-{number:03}", "created_at": at, "status": "办理中",
        "category": "供水管道漏水", "department": "水务局", "title": f"第{number}个路灯不亮",
        "text": "路灯不亮", "address": "龙口市东莱街道12号楼",
    } | more  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    data = tmp_path_factory.mktemp("desk")
    with running(data, "--no-demo", LIANXIN_ACCOUNTS="on", LIANXIN_WATCH="off") as started:
        users(started, "add", "wang", "--name", "王芳", "--role", "centre_staff")
        started.post([record(number) for number in range(MANY)])
        started.post([record(900, title="已退回的工单", status="退单")])
        wait_until(lambda: b"T-000" in (data / "ledger.sqlite-wal").read_bytes(), 20)
        yield started


@pytest.fixture(scope="module")
def session(browser: Browser, house: System) -> Any:
    """Give the cookies of who is signed in."""
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, f"{house.url}/account")
    page.wait_for_url("**/account*")
    held = context.storage_state()
    context.close()
    return held


@pytest.fixture
def page(browser: Browser, house: System, session: Any) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900}, storage_state=session)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    made = context.new_page()
    made.set_default_timeout(20_000)
    made.goto(f"{house.url}/desk")
    made.wait_for_selector(".desk-title")
    yield made
    context.close()


def titles(page: Page) -> list[str]:
    return page.locator(".desk-title strong").all_inner_texts()


def test_rows_are_moved_through_opened_and_come_back_where_they_were(page: Page) -> None:
    expect(page.locator(".desk-count")).to_have_text("共 261 件")
    assert "第0个路灯不亮" in titles(page)
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    focused = page.locator(".ag-row:has(.ag-cell-focus) .desk-title strong")
    expect(focused).to_have_text("第3个路灯不亮")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ticket-columns")
    page.keyboard.press("Escape")
    expect(focused).to_have_text("第3个路灯不亮", timeout=20_000)
    page.keyboard.press("Escape")
    expect(page.locator("#search-words")).to_be_focused()


def test_the_end_of_the_table_is_reached_block_by_block_and_kept(page: Page) -> None:
    last = page.locator('.ag-row:has-text("已退回的工单")')
    page.locator(".ag-center-cols-viewport").hover()
    for _ in range(12):
        page.mouse.wheel(0, 30_000)
        page.wait_for_timeout(300)
        if last.count():
            break
    last.locator('[col-id="status"]').first.click()
    page.keyboard.press("Enter")
    page.wait_for_selector(".ticket-columns")
    page.go_back()
    focused = page.locator(".ag-row:has(.ag-cell-focus) .desk-title strong")
    expect(focused).to_have_text("已退回的工单", timeout=20_000)


def test_the_order_and_conditions_are_in_the_address_and_back_restores_them(page: Page) -> None:
    page.locator('.ag-header-cell[col-id="created"]').click()
    page.wait_for_url("**sort=created&order=asc**")
    expect(page.locator(".desk-title strong").first).to_have_text("已退回的工单")
    page.locator('select[name="status"]').select_option("returned")
    page.wait_for_url("**status=returned**")
    expect(page.locator(".desk-count")).to_have_text("共 1 件")
    assert "sort=created" in page.url
    page.go_back()
    expect(page.locator('select[name="status"]')).to_have_value("")
    expect(page.locator(".desk-count")).to_have_text("共 261 件")
    page.go_forward()
    expect(page.locator(".desk-count")).to_have_text("共 1 件")
    page.reload()
    expect(page.locator(".desk-count")).to_have_text("共 1 件")
    expect(page.locator('select[name="status"]')).to_have_value("returned")
    page.click("text=已超期 >> nth=0")
    expect(page.locator(".desk-view[aria-current]")).to_have_text("已超期")


def test_nothing_found_is_told_and_a_word_too_short_has_a_way_out(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("鲸鱼")
    page.keyboard.press("Enter")
    expect(page.locator(".desk-nothing")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("鲸")
    page.keyboard.press("Enter")
    expect(page.locator(".desk-wrong")).to_contain_text("每个词至少两个字")
    page.click("text=清空条件")
    page.wait_for_selector(".desk-title")


def test_new_tickets_wait_to_be_shown(page: Page, house: System) -> None:
    first = titles(page)[0]
    house.post([record(0, external_id=f"N-{time.time_ns()}", title="刚刚来的工单")])
    button = page.locator(".desk-fresh")
    expect(button).to_be_visible(timeout=25_000)
    assert titles(page)[0] == first, "nothing moves by itself"
    page.keyboard.press("n")
    expect(page.locator(".desk-title strong").first).to_have_text("刚刚来的工单")
    expect(button).to_be_hidden()


def test_a_view_is_saved_renamed_deleted_and_brought_back(page: Page) -> None:
    page.locator('select[name="status"]').select_option("returned")
    page.fill("#view-name", "我的退单")
    page.keyboard.press("Enter")
    mine = page.locator("[data-view-id]")
    expect(mine).to_contain_text("我的退单")
    expect(mine.locator("[aria-current]")).to_have_count(1)
    page.reload()
    page.wait_for_selector("[data-joined]")
    mine.locator('[data-view-act="rename"]').click()
    page.keyboard.type("退回给我的")
    page.keyboard.press("Enter")
    expect(mine).to_contain_text("退回给我的")
    mine.locator('[data-view-act="drop"]').click()
    expect(mine).to_have_count(0)
    page.click(".desk-told button")
    expect(mine).to_contain_text("退回给我的")
    page.goto(page.url.split("?")[0])
    page.wait_for_selector(".desk-title")
    mine.locator("a").click()
    expect(page.locator(".desk-count")).to_have_text("共 1 件")
    mine.locator('[data-view-act="drop"]').click()
    expect(mine).to_have_count(0)


@pytest.mark.parametrize("language", ["zh", "en"] if WHOLE else ["en"])
def test_nobody_is_shut_out(page: Page, house: System, language: str) -> None:
    page.goto(f"{house.url}/desk?lang={language}")
    page.wait_for_selector(".desk-title")
    assert grave(page) == []
    page.keyboard.press("?")
    expect(page.locator("#desk-keys")).to_be_visible()
    assert grave(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#desk-keys")).to_be_hidden()


def test_what_is_touched_is_large_enough(page: Page) -> None:
    small = page.evaluate("""() => [...document.querySelectorAll('button, .desk a, select, input')]
      .filter((one) => one.offsetParent && !['hidden', 'checkbox'].includes(one.type))
      .map((one) => [one.className || one.name, one.getBoundingClientRect()])
      .filter(([, box]) => box.height < 43.5).map(([name]) => name)""")
    assert small == []


def test_several_tickets_are_sent_another_way_and_who_comes_second_is_told(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    form = page.locator(".desk-acting")
    expect(form.locator(".desk-chosen")).to_have_text("已选 2 件")
    form.locator("select[name=triage]").select_option("disputed")
    form.locator("[type=submit]").click()
    expect(form.locator(".desk-undone")).to_have_count(2)
    form.locator("[name=reason]").fill("两个部门都说不归自己管")
    for _ in range(3):  # what a busy machine did not get done stays chosen, and its reason written
        form.locator("[type=submit]").click()
        expect(form.locator(".desk-results li").first).to_be_visible()
        page.wait_for_timeout(3000)
        if form.locator(".desk-chosen").inner_text() == "已选 0 件":
            break
        expect(form.locator("[name=reason]")).to_have_value("两个部门都说不归自己管")
    expect(form.locator(".desk-chosen")).to_have_text("已选 0 件")
    expect(form.locator("[name=reason]")).to_have_value("")
    expect(form.locator(".desk-undone")).to_have_count(0)
    assert grave(page) == []
