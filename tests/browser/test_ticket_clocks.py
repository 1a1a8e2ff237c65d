"""A ticket's way and clock are decided on from its page, by whoever may."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system import System, running

pytestmark = pytest.mark.browser

PAGE = "/tickets/12345/H-1"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Give a running system with one ticket whose source gives no due time."""
    data = tmp_path_factory.mktemp("clocks")
    with running(data, "--no-demo", LIANXIN_WATCH="false") as started:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        record = {
            "source": "12345", "external_id": "H-1", "created_at": now, "dispatched_at": now,
            "status": "办理中", "category": "路灯不亮", "department": "城市管理局",
            "title": "路灯不亮", "text": "小区东门外的路灯连续三天不亮。",
        }  # fmt: skip
        assert started.post([record])["accepted"] == 1
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    made = context.new_page()
    made.set_default_timeout(20_000)
    yield made
    context.close()


def opened(page: Page, house: System, language: str = "zh") -> None:
    """Open the ticket, until the worker has it."""
    for _ in range(40):
        page.goto(f"{house.url}{PAGE}?lang={language}")
        page.wait_for_selector("#screen h1")
        if page.locator("[data-card=clocks]").count():
            return
        time.sleep(0.5)
    raise AssertionError("the ticket never came")


def settled(page: Page) -> None:
    """Wait until the answer before is all drawn, as a person does."""
    expect(page.locator("[data-card=clocks] [data-dash-is-loading]")).to_have_count(0)
    page.wait_for_timeout(300)


def press(page: Page, act: str, **typed: str) -> None:
    """Fill in what is typed, and press."""
    settled(page)
    for name, value in typed.items():
        page.locator(f"#clock-{name}").press_sequentially(value, delay=30)
        page.wait_for_timeout(600)  # nobody's hand is at the button sooner
    page.locator(f"[data-decide={act}]").click()


def test_what_fits_is_offered_and_what_is_decided_is_shown_at_once(
    page: Page, house: System
) -> None:
    opened(page, house)
    told, clock = page.locator("#clock-told"), page.locator(".clock-face")
    expect(clock).to_have_attribute("data-clock", "running")
    for hidden in ("resume", "withdraw_triage", "withdraw_extension"):
        expect(page.locator(f"[data-decide={hidden}]")).to_be_hidden()
    page.get_by_text("疑难", exact=True).click()
    press(page, "triage")
    expect(told).to_have_text("请填写理由。")
    press(page, "triage", reason="三个部门都说不归自己管")
    expect(told).to_have_text("已记录，版本 1。")
    expect(page.locator(".clock-marks strong")).to_have_text("疑难")
    press(page, "pause")
    expect(clock).to_have_attribute("data-clock", "standing")
    expect(page.locator("[data-decide=extend]")).to_be_hidden()
    press(page, "resume")
    expect(clock).to_have_attribute("data-clock", "running")
    press(page, "extend", days="10")
    expect(clock).to_have_attribute("data-extended", "yes")
    expect(page.locator("#ticket-history")).to_contain_text("批准延期 10 个工作日")


def test_of_two_desks_the_second_is_told_and_sees_what_is(
    page: Page, house: System, browser: Browser
) -> None:
    opened(page, house, "en")
    other = browser.new_page()
    opened(other, house)
    other.get_by_text("争议", exact=True).click()
    press(other, "triage", reason="第一个")
    expect(other.locator(".clock-marks strong")).to_have_text("争议")
    page.get_by_text("urgent", exact=True).click()
    press(page, "triage", reason="the second")
    expect(page.locator("#clock-told")).to_contain_text("Not done: since you looked")
    expect(page.locator(".clock-marks strong")).to_have_text("disputed")
    press(page, "triage")
    expect(page.locator(".clock-marks strong")).to_have_text("urgent")
    other.close()
