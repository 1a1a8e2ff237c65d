"""What people see and do where they sign in: start page, sign-in page, account, signed acts."""

import json
import re
from pathlib import Path
from typing import Any

import pyotp
import pytest

from api.signed_in import SignedIn
from callbacks.account import authenticator, changed, device_name
from callbacks.cluster import acted
from callbacks.pages import screen
from operations.people.account import Account, Session, person_of
from operations.people.roles import Role
from operations.people.sign_in import Desk as SignIn
from operations.people.sign_in import with_password
from tests.builders import NOW_US
from tests.desk import book, desk, sources
from tests.people import PASSWORD, account, asked
from tests.people import desk as sign_in_desk
from tests.watched import alarm


class Here:
    """Knows who asks: one person, or nobody."""

    def __init__(self, at: SignIn, login: str | None) -> None:
        self.at, self.session = at, None
        if login is not None:
            self.session = with_password(at, login, PASSWORD, asked())[1]

    def who(self) -> SignedIn | None:
        """Give who asks."""
        if self.session is None:
            return None
        session = self.at.accounts.session(self.session.key)
        held = self.at.accounts.account(self.session.person)
        assert isinstance(session, Session)
        assert isinstance(held, Account)
        return SignedIn(person_of(held, session), held, session, None)

    def beside(self, work: Any, *given: Any) -> Any:
        """Do it."""
        return work(*given)

    def now_us(self) -> int:
        """Tell the time."""
        return NOW_US

    def forget(self) -> None:
        """Look up anew: it always does."""

    def watch(self, dash: Any) -> None:
        """Need nothing of Dash."""


def house(login: str | None = "wang", *, demo: bool = False, **who: Any) -> tuple[Any, Any]:
    """Give sources and a desk of a house where people sign in."""
    at = sign_in_desk(account(**who))
    given = sources(accounts=at.accounts, sign_in=at)
    given.settings.demo_accounts, given.settings.oidc_issuer = demo, None
    return given, desk(people=Here(at, login))


def words(component: Any) -> str:
    return json.dumps(component, default=lambda one: one.to_plotly_json(), ensure_ascii=False)


def test_start_page_shows_nothing_of_the_city_before_signing_in() -> None:
    given, at = house(None)
    told = words(screen(given, at, "/", ""))
    assert "登录" in told
    assert "/wall" not in told
    assert "演示账号" not in told
    given, at = house(None, demo=True)
    told = words(screen(given, at, "/", "?lang=en"))
    assert "Demo accounts" in told
    assert all(f'"value": "{role}"' in told for role in Role)


def test_start_page_offers_what_is_for_the_person() -> None:
    given, at = house()
    told = words(screen(given, at, "/", ""))
    for said in ("王芳", "中心坐席", '"/wall?lang=zh"', '"/clusters?lang=zh"', "/account"):
        assert said in told
    given, at = house(roles=frozenset({Role.DEPARTMENT_HANDLER}), department="water")
    told = words(screen(given, at, "/", ""))
    assert '"/wall?lang=zh"' not in told
    assert "department-water" in told
    assert "district-" not in told
    given, at = house(roles=frozenset({Role.AUDIT_ADMIN}))
    assert "/wall" not in words(screen(given, at, "/", ""))


def test_sign_in_page_says_what_was_wrong_and_leads_on() -> None:
    given, at = house(None)
    told = words(screen(given, at, "/login", "?told=wrong&next=/clusters"))
    assert "账号或密码不正确" in told
    assert '"value": "/clusters"' in told
    assert "统一身份认证登录" not in told
    given.settings.oidc_issuer = "https://id.example"
    assert "统一身份认证登录" in words(screen(given, at, "/login", ""))
    assert "第二步验证" in words(screen(given, at, "/login", "?step=second"))
    assert "evil" not in words(screen(given, at, "/login", "?told=<evil>"))


def test_there_is_no_sign_in_page_without_accounts() -> None:
    for path in ("/login", "/account"):
        assert "没有这个页面" in words(screen(sources(), desk(), path, ""))


def test_account_page_lists_devices_and_says_what_is_lacking() -> None:
    given, at = house()
    told = words(screen(given, at, "/account", "?told=set_second"))
    for said in (
        "王芳",
        "中心坐席",
        "Firefox",
        "本设备",
        "10.0.0.9",
        "两种验证方式",
        "至少 10 个字符",
    ):
        assert said in told
    assert "以角色视角" not in told
    given, at = house(roles=frozenset({Role.SYSTEM_ADMIN}))
    assert "以角色视角" in words(screen(given, at, "/account", ""))


def test_password_is_changed_in_words() -> None:
    given, at = house()
    new = "a walk along the quay"
    assert "不一致" in changed(given, at, PASSWORD, new, "other", "")
    assert "不正确" in changed(given, at, "wrong", new, new, "")
    assert "不符合要求" in changed(given, at, PASSWORD, "short", "short", "")
    assert "were signed out (0)" in changed(given, at, PASSWORD, new, new, "?lang=en")
    with_password(given.sign_in, "wang", new, asked())


def test_authenticator_is_shown_confirmed_and_dropped() -> None:
    given, at = house()
    drawn, _ = authenticator(given, at, "begin", "", "zh")
    told = words(drawn)
    assert "data:image/svg+xml" in told
    secret = told.partition('"data-secret": "')[2].partition('"')[0]
    assert "数字不正确" in authenticator(given, at, "confirm", "123", "zh")[1]
    code = pyotp.TOTP(secret).at(NOW_US // 1_000_000)
    assert "已启用" in authenticator(given, at, "confirm", code, "zh")[1]
    assert "已停用" in authenticator(given, at, "drop", "", "zh")[1]
    assert at.who().account.totp is None


def test_act_on_an_alarm_carries_the_account_whatever_is_typed() -> None:
    given, at = house()
    kept = book()
    at = desk(kept, people=at.people)
    seen = {"id": alarm().id, "version": 1}
    acted(given, at, "acknowledge", seen, "", actor="somebody else", note="", hours="")
    (line,) = [one for one in kept.alarm_lines(alarm().id) if one.step == "acknowledged"]
    assert (line.actor, line.verified) == ("王芳 (wang)", True)


def test_cluster_page_lets_nobody_type_another_name() -> None:
    given, at = house()
    told = words(screen(given, at, "/clusters/c-1", ""))
    assert '"value": "王芳 (wang)"' in told
    assert '"readOnly": true' in told
    assert '"readOnly": true' not in words(screen(sources(), desk(), "/clusters/c-1", ""))


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537 Edg/130", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Safari/604", "Safari · iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/1 MicroMessenger/8", "WeChat · Android"),
        ("own client/1", "own client/1"), ("", "?"),
    ],
)  # fmt: skip
def test_device_is_named_as_people_know_it(agent: str, name: str) -> None:
    assert device_name(agent) == name


def test_password_fields_are_masked_and_open_to_password_managers() -> None:
    given, at = house()
    for path, many in (("/login", 1), ("/account", 3)):
        told = words(screen(given, house(None)[1] if path == "/login" else at, path, ""))
        assert told.count('"type": "password"') == many
        kinds = re.findall(r'"autoComplete": "((?:current|new)-password)"', told)
        assert len(kinds) == many
    for script in Path("assets").glob("*.js"):
        assert "paste" not in script.read_text("utf-8"), "nothing keeps anybody from pasting"
