"""When a picture goes up: at once after quiet, then at most four a second."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from operations.ports import Board
from operations.pulse.city import City
from operations.pulse.gathered import Gathered
from operations.response.standing import OpenIncidents

CITY = "city"
CITY_EVERY_S = 0.25
OTHERS_EVERY_S = 1.0
QUIET_EVERY_S = 1.0  # a picture that did not change is put up again with its new time
SLICE_S = 0.02  # other scopes may not keep the city's picture waiting longer than this


class Draughtsman(Protocol):
    """Makes pictures; `fresh` makes every section anew instead of those whose turn it is.

    `gathered` is what the watch knows, None while nothing watches; `incidents` what is known of
    open incidents, None while nobody tells.
    """

    gathered: Gathered | None
    incidents: OpenIncidents | None

    def make(
        self, scope: str, city: City, *, now: datetime, seq: int, fresh: bool = False
    ) -> dict[str, Any]: ...

    def encode(self, picture: dict[str, Any]) -> bytes: ...


class Publisher:
    """Puts the pictures of one city on the board; nobody else writes there."""

    def __init__(
        self,
        board: Board,
        draughtsman: Draughtsman,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        wall_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
    ) -> None:
        self._board, self._draughtsman = board, draughtsman
        self._monotonic, self._wall_ms = monotonic, wall_ms
        self._touched: set[str] = set()
        self._made_at: dict[str, float] = {}
        self._seq = 0
        self.watched: set[str] = set()

    def gather(self, gathered: Gathered | None) -> None:
        """Take what the watch knows into the next pictures; news of it goes up at once."""
        before = self._draughtsman.gathered
        if gathered is not None and (before is None or before.alarms != gathered.alarms):
            self._touched.add(CITY)
            self._made_at.pop(CITY, None)
        self._draughtsman.gathered = gathered

    def tell(self, incidents: OpenIncidents | None) -> None:
        """Take what is known of incidents into the next pictures; news of them go up soon."""
        if incidents is not self._draughtsman.incidents:
            self._touched.add(CITY)
            self._draughtsman.incidents = incidents

    def publish_due(self, city: City, now: datetime) -> None:
        """Make and put up the pictures whose time has come, the city's first."""
        self._touched |= city.take_changed()
        started, frames = self._monotonic(), {}
        for scope in [CITY, *sorted(self.watched - {CITY}, key=self._last_made)]:
            if self._is_due(scope, started):
                frames[scope] = self._frame(scope, city, now)
            if self._monotonic() - started > SLICE_S:
                break
        self._put_up(frames, started)

    def publish_all(self, city: City, now: datetime) -> None:
        """Put up every scope's picture, each section fresh and of the same moment."""
        started = self._monotonic()
        scopes = [CITY, *sorted(city.scopes() - {CITY})]
        frames = {scope: self._frame(scope, city, now, fresh=True) for scope in scopes}
        self._put_up(frames, started)

    def _is_due(self, scope: str, at: float) -> bool:
        since_s = at - self._last_made(scope)
        if scope in self._touched:
            return since_s >= (CITY_EVERY_S if scope == CITY else OTHERS_EVERY_S)
        return since_s >= QUIET_EVERY_S

    def _last_made(self, scope: str) -> float:
        return self._made_at.get(scope, float("-inf"))

    def _frame(self, scope: str, city: City, now: datetime, *, fresh: bool = False) -> bytes:
        # Milliseconds, so that a picture made after a restart is newer than any before it.
        self._seq = max(self._seq + 1, self._wall_ms())
        picture = self._draughtsman.make(scope, city, now=now, seq=self._seq, fresh=fresh)
        return self._draughtsman.encode(picture)

    def _put_up(self, frames: dict[str, bytes], at: float) -> None:
        if frames:
            self._board.publish(frames)
        for scope in frames:
            self._made_at[scope] = at
            self._touched.discard(scope)
