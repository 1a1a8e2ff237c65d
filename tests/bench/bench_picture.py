"""How fast the running city folds, how long its pictures take, and how much memory it holds.

python -m tests.bench.bench_picture                 # Yantai, 1 M tickets
python -m tests.bench.bench_picture --city boston
python -m tests.bench.bench_picture --city nyc
"""

import argparse
import gc
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import h3
import psutil

from operations.places import cell_centre
from operations.pulse.city import City
from operations.pulse.picture import Draughtsman, Names
from operations.pulse.windows import to_us
from operations.tickets.fact import Fact
from tests.bench.report import median, report

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
NOW_US = to_us(NOW)
DAY_US = 86_400_000_000
A_DAY = 4_700
NAMES = Names({}, {}, {}, {})
SHAPES = {  # categories, districts, departments, towns
    "yantai": (60, 16, 60, 150),
    "boston": (141, 22, 14, 22),
    "nyc": (250, 70, 20, 70),
}
CELLS = sorted(h3.grid_disk(h3.latlng_to_cell(37.4, 121.2, 7), 29))


class Tickets:
    """Draws made-up tickets of a city of a given shape."""

    def __init__(self, shape: tuple[int, int, int, int], seed: int = 1) -> None:
        self.categories, self.districts, self.departments, self.towns = shape
        self.dice = random.Random(seed)
        self.drawn = 0
        self.cells = [h3.str_to_int(cell) for cell in CELLS]

    def one(self, created_us: int, *, age_us: int | None = None) -> Fact:
        """Draw one ticket; it is closed when it is old enough."""
        dice, self.drawn = self.dice, self.drawn + 1
        category = int(self.categories * dice.random() ** 2)
        took_us = int(dice.expovariate(1 / (4 * DAY_US)))
        age_us = NOW_US - created_us if age_us is None else age_us
        closed = took_us < age_us
        rung = closed and dice.random() < 0.6
        town = int(self.towns * dice.random() ** 1.5)
        cell = self.cell_in(town) if dice.random() < 0.8 else None
        latitude, longitude = (None, None) if cell is None else cell_centre(cell)
        return Fact(
            source="demo",
            external_id=f"T-{self.drawn}",
            created_us=created_us,
            dispatched_us=created_us + 3_600_000_000,
            due_us=created_us + 7 * DAY_US,
            closed_us=created_us + took_us if closed else None,
            called_back_us=created_us + took_us + 60_000_000 if rung else None,
            status="closed" if closed else "handling",
            urgent=dice.random() < 0.05,
            channel=dice.choice(("phone", "wechat", "app", "web")),
            category=f"category-{category}",
            district=f"district-{town * self.districts // self.towns}",
            town=f"town-{town}",
            department=f"department-{(category * 7 + dice.randrange(3)) % self.departments}",
            cell=cell,
            caller=f"{dice.randrange(10**6):032x}" if dice.random() < 0.9 else None,
            resolved=dice.random() < 0.8 if rung else None,
            satisfied=dice.random() < 0.9 if rung else None,
            reported_on_time=dice.random() < 0.9,
            latitude=latitude,
            longitude=longitude,
            geo_quality="none" if cell is None else "exact",
            merged=False,
        )

    def cell_in(self, town: int) -> int:
        """Draw a cell of a town, the busy ones more often."""
        size = len(self.cells) // self.towns
        return self.cells[town * size + int(size * self.dice.random() ** 2)]

    def history(self, n: int) -> list[Fact]:
        """Draw the last `n` tickets of a city of 4,700 a day."""
        step_us = DAY_US // A_DAY
        return [self.one(NOW_US - place * step_us) for place in range(n, 0, -1)]


def timed(call: Callable[[], object], times: int) -> dict[str, object]:
    """Give the median time of a call, and of the processor time it took."""
    took, worked = [], []
    for _ in range(times):
        started, from_cpu = time.perf_counter(), time.thread_time()
        call()
        took.append((time.perf_counter() - started) * 1000)
        worked.append((time.thread_time() - from_cpu) * 1000)
    return {"median_ms": median(took), "cpu_ms": median(worked)}


def new_city() -> City:
    """Make an empty city."""
    return City(ZoneInfo("Asia/Shanghai"), now=NOW)


def resident_mb() -> float:
    """Tell this process's memory."""
    gc.collect()
    return psutil.Process().memory_info().rss / 2**20


def rebuilt(tickets: Tickets, n: int) -> tuple[City, dict[str, object]]:
    """Fold a history in batches of 50,000, counting the folding alone."""
    before_mb, city, took_s = resident_mb(), new_city(), 0.0
    step_us = DAY_US // A_DAY
    for first in range(n, 0, -50_000):
        batch = [
            tickets.one(NOW_US - place * step_us)
            for place in range(first, max(0, first - 50_000), -1)
        ]
        started = time.perf_counter()
        city.fold((), batch)
        took_s += time.perf_counter() - started
    del batch
    name = f"fold {n:,} in batches of 50,000"
    return city, {
        "what": name,
        "median_ms": took_s * 1000,
        "per_s": n / took_s,
        "memory_mb": resident_mb() - before_mb,
        "open": city.open.totals(city.scope("city"))[0],
    }


