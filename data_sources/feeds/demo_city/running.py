"""The door's way into the demo city: everything it needs comes in as an argument."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import redis
import shapely
from shapely.geometry.base import BaseGeometry

from data_sources.feeds.demo_city.demo_city import DemoCity
from data_sources.feeds.demo_city.ground import ground_of
from data_sources.feeds.demo_city.living import CityTime, Living, StopEvent
from data_sources.feeds.demo_city.rates import Rates, read_rates
from data_sources.feeds.demo_city.requests import RedisRequests
from data_sources.feeds.intake import Intake
from data_sources.reference import Reference
from operations.errors import BadInput
from operations.ports import TicketStream

FILE = "demo.toml"


def demo_rates(reference: Reference) -> Rates:
    """Read the habits of a city that can be lived as a demo; raises BadInput for another."""
    path = None if reference.folder is None else reference.folder / FILE
    if path is None or not path.is_file():
        raise BadInput("LIANXIN_DEMO", f"{reference.name_en} has no {FILE}; switch the demo off")
    return read_rates(path)


def found_city(reference: Reference, *, seed: int) -> DemoCity:
    """Make the demo city of a reference; raises BadInput for a city without `demo.toml`."""
    rates = demo_rates(reference)
    ground = ground_of(reference, rates, _land(reference.folder))
    return DemoCity(ground, rates, seed=seed, works=reference.calendar.is_working_day)


def _land(folder: Path | None) -> BaseGeometry | None:
    """Read the outline of the land, so that nobody lives on the water."""
    path = None if folder is None else folder / "basemap" / "land.json"
    if path is None or not path.is_file():
        return None
    return shapely.union_all(shapely.from_geojson(path.read_text("utf-8")))


def run_demo(
    city: DemoCity,
    *,
    intake: Intake,
    stream: TicketStream,
    client: redis.Redis,
    ledger_clock: datetime | None,
    pace: float,
    history_d: int,
    data_dir: Path,
    clock: Callable[[], datetime],
    sleep: Callable[[float], None],
    stop: StopEvent,
    week_told: Callable[[], None] = lambda: None,
    all_told: Callable[[], None] = lambda: None,
) -> None:
    """Live the demo city until told to stop.

    `week_told` is called when seven days are told, `all_told` when all of its history is.
    """
    time = CityTime.go_on(clock, pace, ledger_clock)
    living = Living(
        city,
        intake=intake,
        stream=stream,
        requests=RedisRequests(client),
        folder=data_dir,
        time=time,
        sleep=sleep,
        stop=stop,
    )
    living.run(history_d=history_d, last=ledger_clock, week_told=week_told, all_told=all_told)
