"""What open incidents cost the wall's own figures: latency with none and with many, in one run.

`python -m tests.bench.bench_incident_wall [--seconds 20] [--rate 100] [--incidents 200] [--acts 2]
    [--runs 3]`

As bench_latency, on two whole systems of this machine, in turn: one without an incident, one with
`--incidents` open ones, on which people act `--acts` times a second meanwhile. `ratio` is the one
beside the other. `act_ms` is from an act's answer until a screen's stream has told of it.
"""

import argparse
import json
import tempfile
import threading
import time
import urllib.request
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from data_sources.connect import Sources
from data_sources.memory import MemoryStream
from operations.response.asked import Asked
from operations.response.incident import Signed
from operations.response.incident_entering import Command, enter
from operations.response.incident_opening import Origin, opened
from settings import read_settings
from tests.bench.bench_incident import key
from tests.bench.bench_latency import one_run
from tests.bench.report import median, percentile, report
from tests.browser.chromium import browser
from tests.system import System, Visitor, running

TASKS, PARTIES = 12, 6
SECOND_US = 1_000_000
WAIT_S = 10.0


def filled(folder: Path, incidents: int) -> list[str]:
    """Open incidents in a data folder, each with a chain, parties and tasks; give their ids."""
    sources = Sources(read_settings(data_dir=folder))
    sources.migrate()
    now_us = int(datetime.now(UTC).timestamp() * 1e6)
    codes = [one.code for one in sources.reference.departments]
    districts = [one.code for one in sources.reference.districts]
    command = Command(sources.incident_book, MemoryStream(), lambda _code: True)
    made = []
    for number in range(incidents):
        signed = Signed("王主任", False, now_us - (incidents - number) * SECOND_US)
        said = {"lead": codes[number % len(codes)], "severity": 1 + number % 4,
                "title": "自来水发黄", "exercise": False, "chain": "water"}  # fmt: skip
        origin = Origin(category="water_yellow", district=districts[number % len(districts)],
                        templates=sources.chains)  # fmt: skip
        change = opened(Asked("open", key(), said), signed, origin)
        made.append(sources.incident_book.begin(change, (), year=2026).id)
        for place in range(PARTIES):
            party = codes[(number + place + 1) % len(codes)]
            enter(command, made[-1], Asked("summon", key(), {"party": party}), signed)
        for place in range(TASKS):
            given = {"title": f"第{place}项", "owner": codes[place], "within_min": 5 + place * 60}
            enter(command, made[-1], Asked("give", key(), given), signed)
    sources.close()
    return made


class Acting:
    """Somebody who acts on one incident after the other until it is enough."""

    def __init__(self, system: System, incidents: list[str], a_second: float) -> None:
        self._visitor, self._pause_s = Visitor(system), 1 / max(a_second, 0.001)
        self._incidents = incidents if a_second else []
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._act, daemon=True)
        self.acts = 0

    def __enter__(self) -> "Acting":
        if self._incidents:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        if self._incidents:
            self._thread.join()

    def _act(self) -> None:
        for incident in cycle(self._incidents):
            if self._enough.wait(self._pause_s):
                return
            given = {"title": "复查", "owner": "water_company", "within_min": 60}
            body = {"act": "give", "key": key(), "given": given}
            self._visitor.sent(f"/api/v1/incidents/{incident}/acts", body)
            self.acts += 1


def act_ms(system: System, incident: str) -> float:
    """Time one act from its answer until the wall's stream has told of it."""
    visitor, told = Visitor(system), threading.Event()
    with urllib.request.urlopen(f"{system.url}/api/v1/live/city", timeout=30) as stream:
        before = _open_tasks(stream, incident)

        def follow() -> None:
            while _open_tasks(stream, incident) <= before:
                pass
            told.set()

        thread = threading.Thread(target=follow, daemon=True)
        thread.start()
        given = {"title": "复查", "owner": "water_company", "within_min": 60}
        visitor.sent(f"/api/v1/incidents/{incident}/acts",
                     {"act": "give", "key": key(), "given": given})  # fmt: skip
        began = time.perf_counter()
        assert told.wait(WAIT_S), "the wall never told of it"
        return (time.perf_counter() - began) * 1000


def _open_tasks(stream: Any, incident: str) -> int:
    """Read pictures until one tells of an incident in full; give its open tasks."""
    for line in stream:
        if not line.startswith(b"data:") or b'"sections"' not in line:
            continue
        rows = json.loads(line[5:])["sections"]["incidents"]["data"]["rows"]
        for row in rows:
            if row["id"] == incident and row["whole"] is not None:
                return int(row["whole"]["tasks"]["open"])
    raise AssertionError("the stream ended")


def page_of(chromium: Browser, system: System) -> Page:
    """Open a wall that is live."""
    page = chromium.new_page(viewport={"width": 1920, "height": 1080})
    page.goto(system.url + "/wall")
    page.wait_for_selector('[data-state="fresh"] [data-kpi="opened_today"]')
    return page


def main() -> None:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--rate", type=float, default=100)
    options.add_argument("--incidents", type=int, default=200)
    options.add_argument("--acts", type=float, default=2)
    options.add_argument("--runs", type=int, default=3)
    asked = options.parse_args()
    rows: list[dict[str, object]] = []
    with ExitStack() as held:
        chromium = held.enter_context(browser())
        kinds = {}
        for name, many in (("none", 0), ("many", asked.incidents)):
            folder = Path(tempfile.mkdtemp(prefix="lianxin-bench-"))
            made = filled(folder, many)
            system = held.enter_context(running(folder, "--no-demo", LIANXIN_WALL_JUMP_S="0"))
            kinds[name] = (system, made, page_of(chromium, system))
        for run in range(asked.runs):
            for name, (system, made, page) in kinds.items():
                with Acting(system, made, asked.acts) as acting:
                    row = one_run(system, page, asked.rate, asked.seconds)
                rows.append({"run": run + 1, "incidents": name, **row, "acts": acting.acts})
        system, made, _ = kinds["many"]
        told = [act_ms(system, made[0]) for _ in range(20)]
    report("incident_wall", [*rows, *_ratios(rows), _acts(told)])


def _ratios(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Give the medians of both, and of the one beside the other in the same minute."""
    figures = ("p50_ms", "p95_ms", "p99_ms", "worker_core")

    def of(name: str) -> dict[str, list[float]]:
        own = [row for row in rows if row["incidents"] == name]
        return {one: [float(str(row[one])) for row in own] for one in figures}

    none, many = of("none"), of("many")
    pairs = {one: [b / a for a, b in zip(none[one], many[one], strict=True)] for one in figures}
    return [
        {"run": "median", "incidents": "none", **{one: median(none[one]) for one in figures}},
        {"run": "median", "incidents": "many", **{one: median(many[one]) for one in figures}},
        {"run": "ratio", "incidents": "many/none", **{one: median(pairs[one]) for one in figures}},
    ]


def _acts(told: list[float]) -> dict[str, object]:
    return {"run": "act_ms", "p50_ms": median(told), "p95_ms": percentile(told, 0.95),
            "p99_ms": max(told)}  # fmt: skip


if __name__ == "__main__":
    main()
