"""Clusters: the ranked list of what gathers where, and what the watch rests on."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from layouts.parts.marks import aria, data
from layouts.parts.panel import panel, rows


def clusters(said: Mapping[str, str]) -> Component:
    """Draw the panel; assets/cluster_list.js writes its rows, or that there is none."""
    calm = html.Div(
        [
            html.P(
                [
                    html.Span(className="mark", **data(severity="none"), **aria(hidden="true")),
                    html.Span(said["not_watching"], **data(watch="state")),
                ],
                className="watch-state",
            ),
            html.P(className="watch-about", **data(watch="about")),
        ],
        className="watch",
    )
    return panel(
        "clusters",
        said["clusters"],
        [calm, *rows("clusters"), html.P(className="watch-foot", **data(watch="foot"))],
        note=[html.Span(**data(watch="more"))],
    )


def quality(said: Mapping[str, str]) -> Component:
    """Draw the line that says how good the data is; it stands in the foot of every scene."""
    return html.Div(
        [
            html.Span(said["quality"], className="quality-name"),
            html.Span(className="facts quality-facts", **data(quality="facts")),
        ],
        className="quality",
        hidden=True,
        **data(panel="clusters", state="late"),
    )
