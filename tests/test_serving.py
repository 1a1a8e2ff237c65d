"""The web server on a network: TLS, and what one client can do to the others."""

import json
import socket
import ssl
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from gunicorn.workers.ggevent import GeventWorker

import serving
from api.headers import BARE_POLICY, HSTS, SAFE
from serving import PatientWorker
from tests.certificates import certificate
from tests.system import ROOT, System, running, wait_until

READS = 600
TICKETS: list[dict[str, object]] = [
    {"source": "x", "external_id": "1", "created_at": "2026-11-20T08:00:00+08:00",
     "status": "受理", "category": "水质发黄"}
]  # fmt: skip


def test_with_a_certificate_every_address_is_served_by_tls(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    arguments = ("--no-demo", "--host", "0.0.0.0", "--tls-cert", str(cert), "--tls-key", str(key))
    with running(tmp_path / "var", *arguments, LIANXIN_ACCOUNTS="on") as system:
        trusting = ssl.create_default_context(cafile=str(cert))
        url = f"https://localhost:{system.port}"
        with urllib.request.urlopen(f"{url}/wall", timeout=10, context=trusting) as answer:
            assert answer.headers["Strict-Transport-Security"] == HSTS
            assert "Secure" in answer.headers["Set-Cookie"]
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(f"{url}/api/v1/live/city", context=trusting)
        with pytest.raises((OSError, urllib.error.URLError)):
            urllib.request.urlopen(f"http://localhost:{system.port}/wall", timeout=5)
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        with pytest.warns(DeprecationWarning, match="TLSv1_1"):
            old.maximum_version = ssl.TLSVersion.TLSv1_1
        plain = socket.create_connection(("127.0.0.1", system.port))
        with closing(plain), pytest.raises(ssl.SSLError):
            old.wrap_socket(plain)
        assert spoken(system.port, "DEFAULT")[0] == "TLSv1.3", "the newest where both can"
        assert "GCM" in spoken(system.port, "ECDHE+AESGCM", ssl.TLSVersion.TLSv1_2)[1]
        for weak in ("AES256-SHA", "AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA", "NULL", "aNULL"):
            with pytest.raises(ssl.SSLError):
                spoken(system.port, f"{weak}:@SECLEVEL=0", ssl.TLSVersion.TLSv1_2)


def spoken(
    port: int, ciphers: str, most: ssl.TLSVersion = ssl.TLSVersion.MAXIMUM_SUPPORTED
) -> tuple[str | None, str]:
    """Give version and suite the server agrees to with who knows these suites alone."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.maximum_version = most
    context.set_ciphers(ciphers)
    with (
        closing(socket.create_connection(("127.0.0.1", port))) as plain,
        context.wrap_socket(plain) as line,
    ):
        return line.version(), (line.cipher() or ("",))[0]


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder = tmp_path_factory.mktemp("serving")
    settings = {
        "LIANXIN_TRUSTED_PROXY": "127.0.0.1",
        "LIANXIN_ACCOUNTS": "on",
        "LIANXIN_READS_PER_MINUTE": f"{READS}",
    }
    with running(folder, "--no-demo", **settings) as made:
        yield made


def ask(system: System, client: str, path: str = "/login") -> tuple[int, float]:
    """Ask as a client of that address; give the status and the seconds it took."""
    headers = {"X-Forwarded-For": client, "X-Forwarded-Proto": "https"}
    request = urllib.request.Request(system.url + path, headers=headers)
    started = time.monotonic()
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            answer.read()
            status = answer.status
    except urllib.error.HTTPError as error:
        with error:
            status = error.code
    return status, time.monotonic() - started


def test_who_floods_is_held_and_the_others_are_served_as_before(system: System) -> None:
    quiet = [ask(system, "203.0.113.1") for _ in range(30)]
    over, flooded = threading.Event(), []

    def flood() -> None:
        while not over.is_set():
            flooded.append(ask(system, "198.51.100.66")[0])

    floods = [threading.Thread(target=flood) for _ in range(4)]
    for one in floods:
        one.start()
    try:
        wait_until(lambda: 429 in flooded, 30)
        asked = [ask(system, "203.0.113.2") for _ in range(40)]
    finally:
        over.set()
        for one in floods:
            one.join()
    assert {status for status, _ in [*quiet, *asked]} == {200}
    assert flooded.count(200) <= READS / 6 * 1.5
    assert flooded.count(429) > 40
    usual, slowed = (statistics.median(s for _, s in some) for some in (quiet, asked))
    assert slowed < max(usual * 10, 0.1), (usual, slowed)


def test_the_intake_is_counted_for_itself_and_health_is_always_told(system: System) -> None:
    while ask(system, "198.51.100.7")[0] == 200:
        pass
    assert ask(system, "198.51.100.7", "/healthz")[0] == 200
    request = urllib.request.Request(
        f"{system.url}/api/v1/tickets", b"[]", {"X-Forwarded-For": "198.51.100.7"}
    )
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(request, timeout=5)
    told.value.close()
    assert told.value.code == 401


def raw(system: System, sent: bytes, wait_s: float = 5.0) -> bytes:
    """Send bytes as they are and give the first line of the answer."""
    with closing(socket.create_connection(("127.0.0.1", system.port), wait_s)) as line:
        with suppress(ConnectionError):
            line.sendall(sent)
        with suppress(ConnectionError):
            return line.recv(4096).partition(b"\r\n")[0]
    return b""


def whole(system: System, sent: bytes) -> bytes:
    """Send bytes as they are and give all that comes until the line is closed."""
    said = b""
    with closing(socket.create_connection(("127.0.0.1", system.port), 5)) as line:
        line.sendall(sent)
        with suppress(ConnectionError, TimeoutError):
            while piece := line.recv(65536):
                said += piece
    return said


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 9000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 70 + b"\r\n", b"431"),
    ],
)
def test_what_is_too_large_is_refused(system: System, sent: bytes, status: bytes) -> None:
    assert raw(system, sent).split(b" ")[1].startswith(status)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET /<script> HTTP/9.9\r\n\r\n", 400),
        (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 70 + b"\r\n", 431),
    ],
)
def test_what_gunicorn_says_itself_is_safe_too(system: System, sent: bytes, status: int) -> None:
    head, _, body = whole(system, sent).partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    assert int(first.split(" ")[1]) == status
    assert set(headers) >= {*SAFE, "Content-Security-Policy", "Content-Length"}
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert headers["Content-Security-Policy"] == BARE_POLICY
    assert int(headers["Content-Length"]) == len(body)
    assert b"script" not in body, "nothing that was asked comes back"


@pytest.mark.parametrize(
    "lengths",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 4\r\nContent-Length: 40\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Content-Length: +4\r\n",
    ],
)
def test_a_request_of_two_lengths_is_refused(system: System, lengths: bytes) -> None:
    hidden = b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    said = whole(system, b"POST /login HTTP/1.1\r\nHost: x\r\n" + lengths + b"\r\n" + hidden)
    assert said.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 501 "))
    assert said.count(b"HTTP/1.1 ") == 1, "and nothing behind it is taken for another request"


def test_slow_clients_keep_nobody_waiting(system: System) -> None:
    lines = [socket.create_connection(("127.0.0.1", system.port)) for _ in range(300)]
    try:
        for line in lines:
            line.sendall(b"POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nContent-Le")
        status, took_s = ask(system, "203.0.113.3")
        assert (status, took_s < 2) == (200, True)
    finally:
        for line in lines:
            line.close()


def test_a_body_in_many_pieces_is_taken_and_one_without_end_is_not() -> None:
    here, there = socket.socketpair()
    worker = PatientWorker.__new__(PatientWorker)
    got: list[bytes] = []

    class Request:
        """A request whose body comes from a socket."""

        class unreader:  # noqa: N801 - gunicorn's name
            """Gunicorn's reader."""

            @staticmethod
            def chunk(size: int = 8) -> bytes:
                """Receive what is there."""
                return here.recv(size)

    def read(_worker: object, _name: object, req: Any, _sock: object, _addr: object) -> None:
        with suppress(TimeoutError):
            while True:
                got.append(req.unreader.chunk(4))

    dripping = threading.Thread(
        target=lambda: [(time.sleep(0.05), there.send(b"x")) for _ in range(40)]
    )
    started = time.monotonic()
    with (
        closing(here), closing(there),
        patch.object(GeventWorker, "handle_request", read),
        patch.object(serving, "BODY_S", 0.5),
    ):  # fmt: skip
        dripping.start()
        worker.handle_request("", Request, here, ("127.0.0.1", 1))
        took_s = time.monotonic() - started
        dripping.join()
    assert len(got) >= 3, "what comes in time is taken"
    assert took_s < 1.5, "however slowly it drips, the time for all of it is over"


def test_a_posted_body_larger_than_a_packet_is_read_whole(system: System) -> None:
    assert system.post([{"source": "x", "text": "y" * 300_000}] * 3 + TICKETS)["accepted"] == 1


def test_a_large_form_is_413_and_not_read(system: System) -> None:
    form = b"csrf_token=" + b"x" * 1_200_000
    request = urllib.request.Request(f"{system.url}/api/v1/alarms", form)
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(request, timeout=5)
    with told.value as error:
        assert error.code == 413
        assert set(json.load(error)["error"]) == {"field", "reason"}


def test_the_collector_passes_by_what_stays() -> None:
    told = subprocess.run(
        [sys.executable, "-c", COLLECTED], check=True, capture_output=True, text=True, cwd=ROOT
    )
    stays, walked = map(int, told.stdout.split())
    assert stays > 100_000, "everything that was imported"
    assert walked < stays / 10


COLLECTED = """
import gc, serving
serving.pass_by_what_stays()
print(gc.get_freeze_count(), len(gc.get_objects()))
"""
