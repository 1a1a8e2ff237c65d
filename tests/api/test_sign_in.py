"""Signing in over HTTP: cookies, where it leads, demo accounts, an identity provider, streams."""

import hmac
import json
import re
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

import flask
import pytest
import requests
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from api import live, sign_in, sso
from api.door import Finders
from api.doorkeeper import Doorkeeper as WallDoor
from api.fanout import Fanout
from api.gate import Gate
from api.sign_in import Doorkeeper
from api.signed_in import COOKIE, Doorbook
from api.walls import Walls
from data_sources.memory_audit import MemoryAudit
from data_sources.memory_screens import MemoryScreens
from data_sources.proofs import Seal
from operations.errors import Unreachable
from operations.people.demo_accounts import make_demo_accounts
from operations.people.permissions import Subject
from operations.people.roles import Role
from operations.people.sign_in import Desk, safe_next, with_password
from tests.api.test_fanout import FakeBoard
from tests.builders import NOW, NOW_US
from tests.people import MINUTE_US, PASSWORD, account, asked, desk

# The provider of the tests leans on what its library will take away.
pytestmark = [
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::authlib.deprecate.AuthlibDeprecationWarning"),
]

HERE = "http://127.0.0.1:8050"


class House:
    """A server with the gate, signing in and one stream, on memory alone."""

    def __init__(
        self, at: Desk, *, demo: bool = False, provider: sso.Provider | None = None
    ) -> None:
        self.desk, self.now_us = at, NOW_US
        self.server = flask.Flask("house")
        self.book = Doorbook(at, lambda: self.now_us, lambda work, *given: work(*given))
        self.board = FakeBoard()
        self.board.put("city", 1)
        self.fanout = Fanout(self.board, demo=False)  # type: ignore[arg-type]
        door = WallDoor(MemoryScreens(MemoryAudit()), lambda: NOW)
        walls = Walls(door, lambda work, *given: work(*given))
        find = Finders(_none, _city, _city, _city, _city, _city, _city, _city, _no, _no)
        gate = Gate(self.book, find, dict, lambda: "not for you", lambda: "lost", "metrics", walls)
        gate.stand_before(self.server)
        keeper = Doorkeeper(self.book, lambda work, *given: work(*given))
        self.server.register_blueprint(sign_in.blueprint(keeper, demo=demo))
        self.server.register_blueprint(sso.blueprint(keeper, Seal("key"), provider))
        self.server.register_blueprint(live.blueprint(self.fanout, lambda _scope: True))
        self.server.add_url_rule("/<path:path>", "page", lambda path: f"page {path}")
        self.server.add_url_rule("/", "start", lambda: "start")

    @property
    def client(self) -> FlaskClient:
        """Give a browser that has never been here."""
        return self.server.test_client()

    def signed_in(self, login: str = "wang") -> FlaskClient:
        """Give a browser that is signed in."""
        client, (token, _) = self.client, with_password(self.desk, login, PASSWORD, asked())
        client.set_cookie(COOKIE, token)
        return client


def _no(_number: str) -> None:
    """Find nothing."""


def _none(_source: str, _name: str) -> Subject | None:
    return None


def _city(_name: str) -> Subject:
    return Subject()


def form(client: FlaskClient, **more: Any) -> Any:
    given = {"login": "wang", "password": PASSWORD, "next": "/wall?scene=map"}
    return client.post("/login", data=given | more)


def test_session_is_out_of_reach_of_scripts_and_other_sites() -> None:
    house = House(desk(account()))
    answer = form(house.client)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/wall?scene=map")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Secure" not in cookie
    over_tls = house.client.post(
        "/login", data={"login": "wang", "password": PASSWORD}, base_url="https://house.example"
    )
    assert "Secure" in over_tls.headers["Set-Cookie"]


def test_each_sign_in_has_a_token_of_its_own_and_a_planted_one_opens_nothing() -> None:
    house = House(desk(account()))
    client = house.client
    client.set_cookie(COOKIE, "x" * 43)
    first = form(client).headers["Set-Cookie"]
    assert "x" * 43 not in first
    assert form(house.client).headers["Set-Cookie"] != first