def live_folds(city: City, tickets: Tickets) -> list[dict[str, object]]:
    """Measure folding what comes in live."""
    rows = []
    for size in (1, 20):
        batches = iter(
            [[tickets.one(NOW_US - 10**6, age_us=0) for _ in range(size)] for _ in range(201)]
        )
        rows.append(
            {
                "what": f"fold {size} new",
                **timed(lambda b=batches: city.fold((), next(b)), 200),
            }
        )
    moved = [tickets.one(NOW_US - 10**6, age_us=0) for _ in range(20)]
    city.fold((), moved)
    ended = [one._replace(status="closed", closed_us=NOW_US) for one in moved]
    pairs = iter([(moved, ended), (ended, moved)] * 101)
    rows.append({"what": "fold 20 changed", **timed(lambda: city.fold(*next(pairs)), 200)})
    for size in (2_000, 5_000):
        batches = iter(
            [[tickets.one(NOW_US - 10**6, age_us=0) for _ in range(size)] for _ in range(10)]
        )
        took = timed(lambda b=batches: city.fold((), next(b)), 9)
        rows.append(
            {
                "what": f"fold {size:,} new",
                **took,
                "per_s": size / float(str(took["median_ms"])) * 1000,
            }
        )
    return rows


def pictures(label: str, city: City) -> list[dict[str, object]]:
    """Measure drawing the city's picture and all the others, every section fresh or in turn."""
    drawer, seq = Draughtsman(NAMES, least_callers=5), count(1, 10)
    others = sorted(city.scopes() - {"city"})

    def draw(scope: str, *, fresh: bool = True) -> bytes:
        return drawer.encode(drawer.make(scope, city, now=NOW, seq=next(seq), fresh=fresh))

    whole = {
        "what": f"city's picture, {label}",
        **timed(lambda: draw("city"), 30),
        "bytes": len(draw("city")),
    }
    between = {
        "what": f"city's picture between seconds, {label}",
        **timed(lambda: draw("city", fresh=False), 30),
    }
    rest = {
        "what": f"{len(others)} other scopes, all of it, {label}",
        **timed(lambda: [draw(scope) for scope in others], 5),
        "bytes": max(len(draw(scope)) for scope in others),
    }
    return [whole, between, rest, *a_second(label, drawer, city, others)]


def a_second(
    label: str, drawer: Draughtsman, city: City, scopes: list[str]
) -> list[dict[str, object]]:
    """Draw every scope once a second for nine seconds, quiet and with every scope changing."""
    tickets, seconds = Tickets(SHAPES["yantai"], seed=2), count(1)

    def draw_all() -> None:
        seq = 10**9 + next(seconds) * 1000
        for scope in scopes:
            drawer.encode(drawer.make(scope, city, now=NOW, seq=seq))

    def nine_seconds(*, busy: bool) -> dict[str, object]:
        took: dict[str, float] = {"median_ms": 0.0, "cpu_ms": 0.0}
        for _ in range(9):
            if busy:
                city.fold((), [state(scope) for scope in scopes])
            for name, value in timed(draw_all, 1).items():
                took[name] += float(str(value)) / 9
        return dict(took)

    def state(scope: str) -> Fact:
        kind, _, code = scope.partition("-")
        return tickets.one(NOW_US - 1, age_us=0)._replace(**{kind: code})

    nine_seconds(busy=False)
    what = f"{len(scopes)} other scopes, per second"
    return [
        {"what": f"{what}, quiet, {label}", **nine_seconds(busy=False)},
        {"what": f"{what}, all changing, {label}", **nine_seconds(busy=True)},
    ]


def main() -> None:
    """Measure one shape of city."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--city", choices=SHAPES, default="yantai")
    parser.add_argument("--tickets", type=int, default=1_000_000)
    asked = parser.parse_args()
    tickets = Tickets(SHAPES[asked.city])
    small = new_city()
    small.fold((), tickets.history(10_000))
    rows = pictures("10,000 tickets", small)
    city, row = rebuilt(tickets, asked.tickets)
    rows = [row, *rows, *pictures(f"{asked.tickets:,} tickets", city), *live_folds(city, tickets)]
    seconds = iter(NOW + timedelta(seconds=second) for second in range(1, 400))
    rows.append(
        {
            "what": "advance a second",
            **timed(lambda: city.advance(next(seconds)), 300),
        }
    )
    report(f"picture_{asked.city}", rows)


if __name__ == "__main__":
    main()
