"""The start page: which screen to open; and what is said of an address nobody knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from layouts.face import Name
from layouts.parts.header import language_switch
from layouts.parts.people import demo_accounts, sign_out, viewing
from layouts.wording import Language, words


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in: name, roles, the role looked through; `own`: there is an account page.

    `desks` are the administrators' pages that are for them: `people`, `audit`, `screens`.
    """

    name: str
    roles: Sequence[str]
    as_role: str | None = None
    demo: bool = False
    own: bool = True
    desks: Sequence[str] = ()


def home(
    city: Name,
    districts: Sequence[Name],
    departments: Sequence[Name],
    *,
    language: Language,
    demo: bool,
    city_wall: bool = True,
    leader: str | None = None,
    clusters: bool = True,
    search: bool = False,
    reports: str | None = None,
    incidents: bool = False,
    accountability: bool = False,
    figures: bool = False,
    visitor: Visitor | None = None,
) -> Component:
    """Let somebody choose a screen; `leader` is the address of the leader's page for them."""
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
            _visitor(visitor, language),
            html.H2(said["choose"], className="visually-hidden"),
            _way("wall_city", "/wall", language, first=True) if city_wall else None,
            _way("leader_link", leader, language) if leader else None,
            _way("departments_link", "/departments", language) if figures else None,
            _way("clusters_link", "/clusters", language) if clusters else None,
            _way("incidents_link", "/incidents", language) if incidents else None,
            _way("partners_link", "/partners", language) if incidents else None,
            _way("search_link", "/desk", language) if search else None,
            _way("likely_link", "/desk/duplicates", language) if search else None,
            _way("owed_link", "/supervision", language) if search else None,
            _way("catalogue_link", "/duties", language) if search else None,
            _way("disputes_link", "/disputes", language) if search else None,
            _way("campaigns_link", "/campaigns", language) if search else None,
            _way("cases_link", "/cases", language) if search else None,
            _way("accountability_link", "/accountability", language) if accountability else None,
            _way("reports_link", reports, language) if reports else None,
            *(
                _way(f"{one}_link", f"/{one}", language)
                for one in (visitor.desks if visitor else ())
            ),
            _choices(said["wall_districts"], "district", districts, language),
            _choices(said["wall_departments"], "department", departments, language),
        ],
        className="home",
        lang="zh-CN" if language == "zh" else "en",
    )


def outside(city: Name, *, language: Language, demo: bool, roles: Sequence[str]) -> Component:
    """Draw the start page for who is not signed in: the way in, and the demo accounts."""
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
            html.A(
                [html.Strong(said["sign_in"]), html.Span(said["sign_in_about"])],
                href=f"/login?lang={language}",
                className="home-city",
            ),
            demo_accounts(roles, language, "/"),
        ],
        className="home people",
        lang="zh-CN" if language == "zh" else "en",
    )


def _way(name: str, path: str, language: Language, *, first: bool = False) -> Component:
    said = words(language)
    return html.A(
        [html.Strong(said[name]), html.Span(said[f"{name}_about"])],
        href=f"{path}{'&' if '?' in path else '?'}lang={language}",
        className="home-city" if first else "home-city home-clusters",
    )


def _visitor(visitor: Visitor | None, language: Language) -> Component | None:
    if visitor is None:
        return None
    said = words(language)
    roles = " · ".join(said[f"role_{role}"] for role in visitor.roles)
    waiting = "" if visitor.roles else said["people_no_role_yet"]
    return html.Div(
        [
            html.P([html.Strong(visitor.name), html.Span(roles or waiting, className="fine")]),
            html.Span(said["demo"], className="demo") if visitor.demo else None,
            viewing(visitor.as_role, language),
            html.A(said["account"], href=f"/account?lang={language}", className="press")
            if visitor.own
            else None,
            sign_out(language),
        ],
        className="home-visitor",
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
