"""Every answer carries the security headers, and they are worth Mozilla's best grade."""

import re
from collections.abc import Iterator
from pathlib import Path

import flask
import pytest
from flask.testing import FlaskClient

from api.headers import HSTS, SAFE, STYLE_EXCEPTIONS, SafeHeaders
from data_sources.connect import Sources
from settings import read_settings
from tests.api import observatory
from tests.api.observatory import Seen
from webserver import create_app

ROOT = Path(__file__).resolve().parents[2]
LEAST_SCORE = 120
PUT_ON = {*SAFE, "Content-Security-Policy", "Cross-Origin-Embedder-Policy"}
ANSWERS = [
    *[("/", 200), ("/wall", 200), ("/clusters/c-1", 200), ("/_dash-layout", 200)],
    *[("/assets/live.js", 200), ("/assets/nothing.js", 404), ("/_favicon.ico", 200)],
    *[("/api/v1/alarms", 200), ("/api/v1/alarms?cleared=x", 400), ("/api/v1/live/nowhere", 404)],
    *[("/api/v1/clusters/none/version", 404), ("/metrics", 200)],
]


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, valkey_server: object
) -> Iterator[flask.Flask]:
    url = valkey_server.url  # type: ignore[attr-defined]
    folder = tmp_path_factory.mktemp("headers")
    sources = Sources(
        read_settings(data_dir=folder, redis_url=url, demo=False, names="lianxin.test")
    )
    sources.migrate()
    made = create_app(sources)

    @made.get("/fails")
    def fails() -> str:
        raise RuntimeError("on purpose")

    yield made
    sources.close()


@pytest.fixture
def client(server: flask.Flask) -> FlaskClient:
    return server.test_client()


def seen(client: FlaskClient, path: str) -> tuple[int, Seen]:
    answer = client.get(path, base_url="https://lianxin.test")
    is_page = answer.mimetype == "text/html"
    text = answer.get_data(as_text=True) if is_page else ""
    found = Seen(dict(answer.headers), tuple(answer.headers.getlist("Set-Cookie")), text)
    answer.close()
    return answer.status_code, found


@pytest.mark.parametrize(("path", "status"), [*ANSWERS, ("/fails", 500)])
def test_every_answer_is_worth_the_best_grade(client: FlaskClient, path: str, status: int) -> None:
    got, answer = seen(client, path)
    assert got == status
    assert set(answer.headers) >= PUT_ON
    assert answer.headers["Strict-Transport-Security"] == HSTS
    told = {test.__name__: test(answer) for test in observatory.TESTS}
    assert observatory.score(answer) >= LEAST_SCORE, told


def test_a_redirection_carries_them_too(server: flask.Flask) -> None:
    with server.test_request_context("/"):
        moved = server.process_response(flask.redirect("/wall"))  # type: ignore[arg-type]
    assert set(moved.headers.keys()) >= PUT_ON


@pytest.mark.parametrize("path", ["/api/v1/alarms", "/_dash-layout", "/api/v1/live/nowhere"])
def test_what_tells_of_the_city_is_kept_in_no_cache(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"
    posted = client.post("/_dash-update-component", json={})
    assert posted.headers["Cache-Control"] == "no-store"
    script = client.get("/assets/live.js")
    assert script.headers["Cache-Control"] == "no-cache", "asked for again, and sent if changed"
    script.close()


def test_without_tls_nobody_is_told_to_stay_with_it(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_no_page_may_run_what_is_written_into_it(client: FlaskClient) -> None:
    answer = client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    for name, value in {
        "object-src": "'none'", "base-uri": "'none'", "form-action": "'self'",
        "frame-ancestors": "'self'", "default-src": "'none'",
    }.items():  # fmt: skip
        assert rules[name] == value
    inline = re.findall(r"<script(?![^>]*src=)([^>]*)>", answer.get_data(as_text=True))
    data = [tag for tag in inline if "application/json" in tag]
    assert len(inline) - len(data) == rules["script-src"].count("sha256-"), "each by its hash"


def test_tiles_of_another_server_are_let_in_and_nothing_else_of_it() -> None:
    made = SafeHeaders(tile_url="https://{s}.tiles.example/{z}/{x}/{y}.png")
    page = made.put_on(flask.Response("", mimetype="text/html"), secure=True)
    rules = dict(r.split(" ", 1) for r in page.headers["Content-Security-Policy"].split("; "))
    assert rules["img-src"] == "'self' data: https://*.tiles.example"
    assert "example" not in rules["script-src"] + rules["connect-src"]
    assert page.headers["Cross-Origin-Embedder-Policy"] == "credentialless"
    own = SafeHeaders(tile_url="/tiles/{z}/{x}/{y}.png")
    assert "require-corp" in own.put_on(flask.Response(""), secure=True).headers.values()


@pytest.mark.parametrize(
    ("policy", "worth"),
    [
        ("default-src 'none'", 10),
        ("default-src 'self'", 5),
        ("default-src 'self'; style-src 'unsafe-inline'", 0),
        ("script-src 'self' 'unsafe-eval'; object-src 'none'", -10),
        ("script-src 'self' 'unsafe-inline'; object-src 'none'", -20),
        ("script-src 'self'", -20),
        ("", -25),
    ],
)
def test_the_scoring_is_the_published_one(policy: str, worth: int) -> None:
    assert observatory.csp(Seen({"Content-Security-Policy": policy})) == worth


def test_a_bare_answer_has_a_bad_score() -> None:
    assert observatory.score(Seen({}, plain_http="http")) == 100 - 25 - 20 - 20 - 5 - 20


def test_every_exception_stands_in_the_document() -> None:
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    for component in STYLE_EXCEPTIONS:
        assert component in page, f"docs/security.md does not name {component}"
