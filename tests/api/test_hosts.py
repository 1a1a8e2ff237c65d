"""A request for another's name is refused: DNS rebinding reads nothing here."""

from pathlib import Path

import flask
import pytest
from structlog.testing import capture_logs

from api.hosts import misled, name_of
from data_sources.connect import Sources
from settings import read_settings
from tests.valkey_server import ValkeyServer
from webserver import create_app


@pytest.mark.parametrize(
    ("host", "name"),
    [("localhost:8050", "localhost"), ("LOCALHOST.", "localhost"), ("127.0.0.1", "127.0.0.1"),
     ("[::1]:8050", "::1"), ("evil.test:8050", "evil.test")],
)  # fmt: skip
def test_a_name_is_read_without_its_port(host: str, name: str) -> None:
    assert name_of(host) == name


def test_any_name_is_taken_where_none_is_set() -> None:
    with flask.Flask("x").test_request_context("/", base_url="https://city.test"):
        assert misled(flask.request, None) is None


def test_names_are_those_of_the_settings() -> None:
    assert read_settings().known_names == {"localhost", "127.0.0.1", "::1"}
    assert read_settings(host="127.0.0.7").known_names >= {"127.0.0.7"}
    far = {"accounts": "on", "trusted_proxy": "127.0.0.1"}
    assert read_settings(**far).known_names is None
    named = read_settings(**far, names="City.example, 10.0.0.5").known_names
    assert named is not None
    assert named >= {"city.example", "10.0.0.5", "localhost"}
    assert "elsewhere.test" not in named


def test_a_name_led_here_reads_and_changes_nothing(
    tmp_path: Path, valkey_server: ValkeyServer
) -> None:
    sources = Sources(read_settings(data_dir=tmp_path, redis_url=valkey_server.url, demo=False))
    sources.migrate()
    client = create_app(sources).test_client()
    with capture_logs() as said:
        for path in ("/", "/wall", "/api/v1/alarms", "/api/v1/live/city", "/assets/live.js"):
            refused = client.get(path, base_url="http://rebound.test:8050")
            assert refused.status_code == 421, path
            assert refused.get_json()["error"]["field"] == "Host"
            assert "Content-Security-Policy" in refused.headers
        assert client.post("/api/v1/tickets", base_url="http://rebound.test").status_code == 421
    assert {line["event"] for line in said} == {"host_refused"}
    for own in ("http://localhost:8050", "http://127.0.0.1:8050", "http://[::1]:8050"):
        assert client.get("/wall", base_url=own).status_code == 200
    assert client.get("/healthz", base_url="http://10.0.0.7").status_code in (200, 503)
    sources.close()
