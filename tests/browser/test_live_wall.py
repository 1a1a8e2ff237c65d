"""The wall lives: it shows what comes in, tells what is lost, and needs no reload."""

import re
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.browser.inside import history_past
from tests.system import System, wait_until
from tests.turns import in_turn

pytestmark = pytest.mark.browser

SIZES = [(1920, 1080), (3840, 2160), (7680, 2160), (1024, 768), (390, 844)]

LATE_WITHIN_S = 6.0
"""Three seconds by the page's rules; the page, too, waits for others at work here."""
FRESH = 'main.wall[data-state="fresh"]'
OPEN = '[data-kpi="open_now"]'


def tickets(count: int, **changes: Any) -> list[dict[str, Any]]:
    """Make new tickets around Longkou, each from a caller of its own."""
    now, salt = datetime.now(UTC).isoformat(), time.time_ns()
    common = {
        "source": "test", "created_at": now, "updated_at": now, "status": "受理",
        "category": "自来水发黄", "type": "投诉", "latitude": 37.645, "longitude": 120.478,
    }  # fmt: skip
    return [
        common | {"external_id": f"{salt}-{n}", "caller": f"{salt}{n}"} | changes
        for n in range(count)
    ]


def part(system: System, name: str) -> list[psutil.Process]:
    """Find a part's process by its command line, and what it started."""
    for one in psutil.Process(system.process.pid).children():
        with suppress(psutil.NoSuchProcess):
            # A server may write its socket behind its name.
            if any(word.split(" ")[0].endswith(name) for word in one.cmdline()[:3]):
                return [one, *one.children(recursive=True)]
    return []


def shown(page: Page) -> int:
    return int(page.locator(OPEN).inner_text().replace(",", ""))


def open_wall(page: Page, system: System, query: str = "") -> int:
    """Open the wall, mark the page so that a reload would show, give the number shown."""
    system.post(tickets(1))  # a source that never spoke is told as silent
    page.goto(f"{system.url}/wall{query}")
    wait_for_picture(page)
    page.evaluate("window.neverReloaded = true")
    return shown(page)


def wait_for_picture(page: Page) -> None:
    page.wait_for_selector(FRESH)
    expect(page.locator(OPEN)).to_have_text(re.compile(r"\d"))


def expect_number(page: Page, number: int) -> None:
    expect(page.locator(OPEN)).to_have_text(f"{number:,}")
    assert page.evaluate("window.neverReloaded") is True


def test_a_posted_ticket_changes_the_number_without_a_reload(page: Page, system: System) -> None:
    before = open_wall(page, system)
    assert system.post(tickets(3))["accepted"] == 3
    expect_number(page, before + 3)


def test_the_page_talks_to_its_own_server_alone(page: Page, system: System) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    open_wall(page, system)
    page.wait_for_timeout(1500)
    foreign = [url for url in asked if not url.startswith((system.url, "data:", "blob:"))]
    assert foreign == []
    assert errors == []


def test_pictures_leave_nothing_in_dash_s_history(page: Page, system: System) -> None:
    before = open_wall(page, system)
    past = history_past(page)
    assert past is not None
    for n in range(1, 6):
        system.post(tickets(1))
        expect_number(page, before + n)
    assert history_past(page) == past


@pytest.mark.parametrize(
    ("name", "link"),
    [("web", "line_cut"), ("worker", "worker_silent"), ("valkey-server", "redis_down")],
)
def test_a_killed_part_is_told_in_words_and_survived(
    page: Page, system: System, name: str, link: str
) -> None:
    before = open_wall(page, system)
    victims = part(system, name)
    assert victims
    for one in victims:
        one.suspend()  # still there, but mute: the supervisor does not help yet
    told = page.locator(f'main.wall[data-link="{link}"]')
    expect(told).to_have_count(1)
    assert shown(page) == before, "the last values stay"
    assert page.locator("main.wall").get_attribute("data-state") != "fresh"
    for one in victims:
        one.kill()
    wait_until(lambda: part(system, name) not in ([], victims), 10)
    page.wait_for_selector(FRESH)
    wait_until(lambda: system.post(tickets(2))["accepted"] == 2, 10)
    expect_number(page, before + 2)


def test_a_stopped_stream_is_told_within_three_seconds(page: Page, system: System) -> None:
    open_wall(page, system)
    family = part(system, "web")
    for one in family:
        one.suspend()
    started = time.monotonic()
    try:
        page.wait_for_selector('main.wall[data-state="late"]')
        assert time.monotonic() - started < LATE_WITHIN_S
    finally:
        for one in family:
            one.resume()
    page.wait_for_selector(FRESH)


def test_a_click_narrows_the_map_and_escape_undoes_it(page: Page, system: System) -> None:
    system.post(tickets(8))
    system.post(tickets(6, category="噪声扰民", latitude=37.53, longitude=121.4))
    open_wall(page, system)
    page.locator('[data-panel="categories"] [role="button"]').first.click()
    page.wait_for_url("**category=**")
    address = page.url
    page.reload()
    wait_for_picture(page)
    assert page.url == address, "the narrowing is in the address and comes back with it"
    page.keyboard.press("Escape")
    page.wait_for_url(f"{system.url}/wall")


def test_the_other_language_is_one_key_away(page: Page, system: System) -> None:
    open_wall(page, system)
    expect(page.locator("main.wall")).to_contain_text("今日受理")
    page.keyboard.press("l")
    page.wait_for_url("**lang=en**")
    wait_for_picture(page)
    expect(page.locator("main.wall")).to_contain_text("Opened today")


@pytest.mark.parametrize(("size", "language"), in_turn(SIZES, ("en", "zh")))
def test_nothing_is_wider_than_the_screen(
    page: Page, system: System, size: tuple[int, int], language: str
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_wall(page, system, f"?lang={language}")
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    for panel in page.locator("[data-panel]").all():
        box = panel.bounding_box()
        if box is not None:
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= size[0] + 1
