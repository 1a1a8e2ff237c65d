"""A real Valkey of the tests' own that can be killed and come back."""

import ctypes
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Self

import redis

from data_sources.embedded import EmbeddedValkey, die_with_parent
from data_sources.redis_server import connect_redis

TOLD_S = 2.0
"""Within which a lost server is told; the library's own tries would take twice as long."""
PTRACE_SEIZE, PTRACE_INTERRUPT = 0x4206, 0x4207
WALL = 0x40000000  # of waitpid: threads too
_LIBC = ctypes.CDLL(None, use_errno=True)


class ValkeyServer:
    """The private server of a folder, started as the supervisor starts it; ends with its block."""

    def __init__(self, folder: Path) -> None:
        self.place = EmbeddedValkey(folder)
        self.url = self.place.url
        self._held: list[int] = []
        self.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.process = subprocess.Popen(
            self.place.command(),
            stdout=subprocess.DEVNULL,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - nothing is imported there
        )
        with connect_redis(self.url) as client:
            until = time.monotonic() + 10
            while time.monotonic() < until:
                try:
                    if client.ping():
                        return
                except redis.RedisError:
                    time.sleep(0.01)
        self.end()
        raise TimeoutError

    def hold_syncing(self) -> None:
        """Hold the thread that waits for the disk, as a disk does that has much to do."""
        threads = Path(f"/proc/{self.process.pid}/task")
        (held,) = [
            int(one.name) for one in threads.iterdir()
            if (one / "comm").read_text().strip() == "bio_aof"
        ]  # fmt: skip
        for request in (PTRACE_SEIZE, PTRACE_INTERRUPT):
            if _LIBC.ptrace(request, held, None, None) == -1:
                raise OSError(ctypes.get_errno(), "this thread may not be held")
        os.waitpid(held, WALL)
        self._held.append(held)

    def end(self, number: int = signal.SIGKILL) -> None:
        """End it, by default the way that leaves it no time for anything."""
        self.process.send_signal(number)
        while self._held:  # whoever holds a thread has to see it end
            os.waitpid(self._held.pop(), WALL)
        self.process.wait()
