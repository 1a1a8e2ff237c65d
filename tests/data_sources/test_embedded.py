"""The private Valkey: where it listens, what it keeps, and that it dies with its parent."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from data_sources.embedded import EmbeddedValkey
from data_sources.redis_server import connect_redis
from operations.errors import BadInput
from tests.valkey_server import ValkeyServer


def test_it_listens_on_its_socket_alone_and_never_forgets(tmp_path: Path) -> None:
    with ValkeyServer(tmp_path) as server, connect_redis(server.url) as client:
        process = psutil.Process(server.process.pid)
        assert [one for one in process.net_connections("inet") if one.status == "LISTEN"] == []
        assert server.place.socket.stat().st_mode & 0o77 == 0
        assert client.config_get("maxmemory-policy")["maxmemory-policy"] == "noeviction"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_what_was_answered_for_is_there_at_the_next_start(tmp_path: Path, number: int) -> None:
    with ValkeyServer(tmp_path) as server, connect_redis(server.url) as client:
        client.set("kept", "yes")
        server.end(number)
        server.start()
        assert client.get("kept") == b"yes"


def test_the_disk_is_told_to_keep_the_file_that_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[Path] = []
    monkeypatch.setattr(
        os, "fsync", lambda number: kept.append(Path(f"/proc/self/fd/{number}").readlink())
    )
    with ValkeyServer(tmp_path) as server, connect_redis(server.url) as client:
        client.set("written", "yes")
        server.place.sync()
    (file,) = kept
    assert b"written" in file.read_bytes()
    EmbeddedValkey(tmp_path / "not begun").sync()


def test_a_long_data_folder_still_gets_a_socket_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / ("deep " * 10) / ("folder " * 12)
    with ValkeyServer(folder) as server, connect_redis(server.url) as client:
        assert len(os.fsencode(server.place.socket)) < 108
        assert server.place.socket.parent.stat().st_mode & 0o77 == 0
        assert client.ping()


def test_a_socket_folder_that_others_can_enter_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory() as shared:
        monkeypatch.setattr(tempfile, "tempdir", shared)
        (Path(shared) / f"lianxin-{os.getuid()}").mkdir(mode=0o755)
        with pytest.raises(BadInput, match="--data"):
            EmbeddedValkey(tmp_path / ("x" * 100)).command()


PARENT = """
import subprocess, sys, time
from pathlib import Path
from data_sources.embedded import EmbeddedValkey, die_with_parent
command = EmbeddedValkey(Path(sys.argv[1])).command()
child = subprocess.Popen(command, stdout=subprocess.DEVNULL, preexec_fn=die_with_parent)
print(child.pid, flush=True)
time.sleep(60)
"""


def test_it_does_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    until = time.monotonic() + 10
    while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < until, "Valkey outlived its parent"
        time.sleep(0.01)
