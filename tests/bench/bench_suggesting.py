"""How often the first unit suggested is who finished a ticket in the demo city, and how fast.

`python -m tests.bench.bench_suggesting [--days 40] [--judged 5] [--seed 12345]`

Each ticket that was finished is suggested for as it came in: without its department, without its
history, and with only the past of the days before. `ceiling` is what who knew the unit that
finishes most of a category in a district, in the days judged, would reach by always naming it:
the generator draws the unit by chance among several.
"""

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import text

from data_sources.cubes import Cubes
from data_sources.database import connect_database, reading
from data_sources.duty_catalogue import load_catalogue
from data_sources.feeds.demo_city.running import found_city
from data_sources.feeds.reading import TicketReader
from data_sources.ledger import SqlLedger
from data_sources.migrate import migrate
from data_sources.reference import Reference, load_reference
from data_sources.rows import ticket_of
from data_sources.tables import CONTENT
from operations.pulse.sums import Period, Slice
from operations.pulse.windows import to_us
from operations.response.catalogue import Catalogue
from operations.response.suggesting import Suggester
from operations.tickets.ticket import Ticket
from settings import Settings
from tests.bench.report import median, percentile, report
from tests.sealing import SEALER

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)


class Once:
    """The past, each slice of a day read once, as pages keep it."""

    def __init__(self, reads: Any) -> None:
        self.by = cache(reads.by)


class Nothing:
    """A past without tickets."""

    def by(self, _axis: str, _slice: Slice, _period: Period) -> dict[str, Any]:
        """Give nothing."""
        return {}


def main() -> None:
    """Fill a ledger, suggest, and tell."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--days", type=int, default=40)
    said.add_argument("--judged", type=int, default=5)
    said.add_argument("--seed", type=int, default=12345)
    asked = said.parse_args()
    reference = load_reference(Settings(city="yantai"))
    city = found_city(reference, seed=asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        engine = connect_database(f"sqlite:///{folder}/ledger.sqlite")
        migrate(engine)
        cubes = Cubes(engine, reference, kept_hours_d=1)
        ledger = SqlLedger(engine, cubes=cubes.keeping)
        reader = TicketReader(reference, b"k" * 32, SEALER)
        for records in city.history(asked.days, NOW):
            read = [reader.read(raw, feed="demo", now=NOW) for raw in records]
            ledger.store([one.ticket for one in read], clock=NOW)
        finished = tickets(engine, asked.judged)
        told = judged(reference, finished, cubes.reads)
        engine.dispose()
    report("suggesting", told)


def tickets(engine: Any, days: int) -> list[Ticket]:
    """Give the tickets of the last days that a department finished."""
    since = to_us(NOW - timedelta(days=days))
    asked = (
        f"SELECT {', '.join(CONTENT)} FROM tickets WHERE created_us >= :since"
        " AND closed_us IS NOT NULL AND department IS NOT NULL"
    )
    with reading(engine) as connection:
        rows = connection.execute(text(asked), {"since": since}).all()
    return [ticket_of(tuple(row)) for row in rows]


def judged(reference: Reference, finished: Iterable[Ticket], reads: Any) -> list[dict[str, object]]:
    """Suggest for each ticket by both and by either alone; tell how often that is right."""
    listed = list(finished)
    catalogue = load_catalogue(None, reference)
    ways: dict[str, tuple[Catalogue, Any]] = {
        "duties and past": (catalogue, Once(reads)),
        "duties alone": (catalogue, Nothing()),
        "past alone": (Catalogue((), reference.departments), Once(reads)),
    }
    known: dict[tuple[str, str | None], Counter[str | None]] = defaultdict(Counter)
    for one in listed:
        known[one.category, one.district][one.department] += 1
    best = sum(count.most_common(1)[0][1] for count in known.values()) / len(listed)
    rows: list[dict[str, object]] = []
    for name, (duties, past) in ways.items():
        suggester = Suggester(duties, reference.departments, reference.zone)
        places, took_us = [], []
        for one in listed:
            bare = replace(one, department=None, department_as_given=None)
            start = time.perf_counter()
            found = suggester.candidates(bare, (), one.created_at, past)
            took_us.append((time.perf_counter() - start) * 1e6)
            units = [each.department for each in found]
            places.append(units.index(one.department) if one.department in units else 99)
        rows.append(
            {
                "by": name,
                "tickets": len(listed),
                "first": round(sum(place == 0 for place in places) / len(listed), 3),
                "in_three": round(sum(place < 3 for place in places) / len(listed), 3),
                "in_six": round(sum(place < 6 for place in places) / len(listed), 3),
                "ceiling": round(best, 3),
                "us_median": round(median(took_us)),
                "us_p95": round(percentile(took_us, 0.95)),
            }
        )
    return rows


if __name__ == "__main__":
    main()
