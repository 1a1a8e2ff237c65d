"""The complaints of the matter day by day against what is usual, with the measures of each day.

Drawn by assets/incident_course.js from the numbers that stand beside it; the table has them all.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import CourseFace, DayFace, IncidentFace, Piece
from layouts.parts.marks import aria, data

MARKS = (("began_us", "incident_act_begin"), ("done_us", "incident_act_complete"))


def series(course: CourseFace, measures: Sequence[Piece], face: IncidentFace) -> list[Component]:
    """Draw the whole days around the opening; today is not over yet."""
    said = face.words
    if not course.days and not any(one.count for one in course.led_up):
        return [html.P(said["incident_series_none"], className="inc-fine")]
    marks = _marks(measures, face)
    return [
        html.P(_summary(course, face), className="inc-course-told"),
        html.Div(
            className="inc-course", role="img",
            **aria(label=_summary(course, face)), **data(course=_told(course, marks)),
        ),
        html.P(
            [
                html.Span(said["incident_series_count"], className="inc-key inc-key-count"),
                html.Span(said["incident_series_above"], className="inc-key inc-key-above"),
                html.Span(said["incident_series_bound"], className="inc-key inc-key-band"),
                html.Span(said["incident_series_back"], className="inc-key inc-key-back"),
            ],
            className="inc-keys",
        ),
        html.Ol([html.Li(f"{day} {name}") for day, name in marks], className="inc-course-marks"),
        html.Details(
            [
                html.Summary(said["incident_series_table"]),
                html.P(said["incident_series_none"], className="inc-fine")
                if not course.days
                else _table(course.days, marks, face),
            ],
            className="inc-course-table",
        ),
    ]  # fmt: skip


def _summary(course: CourseFace, face: IncidentFace) -> str:
    """Say in words what the drawing shows."""
    said = face.words
    if not course.days:
        return said["incident_series_none"]
    above = sum(one.is_above for one in course.days)
    told = said["incident_series_told"].format(n=len(course.days), above=above, back=course.back)
    unknown = sum(one.count is None for one in course.days)
    return told + said["incident_series_gap"].format(n=unknown) if unknown else told


def _told(course: CourseFace, marks: Sequence[tuple[str, str]]) -> str:
    """Give the numbers the drawing is made of."""
    days = [*course.led_up, *course.days]
    return json.dumps(
        {
            "days": [one.day for one in days],
            "counts": [one.count for one in days],
            "usual": [round(one.usual, 2) for one in days],
            "bounds": [round(one.bound, 2) for one in days],
            "opened": len(course.led_up),
            "back": course.back,
            "marks": [day for day, _ in marks],
        }
    )


def _table(
    days: Sequence[DayFace], marks: Sequence[tuple[str, str]], face: IncidentFace
) -> Component:
    said = face.words
    names = ("day", "count", "usual", "bound", "standing", "measures")
    heads = [said[f"incident_series_{name}"] for name in names]
    return html.Div(
        html.Table(
            [
                html.Thead(html.Tr([html.Th(one, scope="col") for one in heads])),
                html.Tbody([_row(one, marks, face) for one in days[::-1]]),
            ],
            className="inc-series",
        ),
        className="inc-series-box",
        tabIndex="0",
        role="region",
        **aria(label=said["incident_series"]),
    )


def _row(day: DayFace, marks: Sequence[tuple[str, str]], face: IncidentFace) -> Component:
    said = face.words
    standing = "back" if day.is_back else "above" if day.is_above else "unknown"
    return html.Tr(
        [
            html.Th(day.day, scope="row"),
            html.Td("–" if day.count is None else str(day.count)),
            html.Td(f"{day.usual:.1f}"),
            html.Td(f"{day.bound:.1f}"),
            html.Td(said[f"incident_series_{standing}"]),
            html.Td(" · ".join(name for at, name in marks if at == day.day)),
        ],
        **data(back="yes" if day.is_back else ""),
    )


def _marks(measures: Sequence[Piece], face: IncidentFace) -> list[tuple[str, str]]:
    """Name the measures that were begun or completed, each with its day, the earliest first."""
    found = [
        (one.body[name], f"{one.body['title']} ({face.words[word]})")
        for one in measures
        for name, word in MARKS
        if one.body.get(name)
    ]
    return [(_day_of(at, face), told) for at, told in sorted(found)]


def _day_of(us: int, face: IncidentFace) -> str:
    return datetime.fromtimestamp(us / 1e6, UTC).astimezone(face.zone).strftime("%Y-%m-%d")
