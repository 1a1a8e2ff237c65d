"""How long from an accepted POST until the number has changed in Chromium.

`python -m tests.bench.bench_latency [--seconds 60] [--rate 100] [--screens 200] [--runs 3]`

The whole system runs on this machine, load generator and browser too. One page shows the
wall; `--screens` more hold its event stream. A ticket's latency ends when the page shows a
count that includes it.

`--data DIR` starts on a copy of a stopped system's data folder, the demo city's say. Its watch
then rehearses every category from the start on, beside the first run: `worker_core` tells what
share of a core the worker took.
"""

import argparse
import http.client
import json
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page

from tests.bench.bench_burst import worker_of
from tests.bench.report import median, percentile, report
from tests.browser.chromium import browser
from tests.system import System, running, wait_until

WATCH = """() => {
  const node = document.querySelector('[data-kpi="opened_today"]');
  window.seen = [];
  const note = () => {
    const value = Number(node.textContent.replace(/[^0-9]/g, ''));
    window.seen.push([performance.timeOrigin + performance.now(), value]);
  };
  new MutationObserver(note).observe(node, {
    characterData: true, childList: true, subtree: true, attributes: true,
  });
  note();
}"""


def ticket(number: int) -> dict[str, object]:
    """Make one ticket of this second."""
    now = datetime.now(UTC).isoformat()
    return {
        "source": "bench",
        "external_id": f"{time.time_ns()}-{number}",
        "created_at": now,
        "updated_at": now,
        "status": "accepted",
        "type": "complaint",
        "channel": "phone",
        "category": "other",
        "latitude": 37.5 + number % 97 / 1000,
        "longitude": 121.3 + number % 89 / 1000,
        "crs": "WGS84",
        "caller": f"1380000{number % 10000:04d}",
    }


def post_at_rate(system: System, rate: float, seconds: float) -> list[float]:
    """Post single tickets at a steady rate; give the time each was answered, in ms."""
    line = http.client.HTTPConnection("127.0.0.1", system.port, timeout=10)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {system.token}"}
    answered, started = [], time.monotonic()
    for number in range(int(rate * seconds)):
        time.sleep(max(0.0, started + number / rate - time.monotonic()))
        line.request("POST", "/api/v1/tickets", json.dumps(ticket(number)), headers)
        answer = line.getresponse()
        answer.read()
        assert answer.status == 202, answer.status
        answered.append(time.time() * 1000)
    return answered


def latencies(page: Page, answered: list[float], base: int) -> list[float]:
    """Match every answered ticket with the moment the page first showed it."""
    seen = page.evaluate("window.seen")
    found, at = [], 0
    for number, sent_ms in enumerate(answered, start=1):
        while seen[at][1] < base + number:
            at += 1
        found.append(seen[at][0] - sent_ms)
    return found


def one_run(system: System, page: Page, rate: float, seconds: float) -> dict[str, object]:
    """Measure once on a page that is already live."""
    worker = worker_of(system)
    spent, began = sum(worker.cpu_times()[:2]), time.monotonic()
    shown = "() => window.seen.at(-1)[1]"
    page.evaluate(WATCH)
    base = int(page.evaluate(shown))
    answered = post_at_rate(system, rate, seconds)
    wait_until(lambda: page.evaluate(shown) >= base + len(answered), 20)
    share = (sum(worker.cpu_times()[:2]) - spent) / (time.monotonic() - began)
    found = latencies(page, answered, base)
    return {
        "tickets": len(found),
        "p50_ms": median(found),
        "p95_ms": percentile(found, 0.95),
        "p99_ms": percentile(found, 0.99),
        "max_ms": max(found),
        "worker_core": round(share, 2),
    }


def main() -> None:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--rate", type=float, default=100)
    options.add_argument("--screens", type=int, default=200)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--data", type=Path)
    asked = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="lianxin-bench-"))
    if asked.data is not None:
        shutil.copytree(asked.data, folder, dirs_exist_ok=True)
    rows: list[dict[str, object]] = []
    with running(folder, "--no-demo", LIANXIN_WALL_JUMP_S="0") as system, browser() as chromium:
        screens = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.screens", str(system.port), str(asked.screens)]
        )
        page = chromium.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(system.url + "/wall")
        page.wait_for_selector('[data-state="fresh"] [data-kpi="opened_today"]')
        try:
            rows.extend(
                {"run": run + 1} | one_run(system, page, asked.rate, asked.seconds)
                for run in range(asked.runs)
            )
        finally:
            screens.terminate()
    middle = {
        key: median([float(str(row[key])) for row in rows]) for key in rows[0] if key != "run"
    }
    report("latency", [*rows, {"run": "median", **middle}])


if __name__ == "__main__":
    main()
