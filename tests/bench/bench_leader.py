"""How soon a leader's five numbers can be read on a slow tablet, opened for the first time.

`python -m tests.bench.bench_leader [--runs 5] [--slower 4]`

Each run is a browser context that has never been here: no cache, no worker, no picture. The
processor is slowed by Chromium itself. Measured from the navigation's start until all five
numbers have a digit in them on a painted frame, of a live picture; the wall is measured in the
same runs, its first number alone, for comparison.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.bench.report import median, report
from tests.browser.chromium import browser
from tests.system import System, running, wait_until

BOUND_MS = 3000
PATIENCE_MS = 120_000
LEADER = ("/leader", "[data-figure-value]", 5)
WALL = ("/wall", '[data-kpi="opened_today"]', 1)
READ = """([look, wanted]) => {
  const seen = () => {
    const nodes = [...document.querySelectorAll(look)];
    return nodes.length >= wanted && nodes.every((node) => /[0-9]/.test(node.textContent));
  };
  const watch = () => {
    if (!seen()) return void requestAnimationFrame(watch);
    // The frame these numbers are in is painted before the next one begins.
    requestAnimationFrame(() => { window.legibleMs = performance.now(); });
  };
  requestAnimationFrame(watch);
}"""


def legible_ms(chromium: Browser, url: str, look: str, wanted: int, slower: float) -> float:
    """Open a page for the first time and tell when its numbers could be read."""
    context = chromium.new_context(viewport={"width": 1024, "height": 768})
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        line = context.new_cdp_session(page)
        line.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.add_init_script(f"({READ})({[look, wanted]})")
        page.goto(url)
        wait_until(lambda: page.evaluate("Boolean(window.legibleMs)"), PATIENCE_MS / 1000)
        return float(page.evaluate("window.legibleMs"))
    finally:
        context.close()


def ready(system: System) -> bool:
    """Tell whether the demo city has numbers to show."""
    picture = system.get("/api/v1/pictures/city")
    return isinstance(picture, dict) and picture["sections"]["totals"]["data"]["open_now"] > 0


def main() -> None:
    """Measure and report; leader and wall take turns."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--slower", type=float, default=4.0)
    given = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="lianxin-bench-leader-"))
    found: dict[str, list[float]] = {LEADER[0]: [], WALL[0]: []}
    with running(folder, LIANXIN_DEMO_HISTORY_D="7") as system, browser() as chromium:
        wait_until(lambda: ready(system), 120)
        for _ in range(given.runs):
            for path, look, wanted in (LEADER, WALL):
                took = legible_ms(chromium, system.url + path, look, wanted, given.slower)
                found[path].append(took)
    report(
        "leader",
        [
            {
                "page": path, "slower": given.slower, "runs": len(took), "median_ms": median(took),
                "worst_ms": max(took), "bound_ms": BOUND_MS if path == LEADER[0] else "",
            }
            for path, took in found.items()
        ],
    )  # fmt: skip


if __name__ == "__main__":
    main()
