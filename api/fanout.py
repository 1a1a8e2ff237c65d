"""One subscription per process, and every connected screen the newest frame.

Two loops feed the screens. `listen` waits for the board and fetches each changed picture
once. `tick` says every second that the line stands, and how the links behind it are; it
touches nothing that could block, so a lost Redis is told within a second instead of
silencing the beat that should tell it.
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import structlog

from api.frames import GZIP_HEADER, Frame, frame
from operations.errors import Unreachable
from operations.ports import Board, WorkerWord
from operations.pulse.visitors import for_visitors

log = structlog.get_logger()

BEAT_S = 1.0
WATCH_S = 15.0
LINK_LOST_S = 2.5
WORKER_SILENT_S = 3.0


@dataclass(slots=True)
class Channel:
    """What the screens of one scope share: the newest picture, the newest beat, who waits."""

    changed: threading.Condition = field(default_factory=threading.Condition)
    picture: Frame | None = None
    for_visitors: tuple[int, Frame] | None = None  # after how many pictures it was made
    body: bytes | None = None
    seq: int | None = None
    as_of: str | None = None
    pictures: int = 0
    beat: Frame | None = None
    beats: int = 0
    screens: int = 0
    watched_until: float = 0.0


class Fanout:
    """Carries pictures from the board to every screen of this process.

    `source_silent_s` is how long no ticket may come before the source counts as silent,
    `least_callers` how many a cluster needs to be shown to visitors.
    """

    def __init__(
        self,
        board: Board,
        *,
        demo: bool,
        source_silent_s: float = 900.0,
        least_callers: int = 5,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._board = board
        self._demo = demo
        self._source_silent_s = source_silent_s
        self._least_callers = least_callers
        self._now = now
        self._monotonic = monotonic
        self._channels: dict[str, Channel] = {}
        self._stop = threading.Event()
        self._redis_answered_at = -LINK_LOST_S
        self.word: WorkerWord | None = None
        self.frames_sent = 0

    def clock(self) -> datetime:
        """Tell the city's time, which in a replay is not this machine's."""
        now, word = self._now(), self.word
        return now if word is None else word.clock + max(now - word.said_at, timedelta(0))

    def start(self) -> None:
        """Start both loops as threads of this process (greenlets under gevent)."""
        for loop in (self._listen, self._tick):
            threading.Thread(target=loop, name=loop.__name__, daemon=True).start()

    def stop(self) -> None:
        """Let both loops and every stream end."""
        self._stop.set()
        for channel in self._channels.values():
            with channel.changed:
                channel.changed.notify_all()

    @property
    def screens(self) -> int:
        """Count the connected screens."""
        return sum(channel.screens for channel in self._channels.values())

    @property
    def scopes(self) -> int:
        """Count the scopes somebody looks at, or did a moment ago."""
        return len(self._channels)

    @property
    def redis_ok(self) -> bool:
        """Tell whether Redis answered lately."""
        return self._monotonic() - self._redis_answered_at < LINK_LOST_S

    def newest(self, scope: str, *, wait_s: float) -> bytes | None:
        """Give a scope's newest picture.

        Of a scope nobody watched until now the board may hold an old one: wait for the worker
        to make another, and give the old one only when none comes.
        """
        channel = self._channel(scope)
        was_watched = self._monotonic() < channel.watched_until
        self._look(scope, channel)
        with channel.changed:
            seen = channel.pictures
            channel.changed.wait_for(
                lambda: (
                    (was_watched and channel.body is not None)
                    or channel.pictures != seen
                    or self._stop.is_set()
                ),
                timeout=wait_s,
            )
        return channel.body

    def stream(
        self,
        scope: str,
        *,
        gzip: bool,
        goes_on: Callable[[], bool] = lambda: True,
        visitors: bool = False,
    ) -> Iterator[bytes]:
        """Give the bytes of one screen's event stream: always the newest, never a queue.

        It ends when `goes_on`, asked at each picture and each beat, says no. With `visitors` its
        pictures hold what anyone may see.
        """
        channel = self._channel(scope)
        channel.screens += 1
        seen = (0, 0)
        try:
            self._look(scope, channel)
            if channel.screens == 1:  # while nobody looked there were no beats
                self._beat(channel, self.links())
            if gzip:
                yield GZIP_HEADER
            while not self._stop.is_set():
                frames, seen = self._next(channel, seen, visitors)
                if not goes_on():
                    return
                if frames:
                    self.frames_sent += len(frames)
                    yield b"".join(one.deflated if gzip else one.plain for one in frames)
        finally:
            channel.screens -= 1

    def _next(
        self, channel: Channel, seen: tuple[int, int], visitors: bool
    ) -> tuple[list[Frame], tuple[int, int]]:
        """Wait until there is a picture or a beat a screen has not seen yet."""
        with channel.changed:
            channel.changed.wait_for(
                lambda: (channel.pictures, channel.beats) != seen or self._stop.is_set(),
                timeout=2 * BEAT_S,
            )
            picture = None
            if channel.pictures != seen[0]:
                picture = self._for_visitors(channel) if visitors else channel.picture
            beat = channel.beat if channel.beats != seen[1] else None
            return [one for one in (picture, beat) if one], (channel.pictures, channel.beats)

    def _for_visitors(self, channel: Channel) -> Frame | None:
        """Give the newest picture as anyone may see it: made once, and only when asked for."""
        made = channel.for_visitors
        if channel.body is None or (made is not None and made[0] == channel.pictures):
            return None if made is None else made[1]
        shown = for_visitors(orjson.loads(channel.body), self._least_callers)
        channel.for_visitors = channel.pictures, frame("picture", orjson.dumps(shown))
        return channel.for_visitors[1]

    def _channel(self, scope: str) -> Channel:
        return self._channels.setdefault(scope, Channel())

    def _look(self, scope: str, channel: Channel) -> None:
        """Tell the worker that somebody looks, and fetch what is there already."""
        if self._monotonic() < channel.watched_until - WATCH_S / 2:
            return
        before = channel.watched_until
        # Noted before Redis is asked: a channel in use must not be forgotten meanwhile.
        channel.watched_until = self._monotonic() + WATCH_S
        try:
            self._board.watch(scope, for_s=WATCH_S)
            self._fetch(scope, channel)
        except Unreachable:
            channel.watched_until = before
            log.warning("watch_failed", scope=scope)

    def _fetch(self, scope: str, channel: Channel) -> None:
        body = self._board.newest(scope)
        if body is None or body == channel.body:
            return
        head = orjson.loads(body)
        made = frame("picture", body)
        with channel.changed:
            channel.body, channel.picture = body, made
            channel.seq, channel.as_of = head["seq"], head["as_of"]
            channel.pictures += 1
            channel.changed.notify_all()

    def _listen(self) -> None:
        wait_s = 0.2
        lost = False
        while not self._stop.is_set():
            try:
                changed = self._board.changed(wait_s=0.5)
                self.word = self._board.word()
                self._redis_answered_at = self._monotonic()
                # What changed while the line was cut was never announced: fetch everything once.
                self.refresh(set(self._channels) if lost else changed)
                lost, wait_s = False, 0.2
            except Unreachable as error:
                log.warning("board_lost", error=str(error))
                lost, wait_s = True, min(wait_s * 1.5, 2.0)
                self._stop.wait(wait_s)

    def refresh(self, changed: set[str]) -> None:
        """Fetch what changed and is watched; forget what nobody has asked for in a while."""
        for scope, channel in list(self._channels.items()):
            if channel.screens:
                self._look(scope, channel)
            if self._monotonic() >= channel.watched_until:
                if not channel.screens:
                    del self._channels[scope]
            elif scope in changed:
                self._fetch(scope, channel)

    def _tick(self) -> None:
        due = self._monotonic()
        while not self._stop.is_set():
            links = self.links()
            for channel in list(self._channels.values()):
                if channel.screens:
                    self._beat(channel, links)
            due = max(due + BEAT_S, self._monotonic())
            self._stop.wait(due - self._monotonic())

    def _beat(self, channel: Channel, links: dict[str, Any]) -> None:
        said = orjson.dumps({"seq": channel.seq, "as_of": channel.as_of, **links})
        with channel.changed:
            channel.beat = frame("beat", said)
            channel.beats += 1
            channel.changed.notify_all()

    def links(self) -> dict[str, Any]:
        """Say what time it is in the city, and which link between it and the screen is cut."""
        now, word = self._now(), self.word
        worker_age = source_age = None
        if word is not None:
            worker_age = max((now - word.said_at).total_seconds(), 0.0)
            # Before the first ticket nothing has come for as long as somebody has listened.
            heard_at = word.newest_ticket_at or word.started_at
            source_age = max((now - heard_at).total_seconds(), 0.0)
        return {
            "now": self.clock().isoformat(),
            "links": {
                "redis": "ok" if self.redis_ok else "down",
                "worker": _state(worker_age, WORKER_SILENT_S),
                "source": _state(source_age, self._source_silent_s),
            },
            "worker_age_s": worker_age,
            "source_age_s": source_age,
            "demo": self._demo,
        }


def _state(age_s: float | None, silent_s: float) -> str:
    return "ok" if age_s is not None and age_s < silent_s else "silent"
