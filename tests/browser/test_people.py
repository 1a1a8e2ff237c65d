"""Signing in as a person does: password, codes, passkeys, demo accounts, in a real Chromium."""

import re
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlparse

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accounts import PASSWORD, sign_in, users
from tests.system import System, running

ANOTHER = "tall lighthouse 灯塔 77"
PATIENCE_MS = 40_000


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Give a running system with accounts, two people and no demo city."""
    data = tmp_path_factory.mktemp("house")
    with running(data, "--no-demo", LIANXIN_ACCOUNTS="on") as started:
        for login in ("wang", "zhao"):
            users(started, "add", login, "--name", "王芳", "--role", "centre_staff")
        yield started


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """Give a page of a browser that has never been here."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    context.close()


def named(system: System) -> str:
    return f"http://localhost:{system.port}"


def session_of(page: Page) -> list[dict[str, object]]:
    """Give the cookies that carry a session; a page's own token opens nothing."""
    return [one for one in page.context.cookies() if one["name"] != "lianxin_csrf"]


def test_a_page_asks_to_sign_in_and_is_there_afterwards(house: System, visitor: Page) -> None:
    sign_in(visitor, f"{house.url}/clusters?category=noise", password="wrong password")
    expect(visitor.locator("#login-told")).to_contain_text("不正确")
    assert session_of(visitor) == []
    sign_in(visitor, visitor.url.replace("told=wrong", "told="))
    visitor.wait_for_url("**/clusters?category=noise")
    (cookie,) = session_of(visitor)
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    visitor.goto(house.url)
    expect(visitor.locator(".home-visitor")).to_contain_text("王芳")
    kept = visitor.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "wang" not in kept
    assert "王芳" not in kept
    assert str(cookie["value"]) not in kept + visitor.content()
    visitor.click("text=退出登录")
    visitor.wait_for_url("**/login?told=out")
    assert "王芳" not in visitor.content()
    assert visitor.goto(f"{house.url}/clusters").url.startswith(f"{house.url}/login")


def test_authenticator_and_recovery_codes(house: System, visitor: Page) -> None:
    sign_in(visitor, f"{house.url}/account")
    visitor.click("text=设置验证器")
    secret = visitor.locator(".secret").get_attribute("data-secret")
    visitor.fill("#account-totp-code", pyotp.TOTP(secret).now())
    visitor.click("text='启用'")
    expect(visitor.locator("#account-totp-told")).to_contain_text("已启用")
    visitor.click("text=生成新的恢复码")
    expect(visitor.locator(".codes li")).to_have_count(10)
    codes = visitor.locator(".codes li").all_inner_texts()
    visitor.click("text=退出登录")
    sign_in(visitor, f"{house.url}/account")
    visitor.wait_for_url("**step=second**")
    assert visitor.request.get(f"{house.url}/api/v1/alarms").status == 401
    visitor.fill("#login-code", codes[0])
    visitor.click("text=确认")
    visitor.wait_for_url("**/account")
    expect(visitor.locator(".account")).to_contain_text("还有 9 个未用")
    visitor.click("text=停用验证器")
    expect(visitor.locator("#account-totp-told")).to_contain_text("已停用")


def test_passkey_is_added_and_signs_in(house: System, visitor: Page) -> None:
    devtools = visitor.context.new_cdp_session(visitor)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(visitor, f"{named(house)}/account", login="zhao")
    visitor.click("#passkey-add")
    expect(visitor.locator("#account-passkeys .people-row")).to_have_count(1)
    visitor.click("text=退出登录")
    sign_in(visitor, f"{named(house)}/account", login="zhao")
    visitor.wait_for_url("**step=second**")
    visitor.goto(f"{named(house)}/clusters")
    visitor.click("#passkey-in")
    visitor.wait_for_url("**/clusters")
    visitor.goto(f"{named(house)}/account")
    expect(visitor.locator("#account-passkeys")).to_contain_text("最近使用")
    visitor.click("text=移除")
    expect(visitor.locator("#account-passkeys")).to_contain_text("还没有")


def test_password_is_changed_and_other_devices_go(
    house: System, visitor: Page, browser: Browser
) -> None:
    users(house, "add", "qian", "--role", "leader")
    other = browser.new_page()
    sign_in(other, f"{house.url}/account", login="qian")
    other.wait_for_selector(".account")
    sign_in(visitor, f"{house.url}/account", login="qian")
    for name, said in (("old", PASSWORD), ("new", ANOTHER), ("again", ANOTHER)):
        visitor.fill(f"#account-{name}", said)
    visitor.click("#account-change-password")
    expect(visitor.locator("#account-password-told")).to_contain_text("1 个")
    time.sleep(2.1)
    other.goto(f"{house.url}/account")
    assert urlparse(other.url).path == "/login"
    assert parse_qs(urlparse(other.url).query)["next"] == ["/account"]
    other.close()


def test_wall_of_a_locked_account_goes_to_the_sign_in_page(house: System, visitor: Page) -> None:
    users(house, "add", "wall-1", "--role", "wall")
    sign_in(visitor, f"{house.url}/wall", login="wall-1")
    visitor.wait_for_selector(".wall[data-seq]:not([data-seq=''])")
    users(house, "lock", "wall-1")
    expect(visitor).to_have_url(re.compile(r"/login\?next="))


def test_demo_account_is_one_press_on_the_start_page(
    tmp_path_factory: pytest.TempPathFactory, visitor: Page
) -> None:
    data = tmp_path_factory.mktemp("demo")
    quick = {"LIANXIN_DEMO_HISTORY_D": "2", "LIANXIN_WATCH": "false"}
    with running(data, patience_s=150, LIANXIN_ACCOUNTS="on", **quick) as house:
        visitor.goto(house.url)
        expect(visitor.locator(".demo-accounts button")).to_have_count(9)
        visitor.click("button[value=leader]")
        expect(visitor.locator(".home-visitor")).to_contain_text("演示 领导")
        visitor.click(".home-city >> nth=0")
        visitor.wait_for_selector(".wall[data-seq]:not([data-seq=''])")
        visitor.goto(f"{house.url}/account")
        visitor.click("text=退出登录")
        visitor.click("button[value=audit_admin]")
        visitor.wait_for_selector(".home-visitor")
        told = visitor.goto(f"{house.url}/wall")
        assert told is not None
        assert told.status == 403
        expect(visitor.locator("body")).to_contain_text("您的账号不能查看此页")
