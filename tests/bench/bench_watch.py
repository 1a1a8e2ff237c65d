"""What the live watch costs: a ticket, a round over everything, every rehearsal, memory.

python -m tests.bench.bench_watch [--case one|many]

`one`: one category of 2,000 places and 20,000 reports a year: from a ticket that is folded in
to the refreshed cluster. `many`: 300 categories and 200,000 reports a year: a scan from every
place with a report of the last month, in every category, and every rehearsal (99 replicates).
"""

import argparse
import time
from zoneinfo import ZoneInfo

import numpy as np
import psutil

from operations.detection.live.chores import Rehearsal, Round, warm_up
from operations.detection.live.watch import Watch
from tests.bench.report import percentile, report
from tests.builders import fact

ZONE = ZoneInfo("Asia/Shanghai")
DAY_US = 86_400_000_000
NOW_US = 1_763_942_400_000_000
REPLICATES = 99


def facts(count: int, places: int, categories: int, seed: int) -> list:
    """Draw a year of reports, evenly in time, each of a caller of its own, oldest first."""
    rng = np.random.default_rng(seed)
    latitude = 37.37 + rng.random(places) * 0.33
    longitude = 120.5 + rng.random(places) * 0.3
    where = rng.choice(places, count, p=rng.dirichlet(np.full(places, 2.0)))
    of = rng.choice(categories, count, p=rng.dirichlet(np.full(categories, 1.0)))
    times = np.sort(NOW_US - rng.integers(0, 365 * DAY_US, count))
    return [
        fact(
            external_id=f"{seed}-{n}",
            caller=f"{seed}-{n}",
            category=f"category-{of[n]}",
            created_us=int(times[n]),
            latitude=float(latitude[where[n]]),
            longitude=float(longitude[where[n]]),
            geo_quality="exact",
        )
        for n in range(count)
    ]


def watching(history: list) -> Watch:
    """Give a watch that has learnt a history."""
    watch = Watch(ZONE)
    watch.fold([], history)
    while watch.waiting:
        watch.look(NOW_US)
    for _ in range(len(watch.registry.lookouts) + 2):
        watch.look(NOW_US)
    return watch


def rehearse(watch: Watch, replicates: int) -> tuple[int, float]:
    """Do every rehearsal; give how many, and the seconds."""
    started, done = time.perf_counter(), 0
    while isinstance(chore := watch.chore(NOW_US), Rehearsal):
        tail = Rehearsal(chore.category, chore.ordinary, chore.seed, replicates).run()
        watch.answer(chore, tail, NOW_US)
        done += 1
    return done, time.perf_counter() - started


def one() -> None:
    """Measure a ticket of one large category; half of the tickets belong to a growing cluster."""
    history = facts(20_000, 2_000, 1, seed=1)
    watch = watching(history)
    rehearse(watch, REPLICATES)
    centre, rng, took_ms = history[-1], np.random.default_rng(2), []
    for n in range(400):
        planted = n % 2 == 0
        at = centre if planted else history[int(rng.integers(len(history)))]
        place = {
            "latitude": at.latitude + float(rng.normal(0, 0.002)) * planted,
            "longitude": at.longitude + float(rng.normal(0, 0.002)) * planted,
        }
        came = at._replace(external_id=f"n{n}", caller=f"n{n}", created_us=NOW_US + n, **place)
        watch.look(NOW_US + n)
        started = time.perf_counter()
        watch.fold([], [came])
        watch.look(NOW_US + n)
        took_ms.append((time.perf_counter() - started) * 1000)
    assert any(cluster.evidence.callers > 100 for cluster, _ in watch.living())
    row = {"median ms": percentile(took_ms, 0.5), "p95 ms": percentile(took_ms, 0.95)}
    report("watch_one", [{"what": "ticket to refreshed cluster", **row}])


def many() -> None:
    """Measure everything that 300 categories cost."""
    process = psutil.Process()
    history = facts(200_000, 2_000, 300, seed=3)
    before = process.memory_info().rss
    started = time.perf_counter()
    watch = watching(history)
    learnt_s = time.perf_counter() - started
    categories, rehearsed_s = rehearse(watch, REPLICATES)
    rounds, scanned_s = 0, 0.0
    for _ in range(len(watch.registry.lookouts)):  # a category of too few reports has no round
        if not isinstance(chore := watch.chore(NOW_US), Round):
            continue
        started = time.perf_counter()
        regions = chore.run()
        scanned_s += time.perf_counter() - started
        rounds += 1
        watch.answer(chore, regions, NOW_US)
    memory = process.memory_info().rss
    rows = [
        {"what": f"learn {len(history):,} reports", "seconds": learnt_s},
        {"what": f"rehearse {categories} categories, {REPLICATES} times", "seconds": rehearsed_s},
        {"what": f"scan {rounds} categories from every place", "seconds": scanned_s},
        {"what": "memory of the process, MB", "seconds": memory / 1e6},
        {"what": "of it the watch, MB", "seconds": (memory - before) / 1e6},
    ]
    report("watch_many", rows)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--case", choices=["one", "many"], nargs="*", default=["one", "many"])
    warm_up()
    for case in asked.parse_args().case:
        {"one": one, "many": many}[case]()
