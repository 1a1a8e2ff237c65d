"""The city in a row of large numbers."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from layouts.parts.marks import aria, data

COUNTS = (
    "opened_today",
    "closed_today",
    "open_now",
    "overdue_now",
    "urgent_open",
    "unassigned_now",
)
RATES = ("on_time_rate", "solved_rate", "satisfaction_rate")
NARROWS = {"overdue_now": "overdue", "urgent_open": "urgent", "unassigned_now": "unassigned"}


def numbers(said: Mapping[str, str]) -> Component:
    """Draw the row; a number that can narrow the map is a button."""
    return html.Section(
        [*(_count(name, said) for name in COUNTS), *(_rate(name, said) for name in RATES)],
        className="numbers",
        **data(panel="totals", state="late"),
        **aria(label=said["totals"]),
    )


def _count(name: str, said: Mapping[str, str]) -> Component:
    parts = [
        html.Span(said[name], className="number-name"),
        html.Span("–", className="number-value", **data(kpi=name)),
        html.Span(className="number-note", **data(note=name)),
        _range_bar() if name == "opened_today" else None,
    ]
    look = f"number number-{name}"
    if name not in NARROWS:
        return html.Div(parts, className=look)
    return html.Div(
        parts,
        className=look,
        role="button",
        tabIndex=0,
        **data(narrow="measure", value=NARROWS[name]),
        **aria(pressed="false"),
    )


def _range_bar() -> Component:
    """Show where the count stands against its usual range, without a word."""
    return html.Span(
        [html.Span(className="range-usual"), html.Span(className="range-mark")],
        className="range",
        **aria(hidden="true"),
    )


def _rate(name: str, said: Mapping[str, str]) -> Component:
    return html.Div(
        [
            html.Span([said[name], html.Span(className="number-period")], className="number-name"),
            html.Span(
                [
                    html.Span("–", **data(kpi=name)),
                    html.Span("%", className="number-unit"),
                ],
                className="number-value",
            ),
            html.Span(className="number-note", **data(note=name)),
        ],
        className=f"number number-rate number-{name}",
    )
