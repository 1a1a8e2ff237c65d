"""A history as a line of time."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.ticket_face import Reader, Step


def timeline(steps: Sequence[Step], reader: Reader) -> Component:
    """Draw steps, in the order they are given."""
    return html.Ol(
        [
            html.Li(
                [
                    html.Time(reader.moment(step.at), dateTime=step.at.isoformat()),
                    html.Span(step.words),
                ]
            )
            for step in steps
        ],
        className="timeline",
    )
