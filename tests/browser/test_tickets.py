"""A ticket is searched for, opened, and one protected field of it is shown for a while."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accounts import sign_in, users
from tests.system import System, running

pytestmark = pytest.mark.browser

PHONE, NAME = "13812345678", "栾若水"
RECORD = {
    "source": "12345", "external_id": "T/1", "created_at": "2026-11-24T10:00:00+08:00",
    "status": "办理中", "category": "供水管道漏水", "department": "水务局",
    "caller": {"name": NAME, "phone": PHONE}, "title": "南山水管漏水",
    "text": f"我叫{NAME}，请回电{PHONE}。", "address": "龙口市东莱街道12号楼",
}  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Give a running system with two people and one ticket."""
    data = tmp_path_factory.mktemp("tickets")
    with running(data, "--no-demo", LIANXIN_ACCOUNTS="on", LIANXIN_WATCH="false") as started:
        for login, role in (("wang", "centre_staff"), ("zhao", "leader")):
            users(started, "add", login, "--name", "王芳", "--role", role)
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        assert started.post([RECORD | {"created_at": now}])["accepted"] == 1
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    made = context.new_page()
    made.set_default_timeout(20_000)
    yield made
    context.close()


def kept(page: Page) -> str:
    """Give all that the browser keeps of the page, and its address."""
    return str(
        page.evaluate("""async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage },
          location.href, document.cookie, history.state, await caches.keys(),
          (await indexedDB.databases()).map((one) => one.name)])""")
    )


def find(page: Page, house: System) -> None:
    """Look for the ticket by a word of two characters, until the index has it."""
    for _ in range(40):
        page.goto(f"{house.url}/desk")
        page.wait_for_selector("[data-joined]")
        page.wait_for_selector(".desk-title")
        page.keyboard.press("/")
        page.keyboard.type("水管")
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk?**")
        page.locator(".desk-title, .desk-nothing:not([hidden])").first.wait_for()
        if page.locator(".desk-title").count():
            return
        page.wait_for_timeout(250)
    raise AssertionError("the ticket is not found")


def test_a_phone_is_shown_for_a_reason_and_masked_again(house: System, page: Page) -> None:
    page.clock.install()
    sign_in(page, f"{house.url}/desk")
    page.wait_for_url("**/desk")
    find(page, house)
    search = page.url
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".ag-cell-focus")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_selector(".ticket-columns")
    row = page.locator('[data-field="phone"]')
    expect(row).to_contain_text("138****5678")
    assert PHONE not in page.content()
    row.locator("[data-show]").click()
    page.locator(".reveal-reason").fill("看看")
    page.click(".reveal-go")
    expect(page.locator("[data-reveal-told]")).to_contain_text("理由")
    page.click('[data-reason="回访核实"]')
    page.locator(".reveal-minutes").select_option("1")
    with page.expect_response("**/reveal") as told:
        page.click(".reveal-go")
    assert told.value.headers["cache-control"] == "no-store"
    expect(row.locator(".field-shown")).to_have_text(PHONE)
    expect(row.locator(".field-left")).to_contain_text("剩余")
    for word in ("王芳 (wang)", "来电号码", "回访核实"):
        expect(page.locator("#ticket-seen")).to_contain_text(word)
    assert PHONE not in kept(page)
    page.emulate_media(media="print")
    expect(row.locator(".field-shown")).to_be_hidden()
    expect(page.locator(".reader-marks")).to_be_visible()
    page.emulate_media(media="screen")
    page.clock.fast_forward(61_000)
    expect(row.locator(".field-shown")).to_be_hidden()
    assert PHONE not in page.content()
    assert PHONE not in kept(page)
    expect(page.locator("[data-reveal-told]")).to_contain_text("已重新遮蔽")
    page.keyboard.press("Escape")
    page.wait_for_selector(".desk-title")
    assert page.url == search


def test_one_field_at_a_time_and_none_on_the_way_back(house: System, page: Page) -> None:
    sign_in(page, f"{house.url}/tickets/12345/T%2F1")
    page.wait_for_selector(".ticket-columns")
    for name, value in (("phone", PHONE), ("text", NAME)):
        page.locator(f'[data-field="{name}"] [data-show]').click()
        page.click('[data-reason="回访核实"]')
        page.click(".reveal-go")
        expect(page.locator(f'[data-field="{name}"] .field-shown')).to_contain_text(value)
        expect(page.locator("[data-shown]")).to_have_count(1)
    page.goto(f"{house.url}/desk")
    page.wait_for_selector("#search-words")
    page.go_back()
    page.wait_for_selector(".ticket-columns")
    assert NAME not in page.content()
    expect(page.locator("[data-shown]")).to_have_count(0)


def test_who_may_not_is_offered_nothing_and_refused(house: System, page: Page) -> None:
    sign_in(page, f"{house.url}/tickets/12345/T%2F1", login="zhao")
    page.wait_for_selector(".ticket-columns")
    expect(page.locator('[data-field="phone"]')).to_contain_text("138****5678")
    expect(page.locator("[data-show]")).to_have_count(0)
    assert NAME not in page.content()
    refused: Any = page.evaluate("""async () => (await fetch(
      document.querySelector('[data-reveal]').dataset.reveal, { method: 'POST', headers: {
        'Content-Type': 'application/json',
        'X-CSRF-Token': lianxin.session.pageToken(document.cookie) },
        body: JSON.stringify({ field: 'phone', reason: '回访核实' }) })).status""")
    assert refused == 404
    told = page.goto(f"{house.url}/tickets/12345/T-9")
    assert told is not None
    assert told.status == 404
    expect(page.locator("body")).to_contain_text("没有这个页面")


def test_a_table_is_taken_with_who_took_it_on_top(house: System, page: Page) -> None:
    sign_in(page, f"{house.url}/desk", login="zhao")
    page.wait_for_selector(".desk-title")
    with page.expect_download() as taken:
        page.click("text=导出 CSV")
    said = taken.value.path().read_text("utf-8-sig")
    assert said.startswith("导出人 王芳 (zhao)")
    assert "南山水管漏水" in said
    assert PHONE not in said
