"""The start page: which screen to open; and what is said of an address nobody knows."""

from collections.abc import Sequence
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from layouts.face import Name
from layouts.parts.header import language_switch
from layouts.wording import Language, words


def home(
    city: Name,
    districts: Sequence[Name],
    departments: Sequence[Name],
    *,
    language: Language,
    demo: bool,
) -> Component:
    """Let somebody choose: the city's wall, a district's, a department's."""
    said = words(language)
    return html.Main(
        [
            html.Header(
                [
                    html.P(said["product"], className="home-product"),
                    html.H1(f"{city.told(language)} · {said['centre']}"),
                    html.P(said["demo"], className="demo") if demo else None,
                    language_switch(language, path="/"),
                ],
                className="home-head",
            ),
            html.H2(said["choose"], className="visually-hidden"),
            html.A(
                [
                    html.Strong(said["wall_city"]),
                    html.Span(said["wall_city_about"]),
                ],
                href=f"/wall?lang={language}",
                className="home-city",
            ),
            html.A(
                [
                    html.Strong(said["clusters_link"]),
                    html.Span(said["clusters_link_about"]),
                ],
                href=f"/clusters?lang={language}",
                className="home-city home-clusters",
            ),
            _choices(said["wall_districts"], "district", districts, language),
            _choices(said["wall_departments"], "department", departments, language),
        ],
        className="home",
        lang="zh-CN" if language == "zh" else "en",
    )


def not_found(language: Language) -> Component:
    """Say that an address leads nowhere, and where to go."""
    said = words(language)
    return html.Main(
        [
            html.H1(said["not_found"]),
            html.P(said["not_found_about"]),
            html.A(said["to_start"], href=f"/?lang={language}", className="home-back"),
        ],
        className="home home-lost",
    )


def _choices(title: str, kind: str, names: Sequence[Name], language: Language) -> Component | None:
    if not names:
        return None
    links = [
        html.Li(
            html.A(
                name.told(language),
                href=f"/wall/{kind}-{quote(name.code, safe='')}?lang={language}",
            )
        )
        for name in names
    ]
    return html.Section([html.H2(title), html.Ul(links)], className="home-choices")
