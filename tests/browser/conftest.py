"""A running system and a browser for the tests here; without Chromium they are skipped."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.system import System, running

PATIENCE_MS = 30_000
"""How long a page may take to show what is expected: other tests run beside it."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium.path() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is needed (package chromium-headless-shell)")
        pytest.skip("no Chromium (package chromium-headless-shell)")
    expect.set_options(timeout=PATIENCE_MS)
    with chromium.browser() as started:
        yield started


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with running(tmp_path_factory.mktemp("system"), "--no-demo") as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page(viewport={"width": 1920, "height": 1080})
    yield made
    made.close()
