"""The demo city of Yantai as shipped, and a small one that is quick to live in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data_sources.feeds.demo_city.demo_city import DemoCity
from data_sources.feeds.demo_city.ground import ground_of
from data_sources.feeds.demo_city.living import CityTime, Living
from data_sources.feeds.demo_city.running import demo_rates, found_city
from data_sources.feeds.intake import Intake
from data_sources.feeds.reading import TicketReader
from data_sources.memory import MemoryStream
from data_sources.memory_ledger import MemoryLedger
from data_sources.reference import Reference, load_reference
from operations.errors import Unreachable
from settings import Settings
from tests.sealing import SEALER

SEED = 12345
NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference(Settings(city="yantai"))


@pytest.fixture(scope="session")
def demo(reference: Reference) -> DemoCity:
    return found_city(reference, seed=SEED)


@pytest.fixture(scope="session")
def reader(reference: Reference) -> TicketReader:
    return TicketReader(reference, b"k" * 32, SEALER)


@pytest.fixture(scope="session")
def village(reference: Reference) -> DemoCity:
    """A demo city with a fiftieth of the tickets and no scenes of its own."""
    rates = demo_rates(reference)
    quiet = {**rates.scenes, "schedule": {**rates.scenes["schedule"], "shares": [0.0] * 7}}
    rates = replace(rates, tickets_per_week=660, scenes=quiet)
    ground = ground_of(reference, rates)
    return DemoCity(ground, rates, seed=SEED, works=reference.calendar.is_working_day)


class Wishes:
    """Scenes asked for, as a test wants them."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def take(self) -> list[str]:
        taken, self.names = self.names, []
        return taken


class Flaky(MemoryStream):
    """A stream that does not answer for a while."""

    failures = 0

    def append(self, tickets) -> None:
        if self.failures:
            self.failures -= 1
            raise Unreachable("the stream is away")
        super().append(tickets)


class World:
    """A living demo city on a clock that passes only where it sleeps, and a ledger beside it."""

    def __init__(self, city: DemoCity, reader: TicketReader, folder: Path) -> None:
        self.city, self.reader, self.folder = city, reader, folder
        self.stream, self.ledger, self.wishes = Flaky(), MemoryLedger(), Wishes()
        self.now, self.ends_at = NOW, NOW
        self.clocks: list[datetime] = []
        self.week_at: list[int] = []
        self.all_at: list[int] = []
        self.unchanged = 0
        self.at_sleep: Callable[[], None] = lambda: None
        self.least_s = 0.0
        self.told_at = NOW

    def live(self, seconds: float, *, pace: float = 1.0, history_d: int = 12) -> None:
        """Start the city, let it live so many seconds of the clock, and stop it.

        Sleeps are longer than asked where there is long to live.
        """
        self.least_s = seconds / 400
        self.ends_at = self.now + timedelta(seconds=seconds)
        living = Living(
            self.city,
            intake=Intake(self.reader, self.stream),
            stream=self.stream,
            requests=self.wishes,
            folder=self.folder,
            time=CityTime.go_on(lambda: self.now, pace, self.ledger.clock()),
            sleep=self._sleep,
            stop=self,
        )
        living.run(
            history_d=history_d,
            last=self.ledger.clock(),
            week_told=lambda: self.week_at.append(self.told()),
            all_told=lambda: self.all_at.append(self.told()),
        )
        self.take()

    def is_set(self) -> bool:
        return self.now >= self.ends_at

    def take(self) -> None:
        """Bring what is on the stream to the ledger, as the worker does."""
        for entry in self.stream.read(most_entries=10**6, wait_s=0):
            if entry.clock is not None:
                self.clocks.append(entry.clock)
            assert not entry.refused
            if entry.tickets:
                clock = self.clocks[-1] if self.clocks else self.now
                self.unchanged += self.ledger.store(entry.tickets, clock=clock).unchanged
            self.stream.acknowledge([entry.id])

    def told(self) -> int:
        self.take()
        return sum(map(len, self.ledger.facts()))

    def tickets(self) -> list:
        return list(self.ledger._tickets.values())

    def _sleep(self, seconds: float) -> None:
        self.take()
        self.at_sleep()
        self.told_at = self.now
        passed = timedelta(seconds=max(seconds, self.least_s))
        self.now = min(self.now + passed, max(self.ends_at, self.now))


@pytest.fixture
def world(village: DemoCity, reader: TicketReader, tmp_path: Path) -> World:
    return World(village, reader, tmp_path)
