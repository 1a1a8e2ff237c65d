"""Take the pictures of a running wall: every size it is laid out for, in both languages.

python tests/browser/shots.py http://127.0.0.1:8050 [--into FOLDER] [--query measure=overdue]
"""

import argparse
from pathlib import Path

from chromium import browser

SIZES = ((1920, 1080), (3840, 2160), (7680, 2160), (1024, 768), (390, 844))
LANGUAGES = ("zh", "en")
FOLDER = Path(__file__).with_name("shots")


def shoot(address: str, into: Path, *, path: str, query: str, settle_ms: int) -> list[Path]:
    """Take every picture; a page's own errors are raised, a screen that is not fresh is told."""
    into.mkdir(parents=True, exist_ok=True)
    taken = []
    with browser() as started:
        for language in LANGUAGES:
            for width, height in SIZES:
                page = started.new_page(viewport={"width": width, "height": height})
                page.goto(f"{address}{path}?lang={language}&{query}")
                page.wait_for_selector(".wall[data-seq]:not([data-seq=''])", timeout=30_000)
                page.wait_for_timeout(settle_ms)
                state = page.get_attribute(".wall", "data-state")
                name = into / f"wall-{width}x{height}-{language}.png"
                page.screenshot(path=str(name))
                print(f"{name}  {state}")
                taken.append(name)
                page.close()
    return taken


def main() -> None:
    """Read the command line and take the pictures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("address", help="where the server listens, without a path")
    asked.add_argument("--path", default="/wall")
    asked.add_argument("--query", default="", help="what the map is narrowed to")
    asked.add_argument("--into", type=Path, default=FOLDER)
    asked.add_argument("--settle-ms", type=int, default=3000)
    given = asked.parse_args()
    shoot(
        given.address.rstrip("/"),
        given.into,
        path=given.path,
        query=given.query,
        settle_ms=given.settle_ms,
    )


if __name__ == "__main__":
    main()
