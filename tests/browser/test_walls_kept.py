"""The whole way of a wall: code, pairing on /screens, settings, reload, and shut out again."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.accounts import sign_in, users
from tests.system import System, running

pytestmark = pytest.mark.browser

CODE = re.compile(r"^\w{3} \w{3}$")
WALL = ".wall[data-scope={}]:not([data-seq=''])"
UNDER_WAY_MS = 2000
BODY = "parseFloat(getComputedStyle(document.querySelector('.wall')).fontSize)"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with running(tmp_path_factory.mktemp("walls"), "--no-demo", LIANXIN_ACCOUNTS="on") as made:
        users(made, "add", "root", "--name", "管理员", "--role", "system_admin")
        yield made


@pytest.fixture
def wall(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def gone_slowly(wall: Page) -> list[str]:
    """Give where a wall goes from now on, each a while after it set out.

    Meanwhile it hears of its end in more than one way.
    """
    went: list[str] = []

    def lead(route: Route) -> None:
        if route.request.is_navigation_request():
            went.append(route.request.url)
            wall.wait_for_timeout(UNDER_WAY_MS)
        route.continue_()

    wall.route("**/*", lead)
    return went


def test_the_whole_way_of_a_wall(house: System, page: Page, wall: Page) -> None:
    errors: list[str] = []
    for one in (page, wall):
        one.on("pageerror", lambda error: errors.append(str(error)))
    wall.goto(f"{house.url}/pair")
    code = wall.locator(".pair-code")
    expect(code).to_have_text(CODE)
    sign_in(page, f"{house.url}/screens", login="root")
    expect(page.locator(".wall-list")).to_contain_text(f"{house.url}/pair")

    page.get_by_label("配对码").fill(code.inner_text().lower())
    page.get_by_label("名称").fill("大厅")
    page.get_by_label("区市 · 龙口市").check()
    page.get_by_label("地图", exact=True).check()
    page.click("text=55 英寸 1080p")
    page.get_by_label("像素间距").press("Enter")  # the keyboard alone does it
    wall.wait_for_selector(WALL.format("district-370681"))
    assert wall.url.endswith("/wall/district-370681?rotate=map:20&distance=4&pitch=0.634&scene=map")
    assert wall.evaluate(BODY) == 41
    row = page.locator(".wall-row")
    expect(row).to_contain_text("大厅")
    expect(row).to_contain_text("区市 · 龙口市")
    expect(row).to_contain_text("在线")
    expect(row).to_contain_text("当前版本")

    page.click("text=更改设置")
    page.get_by_label("名称").fill("二号厅")
    page.get_by_label("最远观看距离（米）").fill("8")
    page.click("#screen-save")
    expect(page.locator("#screen-save-told")).to_contain_text("已保存")
    expect(wall).to_have_url(re.compile("distance=8"))
    wall.wait_for_selector(WALL.format("district-370681"))
    assert wall.evaluate(BODY) == 81, "letters grow with the distance"

    page.click("text=返回大屏列表")
    expect(row).to_contain_text("二号厅")
    wall.evaluate("document.querySelector('.wall').classList.add('before')")
    expect(wall.locator(".wall.before")).to_have_count(1)
    page.click("text=立即刷新")
    expect(wall.locator(".wall.before")).to_have_count(0)
    wall.wait_for_selector(WALL.format("district-370681"))

    page.click(".wall-acts >> text=停用")
    page.click("#screen-revoke")
    expect(page.locator("#screen-revoke-told")).to_contain_text("先勾选")
    page.get_by_label("我确认停用").check()
    went = gone_slowly(wall)
    page.click("#screen-revoke")
    expect(page.locator("#screen-revoke-told")).to_contain_text("“二号厅”已停用")
    expect(wall).to_have_url(f"{house.url}/pair")
    assert went == [f"{house.url}/pair"], "gone there once, and nowhere else"
    expect(code).to_have_text(CODE)
    assert errors == []
