"""How often anybody may ask: sliding windows in Redis, the same for all web processes.

Who has asked too often is remembered here until there is room again, so that a flood costs
neither Redis nor anybody else much. While Redis is away nobody is refused: a screen that goes
dark because a counter is missing would be the worse fault. It is logged.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

import structlog
from flask import Request, Response
from limits import RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import Storage
from limits.strategies import SlidingWindowCounterRateLimiter

from api.answers import problem

log = structlog.get_logger()

MOST_REMEMBERED = 4096
AWAY_S = 1.0
SHORTEST_WAIT_S = 0.05
BURST_S = 10


@dataclass(frozen=True, slots=True)
class Bound:
    """So many requests of a kind within so many seconds, for each client."""

    name: str
    amount: int
    within_s: int

    @classmethod
    def per_minute(cls, name: str, amount: int) -> "Bound":
        """Allow `amount` a minute, of which a sixth may come at once."""
        return cls(name, max(amount * BURST_S // 60, 1), BURST_S)


LOGIN = Bound("login", 60, 300)  # a centre of dozens stands behind one address
EXPORTS = Bound("export", 10, 60)
PUBLIC_PREFIX = "/open311/"


@dataclass(slots=True)
class Rates:
    """Counts requests by bound and client."""

    store: Storage
    monotonic: Callable[[], float] = time.monotonic
    _limiter: SlidingWindowCounterRateLimiter = field(init=False)
    _waiting: dict[tuple[str, str], float] = field(default_factory=dict)
    _away_until: float = 0.0

    def __post_init__(self) -> None:
        """Count in the store."""
        self._limiter = SlidingWindowCounterRateLimiter(self.store)

    def wait_s(self, bound: Bound, client: str) -> float:
        """Count one request: 0.0, or how long the client has to wait first."""
        now, who = self.monotonic(), (bound.name, client)
        until = self._waiting.get(who, 0.0)
        if now < until:
            return until - now
        if now < self._away_until:
            return 0.0
        try:
            wait_s = self._count(bound, client)
        except StorageError as error:
            log.warning("rates_unreachable", error=str(error))
            self._away_until = now + AWAY_S
            return 0.0
        if wait_s:
            log.info("rate_held", bound=bound.name, client=client, wait_s=round(wait_s, 1))
            self._waiting.pop(who, None)
            self._waiting[who] = now + wait_s
            if len(self._waiting) > MOST_REMEMBERED:  # the one that was told first
                del self._waiting[next(iter(self._waiting))]
        return wait_s

    def refusal(self, bound: Bound, client: str) -> Response | None:
        """Refuse with 429 and the seconds to wait, or give None."""
        wait_s = self.wait_s(bound, client)
        if not wait_s:
            return None
        return problem(429, "requests", "too many requests", retry_after_s=int(wait_s) + 1)

    def _count(self, bound: Bound, client: str) -> float:
        item = RateLimitItemPerSecond(bound.amount, bound.within_s)
        if self._limiter.hit(item, bound.name, client):
            return 0.0
        # The store counts by its own clock: only how far away its word is means something here.
        reset_at = self._limiter.get_window_stats(item, bound.name, client).reset_time
        return min(max(reset_at - time.time(), SHORTEST_WAIT_S), float(bound.within_s))


def bounds_of(asked: Request, reads: Bound, public: Bound | None = None) -> list[Bound]:
    """Give what a request is counted by: what is dear has a bound of its own as well.

    `public` is the bound of whoever asks at the public's counter.
    """
    if public is not None and asked.path.startswith(PUBLIC_PREFIX):
        return [public]
    bounds = [reads]
    if asked.method == "POST" and asked.path.startswith("/login"):
        bounds.append(LOGIN)
    if asked.path.endswith((".csv", ".xlsx")):
        bounds.append(EXPORTS)
    return bounds


def client_of(asked: Request) -> str:
    """Name who asks: an address, of IPv6 the network a household or office gets."""
    try:
        address = ip_address(asked.remote_addr or "")
    except ValueError:
        return asked.remote_addr or ""
    if not isinstance(address, IPv6Address):
        return str(address)
    network = f"{IPv6Address(int(address) >> 64 << 64)}/64"
    return str(address.ipv4_mapped or network)
