"""The demo city, lived: history first, then life at the pace of the clock, for ever."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

import structlog

from data_sources.feeds.demo_city.chronicle import Chronicle
from data_sources.feeds.demo_city.demo_city import DemoCity
from data_sources.feeds.demo_city.requests import Requests
from data_sources.feeds.demo_city.truth import Truth
from data_sources.feeds.intake import Intake
from operations.errors import Unreachable
from operations.ports import TicketStream

log = structlog.get_logger()

FEED = "demo"
FILLED = "demo_filled.json"
TICK_S = 0.25
REQUESTS_EVERY_S = 0.5
RETRY_S = 0.5
WEEK_D = 7
MOST_WAITING = 60  # entries: while history fills in, life waits behind at most these
CATCH_UP = timedelta(hours=1)  # told again at a restart, in case the last hour was cut off


class StopEvent(Protocol):
    """Says when to stop; `threading.Event` and `multiprocessing.Event` fit."""

    def is_set(self) -> bool:
        """Tell whether it is time to stop."""


@dataclass(frozen=True, slots=True)
class CityTime:
    """The time in the demo city: from `starts_at` on, at `pace` times the clock."""

    clock: Callable[[], datetime]
    began_at: datetime
    starts_at: datetime
    pace: float

    @classmethod
    def go_on(cls, clock: Callable[[], datetime], pace: float, last: datetime | None) -> "CityTime":
        """Start now, or where the city stopped when it lives on a time of its own."""
        now = clock()
        starts_at = last if last is not None and pace != 1.0 else now
        return cls(clock, now, starts_at, pace)

    def now(self) -> datetime:
        """Tell the city's time."""
        return self.starts_at + (self.clock() - self.began_at) * self.pace


class Living:
    """One demo city, lived into the stream until told to stop.

    At least once: what the stream did not take is told again, and a restart tells the last
    hour before the ledger's clock again, which changes nothing there.
    """

    def __init__(
        self,
        city: DemoCity,
        *,
        intake: Intake,
        stream: TicketStream,
        requests: Requests,
        folder: Path,
        time: CityTime,
        sleep: Callable[[float], None],
        stop: StopEvent,
    ) -> None:
        self._city, self._intake, self._stream, self._requests = city, intake, stream, requests
        self._time, self._sleep, self._stop = time, sleep, stop
        self._filled = folder / FILLED
        self._is_filled = False
        self._oldest = date.max
        self._chronicle = Chronicle(city, Truth(folder))
        self._backlog: list[tuple[date, datetime | None]] = []
        self._asked_at = time.began_at

    def run(
        self,
        *,
        history_d: int,
        last: datetime | None,
        week_told: Callable[[], None],
        all_told: Callable[[], None],
    ) -> None:
        """Live: `last` is the ledger's newest clock, None where it holds nothing.

        Calls `week_told` once the last seven days are on the stream, `all_told` once all of its
        history is.
        """
        self._insist(self._mark)
        now = self._time.now()
        self._plan(history_d, last, now)
        week = self._city.local_date(now) - timedelta(days=WEEK_D)
        opened, ended = False, False
        while not self._stop.is_set():
            self._insist(self._tell)
            if not opened and (not self._backlog or self._backlog[0][0] < week):
                opened = True
                self._chronicle.open_with_something(self._time.now())
                week_told()
            if self._backlog and self._has_room():
                day, since = self._backlog.pop(0)
                self._chronicle.open_day(day, told_until=since, now=self._time.now())
            else:
                self._note_filled()
                if not self._backlog and not ended:
                    ended = True
                    all_told()
                self._sleep(TICK_S)

    def _plan(self, history_d: int, last: datetime | None, now: datetime) -> None:
        """Decide which days are told, newest first, and from which moment on."""
        today, since = self._city.local_date(now), None
        self._oldest = today - timedelta(days=max(history_d, 1) - 1)
        filled_from = self._read_filled()
        if last is not None and filled_from is not None and filled_from <= self._oldest:
            since = last - CATCH_UP
            living = self._city.local_date(since) - timedelta(days=self._city.rates.lives_d + 1)
            self._oldest = max(filled_from, living)
        days = (today - self._oldest).days + 1
        self._backlog = [(today - timedelta(days=back), since) for back in range(days)]
        self._is_filled = since is not None
        log.info("demo_planned", days=days, since=str(since), now=now.isoformat())

    def _tell(self) -> None:
        """Tell everything that has happened by now; raises Unreachable half-way."""
        now = self._time.now()
        self._chronicle.roll(now)
        self._hear_requests(now)
        for key, records in self._chronicle.due(now):
            took = self._intake.take(records, feed=FEED, now=now)
            if took["rejected"]:
                log.warning("demo_rejected", tickets=len(took["rejected"]), of=took["rejected"][0])
            self._chronicle.told(key, now)
        self._mark()

    def _hear_requests(self, now: datetime) -> None:
        at = self._time.clock()
        if (at - self._asked_at).total_seconds() < REQUESTS_EVERY_S:
            return
        self._asked_at = at
        for kind in self._requests.take():
            if kind in self._city.rates.scenes["kinds"]:
                scene = self._chronicle.play(kind, "request", now, now)
                log.info("scene_planted", scene=scene.id, kind=kind)

    def _has_room(self) -> bool:
        """Tell whether the worker keeps up, so that life need not wait behind history."""
        try:
            return self._stream.waiting() < MOST_WAITING
        except Unreachable:
            return False

    def _mark(self) -> None:
        """Say what time it is in a city that does not live on this machine's."""
        if self._time.pace != 1.0:
            self._stream.append_clock(self._time.now())

    def _insist(self, do: Callable[[], None]) -> None:
        """Do something that needs the stream until it worked or it is time to stop."""
        while not self._stop.is_set():
            try:
                do()
            except Unreachable as error:
                log.warning("demo_waits", error=str(error), retry_s=RETRY_S)
                self._sleep(RETRY_S)
            else:
                return

    def _note_filled(self) -> None:
        """Keep from which day on history is on the stream: a restart tells only what is new."""
        if not self._backlog and not self._is_filled:
            self._is_filled = True
            self._filled.write_text(json.dumps({"from": self._oldest.isoformat()}), "utf-8")
            log.info("demo_history_told", oldest=self._oldest.isoformat())

    def _read_filled(self) -> date | None:
        if not self._filled.exists():
            return None
        try:
            return date.fromisoformat(json.loads(self._filled.read_text("utf-8"))["from"])
        except (ValueError, KeyError, TypeError):
            log.warning("demo_filled_unreadable", file=str(self._filled))
            return None
