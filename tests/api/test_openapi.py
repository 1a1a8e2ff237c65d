"""The description is whole, and nothing it allows brings the server down."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import flask
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error

from api import rates
from api.crossing import COOKIE, HEADER
from data_sources.connect import Sources
from settings import read_settings
from tests.injections import WHOLE
from tests.valkey_server import ValkeyServer
from webserver import OPENAPI, create_app

CASES = int(os.environ.get("LIANXIN_TEST_CASES", "200000" if WHOLE else "600"))
DESCRIBED: dict[str, Any] = json.loads(OPENAPI.read_text("utf-8"))
# The stream has no end and is asked elsewhere; /healthz says 503 while no worker runs.
OPERATIONS = [
    (path, method)
    for path, methods in DESCRIBED["paths"].items()
    for method in methods
    if not path.endswith("/live") and path not in ("/api/v1/live/{scope}", "/healthz")
]
VARIED = [
    (path, method)
    for path, method in OPERATIONS
    if {"parameters", "requestBody"} & set(DESCRIBED["paths"][path][method])
]
"""What can be asked in more than one way; the cases are shared out among these."""
asked: Counter[str] = Counter()

pytestmark = pytest.mark.timeout(36_000 if WHOLE else 120)


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, valkey_server: ValkeyServer
) -> Iterator[flask.Flask]:
    made = read_settings(
        data_dir=tmp_path_factory.mktemp("described"),
        redis_url=valkey_server.url,
        demo=False,
        intake_token="token-of-this-test",
        intake_per_minute=100_000_000,
        reads_per_minute=100_000_000,
        open311="post",
        open311_per_minute=100_000_000,
    )
    sources = Sources(made)
    sources.migrate()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rates, "EXPORTS", rates.Bound("export", 100_000_000, 60))
        yield from _served(sources)


def _served(sources: Sources) -> Iterator[flask.Flask]:
    server = create_app(sources)
    picture = b'{"seq": 1, "as_of": "2026-11-24T08:00:00+00:00"}'
    sources.board.publish(dict.fromkeys(("city", "district-370681"), picture))
    yield server
    sources.close()


@pytest.fixture(scope="module")
def described(server: flask.Flask) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", server)


@pytest.fixture(scope="module")
def headers(server: flask.Flask) -> dict[str, str]:
    """Give what lets a change in: the token of programs, and that of a page."""
    browser = server.test_client()
    browser.get("/login")
    kept = browser.get_cookie(COOKIE)
    assert kept is not None
    return {"Authorization": "Bearer token-of-this-test", HEADER: kept.value}


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_nothing_brings_the_server_down(
    described: Any, headers: dict[str, str], path: str, method: str
) -> None:
    sent = headers if method == "post" else {}
    count = -(-CASES // len(VARIED)) if (path, method) in VARIED else 3
    if "requestBody" in DESCRIBED["paths"][path][method] and not WHOLE:
        count = 8  # a ticket takes a while to think up

    @settings(
        max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(case=described[path][method].as_strategy())
    def ask(case: schemathesis.Case) -> None:
        asked[f"{method} {path}"] += 1
        answer = case.call(headers=sent, cookies={COOKIE: headers[HEADER]})
        case.validate_response(answer, checks=[not_a_server_error])
        if answer.status_code >= 400 and answer.status_code != 422:
            check_refusal(path, answer)

    ask()


@pytest.mark.skipif(not WHOLE, reason="the short form is a sample")
def test_the_long_form_asked_as_much_as_it_says() -> None:
    print(sum(asked.values()), "cases:", dict(asked))
    assert sum(asked.values()) >= CASES


def check_refusal(path: str, answer: Any) -> None:
    """Hold a refusal to its one shape; Open311 prescribes another."""
    if not path.startswith("/open311/"):
        assert set(answer.json()["error"]) == {"field", "reason"}
    elif answer.headers["content-type"][0].startswith("text/xml"):
        assert ElementTree.fromstring(answer.content).tag == "errors"
    else:
        assert {frozenset(one) for one in answer.json()} == {frozenset({"code", "description"})}


def test_every_route_is_described_and_nothing_else(server: flask.Flask) -> None:
    there = set()
    for rule in server.url_map.iter_rules():
        path = re.sub(r"<any\([^)]*\):", "<", re.sub("<(path|int):", "<", rule.rule))
        path = path.replace("<", "{").replace(">", "}")
        if path.startswith(("/api/", "/open311/")) or path in ("/healthz", "/metrics"):
            methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
            there |= {(path.replace("{cluster}", "{name}"), one.lower()) for one in methods}
    told = {
        (path.replace("{cluster}", "{name}"), method)
        for path, methods in DESCRIBED["paths"].items()
        for method in methods
    }
    assert told == there


def test_no_address_carries_a_secret() -> None:
    named = {
        told["name"]
        for methods in DESCRIBED["paths"].values()
        for method in methods.values()
        for told in method.get("parameters", ())
        if told["in"] in ("query", "path")
    }
    assert len(named) > 8
    secret = re.compile("token|password|secret|key|session|phone|number|caller|code", re.IGNORECASE)
    # A ticket's number stands in its own address too; it names nobody. Nor does a category's code,
    # and Open311's token gives a number to whoever handed a request in, and opens nothing.
    harmless = {"number", "service_code", "code", "token"}
    assert [name for name in named - harmless if secret.search(name)] == []
