"""The five responsibilities as a chain, and the loose ends with the departments that have most."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from layouts.parts.marks import aria, data
from layouts.parts.panel import panel

DUTIES = ("clarify", "perform", "fulfil", "supervise", "account")
ENDS = ("bouncing", "orphans", "repeats", "uncarded", "uncalled", "unsolved")


def duties(said: Mapping[str, str]) -> Component:
    """Draw the panel once; assets/duties.js writes into it."""
    chain = [_stage(name, said) for name in DUTIES]
    ends = [_end(name, said) for name in ENDS]
    return panel(
        "duties",
        said["duties"],
        [
            html.Ol(chain, className="duty-chain"),
            html.H2(said["loose_ends"], className="loose-title"),
            html.Ul(ends, className="loose-ends"),
        ],
        note=[html.Span(said["duties_key"])],
    )


def _stage(name: str, said: Mapping[str, str]) -> Component:
    return html.Li(
        [
            html.Span(
                [
                    html.Strong(said[f"duty_{name}"]),
                    html.Span(said[f"duty_{name}_about"], className="duty-about"),
                ],
                className="duty-name",
            ),
            html.Strong("–", className="duty-tickets"),
            html.Span(className="duty-bar", **aria(hidden="true")),
            html.Span(className="duty-age"),
            html.Span(className="duty-late"),
        ],
        className="duty-stage",
        **data(duty=name),
    )


def _end(name: str, said: Mapping[str, str]) -> Component:
    return html.Li(
        [
            html.Span(said[f"end_{name}"], className="loose-name"),
            html.Strong("–", className="loose-tickets"),
            html.Span(className="loose-worst"),
        ],
        className="loose-end",
        **data(end=name),
    )
