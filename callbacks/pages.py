"""Which screen stands at an address: drawn once, when the page is opened."""

from typing import Any
from urllib.parse import parse_qs, unquote

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks import home, wall
from layouts import ids
from layouts.home import not_found
from layouts.wording import Language, language_of


def register(app: Dash, sources: Any) -> None:
    """Register the one callback that draws a page."""

    @app.callback(
        Output(ids.SCREEN, "children"),
        Input(ids.ADDRESS, "pathname"),
        State(ids.ADDRESS, "search"),
    )
    def draw(pathname: str | None, search: str | None) -> Component:
        return screen(sources, pathname or "/", search or "")


def screen(sources: Any, pathname: str, search: str) -> Component:
    """Give the screen at an address, or say that there is none."""
    language = asked_language(search, sources.settings.language)
    parts = [unquote(part) for part in pathname.strip("/").split("/") if part]
    if not parts:
        return home.draw(sources, language)
    drawn = None
    if parts[0] == "wall" and len(parts) <= 2:
        drawn = wall.draw(sources, parts[1] if len(parts) == 2 else wall.CITY, language)
    return drawn if drawn is not None else not_found(language)


def asked_language(search: str, default: Language) -> Language:
    """Read `?lang=` from an address."""
    asked = parse_qs(search.lstrip("?")).get("lang", [None])
    return language_of(asked[0], default)
