"""Boston's half year of 2011, read once in a run of tests, whichever of its processes is first."""

import fcntl
import os
import pickle
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data_sources.connect import Sources
from data_sources.feeds.mapping import read_mapping
from data_sources.feeds.replay import read_timeline
from data_sources.memory import MemoryStream
from operations.tickets.ticket import Ticket
from settings import read_settings

FILE = Path(__file__).parents[2] / "shared" / "data" / "tickets" / "boston_311_2011H2.csv.gz"


def boston_tickets(folders: pytest.TempPathFactory) -> list[Ticket]:
    """Give the tickets as they were at the end, oldest first; skip where there is no file."""
    if not FILE.exists():
        pytest.skip("needs ../shared/data (Boston's file)")
    base = folders.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    kept = shared / "boston.pickle"
    with (shared / "boston.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(_read(folders.mktemp("boston"))))
    found: list[Ticket] = pickle.loads(kept.read_bytes())
    return found


def _read(folder: Path) -> list[Ticket]:
    sources = Sources(read_settings(city="mapping:boston311", data_dir=folder, demo=False))
    sources.migrate()
    mapping, now = read_mapping("boston311"), datetime.now(UTC)
    found = read_timeline(FILE, mapping, sources.reader, MemoryStream(), now=now).tickets
    sources.close()
    return list(found)
