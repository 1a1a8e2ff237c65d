"""Administrators keep accounts and read the audit log, each their own part, in a real Chromium."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import accounts
from tests.browser.accounts import PASSWORD, users
from tests.system import System, running

ANOTHER = "tall lighthouse 灯塔 77"
PATIENCE_MS = 40_000


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Give a running system with one administrator of each kind."""
    with running(tmp_path_factory.mktemp("house"), "--no-demo", LIANXIN_ACCOUNTS="on") as started:
        for login, role in (("sys", "system_admin"), ("sec", "security_admin"),
                            ("aud", "audit_admin")):  # fmt: skip
            users(started, "add", login, "--role", role)
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page of a browser that has never been here."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    made = context.new_page()
    made.set_default_timeout(PATIENCE_MS)
    yield made
    context.close()


def sign_in(page: Page, address: str, login: str, password: str = PASSWORD) -> None:
    page.context.clear_cookies()
    accounts.sign_in(page, address, login, password)


def test_an_account_from_its_making_to_the_audit_log(
    house: System, page: Page, browser: Browser
) -> None:
    sign_in(page, f"{house.url}/people", "sys")
    page.click(".make-account summary")
    page.fill("#made-login", "Sun.Li")
    page.fill("#made-name", "孙丽")
    page.click("#people-make")
    first = page.locator(".first-password").get_attribute("data-first-password") or ""
    page.click("#people-made a")
    expect(page.locator(".person-facts")).to_contain_text("首次密码，待修改")
    expect(page.locator("#person-give")).to_have_count(0)

    newcomer = browser.new_context().new_page()
    newcomer.set_default_timeout(PATIENCE_MS)
    sign_in(newcomer, f"{house.url}/account", "sun.li", first)
    newcomer.wait_for_selector(".account")
    newcomer.goto(f"{house.url}/clusters")
    newcomer.wait_for_url("**/account?told=set_password")
    for name, said in (("old", first), ("new", ANOTHER), ("again", ANOTHER)):
        newcomer.fill(f"#account-{name}", said)
    newcomer.click("#account-change-password")
    expect(newcomer.locator("#account-password-told")).to_contain_text("密码已修改")
    refused = newcomer.goto(f"{house.url}/clusters")
    assert refused is not None
    assert refused.status == 403

    sign_in(page, f"{house.url}/people/sun.li", "sec")
    expect(page.locator(".costly")).to_have_count(0)
    page.click(".role-list label:has-text('领导')")
    page.click("#person-give")
    expect(page.locator("#given-told")).to_contain_text("退出设备 1 个")
    expect(page.locator(".person-facts")).to_contain_text("领导")
    sign_in(newcomer, f"{house.url}/clusters", "sun.li", ANOTHER)
    newcomer.wait_for_selector("main.dossier")
    newcomer.context.close()

    sign_in(page, f"{house.url}/audit", "aud")
    expect(page.locator(".chain[data-chain=fits]")).to_be_visible()
    page.fill("input[name=subject]", "sun.li")
    page.click("button:has-text('查找')")
    page.wait_for_url("**subject=sun.li**")
    lines = page.locator(".audit-table tbody tr")
    expect(lines).to_have_count(3)
    expect(lines.nth(0)).to_contain_text("roles none")
    expect(lines.nth(0)).to_contain_text("roles leader")
    expect(lines.nth(2)).to_contain_text("开立账号")
    with page.expect_download() as taken:
        page.click("a.export")
    table = Path(taken.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [(row["act"], row["actor"], row["verified"]) for row in rows] == [
        ("people.roles_given", "sec", "True"),
        ("people.password_changed", "sun.li", "True"),
        ("people.account_made", "sys", "True"),
    ]
    page.go_back()
    expect(lines).not_to_have_count(3)


def test_a_lock_ends_an_open_stream_and_another_decision_is_told(
    house: System, page: Page, browser: Browser
) -> None:
    for login, role in (("wall-9", "wall"), ("sec-2", "security_admin")):
        users(house, "add", login, "--role", role)
    wall = browser.new_context().new_page()
    sign_in(wall, f"{house.url}/wall", "wall-9")
    wall.wait_for_selector(".wall[data-seq]:not([data-seq=''])", timeout=PATIENCE_MS)
    sign_in(page, f"{house.url}/people/wall-9", "sys")
    page.wait_for_selector(".person-facts")
    other = page.context.new_page()
    other.goto(f"{house.url}/people/wall-9")
    other.wait_for_selector(".person-facts")
    page.click(".costly summary:has-text('锁定')")
    page.click(".costly[open] button")
    expect(page.locator("#person-told")).to_contain_text("已锁定，退出设备 1 个")
    expect(wall).to_have_url(re.compile(r"/login\?next="))
    wall.context.close()
    other.click(".costly summary:has-text('注销')")
    other.click(".costly[open] button")
    expect(other.locator("#person-told")).to_contain_text("另一位管理员已修改")
    expect(other.locator(".person-facts")).to_contain_text("已锁定")


def test_looking_through_a_role_stands_on_every_page(house: System, page: Page) -> None:
    sign_in(page, f"{house.url}/account", "sys")
    page.click(".views label:has-text('领导')")
    page.click("#account-view-set")
    expect(page.locator("#account-view")).to_contain_text("领导")
    for path in ("/", "/wall", "/nowhere"):
        page.goto(f"{house.url}{path}")
        expect(page.locator(".viewing-mark")).to_contain_text("领导")
    told = page.goto(f"{house.url}/people")
    assert told is not None
    assert told.status == 403, "the role looked through may not"
