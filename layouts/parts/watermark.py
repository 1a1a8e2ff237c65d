"""Who looks at rows of tickets, and when, over the whole of a page and of its print."""

from dash import html
from dash.development.base_component import Component

from layouts.parts.marks import aria

MARKS = 96


def watermark(said: str) -> Component:
    """Draw the words again and again; they take no pointer, and no voice reads them."""
    return html.Div(
        [html.Span(said) for _ in range(MARKS)], className="reader-marks", **aria(hidden="true")
    )
