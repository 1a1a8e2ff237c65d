"""Two reports of one matter are merged on a ticket's page and taken apart again."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system import System, running

pytestmark = pytest.mark.browser

PAGE = "/tickets/12345/D-1"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Give a running system with one matter told by telephone and by WeChat."""
    data = tmp_path_factory.mktemp("duplicates")
    with running(data, "--no-demo", LIANXIN_WATCH="false") as started:
        now = time.time()

        def stamp(ago_s: float) -> str:
            return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now - ago_s))

        phone = {
            "source": "12345", "external_id": "D-1", "created_at": stamp(9000), "status": "办理中",
            "category": "路灯不亮", "channel": "电话", "title": "路灯不亮", "caller": "13812345678",
            "text": "小区东门外的路灯连续三天不亮，夜间出行不便。", "crs": "WGS84",
            "latitude": 37.6461, "longitude": 120.4778,
        }  # fmt: skip
        wechat = phone | {
            "external_id": "D-2", "created_at": stamp(600), "channel": "微信",
            "text": "小区东门外路灯三天不亮了，夜间出行很不便。",
        }  # fmt: skip
        assert started.post([phone, wechat])["accepted"] == 2
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    made = context.new_page()
    made.set_default_timeout(30_000)
    yield made
    context.close()


def opened(page: Page, house: System, language: str) -> None:
    """Open the ticket, until the worker has both."""
    for _ in range(60):
        page.goto(f"{house.url}{PAGE}?lang={language}")
        page.wait_for_selector("#screen h1")
        if page.locator(".twin-face a").count():
            return
        time.sleep(0.5)
    raise AssertionError("the two tickets never came")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_press_and_its_confirmation_merge_and_another_pair_takes_apart(
    page: Page, house: System, language: str
) -> None:
    opened(page, house, language)
    panel, told = page.locator("[data-card=duplicates]"), page.locator("#duplicates-told")
    expect(panel.locator(".twin-channel")).to_have_attribute("data-channel", "wechat")
    here = panel.locator("[data-twin=here]")
    expect(here).to_be_hidden()
    ask = panel.locator(".twin-ask summary").first
    ask.focus()
    page.keyboard.press("Enter")
    expect(here).to_be_visible()
    here.focus()
    page.keyboard.press("Enter")
    expect(told).to_have_text({"zh": "已合并。", "en": "Merged."}[language])
    expect(panel.locator(".twin-rows a")).to_contain_text("D-2")
    expect(panel.locator(".twin-reasons")).to_have_count(0)
    panel.locator(".twin-ask summary").click()
    panel.locator("[data-twin=apart]").click()
    expect(panel.locator(".twin-reasons")).to_have_count(1)
    expect(told).not_to_have_text({"zh": "已合并。", "en": "Merged."}[language])
    panel.locator(".twin-beside summary").click()
