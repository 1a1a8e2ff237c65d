"""The line to Redis or Valkey: short time-outs, no hidden retries, one kind of error.

redis-py's own defaults retry ten times, which freezes whoever called for four seconds
while the server is away; here a caller hears of it at once and decides.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from operations.errors import Unreachable

ANSWER_S = 2.0
CONNECT_S = 1.0


def connect_redis(url: str) -> redis.Redis:
    """Make a client; nothing is connected until it is first used.

    A pooled connection that a restarted server has closed is noticed by the pool before it
    is used. A retry within the library would hide that the answer to a read was lost, and with
    it the entries of that answer.
    """
    return redis.Redis.from_url(
        url,
        socket_timeout=ANSWER_S,
        socket_connect_timeout=CONNECT_S,
        retry=Retry(NoBackoff(), 0),
        protocol=2,
    )


@contextmanager
def reaching() -> Iterator[None]:
    """Turn the library's errors into `Unreachable`, once, at this edge."""
    try:
        yield
    except (redis.RedisError, OSError) as error:
        raise Unreachable(f"Redis does not answer: {error}") from error


def rewrite_log(client: redis.Redis) -> None:
    """Let the server write its log anew, without what has since been removed."""
    with suppress(redis.ResponseError), reaching():  # a server without a log has none to rewrite
        client.bgrewriteaof()
