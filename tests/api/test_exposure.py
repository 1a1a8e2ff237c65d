"""What the server must not give away: files, folders, errors, other sites' reading, TRACE."""

import logging
import re
from collections.abc import Iterator

import flask
import pytest
from flask.testing import FlaskClient

from data_sources.connect import Sources
from settings import read_settings
from tests.valkey_server import ValkeyServer
from webserver import create_app

ASKED = ("/", "/wall", "/clusters", "/_dash-layout", "/_dash-dependencies", "/assets/live.js",
         "/assets/01_tokens.css", "/api/v1/alarms", "/api/v1/clusters", "/api/v1/pictures/x",
         "/api/v1/openapi.json", "/metrics", "/healthz", "/api/v1/basemap/land.json",
         "/assets/none", "/fails")  # fmt: skip


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, valkey_server: ValkeyServer
) -> Iterator[flask.Flask]:
    folder = tmp_path_factory.mktemp("exposure")
    sources = Sources(read_settings(data_dir=folder, redis_url=valkey_server.url, demo=False))
    sources.migrate()
    made = create_app(sources)

    @made.get("/fails")
    def fails() -> str:
        raise RuntimeError("a detail on purpose")

    yield made
    sources.close()


@pytest.fixture
def client(server: flask.Flask) -> FlaskClient:
    return server.test_client()


@pytest.mark.parametrize("path", ASKED)
def test_every_answer_says_what_it_is(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    kind = answer.headers["Content-Type"]
    if kind.startswith(("text/", "application/xml")):
        assert "charset=utf-8" in kind
    text = answer.get_data(as_text=True)
    looks = "text/html" if text.lstrip().lower().startswith("<!doctype html") else None
    looks = "application/json" if re.match(r"\s*[{[]\s*[\"{\]}]", text) else looks
    if looks:
        assert kind.startswith((looks, "application/geo+json"))
    answer.close()


@pytest.mark.parametrize("path", ASKED)
def test_no_other_site_is_let_read(client: FlaskClient, path: str) -> None:
    for origin in ("https://elsewhere.test", "null"):
        for method in ("GET", "OPTIONS"):
            answer = client.open(path, method=method, headers={"Origin": origin})
            allowed = [name for name in dict(answer.headers) if "access-control" in name.lower()]
            assert allowed == []
            answer.close()


@pytest.mark.parametrize("path", ["/", "/assets/live.js", "/api/v1/alarms", "/metrics"])
def test_trace_is_not_answered(client: FlaskClient, path: str) -> None:
    answer = client.open(path, method="TRACE", headers={"X-Secret": "do not tell"})
    assert answer.status_code in (403, 405)
    assert "do not tell" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "path",
    [
        *("/.git/HEAD", "/.git/config", "/settings.py", "/requirements.txt", "/assets/", "/assets"),
        *("/assets/../.git/HEAD", "/assets/..%2f.git/HEAD", "/assets/%2e%2e/settings.py"),
        *("/assets//etc/passwd", "/assets/fonts/", "/assets/..\\settings.py", "/var/intake.token"),
        *("/api/v1/basemap/..%2f..%2fland.json", "/_dash-component-suites/", "/assets/\0"),
    ],
)
def test_no_file_but_an_asset_is_served(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    text = answer.get_data(as_text=True)
    assert answer.status_code in (200, 308, 400, 403, 404)
    if answer.status_code == 200:  # a page of ours, which says that there is no such page
        assert "_dash-app" in text or "react-entry-point" in text
    for told in ("ref: ", "[core]", "class Settings", "root:", "gunicorn", "live.js\n"):
        assert told not in text
    answer.close()


def test_an_error_tells_nothing_and_is_logged(
    server: flask.Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    assert not server.debug
    assert not server.testing
    with caplog.at_level(logging.ERROR):
        answer = client.get("/fails")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 500
    for told in ("on purpose", "RuntimeError", "Traceback", "test_exposure", "Werkzeug"):
        assert told not in text
    assert "a detail on purpose" in caplog.text
    assert client.get("/?__debugger__=yes&cmd=resource&f=debugger.js").mimetype == "text/html"


def test_a_password_in_an_address_opens_nothing(client: FlaskClient) -> None:
    for path in ("/login?login=wang&password=x", "/api/v1/tickets?token=x"):
        assert "session" not in str(client.get(path).headers.getlist("Set-Cookie"))
    assert client.post("/api/v1/tickets?token=x&access_token=x", data=b"{}").status_code == 401
