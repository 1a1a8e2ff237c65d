"""A leader's page, for a tablet: five numbers, what changed, what waits, and where to look.

Drawn once as a plain document; assets/leader.js writes into it whatever pictures say.
"""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.document import Shell, document
from layouts.leader_face import LEADER, LeaderFace
from layouts.parts.duties import DUTIES
from layouts.parts.header import language_switch
from layouts.parts.leader_waits import escalated, signing
from layouts.parts.marks import aria, data
from layouts.parts.people import viewing
from layouts.parts.ticket_page import DESK

FIGURES: tuple[tuple[str, dict[str, str]], ...] = (
    ("opened_today", {}),
    ("open_now", {"scene": "map"}),
    ("overdue_now", {"scene": "map", "measure": "overdue"}),
    ("on_time_rate", {}),
    ("satisfaction_rate", {}),
)
"""The five numbers, and which view of the wall shows where a count comes from."""

RATES = ("on_time_rate", "satisfaction_rate")
HEAD = (
    f'<link rel="manifest" href="{LEADER}/manifest.webmanifest">',
    '<link rel="icon" href="/assets/icons/lianxin-192.png" sizes="192x192" type="image/png">',
    '<link rel="apple-touch-icon" href="/assets/icons/lianxin-180.png">',
)


def leader(face: LeaderFace, shell: Shell) -> str:
    """Write the page as a document."""
    title = f"{face.words['product']} · {face.place.told(face.language)}"
    return document(page(face, shell), shell, language=face.language, title=title, head=HEAD)


def page(face: LeaderFace, shell: Shell) -> Component:
    """Draw the page."""
    said = face.words
    return html.Main(
        [
            html.Script(
                json.dumps(face.facts(shell.version)), id=ids.PAGE_FACTS, type="application/json"
            ),
            _head(face),
            viewing(face.as_role, face.language),
            # Only the word is an alert: the age beside it moves, and would be read out again.
            html.Div(
                [html.Strong(said["leader_offline"], role="alert"), html.Span()],
                className="leader-offline",
                hidden=True,
            ),
            html.Section(
                [_figure(name, query, face) for name, query in FIGURES],
                className="leader-numbers",
                **data(panel="totals", state="late"),
                **aria(label=said["leader_numbers"]),
            ),
            _duties(face),
            html.Div(
                [
                    html.Div([_waits(face), _clusters(face)], className="leader-column"),
                    html.Div([_changed(face), _departments(face)], className="leader-column"),
                ],
                className="leader-cards",
            ),
            _foot(face),
        ],
        className="leader",
        lang="zh-CN" if face.language == "zh" else "en",
        **data(scope=face.scope, seq="", state="late", link="waiting", kept=""),
    )


def _head(face: LeaderFace) -> Component:
    said = face.words
    return html.Header(
        [
            html.H1(face.place.told(face.language), className="leader-place"),
            html.Div(
                [
                    html.Span(className="shape", **aria(hidden="true")),
                    html.Strong(said["late"], className="freshness-word"),
                    html.Span(said["waiting"], className="freshness-detail"),
                ],
                className="leader-fresh",
                role="status",
            ),
            html.Span(className="leader-when"),
            html.Span(said["demo"], className="demo") if face.demo else None,
            _scopes(face),
            language_switch(face.language, path=address(face.scope)),
        ],
        className="leader-head",
    )


def address(scope: str) -> str:
    """Give the address of a scope's page."""
    return f"{LEADER}/{quote(scope, safe='')}"


def _scopes(face: LeaderFace) -> Component | None:
    if not face.scopes:
        return None
    said, language = face.words, face.language
    links = [
        html.Li(
            html.A(
                name.told(language),
                href=f"{address(scope)}?lang={language}",
                **(aria(current="page") if scope == face.scope else {}),
            )
        )
        for scope, name in face.scopes
    ]
    return html.Details(
        [html.Summary(said["leader_scopes"]), html.Ul(links)], className="leader-scopes"
    )


def _figure(name: str, query: dict[str, str], face: LeaderFace) -> Component:
    """Draw one number: its name, itself, its state in shape and word, its comparison and n."""
    asked = urlencode({**query, "lang": face.language})
    source = (
        _departments_of(face) if name in RATES else f"/wall/{quote(face.scope, safe='')}?{asked}"
    )
    value = [html.Span("–", className="leader-value", **data(figure_value=""))]
    if name in RATES:
        value.append(html.Span("%", className="leader-unit"))
    return html.A(
        [
            html.Span(
                [face.words[name], html.Small(**data(figure_period=""))], className="leader-name"
            ),
            html.Span(value, className="leader-number"),
            html.Span(
                [_mark("none"), html.Span(**data(figure_state=""))], className="leader-standing"
            ),
            html.Span(className="leader-note", **data(figure_note="")),
            html.Span(className="leader-note", **data(figure_sample="")),
        ],
        href=source,
        className="leader-figure",
        **data(figure=name, tone="plain"),
    )


