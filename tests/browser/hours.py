"""An ordinary hour and a bad one, made up, and put up on the board of a running system.

python -m tests.browser.hours bad --data DIR

The hour is laid over the newest picture of that system, whose worker and demo city are held
meanwhile; Ctrl-C lets them go on. The hours: `ordinary`, `at_work` (incidents are open), `bad`,
`early` (not watching yet).
"""

import argparse
import copy
import json
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from data_sources.connect import Sources
from operations.ports import WorkerWord
from settings import read_kept_settings
from tests.browser.made_matters import a_few, many, told
from tests.browser.made_up import Row, ago, bad_alarms, bad_clusters

EVERY_S = 1.0
QUALITY = {
    "fallback_share": 0.031, "no_place_share": 0.046, "bulk_today": 0, "late_feeds": 0,
    "watching": True, "ready": 93, "wanted": 93,
}  # fmt: skip
BUDGET = {"false_alarms_per_week": 1, "categories": 93}


def gathered(rows: list[Row], **quality: Any) -> Row:
    """Make the data of the clusters section."""
    return {"rows": rows, "left_out": 0, "budget": BUDGET, "quality": QUALITY | quality}


def alarmed(rows: list[Row]) -> Row:
    """Make the data of the alarms section."""
    raised = sum(row["state"] == "raised" and not row["flooded"] for row in rows)
    return {"rows": rows, "raised": raised, "left_out": 0}


def staged(
    base: Row, now: datetime, clusters: Row, alarms: Row, incidents: Row | None = None
) -> Row:
    """Lay clusters, alarms and incidents over a picture, and bring all of it to `now`."""
    picture = copy.deepcopy(base)
    picture["seq"] = max(base["seq"] + 1, int(now.timestamp() * 1000))
    picture["as_of"] = now.isoformat(timespec="microseconds")
    sections = picture["sections"]
    sections["clusters"] = {"state": "fresh", "data": clusters}
    sections["alarms"] = {"state": "fresh", "data": alarms}
    sections["incidents"] = {"state": "fresh", "data": incidents or told([])}
    for section in sections.values():
        section["as_of"] = picture["as_of"]
    return picture


def ordinary(base: Row, now: datetime) -> Row:
    """Lay an hour without a cluster over a picture."""
    return staged(base, now, gathered([]), alarmed([]))


def at_work(base: Row, now: datetime) -> Row:
    """Lay an hour without a cluster over a picture, in which three incidents are at work."""
    return staged(base, now, gathered([]), alarmed([]), a_few(now))


def early(base: Row, now: datetime) -> Row:
    """Lay an hour over a picture in which the watch is not up yet."""
    return staged(base, now, gathered([], watching=False, ready=21), alarmed([]))


def bad(base: Row, now: datetime) -> Row:
    """Lay an hour with six clusters, four alarms and three loud categories over a picture."""
    bulk = gathered(bad_clusters(now), bulk_today=18, late_feeds=1)
    picture = staged(base, now, bulk, alarmed(bad_alarms(now)), many(now))
    rows = picture["sections"]["categories"]["data"]["rows"]
    for row, times in zip(rows, (9.4, 3.1, 2.2), strict=False):
        row |= {"level": "far_above" if times > 3 else "above", "ratio": times, "expected": 7.0,
                "observed": round(7 * times), "high": 14.0, "excess": 7 * times - 7,
                "since": ago(now, hours=3)}  # fmt: skip
    for row in picture["sections"]["districts"]["data"]["rows"]:
        if row["code"] in ("370681", "370676"):
            row |= {"level": "far_above", "since": ago(now, hours=3)}
    return picture


HOURS: dict[str, Callable[[Row, datetime], Row]] = {
    "ordinary": ordinary,
    "at_work": at_work,
    "early": early,
    "bad": bad,
}


class Stage:
    """Puts made-up pictures up on a running system's board, once a second, until it is left."""

    def __init__(self, data: Path) -> None:
        self._board = Sources(read_kept_settings(data)).board
        newest = self._board.newest("city")
        assert newest is not None
        self.base: Row = json.loads(newest)
        self._hour: Callable[[Row, datetime], Row] = ordinary
        self._ended = threading.Event()
        self._changed = threading.Event()

    def show(self, hour: Callable[[Row, datetime], Row]) -> None:
        """Take another hour; it goes up at once."""
        self._hour = hour
        self._changed.set()

    def run(self) -> None:
        """Put up pictures, with the word a living worker would say."""
        number = 0
        while not self._ended.is_set():
            now, number = datetime.now(UTC), number + 1
            self._board.publish({"city": json.dumps(self._hour(self.base, now)).encode()})
            self._board.say(WorkerWord(now, now, number, now, 0, now))
            self._changed.wait(EVERY_S)
            self._changed.clear()

    def end(self) -> None:
        """Put up nothing more."""
        self._ended.set()
        self._changed.set()


@contextmanager
def on_stage(data: Path) -> Iterator[Stage]:
    """Hold worker and demo city of the system in `data`, and give a stage in their place."""
    parent = psutil.Process(int((data / "lock").read_text("utf-8")))
    held = [one for one in parent.children() if {"worker", "demo"} & set(one.cmdline())]
    for one in held:
        one.suspend()
    stage = Stage(data)
    thread = threading.Thread(target=stage.run)
    thread.start()
    try:
        yield stage
    finally:
        stage.end()
        thread.join()
        for one in held:
            with suppress(psutil.NoSuchProcess):
                one.resume()


def main() -> None:
    """Read the command line and show an hour until told to stop."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("hour", choices=HOURS)
    asked.add_argument("--data", type=Path, required=True, help="the system's data folder")
    given = asked.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with on_stage(given.data) as stage, suppress(KeyboardInterrupt):
        stage.show(HOURS[given.hour])
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main()
