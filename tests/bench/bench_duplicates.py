"""How well and how fast duplicates across channels are found in the demo city.

`python -m tests.bench.bench_duplicates [--days 7] [--seed 12345]`

The demo city tells 1.5 % of its matters again by another channel, in other words; the bench looks
for the duplicates of every ticket of some days and holds what is found against that.
"""

import argparse
import tempfile
from datetime import UTC, datetime

from data_sources.database import connect_database
from data_sources.feeds.demo_city.running import found_city
from data_sources.feeds.reading import TicketReader
from data_sources.migrate import migrate
from data_sources.reference import load_reference
from settings import Settings
from tests.bench.report import median, percentile, report
from tests.duplicates import filled, judged
from tests.sealing import SEALER

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)


def main() -> None:
    """Fill a ledger, look, and tell."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--days", type=int, default=7)
    said.add_argument("--seed", type=int, default=12345)
    asked = said.parse_args()
    reference = load_reference(Settings(city="yantai"))
    city = found_city(reference, seed=asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        engine = connect_database(f"sqlite:///{folder}/ledger.sqlite")
        migrate(engine)
        filled(engine, city, TicketReader(reference, b"k" * 32, SEALER), NOW, asked.days)
        told = judged(engine, city, NOW, asked.days)
        engine.dispose()
    rows: list[dict[str, object]] = [
        {
            "score": least,
            "pairs": told.found(least),
            "planted": len(told.planted),
            "recall": round(told.recall(least), 3),
            "precision": round(told.precision(least), 3),
            "kin": sum(told.scores[pair] >= least for pair in told.kin),
        }
        for least in (0.3, 0.5, 0.65, 0.8, 0.9)
    ]
    report("duplicates", rows)
    look: dict[str, object] = {
        "tickets": told.looked_at,
        "look_ms_median": round(median(told.took_ms), 2),
        "look_ms_p95": round(percentile(told.took_ms, 0.95), 2),
    }
    report("duplicates_speed", [look])


if __name__ == "__main__":
    main()
