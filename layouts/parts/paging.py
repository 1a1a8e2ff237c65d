"""The ways between the pages of a list: to the next one, and back to its head."""

from collections.abc import Mapping
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from layouts.parts.marks import aria, data


def ways(
    said: Mapping[str, str], path: str, asked: Mapping[str, str], *, after: str, first: bool
) -> Component | None:
    """Draw them; `asked` is what the address asks for beside the place, `after` the next place."""
    kept = {name: value for name, value in asked.items() if value and name != "after"}
    links = []
    if not first:
        links.append(_way(said["pages_first"], f"{path}?{urlencode(kept)}", "first"))
    if after:
        query = urlencode({**kept, "after": after})
        links.append(_way(said["pages_next"], f"{path}?{query}", "next"))
    if not links:
        return None
    return html.Nav(links, className="search-ways pages-ways", **aria(label=said["pages"]))


def _way(name: str, href: str, way: str) -> Component:
    key = {"first": "ArrowLeft", "next": "ArrowRight"}[way]
    return html.A(name, href=href, className="press", **data(page=way), **aria(keyshortcuts=key))
