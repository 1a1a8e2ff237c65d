"""A page of departments in a browser: live numbers, the way back, small screens, the scene."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system import System, running
from tests.turns import in_turn

pytestmark = pytest.mark.browser

RECORD = {
    "source": "12345", "status": "办理中", "category": "供水管道漏水", "department": "水务局",
    "address": "龙口市东莱街道12号楼", "title": "南山水管漏水",
}  # fmt: skip
SMALL = """() => [...document.querySelectorAll('main a, main button, main summary')]
  .filter((one) => one.getClientRects().length && !one.closest('p, dd'))
  .map((one) => [one.textContent, Math.round(one.getBoundingClientRect().height)])
  .filter(([, high]) => high < 44)"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Give a running system with some tickets of one department."""
    data = tmp_path_factory.mktemp("departments")
    with running(data, "--no-demo", LIANXIN_WATCH="false") as started:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        tickets = [RECORD | {"external_id": f"T-{n}", "created_at": now} for n in range(7)]
        assert started.post(tickets)["accepted"] == 7
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page(viewport={"width": 1366, "height": 900})
    made.set_default_timeout(30_000)
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    yield made
    made.close()
    assert errors == []


def opened(page: Page, house: System, path: str) -> None:
    """Open a page, and wait until its charts stand."""
    page.goto(f"{house.url}{path}")
    page.wait_for_selector("main.bureau [data-chart] svg")


def test_now_is_written_as_it_comes(house: System, page: Page) -> None:
    opened(page, house, "/departments/water_bureau")
    expect(page.locator('[data-kpi="open_now"]')).to_have_text("7")
    expect(page.locator("main.bureau")).to_have_attribute("data-state", "fresh")
    expect(page.locator('[data-stage="perform"]')).to_have_text("7")
    expect(page.locator('[data-stage-age="perform"]')).to_have_text("历时中位 0 小时")
    expect(page.locator('[data-stage-late="account"]')).to_have_text("超期 0")
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    house.post([RECORD | {"external_id": "T-later", "created_at": now}])
    expect(page.locator('[data-kpi="open_now"]')).to_have_text("8")


def test_a_row_of_the_list_has_its_live_numbers_and_leads_further(
    house: System, page: Page
) -> None:
    opened(page, house, "/departments?days=7")
    row = page.locator('tr[data-code="water_bureau"]')
    expect(row.locator('[data-row-kpi="open_now"]')).not_to_have_text("–")
    row.locator("a").click()
    page.wait_for_url("**/departments/water_bureau?days=7**")
    page.wait_for_selector("main.bureau [data-chart] svg")


def test_back_brings_the_page_as_it_was_left(house: System, page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 700})
    opened(page, house, "/departments/water_bureau?days=90")
    page.locator('details[data-kept="means-opened"] summary').click()
    leads = page.locator('[data-by="category"] tbody a').first
    leads.scroll_into_view_if_needed()
    left_at = page.evaluate("scrollY")
    assert left_at > 300
    leads.click()
    page.wait_for_url("**category=**")
    page.wait_for_selector("main.bureau [data-chart] svg")
    assert "days=90" in page.url
    page.locator("[data-way-back]").click()
    page.wait_for_url("**/departments/water_bureau?days=90")
    page.wait_for_selector("main.bureau [data-chart] svg")
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == left_at
    assert page.evaluate("document.querySelector('[data-kept=means-opened]').open")


@pytest.mark.parametrize(
    ("width", "path"),
    in_turn([320, 768, 1366], ("/departments", "/departments/water_bureau?lang=en")),
)
def test_it_flows_into_every_width_and_fingers_find_everything(
    house: System, page: Page, width: int, path: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, house, path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALL) == []


def test_departments_stand_side_by_side_on_the_wall(house: System, page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{house.url}/wall?scene=departments")
    row = page.locator(".row-performance[href]").first
    expect(row.locator(".measure-load .measure-value")).not_to_have_text("")
    expect(row).to_have_attribute("href", "/departments/water_bureau?lang=zh")
    assert page.locator(".panel-performance .trace-before").count() >= 1
    expect(page.locator("main.wall")).to_have_attribute("data-scene", "departments")
