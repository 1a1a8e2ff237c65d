"""Incidents as they change: one listener a process, one reading a change, every screen the same.

A channel is an incident in one language. Its frames hold what changed from one `seq` to another;
a screen that is further behind than what is kept is told once for itself.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import orjson
import structlog

from api.frames import GZIP_HEADER, Frame, frame
from operations.errors import Unreachable

log = structlog.get_logger()

BEAT_S = 1.0
LISTEN_S = 0.5
SWEEP_S = 5.0
MOST_KEPT = 64

Draw = Callable[[str, int, str], dict[str, Any] | None]
"""What changed in an incident behind a `seq`, drawn in a language; None where it is not there."""


class Bell(Protocol):
    """The word that incidents have changed."""

    def heard(self, *, wait_s: float) -> dict[str, int]: ...


@dataclass(slots=True)
class Channel:
    """What the screens of one incident and language share."""

    seq: int
    changed: threading.Condition = field(default_factory=threading.Condition)
    frames: deque[tuple[int, int, Frame]] = field(default_factory=lambda: deque(maxlen=MOST_KEPT))
    beats: int = 0
    beat: Frame | None = None
    screens: int = 0


class IncidentLive:
    """Carries the changes of incidents to every screen of this process."""

    def __init__(
        self,
        bell: Bell,
        draw: Draw,
        seqs: Callable[[Sequence[str]], dict[str, int]],
        clock: Callable[[], datetime],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bell, self._draw, self._seqs, self._clock = bell, draw, seqs, clock
        self._monotonic, self._swept_s = monotonic, 0.0
        self._channels: dict[tuple[str, str], Channel] = {}
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start both loops as threads of this process (greenlets under gevent)."""
        for loop in (self._listen, self._tick):
            thread = threading.Thread(target=loop, name=f"incident{loop.__name__}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Let both loops and every stream end."""
        self._stop.set()
        for channel in self._channels.values():
            with channel.changed:
                channel.changed.notify_all()
        for thread in self._threads:
            thread.join(2 * BEAT_S)

    def stream(
        self,
        incident: str,
        language: str,
        since: int,
        *,
        gzip: bool,
        goes_on: Callable[[], bool] = lambda: True,
    ) -> Iterator[bytes]:
        """Give the bytes of one screen's stream: what it has not seen, then what changes."""
        first = self._told(incident, since, language)
        if first is None:
            return
        seq, told = first
        channel = self._channels.setdefault((incident, language), Channel(seq))
        channel.screens += 1
        beats = channel.beats
        try:
            yield GZIP_HEADER if gzip else b""
            yield told.deflated if gzip else told.plain
            while not self._stop.is_set():
                frames, seq, beats = self._next(channel, seq, beats)
                if frames is None:  # further behind than what is kept
                    again = self._told(incident, seq, language)
                    if again is None:
                        return
                    seq, told = again
                    frames = [told]
                if not goes_on():
                    return
                if frames:
                    yield b"".join(one.deflated if gzip else one.plain for one in frames)
        finally:
            channel.screens -= 1

    def _told(self, incident: str, since: int, language: str) -> tuple[int, Frame] | None:
        """Give what changed behind a `seq` as a frame of one's own."""
        drawn = self._draw(incident, since, language)
        return None if drawn is None else (drawn["seq"], frame("changes", orjson.dumps(drawn)))

    def _next(self, channel: Channel, seq: int, beats: int) -> tuple[list[Frame] | None, int, int]:
        """Wait for what a screen has not seen; None for frames: too much of it is gone."""
        with channel.changed:
            channel.changed.wait_for(
                lambda: channel.seq > seq or channel.beats != beats or self._stop.is_set(),
                timeout=2 * BEAT_S,
            )
            behind = [one for one in channel.frames if one[1] > seq]
            if channel.seq > seq and (not behind or behind[0][0] > seq):
                return None, seq, channel.beats
            frames = [one for _, _, one in behind]
            if channel.beat is not None and channel.beats != beats:
                frames.append(channel.beat)
            return frames, max(seq, channel.seq), channel.beats

    def _listen(self) -> None:
        while not self._stop.is_set():
            try:
                self.take(self._bell.heard(wait_s=LISTEN_S))
                self.sweep()
            except Unreachable as error:
                log.warning("incident_bell_lost", error=str(error))
                self._swept_s = 0.0
                self._stop.wait(LISTEN_S)
            except Exception:  # one incident that cannot be drawn must not silence the others
                log.exception("incident_live_failed")
                self._stop.wait(LISTEN_S)

    def take(self, heard: dict[str, int]) -> None:
        """Fetch what changed, once for each language somebody looks in."""
        for (incident, language), channel in list(self._channels.items()):
            if not channel.screens:
                self._channels.pop((incident, language), None)
            elif heard.get(incident, 0) > channel.seq:
                self._advance(incident, language, channel)

    def sweep(self) -> None:
        """Ask the book, from time to time, for what was never rung."""
        if self._monotonic() - self._swept_s < SWEEP_S:
            return
        self._swept_s = self._monotonic()
        watched = sorted({incident for incident, _ in self._channels})
        if watched:
            self.take(self._seqs(watched))

    def _advance(self, incident: str, language: str, channel: Channel) -> None:
        drawn = self._draw(incident, channel.seq, language)
        if drawn is None or drawn["seq"] <= channel.seq:
            return
        made = frame("changes", orjson.dumps(drawn))
        with channel.changed:
            channel.frames.append((channel.seq, drawn["seq"], made))
            channel.seq = drawn["seq"]
            channel.changed.notify_all()

    def _tick(self) -> None:
        while not self._stop.wait(BEAT_S):
            said = orjson.dumps({"now": self._clock().isoformat()})
            beat = frame("beat", said)
            for channel in list(self._channels.values()):
                with channel.changed:
                    channel.beat, channel.beats = beat, channel.beats + 1
                    channel.changed.notify_all()
