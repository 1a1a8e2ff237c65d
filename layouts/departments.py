"""The pages of departments: one step of the way from the city down to a category of one of them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.departments_face import (
    Choice,
    DepartmentsFace,
    FigureFace,
    FiguresFace,
    ScoreFace,
    TicketList,
)
from layouts.parts.figure_table import figure_table
from layouts.parts.figures import card
from layouts.parts.header import language_switch
from layouts.parts.live_now import live_now
from layouts.parts.marks import aria, data
from layouts.parts.snapshot import snapshot
from layouts.parts.watermark import watermark
from layouts.values import told

FORMS = {"csv": "CSV", "xlsx": "Excel"}


Drawn = Component | dict[str, Any] | None
"""A part of a page, or what one is written down as."""


def departments(face: DepartmentsFace, figures: Sequence[Drawn] = ()) -> Component:
    """Draw the page around its figures, as `figured` draws them.

    assets/departments.js writes what is live into it and brings Back to life.
    """
    said, language = face.words, face.reader.language
    body = (
        _body(face, figures)
        if not face.told
        else [html.P(face.told, className="told", role="alert")]
    )
    return html.Main(
        [
            html.Script(json.dumps(face.facts()), id=ids.PAGE_FACTS, type="application/json"),
            _crumbs(face),
            html.Header(
                [
                    html.H1(face.title),
                    html.Span(said["demo"], className="demo") if face.reader.demo else None,
                    _taken_away(face),
                    language_switch(language, path=face.path, query=face.query),
                ],
                className="bureau-head",
            ),
            _period(face),
            *body,
            watermark(face.reader.mark),
        ],
        className="bureau",
        lang="zh-CN" if language == "zh" else "en",
        **data(scope=face.live, state="late", link="waiting"),
    )


def _taken_away(face: DepartmentsFace) -> Component:
    """Draw the ways to take what is on screen away."""
    said = face.words
    asked = urlencode({**face.query, "lang": face.reader.language})
    links = [
        html.A(
            said["departments_export"].format(form=called),
            href=f"/api/v1{face.path}.{form}?{asked}",
            className="press",
            title=said["departments_export_about"],
        )
        for form, called in FORMS.items()
        if not face.told
    ]
    paper = html.Button(said["departments_print"], className="press", **data(print=""))
    reader = face.reader
    picture = snapshot(reader.name, reader.zone.key, reader.offset, reader.language)
    return html.Div([*links, picture, paper], className="bureau-taken")


def figured(face: FiguresFace) -> list[Component]:
    """Draw the figures of a step: the score, the departments, each figure, the other tables."""
    units = [table for table in face.tables if table.scored]
    return [
        *([_score(face.score, face)] if face.score else []),
        *(figure_table(table, face) for table in units),
        *(_group(title, figures, face) for title, figures in face.groups),
        *(figure_table(table, face) for table in face.tables if table not in units),
    ]


def _body(face: DepartmentsFace, figures: Sequence[Drawn]) -> list[Drawn]:
    said = face.words
    first, last = face.first, face.last
    return [
        live_now(face) if face.live else None,
        html.P(
            said["departments_counting"].format(share=f"{face.counted * 100:.0f}"),
            className="told",
            role="status",
        )
        if face.counted < 1
        else None,
        html.P(
            said["departments_period_told"].format(first=first, last=last, before=face.before),
            className="bureau-period",
        ),
        *figures,
        html.Div([_tickets(one) for one in face.lists], className="bureau-lists")
        if face.lists
        else None,
        html.P(html.A(said["departments_tickets"], href=face.search, className="press"))
        if face.search
        else None,
    ]


def _group(title: str, figures: Sequence[FigureFace], face: FiguresFace) -> Component:
    cards = [card(one, face.days, face.language) for one in figures]
    return html.Section(
        [html.H2(title), html.Div(cards, className="bureau-cards")], className="bureau-group"
    )


def _crumbs(face: DepartmentsFace) -> Component:
    said = face.words
    *above, here = face.crumbs
    back = above[-1].href if above else f"/?lang={face.reader.language}"
    steps = [html.Li(html.A(one.name, href=one.href)) for one in above]
    return html.Nav(
        [
            html.A(said["departments_back"], href=back, className="press", **data(way_back="")),
            html.Ol([*steps, html.Li(html.Span(here.name, **aria(current="page")))]),
        ],
        className="bureau-crumbs",
        **aria(label=said["departments_crumbs"]),
    )


def _period(face: DepartmentsFace) -> Component:
    said = face.words
    own = html.Form(
        [
            *(
                dcc.Input(type="hidden", name=name, value=value)
                for name, value in face.kept.items()
            ),
            _day(said["departments_from"], "from", face.first),
            _day(said["departments_to"], "to", face.last),
            html.Button(said["departments_show"], type="submit", className="press"),
        ],
        action=face.path,
        method="get",
        className="bureau-own",
    )
    return html.Nav(
        [
            _choices(said["departments_levels"], face.levels) if face.levels else None,
            _choices(said["departments_period"], face.periods),
            html.Details(
                [
                    html.Summary(f"{said['departments_months']} · {said['departments_own']}"),
                    _choices(said["departments_months"], face.months),
                    own,
                ],
                className="bureau-more",
                **data(kept="periods"),
            ),
        ],
        className="bureau-choices",
        **aria(label=said["departments_period"]),
    )


def _day(name: str, field: str, value: str) -> Component:
    return html.Label(
        [
            html.Span(name),
            dcc.Input(
                type="text", name=field, value=value, required=True, maxLength=10,
                pattern=r"\d{4}-\d{2}-\d{2}", placeholder="2026-11-24", autoComplete="off",
            ),
        ],
        className="press-field",
    )  # fmt: skip


def _choices(title: str, choices: Sequence[Choice]) -> Component:
    links = [
        html.A(one.name, href=one.href, className="choice",
               **(aria(current="true") if one.stands else {}))
        for one in choices
    ]  # fmt: skip
    return html.Div([html.Span(title, className="choice-name"), *links], className="choices")


def _score(face: ScoreFace, page: FiguresFace) -> Component:
    said, language = page.words, page.language
    if face.value is None:
        value: list[Component] = [html.P(said["departments_no_score"])]
    else:
        before = "–" if face.before is None else f"{face.before:.3f}"
        value = [
            html.P(
                [
                    html.Strong(f"{face.value:.3f}", className="bureau-value"),
                    html.Span(
                        face.band, className="bureau-band", role="img",
                        **aria(label=said["departments_band_is"].format(band=face.band)),
                        **data(band=face.band),
                    ),
                ]
            ),
            html.P(said["departments_score_before"].format(value=before)),
        ]  # fmt: skip
    parts = [
        html.Li(
            [
                html.Span(part.name),
                html.Span(
                    said["departments_part"].format(
                        actual=told(part.actual, part.unit, language),
                        target=told(part.target, part.unit, language),
                        n=f"{part.n:,}",
                    ),
                    className="bureau-n",
                ),
                html.Span(_moved(part.contribution), className="bureau-gives"),
                html.Span(
                    "–" if part.change is None else _moved(part.change), className="bureau-moves"
                ),
            ],
            **data(gives="more" if part.contribution >= 0 else "less"),
        )
        for part in face.parts
    ]
    return html.Section(
        [
            html.Div([html.H2(said["departments_score"]), *value], className="bureau-score-value"),
            html.Div([_parts_head(said), html.Ol(parts)], className="bureau-parts")
            if parts
            else None,
            html.P(said["departments_score_about"], className="bureau-n"),
        ],
        className="bureau-score",
    )


def _parts_head(said: Mapping[str, str]) -> Component:
    return html.P(
        [
            html.Strong(said["departments_moved"]),
            html.Span(said["departments_gives"]),
            html.Span(said["departments_moves"]),
        ],
        className="bureau-parts-head",
    )


def _moved(amount: float) -> str:
    told = round(amount, 3)  # what rounds to nothing has no direction
    return f"{'+' if told > 0 else '−' if told < 0 else '±'}{abs(told):.3f}"


def _tickets(face: TicketList) -> Component:
    rows = [
        html.Li(
            html.A(
                [
                    html.Strong(line.name),
                    html.Span(line.where, className="bureau-n"),
                    html.Span(
                        line.note, className="bureau-note", **data(late=str(line.late).lower())
                    ),
                    *(html.Span(one, className="bureau-reason") for one in line.reasons),
                ],
                href=line.href,
            )
        )
        for line in face.lines
    ]
    return html.Section(
        [html.H2(face.title), html.Ul(rows) if rows else html.P(face.nothing)],
        className="bureau-list",
        **data(list=face.name),
    )
