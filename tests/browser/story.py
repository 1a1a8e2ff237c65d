"""Pictures of a story that is told by pressing: kept where LIANXIN_TEST_PICTURES names a folder.

`LIANXIN_TEST_PICTURES=docs/stories python -m pytest tests/browser/test_manhole.py` makes those of
the documentation anew.
"""

import os
from pathlib import Path

from playwright.sync_api import Page


def keep(page: Page, name: str) -> None:
    """Keep a picture of the whole page as it stands."""
    folder = os.environ.get("LIANXIN_TEST_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.mouse.move(0, 0)
        seen = page.viewport_size or {"width": 1366, "height": 900}
        whole = int(page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size(seen | {"height": whole})  # what is below is drawn once it is seen
        page.wait_for_timeout(500)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))
        page.set_viewport_size(seen)
