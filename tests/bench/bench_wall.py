"""What one picture a second costs the browser, and what two thousand of them leave behind.

`python -m tests.bench.bench_wall [--seconds 60] [--pictures 2000] [--runs 3]`

The demo city makes one real picture; the worker is then held and this program puts up
variations of it, every number, row and cell moving. The same picture shown the usual way
(`dcc.Interval` at one second, server callbacks) is measured in the same run.
"""

import argparse
import copy
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, CDPSession, Page

from data_sources.connect import Sources
from operations.ports import WorkerWord
from settings import read_settings
from tests.bench.report import median, report
from tests.browser.chromium import browser
from tests.browser.inside import history_past
from tests.system import System, free_port, running, wait_until

SETTLE_S = 5
LIVE = '[data-state="fresh"] [data-kpi="opened_today"]'


def varied(base: dict[str, Any], seq: int) -> dict[str, Any]:
    """Move every number of a picture a little, as a busy second does."""
    dice, picture = random.Random(seq), copy.deepcopy(base)
    now = datetime.now(UTC).isoformat()
    picture["seq"], picture["as_of"] = seq, now
    for section in picture["sections"].values():
        section["as_of"] = now
    totals = picture["sections"]["totals"]["data"]
    for name, value in totals.items():
        if isinstance(value, int):
            totals[name] = value + dice.randrange(20)
    for name in ("categories", "districts", "departments"):
        for row in picture["sections"][name]["data"]["rows"]:
            row["open_now"] += dice.randrange(5)
    for cell in picture["sections"]["cells"]["data"]["cells"]:
        cell[3] += dice.randrange(3)
    return picture


def put_up(sources: Sources, base: dict[str, Any], count: int, every_s: float) -> None:
    """Put up pictures at a steady pace, with the worker's word beside them."""
    started = time.monotonic()
    for number in range(count):
        now = datetime.now(UTC)
        picture = varied(base, time.time_ns() // 1_000_000)
        sources.board.publish({"city": json.dumps(picture).encode()})
        sources.board.say(WorkerWord(now, now, number, now, 0, now))
        time.sleep(max(0.0, started + (number + 1) * every_s - time.monotonic()))


def metric(line: CDPSession, name: str) -> float:
    """Read one of Chromium's performance counters."""
    found = line.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in found if one["name"] == name))


def heap_mb(page: Page, line: CDPSession) -> float:
    """Read the JavaScript heap after a full collection, in MB."""
    for _ in range(3):
        line.send("HeapProfiler.collectGarbage")
        page.wait_for_timeout(200)
    return metric(line, "JSHeapUsedSize") / 1e6


def open_page(chromium: Browser, url: str, ready: str) -> tuple[Page, CDPSession]:
    """Open a page at full HD and wait until it is live."""
    page = chromium.new_page(viewport={"width": 1920, "height": 1080})
    line = page.context.new_cdp_session(page)
    line.send("Performance.enable")
    page.goto(url)
    page.wait_for_selector(ready)
    page.wait_for_timeout(SETTLE_S * 1000)
    return page, line


def second_costs(line: CDPSession, work: Any, seconds: float) -> float:
    """Tell how many ms of the main thread one second took while `work` ran."""
    before = metric(line, "TaskDuration")
    work()
    return (metric(line, "TaskDuration") - before) / seconds * 1000


def left_behind(
    page: Page, line: CDPSession, pictures: int, show: Callable[[], None]
) -> dict[str, object]:
    """Show pictures, and tell what they leave in the heap and in Dash's history."""
    heap, past = heap_mb(page, line), history_past(page)
    show()
    return {
        "pictures": pictures,
        "heap_before_mb": heap,
        "heap_growth_mb": heap_mb(page, line) - heap,
        "past_before": past,
        "past_after": history_past(page),
    }


def measure_ours(
    chromium: Browser, system: System, sources: Sources, base: dict[str, Any], asked: Any
) -> dict[str, object]:
    """Measure our wall."""
    page, line = open_page(chromium, system.url + "/wall", LIVE)
    costs = [
        second_costs(line, lambda: put_up(sources, base, asked.seconds, 1.0), asked.seconds)
        for _ in range(asked.runs)
    ]
    put_up(sources, base, 200, 0.1)
    left = left_behind(
        page, line, asked.pictures, lambda: put_up(sources, base, asked.pictures, 0.1)
    )
    page.close()
    return {"page": "lianxin /wall", "ms_per_s": median(costs), **left}


def measure_usual(chromium: Browser, base: dict[str, Any], asked: Any) -> dict[str, object]:
    """Measure the same picture shown with an interval and callbacks."""
    port = free_port()
    with tempfile.NamedTemporaryFile("w", suffix=".json") as kept:
        json.dump(base, kept)
        kept.flush()
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.usual_way", str(port), kept.name],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            url = f"http://127.0.0.1:{port}/"
            wait_until(lambda: _answers(url), 30, server)
            page, line = open_page(chromium, url, "#opened_today")

            def wait() -> None:
                page.wait_for_timeout(asked.seconds * 1000)

            costs = [second_costs(line, wait, asked.seconds) for _ in range(asked.runs)]
            left = left_behind(page, line, asked.seconds, wait)
            page.close()
            return {"page": "interval and callbacks", "ms_per_s": median(costs), **left}
        finally:
            server.terminate()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1):
            return True
    except OSError:
        return False


def main() -> None:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--pictures", type=int, default=2000)
    options.add_argument("--runs", type=int, default=3)
    asked = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="lianxin-bench-"))
    with running(folder, LIANXIN_DEMO_HISTORY_D="7") as system, browser() as chromium:
        wait_until(lambda: _rich(system), 60)
        base = system.get("/api/v1/pictures/city")
        for child in psutil.Process(system.process.pid).children(recursive=True):
            if {"worker", "demo"} & set(child.cmdline()):
                os.kill(child.pid, signal.SIGSTOP)
        sources = Sources(read_settings(data_dir=folder))
        rows = [
            measure_ours(chromium, system, sources, base, asked),
            measure_usual(chromium, base, asked),
        ]
    report("wall", rows)


def _rich(system: System) -> bool:
    picture: Any = system.get("/api/v1/pictures/city")
    return len(picture["sections"]["cells"]["data"]["cells"]) > 100


if __name__ == "__main__":
    main()
