"""A picture of a page: a real PNG of what is on screen, with nothing from outside."""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.system import System

pytestmark = pytest.mark.browser

PAD, HEAD = 24, 64


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """Gather what the browser complains of: a refused style, image or request among it."""
    found: list[str] = []
    page.on("console", lambda one: found.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda one: found.append(str(one)))
    return found


def taken(page: Page) -> Image.Image:
    with page.expect_download(timeout=120_000) as offered:
        page.locator(".snapshot-take").dispatch_event("click")
    name = offered.value.suggested_filename
    assert name.startswith("lianxin-")
    assert name.endswith(".png")
    found = Image.open(io.BytesIO(Path(offered.value.path()).read_bytes()))
    assert found.format == "PNG"
    return found.convert("RGB")


@pytest.mark.parametrize("path", ["/departments", "/clusters", "/wall"])
def test_a_picture_is_of_what_is_on_screen(
    system: System, page: Page, complaints: list[str], path: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(f"{system.url}{path}")
    page.wait_for_selector(".snapshot-take", state="attached")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    found = taken(page)
    ratio = (found.width - 0) / (
        page.evaluate("() => document.documentElement.clientWidth") + 2 * PAD
    )
    assert ratio == pytest.approx(2, abs=0.02)
    tall = page.evaluate("() => document.querySelector('main').scrollHeight")
    assert found.height == pytest.approx((tall + HEAD + 2 * PAD) * ratio, abs=6)
    # Inked: the head with title and time, and the page below it, each in many shades.
    below = found.crop((0, round((HEAD + PAD) * ratio), found.width, found.height))
    for part in (found.crop((0, 0, found.width, round(HEAD * ratio))), below):
        assert len(part.getcolors(1 << 24)) > 20
    # The picture below its head is the screen: shrunk to a few dots, both are alike.
    page.evaluate("() => window.scrollTo(0, 0)")
    shot = Image.open(io.BytesIO(page.screenshot())).convert("L")
    same = below.crop((round(PAD * ratio), 0, round((PAD + 1280) * ratio), round(800 * ratio)))
    small = [one.convert("L").resize((16, 10), Image.Resampling.BOX) for one in (shot, same)]
    apart = [abs(a - b) for a, b in zip(*(one.get_flattened_data() for one in small), strict=True)]
    assert sum(apart) / len(apart) < 12, apart
    assert all(url.startswith((system.url, "data:", "blob:")) for url in asked)
    assert complaints == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["/departments", "/clusters"])
def test_the_button_covers_nothing_and_stands_in_the_head(
    system: System, page: Page, path: str, language: str
) -> None:
    page.goto(f"{system.url}{path}?lang={language}")
    button = page.locator("main .snapshot-take")
    button.wait_for()
    for width, height in ((1024, 768), (1366, 900), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        box = button.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < height / 3, (width, box)
        assert button.evaluate("(node) => getComputedStyle(node).position") == "static"
        met = button.evaluate(
            """(node) => { const own = node.getBoundingClientRect();
              return [...document.querySelectorAll("main a, main button, main h1, main p")]
                .filter((one) => one !== node && !one.contains(node)).filter((one) => {
                  const its = one.getBoundingClientRect();
                  return its.width && its.left < own.right && own.left < its.right
                    && its.top < own.bottom && own.top < its.bottom;
                }).map((one) => one.textContent); }"""
        )
        assert met == [], (width, met)


def test_on_a_wall_it_is_in_the_free_edge_and_seen_only_when_wanted(
    system: System, page: Page
) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{system.url}/wall")
    button = page.locator(".wall + .snapshot-take")
    button.wait_for(state="attached")
    assert button.evaluate("(node) => getComputedStyle(node).opacity") == "0"
    box, foot = button.bounding_box(), page.locator(".scenes").bounding_box()
    assert box is not None
    assert foot is not None
    assert box["y"] >= foot["y"] + foot["height"] - 1
