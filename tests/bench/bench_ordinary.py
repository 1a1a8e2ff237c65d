"""An ordinary city under the watch: what false alarms it costs, how soon yellow water shows.

python -m tests.bench.bench_ordinary [--weeks 52] [--first 2026-01-05] [--yellow 12] [--parts 2]

The demo city is lived ticket by ticket without any scene after sixty days of it, with the chores
of the worker's thread done once a day of its time. Every cluster that would raise an alarm
is a false one, and so is every category, district or department far above its usual. The weeks
are parted among processes; each part begins with sixty days of past. Before that, yellow water
is planted on a day: which of its tickets raised the alarm.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from data_sources.feeds.demo_city.births import EXACT
from data_sources.feeds.demo_city.demo_city import DemoCity
from data_sources.feeds.demo_city.ground import ground_of
from data_sources.feeds.demo_city.lives import Batch
from data_sources.feeds.demo_city.places import KM_PER_DEGREE
from data_sources.feeds.demo_city.running import demo_rates
from data_sources.feeds.demo_city.scenes import Scene
from data_sources.reference import load_reference
from operations.detection.live.chores import warm_up
from operations.detection.live.city_watch import CityWatch
from operations.detection.live.excess import Risen
from operations.detection.live.signals import severity_of
from operations.pulse.windows import HOUR_US
from operations.tickets.fact import Fact
from settings import Settings
from tests.bench.report import report
from tests.builders import fact

HISTORY_D, CHORES_US, SEED = 60, 24 * HOUR_US, 12345
REFERENCE = load_reference(Settings(city="yantai"))


def quiet_city() -> DemoCity:
    """Give the demo city without scenes of its own."""
    rates = demo_rates(REFERENCE)
    schedule = {**rates.scenes["schedule"], "shares": [0.0] * 7}
    rates = replace(rates, scenes={**rates.scenes, "schedule": schedule})
    ground = ground_of(REFERENCE, rates)
    return DemoCity(ground, rates, seed=SEED, works=REFERENCE.calendar.is_working_day)


CITY = quiet_city()
CATEGORIES = list(CITY.rates.categories)


def facts(batch: Batch, name: str) -> list[Fact]:
    """Give a batch's tickets as they come in, oldest first."""
    births, places = batch.births, CITY.places
    latitude, longitude = spots(births.says)
    return [
        fact(
            external_id=f"{name}-{n}",
            created_us=int(births.created[n]) * 1_000_000,
            category=CATEGORIES[births.category[n]],
            district=CITY.stage.districts[births.district[n]],
            department=f"unit-{births.units[n][0]}",
            caller=str(births.caller[n]),
            latitude=round(float(places.latitude[births.place[n]] + latitude[n]), 6),
            longitude=round(float(places.longitude[births.place[n]] + longitude[n]), 6),
            geo_quality="exact",
        )
        for n in range(len(births))
        if births.told[n] == EXACT
    ]


def spots(says: Any) -> tuple[Any, Any]:
    """Give how far from the middle of their place callers stand, in degrees, as the city tells."""
    jitter = CITY.rates.places.jitter_m / 1000 / KM_PER_DEGREE
    north, east = ((says >> bits & 1023) / 511.5 - 1 for bits in (4, 14))
    return north * jitter, east * jitter


def midnight_us(day: date) -> int:
    """Give the moment a day begins."""
    return int(datetime(day.year, day.month, day.day, tzinfo=REFERENCE.zone).timestamp()) * 10**6


def watching(first: date) -> CityWatch:
    """Give a watch that knows the days before one, and has lived through what is ordinary."""
    works = REFERENCE.calendar.is_working_day
    watch = CityWatch(REFERENCE.zone, zones=REFERENCE.zones, works=works)
    now_us = midnight_us(first)
    for back in range(HISTORY_D, 0, -1):
        watch.fold([], facts(CITY.day(first - timedelta(days=back)), f"past-{back}"))
    while watch.waiting:
        watch.look(now_us)
    for _ in range(len(watch.registry.lookouts) + 2):
        watch.look(now_us)
    do_chores(watch, now_us)
    return watch


def do_chores(watch: CityWatch, now_us: int) -> None:
    """Do what the worker's thread does."""
    while (chore := watch.chore(now_us)) is not None:
        watch.answer(chore, chore.run(), now_us)


