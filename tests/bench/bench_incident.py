"""What an incident of a bad week takes: to open, and until an act is on fifty other screens.

`python -m tests.bench.bench_incident [--tickets 2000] [--tasks 300] [--lines 5000] [--screens 50]
    [--acts 40] [--folder DIR]`

The system is a whole one. A page's time is the server's answer, read to its end; a screen's is a
browser's, until it follows the stream. An act's time is from before it is sent until a screen has
read the change; all screens and the sender share the machine with the server.
"""

import argparse
import json
import secrets
import tempfile
import threading
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data_sources.connect import Sources
from data_sources.memory import MemoryStream
from operations.response.asked import Asked
from operations.response.incident import Signed
from operations.response.incident_entering import Command, enter
from operations.response.incident_opening import Origin, opened
from operations.tickets.ticket import Status
from settings import read_settings
from tests.bench.report import median, percentile, report
from tests.browser.chromium import browser
from tests.builders import ticket
from tests.system import System, Visitor, running

RUNS = 20
SETTLED_S = 5.0


def key() -> str:
    """Give a name that no act has, in whatever run."""
    return secrets.token_hex(16)


def filled(folder: Path, asked: argparse.Namespace) -> str:
    """Fill a data folder with one incident; give its id."""
    sources = Sources(read_settings(data_dir=folder))
    sources.migrate()
    now = datetime.now(UTC)
    department = next(iter(sources.reference.departments)).code
    members = [("bench", f"B{number}") for number in range(asked.tickets)]
    sources.ledger.store(
        [
            ticket(source=source, external_id=number, category="water_yellow",
                   created_at=now - timedelta(minutes=place), department=department,
                   status=Status.HANDLING, title="水黄")
            for place, (source, number) in enumerate(members)
        ],
        clock=now,
    )  # fmt: skip
    signed = Signed("王主任", False, int(now.timestamp() * 1e6))
    said = {"lead": department, "severity": 2, "title": "自来水发黄", "exercise": False,
            "chain": "water"}  # fmt: skip
    origin = Origin(
        category="water_yellow", district=sources.reference.districts[0].code,
        templates=sources.chains,
    )  # fmt: skip
    book = sources.incident_book
    head = book.begin(opened(Asked("open", key(), said), signed, origin), members, year=now.year)
    command = Command(book, MemoryStream(), lambda _code: True)
    for number in range(asked.tasks):
        given = {"title": f"第{number}项任务", "owner": department, "within_min": 60 + number}
        enter(command, head.id, Asked("give", key(), given), signed)
    for number in range(asked.lines - asked.tasks - 1):
        enter(command, head.id, Asked("note", key(), {"text": f"第{number}条记录"}), signed)
    sources.close()
    return head.id


def opens(system: System, incident: str) -> list[dict[str, object]]:
    """Time the page: from the server, and on a screen."""
    visitor, path = Visitor(system), f"/incidents/{incident}"
    visitor.read(path)
    served = []
    for _ in range(RUNS):
        began = time.perf_counter()
        size = len(visitor.read(path))
        served.append((time.perf_counter() - began) * 1_000)
    shown = []
    with browser() as started:
        for _ in range(RUNS // 4):
            page = started.new_page(viewport={"width": 1366, "height": 900})
            began = time.perf_counter()
            page.goto(system.url + path)
            page.wait_for_selector("main[data-line=ok]")
            shown.append((time.perf_counter() - began) * 1_000)
            page.close()
    return [
        {"what": f"server, {size // 1024} KiB", "median ms": median(served),
         "p95 ms": percentile(served, 0.95)},
        {"what": "on a screen", "median ms": median(shown), "p95 ms": max(shown)},
    ]  # fmt: skip


class Screen:
    """One screen that follows an incident, and when it read which change."""

    def __init__(self, system: System, incident: str, since: int) -> None:
        self.read: dict[int, float] = {}
        self._where = f"{system.url}/api/v1/incidents/{incident}/live?since={since}"
        self.thread = threading.Thread(target=self._follow, daemon=True)
        self.thread.start()

    def _follow(self) -> None:
        with urllib.request.urlopen(self._where, timeout=60) as lines:
            for line in lines:
                if line.startswith(b"data:") and b'"seq"' in line:
                    at = time.perf_counter()
                    self.read[json.loads(line[5:])["seq"]] = at


def spreads(system: System, incident: str, asked: argparse.Namespace) -> list[dict[str, object]]:
    """Time acts until they are on every other screen."""
    visitor = Visitor(system)
    held = json.loads(visitor.read(f"/api/v1/incidents/{incident}"))
    seq = held["head"]["seq"]
    screens = [Screen(system, incident, seq) for _ in range(asked.screens)]
    time.sleep(SETTLED_S)
    took, sent = list[float](), list[float]()
    for number in range(asked.acts):
        body = {"act": "note", "key": key(), "given": {"text": f"现场第{number}次反馈"}}
        began = time.perf_counter()
        told = visitor.sent(f"/api/v1/incidents/{incident}/acts", body)
        sent.append((time.perf_counter() - began) * 1_000)
        until = time.perf_counter() + SETTLED_S
        while time.perf_counter() < until and not all(told["seq"] in one.read for one in screens):
            time.sleep(0.01)
        took += [(one.read[told["seq"]] - began) * 1_000 for one in screens]
    return [
        {"what": "an act's answer", "median ms": median(sent), "p95 ms": percentile(sent, 0.95)},
        {"what": f"an act on {asked.screens} screens", "median ms": median(took),
         "p95 ms": percentile(took, 0.95)},
    ]  # fmt: skip


def main() -> None:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tickets", type=int, default=2_000)
    options.add_argument("--tasks", type=int, default=300)
    options.add_argument("--lines", type=int, default=5_000)
    options.add_argument("--screens", type=int, default=50)
    options.add_argument("--acts", type=int, default=40)
    options.add_argument("--folder", type=Path)
    asked = options.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="lianxin-bench-"))
    named = folder / "incident.id"
    if not named.exists():
        folder.mkdir(parents=True, exist_ok=True)
        named.write_text(filled(folder, asked))
    incident = named.read_text()
    with running(folder, "--no-demo", patience_s=300) as system:
        report("incident", [*opens(system, incident), *spreads(system, incident, asked)])


if __name__ == "__main__":
    main()
