"""What speaks for a cluster in numbers: its course over time, and other radii and windows."""

import json
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from layouts.evidence.face import Data, EvidenceFace
from layouts.evidence.summary import section
from layouts.evidence.telling import expected, kilometres, length, reach, recurrence
from layouts.parts.marks import aria, data

SURE_D = 100.0


def course(told: Data, face: EvidenceFace) -> Component:
    """Give the chart its numbers; assets/evidence_chart.js draws it."""
    said, run = face.words, told["course"]
    hourly = run["step_h"] == 1
    if run["expected"] is None:
        words = said["dossier_course_no_past"]
    else:
        words = said["dossier_course_said"].format(
            observed=f"{sum(run['in_window']):,}",
            days=f"{run['past_d']:.0f}",
            expected=expected(sum(run["expected_in_window"]), face),
        )
    keys = html.P(
        [
            html.Span(said["dossier_course_inside"], className="key key-inside"),
            html.Span(said["dossier_course_before"], className="key key-before"),
            html.Span(said["dossier_course_usual"], className="key key-usual")
            if run["expected"] is not None else None,
        ],
        className="keys",
    )  # fmt: skip
    unit = said["dossier_course_hour" if hourly else "dossier_course_day"]
    chart = html.Div(
        className="course",
        role="img",
        **aria(label=f"{unit}: {words}"),
        **data(course=json.dumps(_drawn(told), separators=(",", ":"))),
    )
    more = said["dossier_course_differs"] if run["expected"] is not None else ""
    return section(
        "course",
        said["dossier_course"],
        [html.P(words), keys, chart, html.P(more, className="fine") if more else None],
        unit,
    )


def _drawn(told: Data) -> Data:
    """Give what the chart draws; times in milliseconds since 1970."""
    run = told["course"]

    def ms(iso: str) -> int:
        return round(datetime.fromisoformat(iso).timestamp() * 1000)

    return {
        "step_ms": run["step_h"] * 3_600_000,
        "starts": [ms(iso) for iso in run["starts"]],
        "window": [ms(told["start"]), ms(told["as_of"])],
        **{name: run[name] for name in ("observed", "in_window", "expected", "low", "high")},
        "expected_in_window": run["expected_in_window"],
    }


def table(told: Data, face: EvidenceFace) -> Component:
    """Draw the table of radius by window as a small heat-map with words."""
    said, made = face.words, told["sensitivity"]
    if made is None:
        return section("table", said["dossier_table"], [html.P(said["dossier_table_no"])])
    heads = [
        html.Th(
            [html.Span(said["dossier_table_window"]), " ", length(hours, face)],
            scope="col",
            className="found-line" if column == made["found"][1] else "",
        )
        for column, hours in enumerate(made["windows_h"])
    ]
    rows = [
        html.Tr(
            [
                html.Th(
                    kilometres(radius, face) if told["extent"] == "circle" else reach(told, face),
                    scope="row",
                    className="found-line" if row == made["found"][0] else "",
                ),
                *(
                    _cell(cell, [row, column] == made["found"], face)
                    for column, cell in enumerate(made["cells"][row])
                ),
            ]
        )
        for row, radius in enumerate(made["radii_km"])
    ]
    whole = html.Table(
        [
            html.Thead(html.Tr([html.Td(said["dossier_where"]), *heads])),
            html.Tbody(rows),
        ],
        className="heat",
    )
    return section(
        "table",
        said["dossier_table"],
        [html.P(said["dossier_table_about"]), html.Div(whole, className="scrolls", tabIndex=0)],
    )


def _cell(cell: Data | None, found: bool, face: EvidenceFace) -> Component:
    said = face.words
    if cell is None:
        words, note, level = said["dossier_table_few"].format(n=face.least_callers), "", "few"
    elif not cell["observed"]:
        words, note, level = said["dossier_table_none"], "", "few"
    else:
        words = f"{cell['observed']} / {expected(cell['expected'], face)}"
        above = cell["statistic"] > 0
        days = cell["recurrence_d"]
        note = recurrence(days, face) if above else said["dossier_table_usual"]
        level = "usual" if not above else "sure" if days >= SURE_D else "some"
    parts = [html.Span(words), html.Small(note) if note else None]
    if found:
        parts.append(html.Small(said["dossier_table_found"], className="found-word"))
    look = f"heat-{level} heat-found" if found else f"heat-{level}"
    return html.Td(parts, className=look)
