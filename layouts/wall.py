"""The wall: one screen that says what is abnormal, where, since when, and who holds it."""

import json
from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.face import Face
from layouts.parts.alarms import alarm_scene, announcer
from layouts.parts.city_map import city_map
from layouts.parts.clusters import clusters
from layouts.parts.duties import duties
from layouts.parts.header import header
from layouts.parts.marks import aria, data
from layouts.parts.matters import matters, strip
from layouts.parts.numbers import numbers
from layouts.parts.panel import panel, rows
from layouts.parts.performance import performance
from layouts.parts.scenes import FIRST, foot


def wall(face: Face) -> Component:
    """Draw the wall once; from then on assets/live.js writes into it."""
    said = face.words
    of_district = face.scope.startswith("district-")
    of_department = face.scope.startswith("department-")
    return html.Main(
        [
            html.Script(json.dumps(face.facts()), id=ids.PAGE_FACTS, type="application/json"),
            html.Div(
                [
                    header(face),
                    numbers(said),
                    strip(said),
                    html.Div(
                        [clusters(said), _categories(said), _volume(said), _recent(said)],
                        className="side side-left",
                    ),
                    city_map(face),
                    html.Div(
                        [
                            _towns(said) if of_department else _departments(said),
                            _towns(said) if of_district else _districts(said),
                            panel("channels", said["channels"], rows("channels")),
                        ],
                        className="side side-right",
                    ),
                    alarm_scene(said),
                    None if of_department else performance(said),
                    duties(said),
                    matters(said),
                    foot(said, face.scope),
                ],
                className="wall-grid",
            ),
            *announcer(),
        ],
        id=ids.WALL,
        className="wall",
        lang="zh-CN" if face.language == "zh" else "en",
        style=face.type_scale,
        **data(
            scope=face.scope,
            seq="",
            state="late",
            link="waiting",
            scene=FIRST,
            gathering="none",
            matters="none",
            software=face.software,
            visitors="",
        ),
    )


def _categories(said: Mapping[str, str]) -> Component:
    calm = html.P(
        [html.Span(className="shape", **aria(hidden="true")), html.Span(said["calm"])],
        className="calm",
        hidden=True,
    )
    return panel("categories", said["categories"], [calm, *rows("categories")])


def _districts(said: Mapping[str, str]) -> Component:
    columns = ["", "", said["column_today"], said["column_open"], said["column_overdue"]]
    return panel("districts", said["districts"], rows("districts", columns), note=_columns(said))


def _towns(said: Mapping[str, str]) -> Component:
    """Stand where a table of one row would: a district in its own wall, a department in its."""
    columns = ["", "", said["column_today"], said["column_open"], said["column_overdue"]]
    body = rows("towns", columns, look="districts")
    return panel("towns", said["towns"], body, note=_columns(said))


def _columns(said: Mapping[str, str]) -> list[Component]:
    """Name the two numbers of each place where the table stands in two columns without a head."""
    both = f"{said['column_open']} · {said['column_overdue']}"
    return [html.Span(both, className="columns-note")]


def _departments(said: Mapping[str, str]) -> Component:
    names = ("column_open", "column_overdue", "column_on_time", "column_sample")
    columns = ["", *(said[name] for name in names)]
    return panel("departments", said["departments"], rows("departments", columns))


def _recent(said: Mapping[str, str]) -> Component:
    return panel("recent", said["recent"], rows("recent"))


def _volume(said: Mapping[str, str]) -> Component:
    last_hour = [
        html.Span(said["last_hour"]),
        html.Strong("–", **data(kpi="opened_last_hour")),
        html.Span(**data(note="opened_last_hour")),
    ]
    key = html.P(
        [
            html.Span(said["chart_band"], className="key key-band"),
            html.Span(said["chart_above"], className="key key-above"),
        ],
        className="chart-key",
    )
    chart = html.Div(className="chart", role="img", **aria(label=said["volume_about"]))
    return panel(
        "volume",
        said["volume"],
        [html.Div([chart, key], className="chart-frame")],
        note=last_hour,
    )
