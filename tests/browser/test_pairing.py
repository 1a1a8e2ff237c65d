"""A new wall shows its code, goes on when it is let in, and follows what it is told."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from data_sources.audit_log import SqlAudit
from data_sources.database import connect_database
from data_sources.screens import SqlScreens
from operations.people.screens import Show, pair, reload, revoke
from tests.injections import WHOLE
from tests.system import System, running, wait_until

CODE = re.compile(r"^\w{3} \w{3}$")


def _is_new(page: Page) -> bool:
    """Tell whether the page was loaded anew; while it loads nothing can be asked of it."""
    with suppress(Error):
        return bool(page.evaluate("window.before === undefined"))
    return False


@pytest.fixture(scope="module", params=["off", "on"] if WHOLE else ["on"])
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[System]:
    """Give a house with and without accounts: a paired wall goes on in both."""
    folder = tmp_path_factory.mktemp("pairing")
    with running(folder / "var", "--no-demo", LIANXIN_ACCOUNTS=request.param) as made:
        yield made


def test_wall_is_let_in_reloaded_and_shut_out(house: System, page: Page) -> None:
    system = house
    engine = connect_database(f"sqlite:///{Path(system.data)}/ledger.sqlite")
    kept = SqlScreens(engine, SqlAudit(engine))
    page.goto(f"{system.url}/pair?lang=en")
    code = page.locator(".pair-code")
    expect(code).to_have_text(CODE)
    shown = kept.by_code(code.inner_text().replace(" ", ""))
    assert shown is not None
    assert code.bounding_box()["height"] > 100, "legible from across the room"
    assert "lianxin_screen" not in page.evaluate("document.cookie")

    show = Show(scenes="overview:30,map:20")
    screen = pair(shown, name="Hall", show=show, actor="x", now_us=shown.created_us + 1)
    kept.change(screen)
    expect(page).to_have_url(re.compile(r"/wall\?rotate="))
    page.wait_for_selector(".wall[data-scope=city]:not([data-seq=''])")  # its stream is open too

    page.evaluate("window.before = true")
    screen = reload(kept.find(screen.id)[0], now_us=shown.created_us + 2)
    kept.change(screen)
    wait_until(lambda: _is_new(page), 20)
    page.wait_for_selector(".wall[data-scope=city]")

    kept.change(revoke(kept.find(screen.id)[0]))
    expect(page).to_have_url(re.compile("/pair$"))
    expect(code).to_have_text(CODE)
    engine.dispose()
