"""Which screen stands at an address: drawn once, when the page is opened."""

from typing import Any

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks import account, cluster, clusters, home, login, search, ticket, wall
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
    def draw(pathname: str | None, query: str | None) -> Component:
        return screen(sources, desk, pathname or "/", query or "")


def screen(sources: Any, desk: Desk, pathname: str, query: str) -> Component:
    """Give the screen at an address, or say that there is none."""
    language = asked_language(query, sources.settings.language)
    parts = parts_of(pathname)
    if not parts:
        return home.draw(sources, desk, language)
    drawn = None
    if parts[0] == "wall" and len(parts) <= 2:
        drawn = wall.draw(sources, parts[1] if len(parts) == 2 else wall.CITY, language)
    elif parts == ["pair"]:
        drawn = pairing(language)
    elif parts == ["clusters"]:
        drawn = clusters.draw(sources, desk, query, language)
    elif parts[0] == "clusters" and len(parts) == 2:
        drawn = cluster.draw(sources, desk, parts[1], language)
    elif parts == ["desk"]:
        drawn = search.draw(sources, desk, query, language)
    elif parts[0] == "tickets" and len(parts) >= 3:
        drawn = ticket.draw(sources, desk, parts[1], "/".join(parts[2:]), language)
    elif parts == ["login"] and desk.people is not None:
        drawn = login.draw(sources, query, language)
    elif parts == ["account"] and desk.people is not None:
        drawn = account.draw(sources, desk, query, language)
    return drawn if drawn is not None else not_found(language)
