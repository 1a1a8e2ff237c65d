"""Departments side by side: load, on time, solved, satisfied, each with its course."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from layouts.parts.marks import aria, data
from layouts.parts.panel import panel

MOST_COLUMNS = 3
MEASURES = ("load", "cards", "on_time", "solved", "satisfaction")


def performance(said: Mapping[str, str]) -> Component:
    """Draw the panel; assets/performance.js writes its rows on scales they share."""
    names = {
        "load": said["column_open"],
        "cards": said["cards"],
        "on_time": said["on_time_rate"],
        "solved": said["solved_rate"],
        "satisfaction": said["satisfaction_rate"],
    }
    head = [
        html.Div(
            [
                html.Span(said["ticket_department"]),
                *(
                    html.Span(
                        [names[one], html.Span(className="head-scale", **data(scale=one))],
                        className=f"head-{one}",
                    )
                    for one in MEASURES
                ),
            ],
            className="row row-head row-performance",
        )
        for _ in range(MOST_COLUMNS)
    ]
    note = [html.Span(said["performance_key"]), html.Span(**data(performance="more"))]
    return panel(
        "performance",
        said["performance"],
        [
            html.Div(head, className="performance-heads", **aria(hidden="true")),
            html.Div(className="rows", **data(rows="performance")),
        ],
        note=note,
        of="departments",
    )
