"""What is so at this moment: numbers that assets/departments.js writes as pictures come in."""

from dash import html
from dash.development.base_component import Component

from layouts.departments_face import DepartmentsFace
from layouts.parts.duties import DUTIES
from layouts.parts.marks import aria, data

NOW = (
    *("open_now", "overdue_now", "yellow_now", "red_now", "urgent_open"),
    *("opened_today", "closed_today"),
)


def _stage(name: str, face: DepartmentsFace) -> Component | str:
    """Name a stage; it leads to its tickets where somebody may look for them."""
    word = face.words[f"duty_{name}"]
    return html.A(word, href=f"{face.search}&duty={name}") if face.search else word


def live_now(face: DepartmentsFace) -> Component:
    """Draw the numbers of a scope's picture, once; they start late, as nothing has come yet."""
    said = face.words
    numbers = [
        html.Div([html.Dt(said[name]), html.Dd("–", **data(kpi=name))], className="bureau-number")
        for name in NOW
    ]
    stages = [
        html.Div(
            [
                html.Dt(_stage(name, face)),
                html.Dd("–", **data(stage=name)),
                html.Dd(className="bureau-n", **data(stage_age=name)),
                html.Dd(className="bureau-n", **data(stage_late=name)),
            ],
            className="bureau-number",
        )
        for name in DUTIES
    ]
    return html.Section(
        [
            html.Header(
                [
                    html.H2(said["departments_now"]),
                    html.Span(face.live_whole, className="bureau-n"),
                    html.Span(
                        [
                            html.Span(className="shape", **aria(hidden="true")),
                            html.Strong(said["late"], className="freshness-word"),
                            html.Span(said["waiting"], className="freshness-detail"),
                        ],
                        className="bureau-fresh",
                        role="status",
                    ),
                ],
                className="bureau-card-head",
            ),
            html.Dl(numbers, className="bureau-numbers"),
            html.Dl(stages, className="bureau-numbers bureau-stages"),
        ],
        className="bureau-now",
        **data(panel="totals", state="late"),
    )
