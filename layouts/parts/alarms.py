"""Alarms: the bar in the head that says how many wait, and the scene of a single one."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from layouts.parts.marks import aria, data
from layouts.parts.panel import panel

NUMBERS = 4


def alarm_bar(said: Mapping[str, str]) -> Component:
    """Draw the bar; its small symbol is the only thing on the wall that blinks."""
    return html.Div(
        [
            html.Button(
                [
                    html.Span(
                        className="mark alarm-symbol",
                        **data(severity="none", blinks="false"),
                        **aria(hidden="true"),
                    ),
                    html.Span(className="alarm-count"),
                    html.Span(className="alarm-name"),
                    html.Span(className="alarm-flooded"),
                ],
                className="alarm-lead",
                **data(scene_go=""),
            ),
        ],
        className="alarms",
        hidden=True,
        **data(panel="alarms", state="late"),
        **aria(label=said["alarms"]),
    )


def announcer() -> list[Component]:
    """Give the places of what is said aloud and of the words for a sound."""
    return [
        html.Div(className="announcer visually-hidden", role="status", **aria(live="polite")),
        html.Div(
            [html.Span(className="caption-shape", **aria(hidden="true")), html.Span()],
            className="caption",
            hidden=True,
        ),
    ]


def alarm_scene(said: Mapping[str, str]) -> Component:
    """Draw the panel of one alarm, to be read from the farthest seat."""
    standing = html.P(
        [
            html.Span(
                className="mark",
                **data(severity="none", case="mark"),
                **aria(hidden="true"),
            ),
            html.Strong(**data(case="severity")),
            html.Span(className="case-state", **data(case="state")),
        ],
        className="case-standing",
    )
    numbers = html.Div(
        [
            html.Div(
                [html.Span(className="case-value"), html.Span(className="case-word")],
                className="case-number",
            )
            for _ in range(NUMBERS)
        ],
        className="case-numbers",
        **data(case="numbers"),
    )
    told = html.Div(
        [
            standing,
            html.P(className="case-place", **data(case="place")),
            html.P(className="case-title", **data(case="title")),
            html.P(className="facts case-where", **data(case="where")),
            html.P(className="case-rarity", **data(case="rarity")),
            numbers,
        ],
        className="case-told",
    )
    proof = html.Div([_growth(said), _zones(said), _sure()], className="case-proof")
    return panel("alarm", said["alarm"], [html.Div([told, proof], className="case")], of="alarms")


def _growth(said: Mapping[str, str]) -> Component:
    axis = [html.Span(className="axis-from"), html.Span(said["now"], className="axis-now")]
    return html.Div(
        [
            html.P(
                [
                    html.Span(said["growth"]),
                    html.Span(said["growth_window"], className="key key-within"),
                ],
                className="case-name",
            ),
            html.Div(
                [
                    html.Span(className="growth-most"),
                    html.Div(
                        className="growth-frame",
                        role="img",
                        **aria(label=said["growth_about"]),
                        **data(case="growth"),
                    ),
                ],
                className="growth-box",
            ),
            html.Div(axis, className="growth-axis"),
        ],
        className="case-growth",
    )


def _zones(said: Mapping[str, str]) -> Component:
    return html.Div(
        [
            html.P(said["zones_covered"], className="case-name"),
            html.Div(className="case-rows", **data(case="zones")),
        ],
        className="case-zones",
    )


def _sure() -> Component:
    return html.Div(
        [
            html.P(className="case-name", **data(case="about")),
            html.P(className="case-sure", **data(case="sure")),
            html.P(className="facts case-reasons", **data(case="reasons")),
        ],
        className="case-sureness",
    )
