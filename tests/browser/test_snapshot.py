"""A picture of a page: a real PNG of what is on screen, with nothing from outside."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.accounts import sign_in, users
from tests.system import System, running
from tests.turns import in_turn

pytestmark = pytest.mark.browser

PAD, HEAD = 24, 64

WRITES = """() => { const plain = CanvasRenderingContext2D.prototype.fillText; window.written = [];
  CanvasRenderingContext2D.prototype.fillText = function (words, ...where) {
    window.written.push([words, this.globalAlpha]);
    return plain.call(this, words, ...where); }; }"""
"""Has a page remember what is written on its canvases, and how faintly."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Give a system people sign in to, and one of its leaders."""
    with running(tmp_path_factory.mktemp("house"), "--no-demo", LIANXIN_ACCOUNTS="on") as started:
        users(started, "add", "wang", "--name", "王芳", "--role", "leader")
        yield started


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


@pytest.mark.parametrize(("path", "language"), in_turn(["/departments", "/clusters"], ("zh", "en")))
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


@pytest.mark.parametrize("path", ["/departments", "/clusters"])
def test_a_picture_names_who_is_signed_in(
    house: System, page: Page, complaints: list[str], path: str
) -> None:
    sign_in(page, f"{house.url}{path}")
    page.wait_for_url(f"**{path}*")
    page.wait_for_selector("main .snapshot-take", state="attached")
    complaints.clear()  # the page that asked to sign in has answered 401
    page.evaluate(WRITES)
    found = taken(page)
    written = [(words, faint) for words, faint in page.evaluate("() => window.written")]
    head = [words for words, faint in written if faint == 1]
    across = {words for words, faint in written if faint < 1}
    assert any(words.startswith("王芳 (wang) · ") and words.endswith(path) for words in head), head
    assert len(across) == 1
    assert across.pop().startswith("王芳 (wang) · ")
    # The name lies over all of it, to the last corner, and the browser refused nothing.
    assert sum(faint < 1 for _words, faint in written) > 20
    corner = found.crop((found.width - 800, found.height - 800, found.width, found.height))
    assert len(corner.getcolors(1 << 24)) > 20
    assert complaints == []
