"""A whole system of its own for a benchmark or a browser test: parts, port, folder, token."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from data_sources.embedded import die_with_parent

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class System:
    """A running system: where it answers and where it keeps its things."""

    process: subprocess.Popen[bytes]
    port: int
    data: Path

    @property
    def url(self) -> str:
        """The web server's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        """The intake's token."""
        return (self.data / "intake.token").read_text().strip()

    def listens(self) -> bool:
        """Tell whether the web server takes connections."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def get(self, path: str) -> object:
        """Read JSON."""
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return json.load(answer)

    def post(self, tickets: list[dict[str, object]]) -> dict[str, object]:
        """Post tickets to the intake."""
        request = urllib.request.Request(
            self.url + "/api/v1/tickets",
            json.dumps(tickets).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            said: dict[str, object] = json.load(answer)
            return said


def page_asked(pathname: str, search: str = "") -> dict[str, object]:
    """Give what a page of ours sends to have a screen drawn."""
    given = [
        {"id": "address", "property": name, "value": said}
        for name, said in (("pathname", pathname), ("search", search))
    ]
    return {
        "output": "screen.children", "outputs": {"id": "screen", "property": "children"},
        "inputs": given[:1], "state": given[1:], "changedPropIds": ["address.pathname"],
    }  # fmt: skip


class Visitor:
    """Somebody whose browser asks for pages: it holds the cookies and the page's token."""

    def __init__(self, system: System) -> None:
        jar = urllib.request.HTTPCookieProcessor()
        self._asking, self._url = urllib.request.build_opener(jar), system.url
        self._asking.open(f"{system.url}/", timeout=10).close()
        token = next(one.value for one in jar.cookiejar if one.name == "lianxin_csrf")
        self._headers = {"Content-Type": "application/json", "X-CSRF-Token": str(token)}

    def drawn(self, pathname: str, search: str = "") -> bytes:
        """Give a page as its callback draws it, asked as a page of ours asks."""
        where = f"{self._url}/_dash-update-component"
        request = urllib.request.Request(
            where, json.dumps(page_asked(pathname, search)).encode(), self._headers
        )
        with self._asking.open(request, timeout=20) as answer:
            return bytes(answer.read())

    def read(self, path: str) -> bytes:
        """Give what stands at an address."""
        with self._asking.open(self._url + path, timeout=20) as answer:
            return bytes(answer.read())

    def sent(self, path: str, body: dict[str, object]) -> dict[str, object]:
        """Post JSON as a page of ours does; give the answer."""
        request = urllib.request.Request(self._url + path, json.dumps(body).encode(), self._headers)
        with self._asking.open(request, timeout=20) as answer:
            said: dict[str, object] = json.load(answer)
            return said


FIRST_PORT, PORTS = 20_000, 3_000
"""So many ports each of at most four test processes, below those the kernel gives away itself."""
_ports = count(os.getpid() % PORTS)


def free_port() -> int:
    """Find a port nobody listens on, and no other test process will find."""
    mine = FIRST_PORT + PORTS * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for _ in range(PORTS):
        port = mine + next(_ports) % PORTS
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError(f"no port is free from {mine} on")


@contextmanager
def running(
    data: Path,
    *arguments: str,
    patience_s: float = 90,
    first: Callable[[System], object] = lambda _: None,
    **env: str,
) -> Iterator[System]:
    """Start `app.py run` on a free port and wait until the wall answers; end it afterwards.

    `first` is done as soon as the web server listens: a city on its stream's clock is live only
    once somebody has told it the time.
    """
    port = free_port()
    said = data.parent / f"{data.name}.out"
    log = said.open("wb")
    process = subprocess.Popen(
        [sys.executable, "app.py", "run", "--port", str(port), "--data", str(data), *arguments],
        env=os.environ | {"LIANXIN_REPORTS": "false"} | env,  # else they stand in every audit log
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
        preexec_fn=die_with_parent,  # noqa: PLW1509 - one system call, nothing imported
    )
    system = System(process, port, data)
    try:
        try:
            wait_until(system.listens, patience_s, process)
            first(system)
            wait_until(lambda: b"is live" in said.read_bytes(), patience_s, process)
        except RuntimeError as error:
            raise RuntimeError(f"{error}: {said.read_text('utf-8')[-500:]}") from error
        yield system
    finally:
        process.terminate()
        try:
            process.wait(10)
        finally:
            process.kill()
            process.wait()
            log.close()


def wait_until(
    true: Callable[[], bool], patience_s: float, process: subprocess.Popen[bytes] | None = None
) -> None:
    """Wait for something to become true; fail when it does not, or the process ended."""
    until = time.monotonic() + patience_s
    while not true():
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"ended with {process.returncode}")
        if time.monotonic() > until:
            raise TimeoutError(f"not within {patience_s} s")
        time.sleep(0.05)
