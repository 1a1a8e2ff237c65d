"""Another city's server is asked at its own address and nowhere else, within bounds."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from data_sources.feeds.open311 import endpoint
from data_sources.feeds.open311.endpoint import Busy, Declined, Endpoint

Answer = tuple[int, dict[str, str], bytes]
GOOD: Answer = (200, {}, b'[{"service_request_id": "1"}]')


class Server(ThreadingHTTPServer):
    """A server that answers what a test says, and keeps what it was asked."""

    answer: Answer = GOOD
    asked: list[tuple[str, dict[str, str]]]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/open311/v2"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server: Any = self.server
        server.asked.append((self.path, dict(self.headers)))
        status, headers, body = server.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Handler)
    made.asked = []
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def ask(server: Server) -> Iterator[Callable[..., Any]]:
    asking = Endpoint(server.url, "json", "city.test")

    def asked(**answer: Any) -> Any:
        return asking.find(answer or {"page": "1"})

    yield asked
    asking.session.close()


def test_it_is_asked_at_its_address_with_its_jurisdiction(server: Server, ask: Any) -> None:
    assert ask() == [{"service_request_id": "1"}]
    ((path, headers),) = server.asked
    parts = urlsplit(path)
    assert parts.path == "/open311/v2/requests.json"
    assert parse_qs(parts.query) == {"jurisdiction_id": ["city.test"], "page": ["1"]}
    assert headers["User-Agent"].startswith("Lianxin")
    assert "Authorization" not in headers


def test_it_is_led_nowhere_else(server: Server, ask: Any) -> None:
    other = Server(("127.0.0.1", 0), Handler)
    for status in (301, 302, 307, 308):
        server.answer = (status, {"Location": other.url}, b"")
        with pytest.raises(Declined, match="elsewhere"):
            ask()
    other.server_close()
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    ("status", "said", "wait_s"),
    [(429, "7", 7), (503, "99999999999", 3600), (500, None, 0), (429, "soon", 0), (502, "-1", 0)],
)
def test_it_is_left_alone_as_long_as_it_asks(
    server: Server, ask: Any, status: int, said: str | None, wait_s: float
) -> None:
    server.answer = (status, {} if said is None else {"Retry-After": said}, b"")
    with pytest.raises(Busy) as error:
        ask()
    assert error.value.wait_s == wait_s
    assert not error.value.permanent


def test_a_date_to_try_again_at_is_understood() -> None:
    now = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    assert endpoint._wait_s("Tue, 24 Nov 2026 02:01:30 GMT", now) == 90
    assert endpoint._wait_s("Tue, 24 Nov 2026 01:00:00 GMT", now) == 0


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_no_is_no(server: Server, ask: Any, status: int) -> None:
    server.answer = (status, {}, b"[]")
    with pytest.raises(Declined, match=str(status)):
        ask()


def test_what_is_too_large_or_takes_too_long_is_let_go(
    server: Server, ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answer = (200, {}, b"[" + b" " * 3_000_000 + b"]")
    with monkeypatch.context() as patch:
        patch.setattr(endpoint, "MOST_BYTES", 1_000_000)
        with pytest.raises(Declined, match="larger"):
            ask()
    ticks = iter(range(0, 10_000, 100))
    slow = Endpoint(server.url, monotonic=lambda: float(next(ticks)))
    with pytest.raises(Busy, match="longer"):
        slow.find({})
    slow.session.close()


def test_a_server_that_is_not_there_is_tried_again_later() -> None:
    gone = Endpoint("http://127.0.0.1:9/open311/v2")
    with pytest.raises(Busy, match="does not answer"):
        gone.find({})


def test_the_surroundings_lend_no_proxy_and_no_password(
    server: Server, ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert ask() == [{"service_request_id": "1"}]