def test_what_was_wrong_is_told_and_where_one_wanted_to_go_is_kept() -> None:
    answer = form(House(desk(account())).client, password="no")
    asked_for = parse_qs(urlparse(answer.headers["Location"]).query)
    assert asked_for == {"told": ["wrong"], "next": ["/wall?scene=map"]}
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "bad",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:x",
        "/login",
        "/a\nb",
    ],
)
def test_nobody_is_led_elsewhere(bad: str) -> None:
    assert safe_next(bad) == "/"
    assert form(House(desk(account())).client, next=bad).headers["Location"] == "/"


def test_leaving_ends_the_session_everywhere() -> None:
    house = House(desk(account()))
    client = house.signed_in()
    token = client.get_cookie(COOKIE).value  # type: ignore[union-attr]
    assert client.get("/api/v1/session").get_json()["login"] == "wang"
    assert client.post("/logout").headers["Location"] == "/login?told=out"
    other = house.client
    other.set_cookie(COOKIE, token)
    assert other.get("/api/v1/session").status_code == 401


def test_idle_session_ends_and_use_keeps_it() -> None:
    house = House(desk(account()))
    client = house.signed_in()
    for minutes in (20, 40, 60):
        house.now_us = NOW_US + minutes * MINUTE_US
        assert client.get("/wall").status_code == 200
    house.now_us = NOW_US + 91 * MINUTE_US
    assert client.get("/wall").status_code == 302


def test_who_must_set_a_password_first_gets_no_further() -> None:
    house = House(desk(account(must_change=True)))
    client = house.signed_in()
    assert client.get("/wall").headers["Location"] == "/account?told=set_password"
    assert client.get("/api/v1/pictures/city").status_code == 403
    assert client.get("/account").status_code == 200


def test_accounts_that_cannot_be_read_let_nobody_in() -> None:
    house = House(desk(account()))
    client = house.signed_in()

    class Away:
        def __getattr__(self, name: str) -> Any:
            raise Unreachable("the database does not answer")

    house.book.desk = replace(house.desk, accounts=Away())  # type: ignore[arg-type]
    assert client.get("/wall").status_code == 503


