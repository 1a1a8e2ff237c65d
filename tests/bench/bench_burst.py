"""A burst of tickets from the stream to the ledger to the picture, and a start with many.

`python -m tests.bench.bench_burst [--tickets 100000] [--runs 3] [--held 1000000]`

Burst: the worker is stopped, the tickets are put on the stream, the worker goes on; the time
ends when the city's picture counts them all. Held: the ledger holds that many tickets, the
worker starts; the time ends with its first word, the memory is its resident set.
"""

import argparse
import signal
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import psycopg

from data_sources.connect import Sources
from data_sources.protecting import Person, guard
from operations.tickets.ticket import Callback, Satisfaction, Status, Ticket, Urgency
from settings import read_settings
from tests.bench.report import median, report
from tests.builders import ticket
from tests.postgres_server import running_postgres
from tests.system import System, running, wait_until


def made(
    count: int, sources: Sources, *, until: datetime, days: float, salt: str
) -> Iterator[Ticket]:
    """Make tickets spread over days, categories, districts and departments; 5 % stay open."""
    reference, sealer = sources.reference, sources.sealer
    categories = [category.code for category in reference.categories]
    districts = [district.code for district in reference.districts]
    departments = [department.code for department in reference.departments]
    for n in range(count):
        created = until - timedelta(days=days * (n * 7919 % count) / count)
        base = ticket(
            source="bench",
            external_id=f"{salt}-{n}",
            created_at=created,
            updated_at=created,
            received_at=created,
            dispatched_at=created + timedelta(minutes=20),
            due_at=created + timedelta(days=5),
            category=categories[n % len(categories)],
            district=districts[n * 13 % len(districts)],
            department=departments[n * 17 % len(departments)],
            caller_key=f"{n % 50_000:016x}",
            latitude=37.4 + n % 101 / 500,
            longitude=120.9 + n % 103 / 200,
            title="路灯不亮",
            text="小区东门外的路灯连续三天不亮,夜里出行不便。" * 2,
            urgency=Urgency.URGENT if n % 200 == 0 else Urgency.ROUTINE,
            status=Status.DISPATCHED,
        )
        words = {"title": base.title, "text": base.text, "address": base.address}
        person = Person(phone=f"138{n:08d}")
        guarded = guard(sealer, base.identity, person, words, phone=person.phone)
        base = replace(base, sealed=guarded.sealed, sealed_mark=guarded.sealed_mark)
        closed = created + timedelta(hours=3 + n % 120)
        if closed > until or n % 20 == 0:
            yield base
            continue
        told = Callback(closed + timedelta(hours=5), True, n % 11 != 0, Satisfaction.SATISFIED)
        yield replace(
            base, status=Status.CLOSED, closed_at=closed, updated_at=closed, callback=told
        )


def worker_of(system: System) -> psutil.Process:
    """Find the worker's process."""
    children = psutil.Process(system.process.pid).children(recursive=True)
    return next(child for child in children if "worker" in child.cmdline())


def burst(store: str, count: int, **env: str) -> dict[str, object]:
    """Measure one burst on a fresh system."""
    folder = Path(tempfile.mkdtemp(prefix="lianxin-bench-"))
    with running(folder, "--no-demo", **env) as system:
        sources = Sources(read_settings(data_dir=folder))
        tickets = list(made(count, sources, until=datetime.now(UTC), days=0.1, salt="burst"))
        worker = worker_of(system)
        worker.send_signal(signal.SIGSTOP)
        for start in range(0, count, 10_000):
            sources.stream.append(tickets[start : start + 10_000])
        started = time.monotonic()
        worker.send_signal(signal.SIGCONT)
        wait_until(lambda: _open(system) >= sum(one.is_open for one in tickets), 300)
        took = time.monotonic() - started
        return {"store": store, "tickets": count, "took_s": took, "per_s": count / took}


def _open(system: System) -> int:
    picture: Any = system.get("/api/v1/pictures/city")
    return int(picture["sections"]["totals"]["data"]["open_now"])


def start_with(store: str, count: int, folder: Path, **env: str) -> dict[str, object]:
    """Measure the start of a worker over a full ledger, and its memory a while later."""
    started = time.monotonic()
    with running(folder, "--no-demo", **env) as system:
        took = time.monotonic() - started
        worker = worker_of(system)
        time.sleep(5)
        rss = worker.memory_info().rss / 1e6
        return {"store": store, "held": count, "picture_after_s": took, "rss_mb": rss}


def fill(folder: Path, count: int, database_url: str | None) -> None:
    """Fill a ledger directly, without the stream."""
    sources = Sources(read_settings(data_dir=folder, database_url=database_url))
    sources.migrate()
    now, batch = datetime.now(UTC), []
    for one in made(count, sources, until=now, days=400, salt="held"):
        batch.append(one)
        if len(batch) == 5000:
            sources.ledger.store(batch, clock=now)
            batch = []
    sources.ledger.store(batch, clock=now)
    sources.close()


def fresh(url: str | None) -> dict[str, str]:
    """Give the environment of one run: a database of its own where there is a server."""
    if url is None:
        return {}
    name = f"bench_{time.time_ns()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return {"DATABASE_URL": url.replace("/postgres?", f"/{name}?")}


def rows_for(store: str, url: str | None, asked: argparse.Namespace) -> list[dict[str, object]]:
    """Measure bursts and one full ledger on one database."""
    rows: list[dict[str, object]] = []
    if asked.tickets:
        bursts = [burst(store, asked.tickets, **fresh(url)) for _ in range(asked.runs)]
        rows.append({"store": store, "tickets": asked.tickets, **middle(bursts, "took_s", "per_s")})
    if asked.held:
        folder, env = Path(tempfile.mkdtemp(prefix="lianxin-bench-")), fresh(url)
        fill(folder, asked.held, env.get("DATABASE_URL"))
        starts = [start_with(store, asked.held, folder, **env) for _ in range(asked.runs)]
        held = middle(starts, "picture_after_s", "rss_mb")
        rows.append({"store": store, "held": asked.held, **held})
    return rows


def middle(found: list[dict[str, object]], *names: str) -> dict[str, object]:
    """Give the medians of some columns."""
    return {name: median([float(str(one[name])) for one in found]) for name in names}


def main() -> None:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tickets", type=int, default=100_000)
    options.add_argument("--held", type=int, default=1_000_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--store", choices=["sqlite", "postgresql"])
    asked = options.parse_args()
    rows: list[dict[str, object]] = []
    if asked.store != "postgresql":
        rows += rows_for("sqlite", None, asked)
    if asked.store != "sqlite":
        with running_postgres(durable=True) as url:
            rows += rows_for("postgresql", url, asked)
    report("burst", rows)


if __name__ == "__main__":
    main()
