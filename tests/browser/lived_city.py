"""The demo city with a thirtieth of its tickets, whose hours pass when a test says so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from data_sources.embedded import EmbeddedValkey
from data_sources.feeds.demo_city.demo_city import DemoCity
from data_sources.feeds.demo_city.ground import ground_of
from data_sources.feeds.demo_city.lives import Batch
from data_sources.feeds.demo_city.running import demo_rates
from data_sources.feeds.demo_city.scenes import Scene
from data_sources.redis_server import connect_redis
from data_sources.reference import load_reference
from data_sources.stream import RedisStream
from settings import Settings
from tests.system import System, wait_until

SEED, BUSY = 12345, 30
AT_ONCE = 1_000


def small_city() -> DemoCity:
    """Make the demo city with a thirtieth of its tickets and no scene by itself."""
    reference = load_reference(Settings(city="yantai"))
    rates = demo_rates(reference)
    quiet = {**rates.scenes, "schedule": {**rates.scenes["schedule"], "shares": [0.0] * 7}}
    rates = replace(rates, tickets_per_week=rates.tickets_per_week // BUSY, scenes=quiet)
    works = reference.calendar.is_working_day
    return DemoCity(ground_of(reference, rates), rates, seed=SEED, works=works)


class LivedCity:
    """A city on a running system that lives by its stream's clock: `LIANXIN_CLOCK=stream`."""

    def __init__(self, system: System, begin: datetime, *, history_d: int) -> None:
        self._system, self.city, self.now = system, small_city(), begin
        self._stream = RedisStream(connect_redis(EmbeddedValkey(system.data).url))
        self._batches: list[Batch] = []
        self._from = self.city.local_date(begin) - timedelta(days=history_d)
        self._wake(begin)
        self._say(datetime.fromtimestamp(0, begin.tzinfo))

    def play(self, kind: str, after: timedelta) -> Batch:
        """Have a scene begin after a while; give its tickets."""
        start = int((self.now + after).timestamp())
        scene = Scene(f"{kind}-{start}", kind, "request", start, serial=70_000)
        self._batches.append(played := self.city.play(scene))
        return played

    def live(self, hours: float, *, step: timedelta = timedelta(minutes=30)) -> None:
        """Let hours pass: what happens in each step is delivered, then the clock is told."""
        until = self.now + timedelta(hours=hours)
        while self.now < until:
            before, self.now = self.now, min(self.now + step, until)
            self._wake(self.now)
            self._say(before)

    def _wake(self, until: datetime) -> None:
        """Make the days that have begun since."""
        while self._from <= self.city.local_date(until):
            self._batches.append(self.city.day(self._from))
            self._from += timedelta(days=1)

    def _say(self, before: datetime) -> None:
        told = list(self._told(before))
        for first in range(0, len(told), AT_ONCE):
            part = told[first : first + AT_ONCE]
            answer = self._system.post(part)
            assert answer["accepted"] == len(part), answer
        self._stream.append_clock(self.now)
        wait_until(lambda: self._stream.waiting() == 0, 240)

    def _told(self, before: datetime) -> Iterator[dict[str, Any]]:
        """Give the records of what happened after a moment and until now."""
        since, until = int(before.timestamp()), int(self.now.timestamp())
        for batch in self._batches:
            for number in batch.touched(since, until).tolist():
                record = self.city.teller.tell(batch, number, until)
                if record is not None:
                    yield plain(record)


def plain(record: dict[str, Any]) -> dict[str, Any]:
    """Give a record as JSON carries it."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        if not isinstance(value, dict) else plain(value)
        for name, value in record.items()
        if value is not None
    }  # fmt: skip