def live(watch: CityWatch, tickets: list[Fact]) -> Iterator[tuple[Fact, Any]]:
    """Live a day, ticket by ticket; give every cluster or series that raises an alarm, once."""
    raised: set[Any] = {one.series for one in watch.excesses.standing()}
    chores_us = tickets[0].created_us
    watch.look(chores_us)
    do_chores(watch, chores_us)
    for ticket in tickets:
        watch.fold([], [ticket])
        watch.look(ticket.created_us)
        if ticket.created_us - chores_us > CHORES_US:
            chores_us = ticket.created_us
            watch.look(ticket.created_us)
            do_chores(watch, ticket.created_us)
        for cluster, _ in watch.living():
            if cluster.id not in raised and severity_of(cluster) is not None:
                raised.add(cluster.id)
                yield ticket, cluster
        for risen in watch.excesses.standing():
            if risen.series not in raised:
                raised.add(risen.series)
                yield ticket, risen


def ordinary(first: date, weeks: int) -> list[dict[str, Any]]:
    """Give the alarms of an ordinary city, each with what raised it."""
    watch, known, alarms = watching(first), set[str](), []
    for day in range(weeks * 7):
        at = first + timedelta(days=day)
        for _ticket, found in live(watch, facts(CITY.day(at), at.isoformat())):
            if isinstance(found, Risen):
                alarms.append(told_series(at, found))
            elif found.id not in known:
                known.add(found.id)
                alarms.append(told(at, found))
            else:
                continue
            print(alarms[-1], file=sys.stderr, flush=True)
        print(f"{at}: {len(alarms)} alarms since {first}", file=sys.stderr, flush=True)
    return alarms


def told(day: date, cluster: Any) -> dict[str, Any]:
    """Tell of an alarm what helps to see why it was raised."""
    seen = cluster.evidence
    hours = round((seen.as_of_us - seen.start_us) / HOUR_US, 1)
    return {
        "day": day.isoformat(),
        "category": cluster.category,
        "extent": seen.extent.value,
        "callers": seen.callers,
        "expected": round(seen.expected, 2),
        "hours": hours,
        "recurrence_d": round(seen.recurrence_d, 1),
    }


def told_series(day: date, risen: Risen) -> dict[str, Any]:
    """Tell of a series far above, in the same words."""
    cause, code = risen.series
    return {"day": day.isoformat(), "category": f"{cause} {code}", "seen": risen.seen}


def ordinary_year(first: date, weeks: int, parts: int) -> None:
    """Count the alarms of an ordinary city, its weeks parted among processes."""
    started = time.perf_counter()
    spans = [part for part in np.array_split(np.arange(weeks), parts) if len(part)]
    with ProcessPoolExecutor(parts) as processes:
        lived = [
            processes.submit(ordinary, first + timedelta(weeks=int(span[0])), len(span))
            for span in spans
        ]
        alarms = [one for part in lived for one in part.result()]
    seconds = round(time.perf_counter() - started)
    by = Counter(one["category"] for one in alarms).most_common(3)
    row = {"weeks": weeks, "false alarms": len(alarms), "a week": round(len(alarms) / weeks, 2)}
    row["of series"] = sum("seen" in one for one in alarms)
    report("ordinary", [row | {"seconds": seconds, "most of": str(by)}])


def yellow(first: date, times: int) -> None:
    """Plant yellow water at many hours of a day, each time before a watch that knows none."""
    begun, rows, base = watching(first), [], midnight_us(first) // 10**6
    rng = np.random.default_rng(SEED)
    for n in range(times):
        watch = deepcopy(begun)
        start = base + int(rng.integers(7 * 3600, 19 * 3600))
        scene = Scene(f"planted-{n}", "yellow_water", "request", start, 100_000)
        planted = facts(CITY.play(scene), f"planted-{n}")
        day = facts(CITY.day(first), first.isoformat()) + planted
        found = None
        for ticket, cluster in live(watch, sorted(day, key=lambda one: one.created_us)):
            if isinstance(cluster, Risen):
                continue
            if found is None and any(f"planted-{n}-" in name for _, name in cluster.members):
                found = sum(one.created_us <= ticket.created_us for one in planted)
        rows.append({"scene": n + 1, "tickets of it": len(planted), "alarm after": found})
    counts = [row["alarm after"] for row in rows if row["alarm after"] is not None]
    worst = {
        "scene": "all",
        "alarm after": max(counts, default=0),
        "not found": times - len(counts),
    }
    report("yellow_water", [*rows, worst])


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--weeks", type=int, default=52)
    asked.add_argument("--first", type=date.fromisoformat, default=date(2026, 1, 5))
    asked.add_argument("--yellow", type=int, default=12)
    asked.add_argument("--parts", type=int, default=2)
    given = asked.parse_args()
    warm_up()
    if given.yellow:
        yellow(given.first, given.yellow)
    if given.weeks:
        ordinary_year(given.first, given.weeks, given.parts)
