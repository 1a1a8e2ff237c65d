"""Incidents on a wall: the scene of one of them, and a line for each on the overview."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from layouts.parts.marks import aria, data
from layouts.parts.panel import panel

FIGURES = ("lead", "age", "next", "late", "report", "in")


def strip(said: Mapping[str, str]) -> Component:
    """Draw the lines of the overview; assets/matter_list.js writes them, and shows none of none."""
    return html.Section(
        [
            html.H2(said["scene_incidents"], className="strip-name"),
            html.Div(className="strip-rows", **data(matters="strip")),
            html.Span(className="strip-more", **data(matter="strip-more")),
        ],
        className="panel panel-strip",
        hidden=True,
        **data(panel="incidents", own="strip", state="late"),
        **aria(label=said["scene_incidents"]),
    )


def matters(said: Mapping[str, str]) -> Component:
    """Draw the scene once; assets/matter_scene.js writes one incident at a time into it."""
    none = html.Div(
        [
            html.P(
                [
                    html.Span(className="shape", **aria(hidden="true")),
                    html.Span(said["matter_untold"], **data(matter="none")),
                ],
                className="matter-calm",
            ),
            html.P(said["matter_none_about"], className="matter-calm-about"),
        ],
        className="matter-none",
        **data(matter="nothing"),
    )
    one = html.Div(
        [_told(said), html.Ol(className="matter-chain", **data(matters="chain")), _lower(said)],
        className="matter-case",
        hidden=True,
        **data(matter="case"),
    )
    note = [html.Span(className="facts", **data(matter="page"))]
    return panel("incidents", said["scene_incidents"], [none, one], note=note)


def _told(said: Mapping[str, str]) -> Component:
    standing = html.P(
        [
            html.Span(said["incidents_drill"], className="matter-drill", **data(matter="drill")),
            html.Span(
                className="mark", **data(severity="none", matter="mark"), **aria(hidden="true")
            ),
            html.Strong(**data(matter="severity")),
            html.Strong(className="matter-state", **data(matter="state")),
            html.Span(className="matter-number", **data(matter="number")),
        ],
        className="matter-standing",
    )
    figures = html.Dl(
        [
            html.Div(
                [
                    html.Dt(**data(figure_name=name)),
                    html.Dd(className="matter-value", **data(figure_value=name)),
                    html.Dd(className="matter-about", **data(figure_about=name)),
                ],
                className=f"matter-figure figure-{name}",
                **data(figure=name),
            )
            for name in FIGURES
        ],
        className="matter-figures",
    )
    return html.Div(
        [
            html.Div(
                [
                    standing,
                    html.P(className="matter-place", **data(matter="place")),
                    html.P(className="matter-title", **data(matter="title")),
                    html.P(className="facts matter-facts", **data(matter="facts")),
                ],
                className="matter-what",
            ),
            figures,
        ],
        className="matter-told",
    )


def _lower(said: Mapping[str, str]) -> Component:
    parties = html.Div(
        [
            html.P(
                [html.Span(said["incident_parties"]), html.Span(**data(matter="parties-more"))],
                className="matter-name",
            ),
            html.Div(className="matter-rows", **data(matters="parties")),
        ],
        className="matter-parties",
    )
    others = html.Div(
        [
            html.P(
                [html.Span(said["matter_others"]), html.Span(**data(matter="others-more"))],
                className="matter-name",
            ),
            html.Div(className="matter-rows", **data(matters="others")),
        ],
        className="matter-others",
        **data(matter="others"),
    )
    beside = html.Div([parties, others], className="matter-beside")
    return html.Div([beside, _series(said)], className="matter-lower")


def _series(said: Mapping[str, str]) -> Component:
    keys = (
        ("usual", said["matter_usual"]),
        ("above", said["chart_above"]),
        ("began", said["matter_mark_began"]),
        ("done", said["matter_mark_done"]),
    )
    frame = html.Div(
        [
            html.Div(
                className="matter-drawing",
                role="img",
                **aria(label=said["incident_series"]),
                **data(matter="series"),
            ),
            html.Span(className="matter-most", **data(matter="most")),
            html.Div(className="matter-marks", **data(matters="marks"), **aria(hidden="true")),
        ],
        className="matter-frame",
    )
    axis = html.Div(
        [
            html.Span(className="matter-from", **data(matter="from")),
            html.Span(className="matter-opened", **data(matter="opened")),
            html.Span(said["matter_today"], className="matter-now"),
        ],
        className="matter-axis",
        **data(matter="axis"),
    )
    return html.Div(
        [
            html.P(
                [
                    html.Span(said["incident_series"]),
                    html.Span(
                        [
                            html.Span(word, className=f"matter-key key-{name}")
                            for name, word in keys
                        ],
                        className="matter-keys",
                    ),
                ],
                className="matter-name",
            ),
            frame,
            axis,
            html.P(className="matter-back", **data(matter="back")),
        ],
        className="matter-series",
    )
