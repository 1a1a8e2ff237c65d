"""What a server takes to draw its pages with few and with many tickets, in turn in one run.

`python -m tests.bench.bench_pages [--few 100000] [--many 5000000] [--runs 20] [--folder DIR]`

Both cities are whole systems of their own, with 5,000 tickets a day: what the larger one has
more is past. Each page is asked of one and of the other in an order that changes, first with
every kept answer thrown away, then again with what was kept. A folder that was filled before is
measured again. Tickets carry no words: `bench_search` looks for those.
"""

import argparse
import random
import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, text

from data_sources.connect import Sources
from data_sources.database import connect_database
from data_sources.migrate import migrate
from data_sources.schema import metadata
from operations.tickets.ticket import Callback, Satisfaction, Ticket
from settings import read_settings
from tests.bench import bench_search
from tests.bench.report import median, percentile, report
from tests.system import System, Visitor, running

A_DAY, A_DAY_US = 5_000, 86_400_000_000
TABLES = ("tickets", "changes", "repeats", "cube_days", "cube_durations", "cube_hours")
A_BATCH = 5_000
KEPT = "lianxin:cache:*"
ROUTES = ("/api/", "/leader")


def answered(one: Ticket) -> Ticket:
    """Leave a ticket's words out, and have its caller called back where it is closed."""
    bare = replace(one, title="", text="", address="", sealed_mark="bench")
    if one.closed_at is None:
        return bare
    solved = int(one.external_id[1:]) % 11 != 0
    back = Callback(
        one.closed_at, reached=True, resolved=solved, satisfaction=Satisfaction.SATISFIED
    )
    return replace(bare, callback=back)


def filled(folder: Path, few: int, times: int) -> None:
    """Fill a data folder with so many tickets, so many times, where that was not done before."""
    done = folder / "filled"
    if done.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    sources = Sources(read_settings(data_dir=folder))
    engine = connect_database(sources.database_url)
    migrate(engine)
    ledger, batch, began = sources.ledger, list[Ticket](), time.monotonic()
    until, days = datetime.now(UTC), few / A_DAY
    for one in bench_search.made(few, until=until, sources=sources, days=days, step=-1):
        batch.append(answered(one))
        if len(batch) == A_BATCH:
            ledger.store(batch, clock=until)
            batch = []
    ledger.store(batch, clock=until)
    while ledger.reckon(clock=until, most=A_BATCH):  # else a worker would begin by it
        pass
    repeated(engine, few, times, round(days))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()
    print(f"{few * times} tickets after {time.monotonic() - began:.0f} s", flush=True)
    done.touch()


