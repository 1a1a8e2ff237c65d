"""A real Valkey of the tests' own that can be killed and come back."""

import signal
import subprocess
import time
from pathlib import Path

import redis

from data_sources.embedded import EmbeddedValkey, die_with_parent
from data_sources.redis_server import connect_redis


class ValkeyServer:
    """The private server of a folder, started as the supervisor starts it."""

    def __init__(self, folder: Path) -> None:
        self.place = EmbeddedValkey(folder)
        self.url = self.place.url
        self.start()

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
        raise TimeoutError

    def end(self, number: int = signal.SIGKILL) -> None:
        """End it, by default the way that leaves it no time for anything."""
        self.process.send_signal(number)
        self.process.wait()
