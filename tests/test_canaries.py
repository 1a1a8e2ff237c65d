"""Nothing of a caller is anywhere but sealed: a real system, searched to the last byte.

`LIANXIN_CANARIES=10000 python -m pytest tests/test_canaries.py` for the full number.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import ahocorasick
import psutil
import pytest
import redis

from data_sources.connect import Sources
from settings import read_settings
from tests.canaries import canary, delivered, lines
from tests.searching import found
from tests.system import ROOT, System, Visitor, running, wait_until

MANY = int(os.environ.get("LIANXIN_CANARIES", "300"))
A_POST = 500


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder = tmp_path_factory.mktemp("canaries") / "var"
    offered = {"LIANXIN_OPEN311": "read", "LIANXIN_OPEN311_WORDS": "true"}
    with running(folder, "--no-demo", LIANXIN_LOG_LEVEL="debug", **offered) as started:
        yield started


@pytest.fixture(scope="module")
def sources(system: System) -> Iterator[Sources]:
    found = Sources(read_settings(data_dir=system.data))
    yield found
    found.close()


@pytest.fixture(scope="module")
def words() -> list[bytes]:
    return [word.encode() for number in range(MANY) for word in canary(number).words()]


def post(system: System, body: bytes) -> bytes:
    request = urllib.request.Request(
        f"{system.url}/api/v1/tickets",
        body,
        {"Content-Type": "application/x-ndjson", "Authorization": f"Bearer {system.token}"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return bytes(answer.read())


def fetched(system: System, path: str, **more: object) -> bytes:
    try:
        request = urllib.request.Request(system.url + path, **more)  # type: ignore[arg-type]
        with urllib.request.urlopen(request, timeout=10) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        return error.read()


def frames(system: System) -> bytes:
    """Read the live line for two seconds."""
    read, until = b"", time.monotonic() + 2
    with (
        suppress(TimeoutError),
        urllib.request.urlopen(f"{system.url}/api/v1/live/city", timeout=2) as line,
    ):
        while time.monotonic() < until:
            read += line.readline()
    return read


def held_in(client: redis.Redis) -> bytes:
    """Give every key of the server with all it holds."""
    pieces = []
    for key in client.keys("*"):
        kind = client.type(key)
        if kind == b"stream":
            pieces.append(repr(client.xrange(key)).encode())
            for _, fields in client.xrange(key):
                pieces += fields.values()
        elif kind == b"string":
            pieces.append(client.get(key))
        pieces.append(key)
    return b"\n".join(pieces)


def leaked(words: list[bytes], said: bytes) -> list[str]:
    """Give the first few words that are in the bytes, in one pass over them."""
    assert said
    found = (word for _, word in sought(tuple(words)).iter(said.decode("latin-1")))
    return list(dict.fromkeys(islice(found, 5)))


@cache
def sought(words: tuple[bytes, ...]) -> ahocorasick.Automaton:
    machine = ahocorasick.Automaton()
    for word in words:
        machine.add_word(word.decode("latin-1"), word.decode())
    machine.make_automaton()
    return machine


def in_escapes(words: list[bytes]) -> list[bytes]:
    r"""Give names also as JSON may write them: 栾…"""
    return [word.decode().encode("unicode_escape") for word in words if not word.isascii()]


@pytest.mark.timeout(900)
def test_no_canary_is_anywhere(system: System, sources: Sources, words: list[bytes]) -> None:
    everything = words + in_escapes(words)
    worker = next(
        one
        for one in psutil.Process(system.process.pid).children(recursive=True)
        if "worker" in one.cmdline()
    )
    worker.send_signal(signal.SIGSTOP)
    try:
        said = b"".join(
            post(system, lines(first, min(first + A_POST, MANY)))
            for first in range(0, MANY, A_POST)
        )
        waiting = held_in(sources.redis)
    finally:
        worker.send_signal(signal.SIGCONT)
    assert b"rejected" in said
    assert b"canary" in waiting
    assert leaked(everything, waiting) == []
    wait_until(lambda: not sources.stream.waiting(), 120)
    wait_until(lambda: bool(found(sources.finder, "反映停水")), 60)  # the index of words too

    command = [sys.executable, "app.py", "set-aside", "--all", "--most", str(MANY)]
    listed = subprocess.run(
        [*command, "--data", str(system.data)], check=True, capture_output=True, cwd=ROOT
    )
    assert listed.stdout.count(b"intake") > MANY // 6
    visitor = Visitor(system)
    shown = {
        "picture": fetched(system, "/api/v1/pictures/city"),
        "frames": frames(system),
        "metrics": fetched(system, "/metrics"),
        "health": fetched(system, "/healthz"),
        "wall": fetched(system, "/wall"),
        "no page": fetched(system, "/tickets/none"),
        "no ticket": fetched(system, "/api/v1/tickets/canary/none"),
        "a ticket": fetched(system, "/api/v1/tickets/canary/C-1"),
        "its reveals": fetched(system, "/api/v1/tickets/canary/C-1/reveal"),
        "a ticket's page": visitor.drawn("/tickets/canary/C-1"),
        "the desk": visitor.drawn("/desk", "?words=反映停水"),
        "the search": fetched(system, f"/api/v1/desk/tickets?words={quote('反映停水')}"),
        "a table": fetched(system, "/api/v1/tickets.csv"),
        "for everybody": fetched(system, "/open311/v2/requests.json"),
        "bad body": fetched(system, "/api/v1/tickets", data=b"{", method="POST"),
        "set aside": listed.stdout + listed.stderr,
        "redis": held_in(sources.redis),
    }
    assert shown["a ticket's page"].count(b"field-masked") > 5, "the page was drawn"
    assert shown["the search"].count(b"href") > 40
    assert shown["for everybody"].count(b"service_request_id") > 40
    assert shown["a table"].count(b"canary") > MANY // 2
    for file in files(system.data):
        shown[file.name] = file.read_bytes()
    assert {"ledger.sqlite", "worker.log", "web.log"} <= shown.keys()
    logs = b"".join(body for name, body in shown.items() if name.endswith((".log", ".out")))
    assert system.token.encode() not in logs
    leaks = {name: leaked(everything, body) for name, body in shown.items() if body}
    assert {name: words for name, words in leaks.items() if words} == {}


def files(folder: Path) -> list[Path]:
    """List every file of a data folder, and what the system printed."""
    printed = folder.parent / f"{folder.name}.out"
    return [path for path in (*folder.rglob("*"), printed) if path.is_file()]


def test_what_was_sealed_opens_and_is_found_by_its_numbers(sources: Sources) -> None:
    bird = canary(7)
    fields = sources.sealed_book.fields("canary", "C-7")
    assert fields["text"] == delivered(7)["text"]
    assert fields["phone"] == bird.phone
    assert sources.sealed_book.find("phone", f"+86 {bird.phone}") == [("canary", "C-7")]
    twin = canary(8)
    assert sources.sealed_book.find("id_number", twin.id_number) == [("canary", "C-8")]
    refused = sources.ledger.list_set_aside(most=1)[0].refused
    assert "caller" in sources.sealed_book.record(refused.key)


def test_the_search_would_find_a_canary(words: list[bytes]) -> None:
    assert leaked(words, b"..." + words[4] + b"...") == [words[4].decode()]
