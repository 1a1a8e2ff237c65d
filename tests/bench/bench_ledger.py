"""How fast the ledger takes tickets and gives them back, on SQLite and PostgreSQL.

    .venv/bin/python tests/bench/bench_ledger.py [--runs N] [--tickets N] [--facts N]

New, updated and unchanged tickets a second by batch size, with their changes; then all facts
as at a start. Medians of several runs, each on an empty database that waits for the disk.
"""

import gc
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click
import psycopg

sys.path.insert(0, str(Path(__file__).parents[2]))

from data_sources.database import connect_database
from data_sources.ledger import SqlLedger
from data_sources.migrate import migrate
from operations.tickets.ticket import Callback, Satisfaction, Status, Ticket
from tests.bench.report import median, report
from tests.builders import NOW, at, ticket
from tests.postgres_server import NoPostgres, running_postgres

SIZES = (1, 20, 500, 2_000, 5_000)
TEXT = "小区自来水从昨天傍晚开始发黄,放水半小时仍不见好转,希望有关部门尽快上门查看。" * 3


def new_ticket(number: int) -> Ticket:
    """Give a dispatched ticket of a busy city; every number is another."""
    created_at = NOW - timedelta(seconds=number * 17 % 5_000_000)
    return ticket(
        external_id=f"12345-{number:09d}",
        created_at=created_at,
        updated_at=created_at + timedelta(hours=1),
        dispatched_at=created_at + timedelta(hours=1),
        due_at=created_at + timedelta(days=5),
        original_due_at=created_at + timedelta(days=5),
        status=Status.DISPATCHED,
        category=f"category_{number % 60}",
        department=f"department_{number % 40}",
        district=f"3706{number % 14:02d}",
        text=TEXT,
        latitude=37.2 + number % 997 / 1_500,
        longitude=120.4 + number % 877 / 800,
        caller_key=f"{number % 9_000:032x}",
    )


def closed(before: Ticket) -> Ticket:
    """Give the same ticket at its end: signed, answered, closed and called back."""
    return replace(
        before,
        updated_at=at(30),
        signed_at=at(1),
        replied_at=at(24),
        closed_at=at(25),
        status=Status.CLOSED,
        callback=Callback(at(30), reached=True, resolved=True, satisfaction=Satisfaction.SATISFIED),
    )


def seconds_to_store(ledger: SqlLedger, tickets: list[Ticket], size: int) -> list[float]:
    """Store tickets in batches and give the time of each batch."""
    took = []
    for first in range(0, len(tickets), size):
        started = time.perf_counter()
        ledger.store(tickets[first : first + size], clock=NOW)
        took.append(time.perf_counter() - started)
    return took


def measure(ledger: SqlLedger, most: int, figures: dict[tuple[str, int], list[float]]) -> None:
    """Take the figures of one run: seconds a ticket, by what happened and batch size."""
    first = 0
    for size in SIZES:
        tickets = [new_ticket(first + n) for n in range(min(most, size * 200))]
        first += len(tickets)
        for name, states in (
            ("new", tickets),
            ("unchanged", tickets),
            ("updated", [closed(one) for one in tickets]),
        ):
            gc.collect()
            batches = seconds_to_store(ledger, states, size)
            figures[name, size].append(sum(batches) / len(tickets))
            figures[f"{name} batch", size].append(median(batches))


def measure_facts(ledger: SqlLedger, tickets: int) -> list[float]:
    """Fill the ledger up, then give the seconds of reading all facts, three times."""
    have = sum(map(len, ledger.facts()))
    for first in range(10_000_000, 10_000_000 + tickets - have, 5_000):
        ledger.store([new_ticket(first + n) for n in range(5_000)], clock=NOW)
    took = []
    for _ in range(3):
        gc.collect()
        started = time.perf_counter()
        count = sum(map(len, ledger.facts()))
        took.append((time.perf_counter() - started) / count)
    return took


def measure_all(
    url: str, runs: int, most: int, facts: int, fresh: Callable[[str, int], str]
) -> list[dict[str, object]]:
    """Give the rows of one database."""
    figures: dict[tuple[str, int], list[float]] = defaultdict(list)
    reading: list[float] = []
    for run in range(runs):
        engine = connect_database(fresh(url, run))
        migrate(engine)
        ledger = SqlLedger(engine)
        measure(ledger, most, figures)
        if run == runs - 1:
            reading = measure_facts(ledger, facts)
        ledger.close()
    kind = url.partition(":")[0]
    rows: list[dict[str, object]] = [
        {
            "database": kind,
            "what": name,
            "batch": size,
            "tickets_per_s": round(1 / median(figures[name, size])),
            "batch_median_ms": round(median(figures[f"{name} batch", size]) * 1_000, 2),
        }
        for name in ("new", "updated", "unchanged")
        for size in SIZES
    ]
    rows.append(
        {"database": kind, "what": "facts()", "batch": facts,
         "tickets_per_s": round(1 / median(reading)),
         "batch_median_ms": round(median(reading) * facts * 1_000, 1)}
    )  # fmt: skip
    return rows


def another_file(url: str, run: int) -> str:
    """Give the URL of another SQLite file."""
    return f"{url}-{run}"


def another_database(url: str, run: int) -> str:
    """Make another PostgreSQL database and give its URL."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE bench_{run}")
    return url.replace("/postgres?", f"/bench_{run}?")


@click.command()
@click.option("--runs", default=3, show_default=True, help="Runs to take the median of.")
@click.option("--tickets", default=20_000, show_default=True, help="Most tickets a figure.")
@click.option("--facts", default=200_000, show_default=True, help="Tickets in the last ledger.")
def main(runs: int, tickets: int, facts: int) -> None:
    """Measure, print a table and write results/ledger.json."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        rows += measure_all(f"sqlite:///{folder}/ledger", runs, tickets, facts, another_file)
    with ExitStack() as stack:
        try:
            url = stack.enter_context(running_postgres(durable=True))
        except NoPostgres as error:
            click.echo(f"PostgreSQL not measured: {error}", err=True)
        else:
            rows += measure_all(url, runs, tickets, facts, another_database)
    report("ledger", rows)


if __name__ == "__main__":
    main()
