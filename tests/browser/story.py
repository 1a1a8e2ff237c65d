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
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
