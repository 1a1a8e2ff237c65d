"""The ways to take a list away as a file, narrowed as it is on screen."""

from collections.abc import Mapping
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from layouts.ticket_face import Reader

FORMS = ("csv", "xlsx")


def exports(reader: Reader, name: str, asked: Mapping[str, str]) -> Component:
    """Draw them; `name` is the list's in the address, `asked` what narrows it."""
    query = urlencode({**asked, "lang": reader.language})
    links = [
        html.A(
            reader.words["search_export"].format(form=form.upper()),
            href=f"/api/v1/{name}.{form}?{query}", className="press",
        )
        for form in FORMS
    ]  # fmt: skip
    return html.Div(links, className="search-ways")
