"""What the pages of campaigns share: where they are, and the drawing of the days."""

import json

from dash import html
from dash.development.base_component import Component

from layouts.campaigns_face import BurndownFace
from layouts.parts.marks import aria, data
from layouts.ticket_face import Reader

CAMPAIGNS, API = "/campaigns", "/api/v1/campaigns"


def burndown(face: BurndownFace, reader: Reader) -> Component:
    """Draw the days against the line of the target; assets/burndown.js draws the lines."""
    said = reader.words
    drawn = {"actual": list(face.actual), "wanted": list(face.wanted), "share": face.share}
    told = " · ".join(filter(None, (face.told, face.ahead, face.flow)))
    keys = [
        html.Span(said[f"campaign_{name}"], className="campaign-key", **data(line=name))
        for name in ("actual", "wanted")
    ]
    return html.Figure(
        [
            html.Div(
                className="campaign-chart",
                role="img",
                **aria(label=told),
                **data(burndown=json.dumps(drawn, separators=(",", ":"))),
            ),
            html.Div([html.Span(face.first), *keys, html.Span(face.last)],
                     className="campaign-axis"),
            html.Figcaption([html.P(html.Strong(face.told)), html.P(face.ahead),
                             html.P(face.flow, className="fine")]),
        ],
        className="campaign-figure",
    )  # fmt: skip
