"""What axe-core finds wrong with a page for people who cannot see or point; version 4.14.1.

Made again by `npm pack axe-core@4.14.1`, from whose `package/axe.min.js` it is.
"""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
GRAVE = ("serious", "critical")
MARKS = ".reader-marks"  # the reader's name over the page: faint on purpose, not to be read


def grave(page: Page) -> list[str]:
    """Name what is serious or worse on a page: the rule, and where."""
    page.evaluate(AXE.read_text("utf-8"))  # by the debugger, which no policy of the page binds
    found: Any = page.evaluate(
        "(marks) => axe.run({ exclude: [marks] }, { resultTypes: ['violations'] })", MARKS
    )
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for one in found["violations"]
        if one["impact"] in GRAVE
        for node in one["nodes"][:3]
    ]
