"""How long a backup and its restore take, between SQLite and PostgreSQL, each way.

    .venv/bin/python tests/bench/bench_backup.py [--tickets N] [--changes N]

Tickets of a busy city, with some lines of history each; every row is checked by the restore.
"""

import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import click
import psycopg
from sqlalchemy import Engine, text

sys.path.insert(0, str(Path(__file__).parents[2]))

from data_sources.backup import write_backup
from data_sources.database import connect_database, writing
from data_sources.ledger import SqlLedger
from data_sources.migrate import migrate
from data_sources.restore import opened, restore_tables
from tests.bench.bench_ledger import new_ticket
from tests.bench.report import report
from tests.builders import NOW
from tests.postgres_server import running_postgres

DIGITS = (
    "WITH RECURSIVE digits(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM digits WHERE n < :times)"
)


def fill(engine: Engine, tickets: int, changes: int) -> None:
    """Put tickets in, and copy the lines of their histories until there are so many of each."""
    migrate(engine)
    ledger = SqlLedger(engine)
    for first in range(0, tickets, 5_000):
        ledger.store([new_ticket(first + n) for n in range(5_000)], clock=NOW)
    with writing(engine) as connection:
        connection.execute(
            text(
                f"{DIGITS} INSERT INTO changes SELECT id, created_us + n, 'step', '', n || ''"
                " FROM tickets, digits"
            ),
            {"times": changes},
        )


def measure(origin: Engine, target: Engine, file: Path) -> dict[str, object]:
    """Back one database up and restore it into the other."""
    started = time.perf_counter()
    manifest = write_backup(origin, file, keys={}, with_keys=False, now=NOW)
    backed_up = time.perf_counter()
    with opened(file) as (packed, found):
        restore_tables(packed, found, target)
    restored = time.perf_counter()
    size = file.stat().st_size
    file.unlink()
    return {
        "from": origin.dialect.name,
        "to": target.dialect.name,
        "rows": manifest.rows,
        "backup_s": round(backed_up - started, 1),
        "restore_s": round(restored - backed_up, 1),
        "file_mb": round(size / 1e6, 1),
    }


@click.command()
@click.option("--tickets", default=100_000, help="Tickets (100,000).")
@click.option("--changes", default=4, help="More lines of history for each (4).")
def main(tickets: int, changes: int) -> None:
    """Take the figures and print them."""
    rows = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running_postgres(durable=True))
        with psycopg.connect(server, autocommit=True) as connection:
            for name in ("one", "two"):
                connection.execute(f"CREATE DATABASE {name}")
        urls = [
            f"sqlite:///{folder}/one.sqlite",
            server.replace("/postgres?", "/one?"),
            f"sqlite:///{folder}/two.sqlite",
            server.replace("/postgres?", "/two?"),
        ]
        engines = [connect_database(url) for url in urls]
        fill(engines[0], tickets, changes)
        for origin, target in ((0, 1), (1, 2), (1, 3)):
            rows.append(measure(engines[origin], engines[target], folder / "backup.zip"))
        for engine in engines:
            engine.dispose()
    report("backup", rows)


if __name__ == "__main__":
    main()
