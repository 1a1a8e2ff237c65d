"""The word, on Redis, that an incident has changed: so that every screen's process hears of it."""

import time
from typing import Any

import orjson
import redis
from redis.client import PubSub

from data_sources.redis_server import reaching
from operations.errors import Unreachable

CHANNEL = "lianxin:incidents"


class RedisBell:
    """Rings for an incident and how far it has come. A word may be lost; none is repeated.

    Who listens asks the book from time to time, so that a lost word costs seconds.
    """

    def __init__(self, client: redis.Redis) -> None:
        self._redis = client
        self._news: PubSub | None = None

    def ring(self, incident: str, seq: int) -> None:
        """Say that an incident has come so far."""
        with reaching():
            self._redis.publish(CHANNEL, orjson.dumps([incident, seq]))

    def heard(self, *, wait_s: float) -> dict[str, int]:
        """Wait for incidents that changed since the last call; give how far each has come."""
        try:
            with reaching():
                if self._news is None:
                    self._news = self._redis.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
                    self._news.subscribe(CHANNEL)
                return self._hear(self._news, wait_s)
        except Unreachable:
            self.close()
            raise

    def _hear(self, news: PubSub, wait_s: float) -> dict[str, int]:
        found: dict[str, int] = {}
        until = time.monotonic() + wait_s
        while True:
            left_s = 0.0 if found else max(until - time.monotonic(), 0.0)
            message: Any = news.get_message(timeout=left_s)
            if message is not None:
                incident, seq = orjson.loads(message["data"])
                found[incident] = max(seq, found.get(incident, 0))
            elif found or time.monotonic() >= until:
                return found

    def close(self) -> None:
        """Stop listening."""
        news, self._news = self._news, None
        if news is not None:
            news.close()