def repeated(engine: Engine, few: int, times: int, days: int) -> None:
    """Put the same tickets, their history and their sums in again, each time as many days earlier.

    Where two such runs of days meet the sums of one are kept: it is speed that is measured.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA cache_size = -2000000"))
        for name in TABLES:
            connection.execute(text(f"CREATE TEMP TABLE first_{name} AS SELECT * FROM {name}"))
        for further in range(1, times):
            for name in TABLES:
                connection.execute(text(_put(name, further * few, further * days, further)))
        connection.execute(text(f"UPDATE meta SET last_ticket_id = {times * few}"))


def _put(name: str, tickets: int, days: int, further: int) -> str:
    moved = {
        "id": f"id + {tickets}", "ticket_id": f"ticket_id + {tickets}",
        "external_id": f"external_id || '-{further}'",
        "day": f"day - {days}", "hour": f"hour - {days * 24}",
        # What is long past is closed: both cities have the same work before them.
        "status": "'closed'", "closed_us": f"coalesce(closed_us, created_us + {7 * A_DAY_US})",
    }  # fmt: skip
    columns = [column.name for column in metadata.tables[name].columns]
    values = [
        f"{moved.get(one, one)} - {days * A_DAY_US}" if one.endswith("_us") else moved.get(one, one)
        for one in columns
    ]
    return (
        f"INSERT INTO {name} ({', '.join(columns)}) SELECT {', '.join(values)} "
        f"FROM first_{name} WHERE true ON CONFLICT DO NOTHING"
    )


def pages(sources: Sources) -> dict[str, str]:
    """Name the pages and steps of the drill-down, and the address of each."""
    reference = sources.reference
    one = f"/departments/{list(reference.departments)[3].code}?days=7"
    here = f"district={reference.districts[0].code}"
    kind = f"category={list(reference.categories)[3].code}"
    return {
        "departments": "/departments?days=7",
        "departments of the counties": "/departments?days=7&level=county",
        "a district": f"/departments?days=7&{here}",
        "a category": f"/departments?days=7&{kind}",
        "a department": one,
        "a department in a district": f"{one}&{here}",
        "a department's category": f"{one}&{kind}",
        "that in a district": f"{one}&{kind}&{here}",
        "a ticket": "/tickets/bench/B50777",
        "the desk": "/desk",
        "the desk's rows": "/api/v1/desk/tickets",
        "supervision": "/supervision",
        "clusters": "/clusters",
        "the wall": "/wall",
        "a leader's": "/leader",
        "the first": "/",
    }


class City:
    """One of the two systems, and somebody who looks at its pages."""

    def __init__(self, system: System) -> None:
        self.sources = Sources(read_settings(data_dir=system.data))
        self._visitor = Visitor(system)

    def asked_ms(self, address: str) -> float:
        """Time one answer: what a program asks for, or a page as its callback draws it."""
        path, _, query = address.partition("?")
        began = time.perf_counter()
        if path.startswith(ROUTES):
            assert self._visitor.read(address)
        else:
            assert self._visitor.drawn(path, query)
        return (time.perf_counter() - began) * 1_000

    def forget(self) -> None:
        """Throw away what the web process has kept of the database's answers."""
        for key in self.sources.redis.scan_iter(KEPT, count=1000):
            self.sources.redis.delete(key)


def measured(few: City, many: City, runs: int) -> list[dict[str, object]]:
    """Ask each page of both cities, anew and again."""
    rows = []
    for name, address in pages(few.sources).items():
        took: dict[tuple[str, str], list[float]] = {}
        for city in (few, many):
            city.asked_ms(address)  # what is read for the first time after a start is no measure
        for _ in range(runs):
            both = [("few", few), ("many", many)]
            random.shuffle(both)
            for which, city in both:
                city.forget()
                for how in ("anew", "again"):
                    took.setdefault((which, how), []).append(city.asked_ms(address))
        rows.append({"page": name} | told(took))
    return rows


def told(took: dict[tuple[str, str], list[float]]) -> dict[str, object]:
    """Put times into a row: medians, how many times as long, and the 95th percentile."""
    row: dict[str, object] = {}
    for how in ("anew", "again"):
        few, many = took["few", how], took["many", how]
        row |= {
            f"{how} few": round(median(few), 1), f"{how} many": round(median(many), 1),
            f"{how} times": round(median(many) / median(few), 2),
            f"{how} many p95": round(percentile(many, 0.95), 1),
        }  # fmt: skip
    return row


def main() -> None:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--few", type=int, default=100_000)
    options.add_argument("--many", type=int, default=5_000_000)
    options.add_argument("--runs", type=int, default=20)
    options.add_argument("--folder", type=Path, help="keep the cities here, to be measured again")
    options.add_argument("--only-fill", action="store_true")
    asked = options.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="lianxin-bench-"))
    folders = folder / "few", folder / "many"
    for one, times in zip(folders, (1, asked.many // asked.few), strict=True):
        filled(one, asked.few, times)
    if asked.only_fill:
        return
    with ExitStack() as held:
        few, many = (
            City(held.enter_context(running(one, "--no-demo", patience_s=600))) for one in folders
        )
        report("pages", measured(few, many, asked.runs))


if __name__ == "__main__":
    main()