def test_demo_account_is_one_press_from_this_machine_alone() -> None:
    at = desk(allow_demo=True)
    make_demo_accounts(at, department="water", now_us=NOW_US)
    house = House(at, demo=True)

    def press(role: str = "leader", **more: Any) -> int:
        given: dict[str, Any] = {"base_url": HERE} | more
        return house.client.post("/login/demo", data={"role": role}, **given).status_code

    for role in Role:
        assert press(role.value) == 303
    assert press("king") == 404
    assert press(environ_base={"REMOTE_ADDR": "10.0.0.9"}) == 404
    assert press(headers={"X-Forwarded-For": "10.0.0.9"}) == 404
    assert press(base_url="http://rebound.example:8050") == 404
    house = House(at, demo=False)
    assert press() == 404


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    import oidc_provider_mock  # noqa: PLC0415 - it warns of itself when imported

    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    with oidc_provider_mock.run_server_in_thread(require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


def vouched(house: House, subject: str) -> tuple[FlaskClient, Any]:
    """Go to the provider, sign in there as a subject, and come back."""
    client = house.client
    there = client.get("/login/sso?next=/clusters", base_url=HERE).headers["Location"]
    said = requests.post(there, data={"sub": subject}, allow_redirects=False, timeout=10)
    return client, client.get(said.headers["Location"], base_url=HERE)


def test_identity_provider_opens_a_session(provider: str) -> None:
    known = account(sso="sub-1", password=None)
    house = House(desk(known), provider=sso.Provider(provider, "lianxin", "secret"))
    client, answer = vouched(house, "sub-1")
    assert answer.status_code == 200
    assert 'url=/clusters"' in answer.get_data(as_text=True), "a page of our own leads on"
    kept = {one.partition("=")[0] for one in answer.headers.getlist("Set-Cookie")}
    assert kept == {COOKIE, sso.ASKED}, "and the provider's tokens stay in the server"
    assert "eyJ" not in str(answer.headers) + answer.get_data(as_text=True)
    house.now_us = NOW_US + 1
    assert client.get("/api/v1/session", base_url=HERE).get_json()["login"] == "wang"


def test_who_has_no_account_here_is_told_so(provider: str) -> None:
    house = House(desk(account()), provider=sso.Provider(provider, "lianxin", "secret"))
    _, answer = vouched(house, "wang")
    assert answer.headers["Location"] == "/login?told=sso_unknown"


def test_answer_to_another_question_is_refused(provider: str) -> None:
    known = account(sso="sub-1", password=None)
    house = House(desk(known), provider=sso.Provider(provider, "lianxin", "secret"))
    client = house.client
    there = client.get("/login/sso", base_url=HERE).headers["Location"]
    said = requests.post(there, data={"sub": "sub-1"}, allow_redirects=False, timeout=10)
    back = said.headers["Location"]
    for wrong in (re.sub(r"state=[^&]+", "state=x", back), back.replace("code=", "kode=")):
        refused = client.get(wrong, base_url=HERE)
        assert refused.headers["Location"] == "/login?told=sso_failed"
    assert house.client.get(back, base_url=HERE).headers["Location"] == "/login?told=sso_failed"


def test_token_for_another_client_or_another_nonce_is_refused(provider: str) -> None:
    mine, other = (sso.Provider(provider, name, "secret") for name in ("lianxin", "other"))
    session = other.session(f"{HERE}/login/sso/back")
    url, _ = session.create_authorization_url(
        other.about()["authorization_endpoint"], nonce="n-1", code_verifier="v" * 48
    )
    said = requests.post(url, data={"sub": "sub-1"}, allow_redirects=False, timeout=10)
    code = parse_qs(urlparse(said.headers["Location"]).query)["code"][0]
    token = session.fetch_token(other.about()["token_endpoint"], code=code, code_verifier="v" * 48)
    assert other.subject(token, "n-1") == "sub-1"
    for provider_, nonce in ((mine, "n-1"), (other, "n-2")):
        with pytest.raises(sso.JoseError):
            provider_.subject(token, nonce)
    late = replace(other, clock=lambda: time.time() + 90_000)
    with pytest.raises(sso.JoseError):
        late.subject(token, "n-1")


def test_silent_provider_leads_back_with_words() -> None:
    house = House(desk(), provider=sso.Provider("http://127.0.0.1:9", "lianxin", None))
    assert house.client.get("/login/sso").headers["Location"] == "/login?told=sso_away"
    assert House(desk()).client.get("/login/sso").headers["Location"] == "/login?told=sso_off"


def test_ended_session_ends_its_stream_within_five_seconds_and_no_other(
    request: pytest.FixtureRequest,
) -> None:
    house = House(desk(account(), account(login="li")))
    real_us = time.time_ns
    start = real_us()
    house.book.now_us = lambda: NOW_US + (time.time_ns() - start) // 1000
    request.addfinalizer(house.fanout.stop)
    house.fanout.start()
    heard: dict[str, list[float]] = {"wang": [], "li": []}

    def listen(login: str) -> None:
        stream = house.signed_in(login).get("/api/v1/live/city").iter_encoded()
        for _ in stream:
            heard[login].append(time.monotonic())
        heard[login].append(-1.0)

    for login in heard:
        threading.Thread(target=listen, args=(login,), daemon=True).start()
    while not all(len(one) > 1 for one in heard.values()):
        time.sleep(0.05)
    house.desk.accounts.end_sessions_of("p-wang", house.book.now_us())
    ended_at = time.monotonic()
    while heard["wang"][-1] != -1.0:
        assert time.monotonic() - ended_at < 5
        time.sleep(0.05)
    beats = len(heard["li"])
    while heard["li"][-1] != -1.0 and len(heard["li"]) < beats + 2:
        time.sleep(0.05)
    assert -1.0 not in heard["li"]


def test_signing_in_again_ends_the_session_before() -> None:
    house = House(desk(account(), account(login="li")))
    client, other = house.signed_in(), house.signed_in("li")
    before = client.get_cookie(COOKIE).value  # type: ignore[union-attr]
    assert form(client).status_code == 303
    assert client.get("/api/v1/session").status_code == 200
    elsewhere = house.client
    elsewhere.set_cookie(COOKIE, before)
    assert elsewhere.get("/api/v1/session").status_code == 401
    assert other.get("/api/v1/session").status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_other_site_sends_anybody_to_the_provider(provider: str, site: str) -> None:
    house = House(desk(), provider=sso.Provider(provider, "lianxin", "secret"))
    sent = house.client.get("/login/sso", base_url=HERE, headers={"Sec-Fetch-Site": site})
    assert sent.headers["Location"] == "/login"
    own = {"Sec-Fetch-Site": "same-origin"}
    pressed = house.client.get("/login/sso", base_url=HERE, headers=own)
    assert pressed.headers["Location"].startswith(provider)


@contextmanager
def publishing(status: int, said: dict[str, Any], **headers: str) -> Iterator[str]:
    """Publish an answer at every address of a server of its own."""

    class Publisher(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Publisher) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_provider_that_says_it_is_another_is_refused(provider: str) -> None:
    assert sso.Provider(provider, "lianxin", None).about()["issuer"] == provider
    for issuer in ("https://elsewhere.example", f"{provider}/", None):
        with publishing(200, {"issuer": issuer}) as url:
            house = House(desk(), provider=sso.Provider(url, "lianxin", None))
            assert house.client.get("/login/sso").headers["Location"] == "/login?told=sso_away"
            with pytest.raises(ValueError, match="issuer"):
                sso.Provider(url, "lianxin", None).about()
    with publishing(200, {"issuer": f"{url}/"}) as url, pytest.raises(ValueError, match="issuer"):
        sso.Provider(url, "lianxin", None).about()


def test_provider_that_leads_elsewhere_is_not_followed(provider: str) -> None:
    for status in (301, 302, 307):
        there = f"{provider}/.well-known/openid-configuration"
        with publishing(status, {}, Location=there) as url:
            with pytest.raises(ValueError, match="leads elsewhere"):
                sso.Provider(url, "lianxin", None).about()
            known = sso.Provider(provider, "lianxin", None)
            known.about()["jwks_uri"] = url
            with pytest.raises(ValueError, match="leads elsewhere"):
                known.subject({"id_token": "x.y.z"}, "n-1")


OWN_KEY = RSAKey.generate_key(2048)
GOOD_KEY = RSAKey.generate_key(2048)


def signed(key: Any, claims: dict[str, Any], **header: Any) -> str:
    """Sign claims as whoever holds a key."""
    algorithms = [header["alg"]]
    return jwt.encode(header, claims, key, algorithms=algorithms)


def test_forged_token_is_refused() -> None:
    """The provider's key signs what is taken; none, its public half, or another's do not."""
    public = GOOD_KEY.as_dict(private=False)
    with publishing(200, {"keys": [public]}) as url:
        at = sso.Provider("https://id.example", "lianxin", "a secret of the client, long enough")
        at._about.update(issuer="https://id.example", jwks_uri=url)
        claims = {"iss": "https://id.example", "aud": "lianxin", "sub": "sub-1", "nonce": "n-1",
                  "exp": int(time.time()) + 60}  # fmt: skip
        good = signed(GOOD_KEY, claims, alg="RS256")
        assert at.subject({"id_token": good}, "n-1") == "sub-1"
        head, body, signature = good.split(".")
        other = body[:20] + ("A" if body[20] != "A" else "B") + body[21:]
        none = urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
        client_secret = OctKey.import_key(at.client_secret or "")
        public_text = GOOD_KEY.as_pem(private=False)  # as if the public key were a shared secret
        start = urlsafe_b64encode(b'{"alg":"HS256"}').decode().rstrip("=") + f".{body}"
        mac = hmac.digest(public_text, start.encode(), "sha256")
        own = OWN_KEY.as_dict(private=False)
        for forged in (
            f"{head}.{other}.{signature}",
            f"{head}.{body}.",
            f"{none}.{body}.",
            signed(client_secret, claims, alg="HS256"),
            f"{start}.{urlsafe_b64encode(mac).decode().rstrip('=')}",
            signed(OWN_KEY, claims, alg="RS256"),
            signed(OWN_KEY, claims, alg="RS256", jwk=own),
            signed(OWN_KEY, claims, alg="RS256", jku="http://127.0.0.1:9/keys"),
        ):
            with pytest.raises((sso.JoseError, ValueError)):
                at.subject({"id_token": forged}, "n-1")
