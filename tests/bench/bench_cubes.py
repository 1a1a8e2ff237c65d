"""Reads of figures over few and over many tickets, one after the other in one run.

`python -m tests.bench.bench_cubes [--few 100000] [--many 5000000] [--runs 30] [--store sqlite]`

Both ledgers hold the same days a ticket has on average; each read is asked of one and of the
other in turn, so that what else the machine does falls on both. Medians and 95th percentiles.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import psycopg

from data_sources.cube_building import CubeBuilding
from data_sources.database import connect_database
from data_sources.figure_reads import FigureReads
from data_sources.ledger import SqlLedger
from data_sources.migrate import migrate
from operations.pulse.sums import CITY, Period, Slice
from operations.tickets.ticket import Callback, Satisfaction, Status, Ticket
from tests.bench.report import median, percentile, report
from tests.builders import NOW, ticket
from tests.cubes import SHANGHAI, keeping, local_days
from tests.postgres_server import running_postgres

A_DAY = 4_700
TODAY = NOW.astimezone(SHANGHAI).date()
Read = Callable[[FigureReads], object]


def made(number: int) -> Ticket:
    """Give a ticket of a city of 4,700 a day, the newest first; 5 % are open."""
    created = NOW - timedelta(days=number / A_DAY)
    sent = created + timedelta(minutes=20)
    one = ticket(
        external_id=f"T-{number}", created_at=created, updated_at=sent, dispatched_at=sent,
        due_at=created + timedelta(days=5), status=Status.DISPATCHED, address="", text="",
        category=f"c{number % 60}", department=f"d{number * 17 % 40}",
        district=f"r{number * 13 % 14}", caller_key=f"{number * 7919 % 400_000}",
        latitude=37.2 + number % 997 / 1_500, longitude=120.4 + number % 877 / 800,
    )  # fmt: skip
    closed = created + timedelta(hours=3 + number % 120)
    if number % 20 == 0 or closed > NOW:
        return one
    back = Callback(closed, True, number % 11 != 0, Satisfaction.SATISFIED)
    return replace(one, status=Status.CLOSED, closed_at=closed, updated_at=closed, callback=back)


def filled(url: str, count: int) -> FigureReads:
    """Give the reads of a ledger of so many tickets; its sums are made at the end, at once."""
    engine = connect_database(url)
    migrate(engine)
    ledger = SqlLedger(engine)
    for start in range(0, count, 5_000):
        batch = [made(number) for number in range(start, min(start + 5_000, count))]
        ledger.store(batch, clock=NOW)
    building = CubeBuilding(engine, keeping())
    building.begin(epoch=1)
    started = time.monotonic()
    while building.step(20_000):
        pass
    print(f"{count} tickets counted in {time.monotonic() - started:.0f} s", flush=True)
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
    return FigureReads(engine, local_days())


def reads(days: int) -> dict[str, Read]:
    """Name the reads of a page over the last days."""
    last = TODAY - timedelta(days=1)
    period = Period(date.fromordinal(last.toordinal() - days + 1), last)
    department, both = Slice(department="d17"), Slice(district="r13", department="d17")
    return {
        f"city totals, {days} d": lambda ask: ask.totals(CITY, period),
        f"city by department, {days} d": lambda ask: ask.by("department", CITY, period),
        f"department by category, {days} d": lambda ask: ask.by("category", department, period),
        f"department by day, {days} d": lambda ask: ask.days(department, period),
        f"district and department, {days} d": lambda ask: ask.totals(both, period),
        f"version, {days} d": lambda ask: ask.version(both),
    }


def measured(few: FigureReads, many: FigureReads, runs: int) -> list[dict[str, object]]:
    """Ask each read of both in turn, in an order that changes."""
    rows = []
    for name, ask in (reads(7) | reads(20)).items():
        took: dict[str, list[float]] = {"few": [], "many": []}
        for _ in range(runs):
            both = [("few", few), ("many", many)]
            random.shuffle(both)
            for which, one in both:
                started = time.perf_counter()
                ask(one)
                took[which].append((time.perf_counter() - started) * 1_000)
        of_few, of_many = median(took["few"]), median(took["many"])
        rows.append(
            {"read": name, "few_ms": round(of_few, 2), "many_ms": round(of_many, 2),
             "many_p95_ms": round(percentile(took["many"], 0.95), 2),
             "times": round(of_many / of_few, 2)}
        )  # fmt: skip
    return rows


def main() -> None:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--few", type=int, default=100_000)
    options.add_argument("--many", type=int, default=5_000_000)
    options.add_argument("--runs", type=int, default=30)
    options.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite")
    asked = options.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lianxin-bench-")))
        urls = {name: f"sqlite:///{folder}/{name}.sqlite" for name in ("few", "many")}
        if asked.store == "postgresql":
            server = stack.enter_context(running_postgres(durable=True))
            with psycopg.connect(server, autocommit=True) as connection:
                for name in urls:
                    connection.execute(f"CREATE DATABASE {name}")
                    urls[name] = server.replace("/postgres?", f"/{name}?")
        few, many = filled(urls["few"], asked.few), filled(urls["many"], asked.many)
        report("cubes", measured(few, many, asked.runs))


if __name__ == "__main__":
    main()
