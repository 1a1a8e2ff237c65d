"""Take the pictures of a running wall: every size it is laid out for, in both languages.

python tests/browser/shots.py http://127.0.0.1:8050 [--into FOLDER] [--query scene=clusters]
    [--sizes 1920x1080,1024x768] [--languages zh]

A picture is named for its scene, which has to be the one that was asked for. Together with
`python -m tests.browser.hours bad --data DIR` every scene can be seen on a bad day.
"""

import argparse
import json
import urllib.request
from pathlib import Path
from urllib.parse import parse_qs

from chromium import browser

SIZES = "1920x1080,3840x2160,7680x2160,1024x768,390x844"
FOLDER = Path(__file__).with_name("shots")
LIVE = ".wall[data-seq]:not([data-seq=''])"


def announced(address: str) -> str:
    """Give a script that lets a page know every alarm already, so that it jumps to none."""
    with urllib.request.urlopen(f"{address}/api/v1/pictures/city", timeout=10) as answer:
        rows = json.load(answer)["sections"]["alarms"]["data"]["rows"]
    known = json.dumps([[row["id"], row["severity"]] for row in rows])
    return f"sessionStorage.setItem('lianxin.alarms.city', {json.dumps(known)})"


def shoot(address: str, asked: argparse.Namespace) -> list[Path]:
    """Take every picture; a page's own errors are raised, a screen that is not fresh is told."""
    asked.into.mkdir(parents=True, exist_ok=True)
    scene = parse_qs(asked.query).get("scene", ["wall"])[0]
    taken = []
    with browser() as started:
        for language in asked.languages.split(","):
            for size in asked.sizes.split(","):
                width, height = (int(side) for side in size.split("x"))
                page = started.new_page(viewport={"width": width, "height": height})
                page.add_init_script(announced(address))
                errors: list[str] = []
                page.on("pageerror", lambda error, errors=errors: errors.append(str(error)))
                page.goto(f"{address}{asked.path}?lang={language}&{asked.query}")
                page.wait_for_selector(LIVE, timeout=30_000)
                page.wait_for_timeout(asked.settle_ms)
                state = page.get_attribute(".wall", "data-state")
                stands = page.get_attribute(".wall", "data-scene")
                name = asked.into / f"{scene}-{size}-{language}.png"
                if asked.whole:
                    height = page.evaluate("document.querySelector('.wall').scrollHeight")
                    page.set_viewport_size({"width": width, "height": height})
                    page.wait_for_timeout(500)
                page.screenshot(path=str(name))
                print(f"{name}  {state}  {stands}  {errors or ''}")
                taken.append(name)
                page.close()
    return taken


def main() -> None:
    """Read the command line and take the pictures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("address", help="where the server listens, without a path")
    asked.add_argument("--path", default="/wall")
    asked.add_argument("--query", default="", help="the scene, or what the map is narrowed to")
    asked.add_argument("--sizes", default=SIZES)
    asked.add_argument("--languages", default="zh,en")
    asked.add_argument("--whole", action="store_true", help="the whole page where it scrolls")
    asked.add_argument("--into", type=Path, default=FOLDER)
    asked.add_argument("--settle-ms", type=int, default=3000)
    given = asked.parse_args()
    shoot(given.address.rstrip("/"), given)


if __name__ == "__main__":
    main()
