"""What Lighthouse says of each page: accessibility and best practices, of a hundred.

`python -m tests.bench.bench_lighthouse [--pages /leader /wall …]`

Needs Node 20 or newer with npm, which fetches Lighthouse of the version named, and Chromium.
The demo city runs behind the pages; speed is not asked here.
"""

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

from tests.bench.bench_leader import ready
from tests.bench.report import report
from tests.browser import chromium
from tests.system import System, running, wait_until

LIGHTHOUSE = "lighthouse@13.5.0"
ASKED = ("accessibility", "best-practices")
PAGES = (
    "/", "/wall", "/wall?scene=map", "/wall?scene=departments", "/wall?scene=duties", "/leader",
    "/departments", "/desk", "/clusters", "/supervision", "/reports",
)  # fmt: skip
PATIENCE_S = 240


def scores(url: str, out: Path) -> dict[str, object]:
    """Ask Lighthouse for a page's scores, and name what it finds wanting."""
    subprocess.run(
        [
            "npx", "--yes", LIGHTHOUSE, url, f"--only-categories={','.join(ASKED)}", "--quiet",
            "--output=json", f"--output-path={out}", "--max-wait-for-load=60000",
            "--chrome-flags=--headless=new --no-sandbox",
        ],
        check=True, timeout=PATIENCE_S, env=os.environ | {"CHROME_PATH": chromium.path() or ""},
    )  # fmt: skip
    told = json.loads(out.read_text("utf-8"))
    found = {name: round(told["categories"][name]["score"] * 100) for name in ASKED}
    weighed = {
        audit["id"]
        for name in ASKED
        for audit in told["categories"][name]["auditRefs"]
        if audit["weight"]
    }
    wanting = [name for name in sorted(weighed) if told["audits"][name]["score"] == 0]
    return {**found, "wanting": ", ".join(wanting)}


def pages(system: System, asked: list[str] | None) -> list[str]:
    """Give the pages, and that of one ticket of the city."""
    if asked:
        return asked
    rows = system.get("/api/v1/desk/tickets")
    assert isinstance(rows, dict)
    return [*PAGES, rows["rows"][0]["href"].partition("?")[0]]


def main() -> None:
    """Run the benchmark."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pages", nargs="*")
    given = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="lianxin-bench-lighthouse-"))
    with running(folder / "data", LIANXIN_DEMO_HISTORY_D="7") as system:
        wait_until(lambda: ready(system), 120)
        rows = [
            {"page": page, **scores(system.url + page, folder / "told.json")}
            for page in pages(system, given.pages)
        ]
    report("lighthouse", rows)


if __name__ == "__main__":
    main()
