"""The start page."""

from typing import Any

from dash.development.base_component import Component

from callbacks.names import city_name, department_names, district_names
from layouts.home import home
from layouts.wording import Language


def draw(sources: Any, language: Language) -> Component:
    """Draw the choice of screens of this city."""
    reference = sources.reference
    return home(
        city_name(reference),
        district_names(reference),
        department_names(reference),
        language=language,
        demo=sources.settings.demo,
    )