def _departments_of(face: LeaderFace) -> str:
    """Give the page that shows what a scope's rates are made of."""
    kind, _, code = face.scope.partition("-")
    own = f"/{quote(code, safe='')}" if kind == "department" else ""
    asked = {"district": code} if kind == "district" else {}
    return f"/departments{own}?{urlencode({**asked, 'lang': face.language})}"


def _mark(shape: str) -> Component:
    return html.Span(className="leader-mark", **data(mark=shape), **aria(hidden="true"))


def _card(name: str, title: str, body: Sequence[Component | None], *, panel: str = "") -> Component:
    """Frame a part of the page; `panel` is the section of the picture it shows."""
    return html.Section(
        [html.Header([html.H2(title), html.Span(**data(note=name))]), *body],
        className=f"leader-card leader-{name}",
        **aria(label=title),
        **(data(panel=panel, state="late") if panel else {}),
    )


def _list(name: str) -> Component:
    return html.Div(className="leader-rows", **data(rows=name))


def _nothing(name: str) -> Component:
    """Give the place of the words that there is nothing to list."""
    return html.P(className="leader-nothing", hidden=True, **data(nothing=name))


def _waits(face: LeaderFace) -> Component:
    said = face.words
    other = html.P(className="leader-more", hidden=True, **data(other_alarms=""))
    body = [signing(face), escalated(face), _list("waits"), _nothing("waits"), other]
    return _card("waits", said["leader_waits"], body, panel="alarms")


def _duties(face: LeaderFace) -> Component:
    """Draw the five responsibilities, each of which leads to its tickets."""
    said = face.words
    stages = html.Ol([html.Li(_stage(name, face)) for name in DUTIES], className="leader-chain")
    return html.Section(
        [html.Header([html.H2(said["duties"]), html.Span(said["duties_key"])]), stages],
        className="leader-card leader-duties",
        **aria(label=said["duties"]),
        **data(panel="duties", state="late"),
    )


def _stage(name: str, face: LeaderFace) -> Component:
    said = face.words
    told = [
        html.Strong(said[f"duty_{name}"], className="leader-stage-name"),
        html.Span("–", className="leader-stage-tickets", **data(stage_tickets="")),
        html.Span(said[f"duty_{name}_about"], className="leader-stage-about"),
        html.Span(className="leader-note", **data(stage_age="")),
        html.Span(className="leader-note leader-stage-late", **data(stage_late="")),
    ]
    look: dict[str, Any] = {"className": "leader-stage", **data(stage=name, tone="plain")}
    return (
        html.A(told, href=_tickets_of(name, face), **look)
        if face.searches
        else html.Div(told, **look)
    )


def _tickets_of(duty: str, face: LeaderFace) -> str:
    """Give the desk at the tickets of a stage, within this page's scope."""
    kind, _, code = face.scope.partition("-")
    within = {kind: code} if code else {}
    return f"{DESK}?{urlencode({'duty': duty, **within, 'lang': face.language})}"


def _changed(face: LeaderFace) -> Component:
    said = face.words
    hands = html.Div(
        [
            html.Button(said["leader_mark_seen"], type="button", **data(seen="")),
            html.Span(role="status", **data(seen_told="")),
            html.Button(said["leader_undo"], type="button", hidden=True, **data(undo="")),
        ],
        className="leader-hands",
    )
    return _card("changed", said["leader_changed"], [_list("changed"), _nothing("changed"), hands])


def _clusters(face: LeaderFace) -> Component:
    said = face.words
    more = html.A(
        href=f"/clusters?lang={face.language}",
        className="leader-press",
        hidden=True,
        **data(more="clusters"),
    )
    body = [_list("clusters"), _nothing("clusters"), more if face.studies else None]
    return _card("clusters", said["leader_clusters"], body, panel="clusters")


def _departments(face: LeaderFace) -> Component | None:
    if face.scope.startswith("department-"):
        return None
    said = face.words
    rest = html.Details(
        [html.Summary(**data(rest="departments")), _list("rest")],
        className="leader-rest",
        hidden=True,
    )
    body = [_nothing("departments"), _list("departments"), rest]
    return _card("departments", said["leader_departments"], body, panel="departments")


def _foot(face: LeaderFace) -> Component:
    said = face.words
    leave = html.Form(
        html.Button(said["sign_out"], type="submit", className="leader-press"),
        action="/logout",
        method="post",
    )
    return html.Footer(
        [
            html.P(said["leader_privacy"]),
            html.A(said["to_start"], href=f"/?lang={face.language}", className="leader-press"),
            leave if face.signed_in else None,
        ],
        className="leader-foot",
    )
