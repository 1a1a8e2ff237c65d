"""What every page stands in: the HTML document, the address, the place for a notice."""

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.wording import WORDS, Language

INDEX_STRING = """<!DOCTYPE html>
<html lang="{language}">
    <head>
        {%metas%}
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="dark">
        <meta name="theme-color" content="#12171d">
        <meta name="description" content="{description}">
        <title>{%title%}</title>
        {%favicon%}
        {%css%}
    </head>
    <body>
        {%app_entry%}
        <footer>
            {%config%}
            {%scripts%}
            {%renderer%}
        </footer>
    </body>
</html>"""


def index_string(language: Language) -> str:
    """Give Dash's document in the language a screen starts in."""
    tag = "zh-CN" if language == "zh" else "en"
    page = INDEX_STRING.replace("{language}", tag)
    return page.replace("{description}", WORDS["description"][language])


def title(language: Language) -> str:
    """Give the document's title."""
    return f"{WORDS['product'][language]} · {WORDS['centre'][language]}"


def page() -> Component:
    """Give the one layout of the application; a callback fills the screen once."""
    return html.Div(
        [
            dcc.Location(id=ids.ADDRESS, refresh=False),
            html.Div(id=ids.NOTICE, className="notice", role="alert"),
            html.Div(id=ids.SCREEN, className="screen"),
        ],
        className="shell",
    )
