"""The page a new wall shows until an administrator has let it in: a code, large."""

from dash import html
from dash.development.base_component import Component

from layouts.parts.marks import aria, data
from layouts.wording import Language, words


def pairing(language: Language, software: str) -> Component:
    """Draw the page; assets/paired.js writes the code into it and goes on to the wall."""
    said = words(language)
    return html.Main(
        [
            html.H1(said["pair_title"]),
            html.P("······", className="pair-code", **aria(label=said["pair_code"], live="polite")),
            html.P(said["pair_about"]),
            html.P(said["pair_waiting"], className="pair-state", role="status"),
        ],
        className="home home-lost pair",
        lang="zh-CN" if language == "zh" else "en",
        **data(away=said["pair_away"], asking=said["pair_waiting"], software=software),
    )
