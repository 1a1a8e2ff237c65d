"""Which screen stands at an address: drawn once, when the page is opened."""

from typing import Any

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks import account, cluster, clusters, home, login, screens, wall
from callbacks.asking import asked_language, parts_of
from callbacks.desk import Desk
from layouts import ids
from layouts.home import not_found
from layouts.pairing import pairing


def register(app: Dash, sources: Any, desk: Desk) -> None:
    """Register the one callback that draws a page."""

    @app.callback(
        Output(ids.SCREEN, "children"),
        Input(ids.ADDRESS, "pathname"),
        State(ids.ADDRESS, "search"),
    )
    def draw(pathname: str | None, search: str | None) -> Component:
        return screen(sources, desk, pathname or "/", search or "")


def screen(sources: Any, desk: Desk, pathname: str, search: str) -> Component:
    """Give the screen at an address, or say that there is none."""
    language = asked_language(search, sources.settings.language)
    parts = parts_of(pathname)
    if not parts:
        return home.draw(sources, desk, language)
    drawn = None
    if parts[0] == "wall" and len(parts) <= 2:
        scope = parts[1] if len(parts) == 2 else wall.CITY
        drawn = wall.draw(sources, desk, scope, search, language)
    elif parts == ["pair"]:
        drawn = pairing(language, desk.software)
    elif parts == ["clusters"]:
        drawn = clusters.draw(sources, desk, search, language)
    elif parts[0] == "clusters" and len(parts) == 2:
        drawn = cluster.draw(sources, desk, parts[1], language)
    elif parts[0] == "screens" and len(parts) <= 2:
        drawn = screens.draw(sources, desk, "".join(parts[1:]), language)
    elif parts == ["login"] and desk.people is not None:
        drawn = login.draw(sources, search, language)
    elif parts == ["account"] and desk.people is not None:
        drawn = account.draw(sources, desk, search, language)
    return drawn if drawn is not None else not_found(language)
