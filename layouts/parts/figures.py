"""Figures as pages show them: a value with its number of cases, target, history and definition."""

import json
from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from layouts.departments_face import Corrected, FigureFace
from layouts.parts.marks import aria, data
from layouts.values import difference, signed, told
from layouts.wording import Language, words


def card(face: FigureFace, days: Sequence[str], language: Language) -> Component:
    """Draw one figure; assets/figure_charts.js draws its history."""
    said = words(language)
    aim = said["departments_no_target"]
    if face.target is not None:
        aim = said["departments_target"].format(value=told(face.target, face.unit, language))
    return html.Article(
        [
            html.Header([html.H3(face.name), _band(face.band, said)], className="bureau-card-head"),
            html.P(
                [
                    html.Strong(told(face.value, face.unit, language), className="bureau-value"),
                    *_cases(face.n, face.unit, said),
                ],
                className="bureau-says",
            ),
            html.P(
                [html.Span(aim), _moved(face, language)]
                + ([html.Span(said["departments_few"])] if face.few else []),
                className="bureau-beside",
            ),
            _chart(face, days, language),
            _definition(face, said),
        ],
        className="bureau-card",
        **data(figure=face.code, few=str(face.few).lower(), band=face.band or "none"),
    )


def _band(band: str, said: Mapping[str, str]) -> Component | None:
    if not band:
        return None
    return html.Span(
        band, className="bureau-band", role="img", title=said["departments_band"],
        **aria(label=said["departments_band_is"].format(band=band)), **data(band=band),
    )  # fmt: skip


def _cases(n: int, unit: str, said: Mapping[str, str]) -> list[Component]:
    """Say on how many a value rests; a plain count is that number itself."""
    if unit == "tickets":
        return []
    return [html.Span(said["sample_n"].format(n=f"{n:,}"), className="bureau-n")]


def _moved(face: FigureFace, language: Language) -> Component:
    said = words(language)
    before = told(face.before, face.unit, language)
    if face.unit != "tickets":
        before = f"{before} ({said['sample_n'].format(n=f'{face.before_n:,}')})"
    change = difference(face.value, face.before, face.unit, language)
    return html.Span(
        [
            html.Span(change, className="bureau-change", **data(moved=face.moved or "none")),
            html.Span(said["departments_before"].format(value=before)),
        ],
        className="bureau-before",
    )


def _chart(face: FigureFace, days: Sequence[str], language: Language) -> Component:
    said = words(language)
    known = [one for one in face.points if one is not None]
    label = said["departments_chart_none"].format(name=face.name)
    if known and days:
        low, high = (told(one, face.unit, language) for one in (min(known), max(known)))
        kind = "departments_chart" if face.unit == "tickets" else "departments_chart_weeks"
        label = said[kind].format(name=face.name, first=days[0], last=days[-1], low=low, high=high)
    drawn = {
        "unit": face.unit,
        "points": list(face.points),
        "cases": list(face.cases),
        "target": face.target,
        "corrected": [days.index(one.day) for one in face.corrected if one.day in days],
    }
    return html.Div(
        className="bureau-chart",
        role="img",
        **aria(label=label),
        **data(chart=json.dumps(drawn, separators=(",", ":"))),
    )


def _definition(face: FigureFace, said: Mapping[str, str]) -> Component:
    note = corrections(face.corrected, said)
    return html.Details(
        [
            html.Summary(
                [
                    html.Span(said["departments_means"]),
                    html.Span(note, className="bureau-corrected") if note else None,
                ]
            ),
            html.P(face.means),
            html.Ul(
                [
                    html.Li(
                        said["departments_corrected_day"].format(
                            day=one.day, n=corrections([one], said)
                        )
                    )
                    for one in face.corrected
                ]
            )
            if face.corrected
            else None,
        ],
        className="bureau-means",
        **data(kept=f"means-{face.code}"),
    )


def corrections(days: Sequence[Corrected], said: Mapping[str, str]) -> str:
    """Say what came in late: 更正 +3（达标 +1）; nothing where nothing did."""
    if not days:
        return ""
    cases, good = sum(one.cases for one in days), sum(one.good for one in days)
    note = said["departments_corrected"].format(n=signed(cases))
    return note + (said["departments_corrected_good"].format(n=signed(good)) if good else "")
