"""The wall's head: whose wall it is, what time it is, whether what it shows is fresh."""

from collections.abc import Mapping
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from layouts.face import Face
from layouts.parts.alarms import alarm_bar
from layouts.parts.marks import aria, data
from layouts.wording import Language, other, words


def header(face: Face) -> Component:
    """Draw the head; clock and freshness are written by assets/wall.js."""
    said = face.words
    place = face.place.told(face.language)
    return html.Header(
        [
            html.Div(
                [
                    html.H1(place, className="brand-place"),
                    html.Span(
                        said["hotline_12345" if face.hotline == "12345" else "hotline"],
                        className="brand-hotline",
                    ),
                    html.Span(said["centre"], className="brand-centre"),
                ],
                className="brand",
            ),
            alarm_bar(said),
            html.Span(said["demo"], className="demo") if face.demo else None,
            html.Span(said["visitor_mode"], className="visitor-mark", hidden=True, role="status"),
            html.Div(
                [
                    html.Span(className="shape", **aria(hidden="true")),
                    html.Strong(said["late"], className="freshness-word"),
                    html.Span(said["waiting"], className="freshness-detail"),
                ],
                className="freshness",
                role="status",
            ),
            html.Div(
                [
                    html.Span(className="date-day"),
                    html.Span(className="date-name"),
                ],
                className="date",
            ),
            html.Time(className="clock"),
            language_switch(face.language, path=f"/wall/{face.scope}"),
        ],
        className="head",
    )


def language_switch(
    language: Language, *, path: str, query: Mapping[str, str] | None = None
) -> Component:
    """Draw the one switch between the languages; key L does the same. `query` stays asked."""
    said = words(language)
    to = other(language)
    return html.A(
        said["other_language"],
        href=f"{path}?{urlencode({**(query or {}), 'lang': to})}",
        className="language",
        lang="zh-CN" if to == "zh" else "en",
        title=said["switch_language"],
        **data(language_switch=to),
    )
