"""Every sheet is on every page: a page's own rules begin with classes no other sheet knows."""

import re
from collections import defaultdict
from pathlib import Path

ASSETS = Path(__file__).parents[2] / "assets"
PAGES = (
    *("10_leader.css", "12_people.css", "13_keeping.css", "13_screens.css", "13_tickets.css"),
    *("14_departments.css", "14_desk.css"),
)


def begun(sheet: Path) -> set[str]:
    """Give the classes that the selectors of a sheet begin with."""
    plain = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    selectors = [one for many in re.findall(r"([^{}]+)\{", plain) for one in many.split(",")]
    return {found[1] for one in selectors if (found := re.match(r"\s*\.([\w-]+)", one))}


def test_no_style_of_a_page_touches_another() -> None:
    sheets = defaultdict(set)
    for sheet in ASSETS.glob("*.css"):
        for name in begun(sheet):
            sheets[name].add(sheet.name)
    assert len(sheets) > 200
    shared = {name: sorted(held) for name, held in sheets.items() if len(held) > 1}
    assert {name: held for name, held in shared.items() if set(held) & set(PAGES)} == {}
