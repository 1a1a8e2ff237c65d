"""`app.py run` as a whole: what it refuses before it starts, and that its parts come back."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from data_sources.connect import Sources
from operations.ports import Refused
from running import keep_synced
from settings import read_settings
from tests.builders import NOW
from tests.system import ROOT, free_port, running, wait_until

PATIENCE_S = 60


def run(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "app.py", "run", "--no-demo", *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | env,
        timeout=PATIENCE_S,
    )


def told_in_one_line(ended: subprocess.CompletedProcess[str], *words: str) -> None:
    assert ended.returncode == 2
    assert ended.stdout == "", "nothing may be started"
    (line,) = ended.stderr.splitlines()
    assert all(word in line for word in words), line


def test_a_port_that_is_taken_is_told_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        told_in_one_line(run("--port", port, "--data", str(tmp_path)), port, "--port")


def test_a_folder_that_is_in_use_is_told_with_whose_it_is(tmp_path: Path) -> None:
    with (tmp_path / "lock").open("w") as lock:
        lock.write("4711")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        ended = run("--port", str(free_port()), "--data", str(tmp_path))
    told_in_one_line(ended, "4711", "--data")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])
def test_beyond_the_loopback_nothing_is_served_in_the_clear(tmp_path: Path, host: str) -> None:
    told = run("--host", host, "--data", str(tmp_path))
    told_in_one_line(told, "LIANXIN_HOST", host, "--tls-cert", "LIANXIN_TRUSTED_PROXY")


def test_a_certificate_without_its_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "cert.pem").write_text("x")
    told = run("--tls-cert", str(tmp_path / "cert.pem"), "--data", str(tmp_path / "var"))
    told_in_one_line(told, "LIANXIN_TLS_KEY", "--tls-key")


def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    told_in_one_line(run("--data", str(tmp_path), PORT="much"), "PORT", "much")


def test_a_ledger_whose_keys_are_lost_is_not_started(tmp_path: Path) -> None:
    sources = Sources(read_settings(data_dir=tmp_path))
    sources.migrate()
    body = sources.sealer.seal("{}", b"refused")
    sources.ledger.set_aside([Refused("k", "intake", "status", "unknown", "{}", NOW, body)])
    sources.close()
    keys = tmp_path / "sealing.keys"
    keys.rename(tmp_path / "kept apart")
    told = run("--port", str(free_port()), "--data", str(tmp_path))
    told_in_one_line(told, "LIANXIN_SEALING_KEYS_FILE", str(keys), "put back")
    assert not keys.exists(), "none is made in their place"


def test_a_disk_that_fails_is_told_of_once_until_it_is_well_again() -> None:
    turns, told = iter([None, OSError("full"), OSError("full"), None, OSError("full")]), []

    class Valkey:
        def sync(self) -> None:
            if (error := next(turns)) is not None:
                raise error

    with pytest.raises(StopIteration):
        keep_synced(Valkey(), told.append, lambda _s: None)  # type: ignore[arg-type]
    assert len(told) == 2


@pytest.mark.slow
def test_killed_parts_come_back_and_a_killed_parent_leaves_nothing(tmp_path: Path) -> None:
    with running(tmp_path, "--no-demo") as system:
        parent = psutil.Process(system.process.pid)
        first = {one.pid for one in parent.children()}
        assert len(first) == 3
        for one in parent.children():
            one.kill()

        def is_back() -> bool:
            try:
                health = system.get("/healthz")
            except OSError:
                return False
            parts = {one.pid for one in parent.children() if one.status() != "zombie"}
            well = health["parts"]["worker"]["state"] == "ok"  # type: ignore[index]
            return len(parts) == 3 and not parts & first and well

        wait_until(is_back, PATIENCE_S)
        family = parent.children(recursive=True)
        assert any("worker" in one.cmdline() for one in family)
        system.process.send_signal(signal.SIGKILL)
        system.process.wait()
        until = time.monotonic() + 10
        while any(one.is_running() and one.status() != "zombie" for one in family):
            assert time.monotonic() < until, family
            time.sleep(0.02)
