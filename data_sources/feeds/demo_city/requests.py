"""Scenes asked for: from the command line to the city that is being lived, through Redis."""

from collections.abc import Mapping
from typing import Any, Protocol

import redis

from data_sources.redis_server import reaching
from operations.errors import BadInput, Unreachable

REQUESTS = "lianxin:demo:requests"
READY = "lianxin:demo:ready"
MOST_AT_ONCE = 20


class Requests(Protocol):
    """Where a living city hears which scenes are asked for, each once."""

    def take(self) -> list[str]:
        """Give the names of scenes asked for since the last call."""


class RedisRequests:
    """Scenes asked for by other processes."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def take(self) -> list[str]:
        """Give the names of scenes asked for since the last call."""
        try:
            taken: Any = self._client.lpop(REQUESTS, MOST_AT_ONCE)
        except redis.RedisError as error:
            raise Unreachable(f"the demo city's requests cannot be read: {error}") from error
        names = [
            one.decode("utf-8", "replace") if isinstance(one, bytes) else one for one in taken or []
        ]
        return [str(name) for name in names]


def request_scene(client: redis.Redis, name: str, scenes: Mapping[str, Any]) -> None:
    """Ask the living demo city for a scene; raises BadInput for one it does not know.

    `scenes`: as `Rates.scenes`.
    """
    if name not in scenes["kinds"]:
        raise BadInput("scene", f"no scene '{name}'; there are {', '.join(scenes['kinds'])}")
    try:
        client.rpush(REQUESTS, name)
    except redis.RedisError as error:
        raise Unreachable(f"the demo city cannot be asked: {error}") from error


def say_ready(client: redis.Redis) -> None:
    """Note that a week of the demo city is in the ledger."""
    with reaching():
        client.set(READY, 1)


def is_ready(client: redis.Redis) -> bool:
    """Tell whether a week of the demo city is in the ledger."""
    with reaching():
        return bool(client.exists(READY))
