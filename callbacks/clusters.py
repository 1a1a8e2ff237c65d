"""The list of clusters."""

from typing import Any

from dash.development.base_component import Component

from callbacks.asking import asked
from callbacks.desk import Desk, face
from layouts import clusters as page
from layouts.wording import Language
from operations.pulse.windows import to_us


def draw(sources: Any, desk: Desk, search: str, language: Language) -> Component:
    """Draw the list, narrowed as the address says."""
    found = desk.dossiers.listed(to_us(desk.now()))
    chosen = page.Chosen(asked(search, "category"), asked(search, "district"))
    told = face(sources, desk, language)
    if found is None:
        return page.clusters(None, chosen, told, version="away")
    return page.clusters(found.rows, chosen, told, version=found.version)
