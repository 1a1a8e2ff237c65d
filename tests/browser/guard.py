"""A page on which nothing may run that came in as text."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page

from tests.browser.test_policy import NOTED


@contextmanager
def guarded(page: Page) -> Iterator[Page]:
    """Watch a page: no word of a text runs, no dialogue opens, nothing is even attempted."""
    opened: list[str] = []

    def told(dialog: Any) -> None:
        opened.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", told)
    page.on("pageerror", lambda error: opened.append(str(error)))
    page.add_init_script(NOTED)
    yield page
    assert opened == []
    nothing_ran(page)


def nothing_ran(page: Page) -> None:
    """Assert that no text has run on the page as it stands."""
    assert page.evaluate("[window.ran, window.broken, document.title === 'ran']") == [
        None, [], False,
    ]  # fmt: skip
