"""The newest picture of every scope in Redis, and the word that one has changed."""

import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import orjson
import redis
from redis.client import PubSub

from data_sources.redis_server import reaching
from operations.errors import Unreachable
from operations.ports import WorkerWord

PICTURE = "lianxin:picture:"
CHANGED = "lianxin:changed"
WATCHED = "lianxin:watched"
WORD = "lianxin:worker"
HOLD = "lianxin:hold"
HELD = "lianxin:held"
TIMES = ("said_at", "clock", "newest_ticket_at", "started_at")


class RedisBoard:
    """Keeps the promises of `operations.ports.Board`; all times are this machine's clock."""

    def __init__(self, client: redis.Redis, *, clock: Callable[[], float] = time.time) -> None:
        self._redis = client
        self._clock = clock
        self._news: PubSub | None = None

    def publish(self, frames: dict[str, bytes]) -> None:
        """Put up the newest frames and say that they changed, in one round trip."""
        with reaching(), self._redis.pipeline() as line:
            line.mset({PICTURE + scope: frame for scope, frame in frames.items()})
            line.publish(CHANGED, orjson.dumps(list(frames)))
            line.execute()

    def newest(self, scope: str) -> bytes | None:
        """Give the newest frame of a scope."""
        with reaching():
            found: Any = self._redis.get(PICTURE + scope)
            return None if found is None else bytes(found)

    def scopes(self) -> set[str]:
        """Give the scopes that have a frame."""
        with reaching():
            keys = self._redis.scan_iter(match=PICTURE + "*", count=1000)
            return {key.decode().removeprefix(PICTURE) for key in keys}

    def changed(self, *, wait_s: float) -> set[str]:
        """Wait for scopes whose frame changed since the last call."""
        try:
            with reaching():
                if self._news is None:
                    self._news = self._redis.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
                    self._news.subscribe(CHANGED)
                return self._hear(self._news, wait_s)
        except Unreachable:
            self._stop_listening()
            raise

    def _hear(self, news: PubSub, wait_s: float) -> set[str]:
        scopes: set[str] = set()
        until = time.monotonic() + wait_s
        while True:
            # After the first word only what has already arrived is read: a burst is one answer.
            left_s = 0.0 if scopes else max(until - time.monotonic(), 0.0)
            message = news.get_message(timeout=left_s)
            if message is not None:
                scopes.update(orjson.loads(message["data"]))
            elif scopes or time.monotonic() >= until:
                return scopes

    def _stop_listening(self) -> None:
        news, self._news = self._news, None
        if news is not None:
            news.close()

    def watch(self, scope: str, *, for_s: float) -> None:
        """Say that somebody looks at a scope."""
        with reaching():
            self._redis.zadd(WATCHED, {scope: self._clock() + for_s})

    def watched(self) -> set[str]:
        """Give the scopes somebody looks at."""
        now = self._clock()
        with reaching(), self._redis.pipeline() as line:
            line.zremrangebyscore(WATCHED, "-inf", now)
            line.zrange(WATCHED, 0, -1)
            return {scope.decode() for scope in line.execute()[1]}

    def say(self, word: WorkerWord) -> None:
        """Leave the worker's word of itself."""
        with reaching():
            self._redis.set(WORD, orjson.dumps(asdict(word)))

    def word(self) -> WorkerWord | None:
        """Read the worker's last word."""
        with reaching():
            found: Any = self._redis.get(WORD)
        if found is None:
            return None
        said = orjson.loads(found)
        for name in TIMES:
            if said[name] is not None:
                said[name] = datetime.fromisoformat(said[name])
        return WorkerWord(**said)

    def ask_to_hold(self, *, for_s: float) -> None:
        """Ask the worker to stand still."""
        with reaching():
            self._redis.set(HOLD, 1, px=int(for_s * 1000))

    def asked_to_hold(self) -> bool:
        """Tell whether the worker is asked to stand still."""
        with reaching():
            return bool(self._redis.exists(HOLD))

    def say_held(self, revision: int | None) -> None:
        """Say that the worker stands still at this revision, or no longer."""
        with reaching():
            if revision is None:
                self._redis.delete(HELD)
            else:
                self._redis.set(HELD, revision, px=60_000)

    def held(self) -> int | None:
        """Tell at which revision the worker stands still."""
        with reaching():
            found: Any = self._redis.get(HELD)
            return None if found is None else int(found)

    def release(self) -> None:
        """Let the worker go on."""
        with reaching():
            self._redis.delete(HOLD)
