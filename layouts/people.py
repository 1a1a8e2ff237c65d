"""Everybody who has an account: searched, and an account made."""

from collections.abc import Sequence
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.keeping_face import PeopleFace, PersonFace
from layouts.parts.keeping import (
    first_password,
    page_head,
    pager,
    person_link,
    place_fields,
    reach_said,
    roles_said,
    state_mark,
)
from layouts.parts.marks import aria
from layouts.parts.people import field
from layouts.wording import Language, words


def people(face: PeopleFace) -> Component:
    """Draw the page."""
    said, language = face.words, face.language
    return html.Main(
        [
            page_head(
                said["people_link"], language, here="/people",
                query={
                    name: one
                    for name, one in (("q", face.q), ("state", face.state), ("role", face.role))
                    if one
                },
                back=(f"/?lang={language}", said["to_start"]),
            ),
            html.P(said["people_about"], className="fine"),
            _make(face) if face.rights.make else None,
            _search(face),
            html.Div(
                [
                    _choices(face, "state", said["people_by_state"], face.states, "people_state_"),
                    _choices(face, "role", said["people_by_role"], face.roles, "role_"),
                ],
                className="people-narrow",
            ),
            _listed(face),
        ],
        className="home people keeping",
        lang="zh-CN" if language == "zh" else "en",
    )  # fmt: skip


def _make(face: PeopleFace) -> Component:
    said = face.words
    return html.Details(
        [
            html.Summary(said["people_make"]),
            html.P(said["people_make_about"], className="fine"),
            html.Div(
                [
                    field(
                        said["people_login"],
                        dcc.Input(
                            id=ids.MADE_LOGIN, type="text", maxLength=60, autoComplete="off",
                            spellCheck="false",
                        ),
                    ),
                    field(
                        said["people_name"],
                        dcc.Input(id=ids.MADE_NAME, type="text", maxLength=60, autoComplete="off"),
                    ),
                    *place_fields("made", face.places, face.language),
                    html.Button(
                        said["people_make_now"], id=ids.MAKE, className="press press-main",
                        n_clicks=0,
                    ),
                ],
                className="people-form keeping-form",
            ),
            html.Div(id=ids.MADE, className="told", role="status"),
        ],
        className="card make-account",
    )  # fmt: skip


def made(login: str, password: str, language: Language) -> list[Component]:
    """Say that an account was made, and show its first password, this once."""
    said = words(language)
    return [
        html.Strong(said["people_made"].format(login=login)),
        *first_password(password, language),
        html.A(said["people_open_page"], href=person_link(login, language), className="press"),
    ]


def _search(face: PeopleFace) -> Component:
    said = face.words
    kept = {"state": face.state, "role": face.role, "lang": face.language}
    return html.Form(
        [
            field(
                said["people_search"],
                dcc.Input(name="q", type="search", value=face.q, maxLength=60, autoComplete="off"),
            ),
            *(dcc.Input(type="hidden", name=name, value=one) for name, one in kept.items() if one),
            html.Button(said["people_find"], type="submit", className="press"),
        ],
        action="/people",
        method="get",
        className="people-form search-form",
        role="search",
    )


def _choices(
    face: PeopleFace, kind: str, title: str, options: Sequence[str], prefix: str
) -> Component | None:
    """Draw one row of links; the address keeps what is chosen, so Back undoes it."""
    said, present = face.words, getattr(face, kind)

    def link(value: str, word: str) -> Component:
        asked = {"q": face.q, "state": face.state, "role": face.role, kind: value}
        query = {name: one for name, one in asked.items() if one} | {"lang": face.language}
        current = aria(current="true") if value == present else {}
        return html.A(word, href=f"/people?{urlencode(query)}", className="choice", **current)

    links = [
        link(one, said["people_no_role" if one == "none" else f"{prefix}{one}"]) for one in options
    ]
    return html.Nav(
        [html.Span(title, className="choice-name"), link("", said["people_all"]), *links],
        className="choices",
        **aria(label=title),
    )


def _listed(face: PeopleFace) -> Component:
    said = face.words
    if not face.people:
        return html.P(said["people_none"], className="card found-none")
    count = said["people_count"].format(n=face.total)
    kept = {"q": face.q, "state": face.state, "role": face.role}
    columns = ("person", "state", "roles", "reach", "second", "seen")
    heads = [
        said["person_state"] if one == "state" else said[f"people_column_{one}"] for one in columns
    ]
    return html.Section(
        [
            html.P(count, className="fine", role="status"),
            html.Div(
                html.Table(
                    [
                        html.Thead(html.Tr([html.Th(one, scope="col") for one in heads])),
                        html.Tbody([_row(one, face.language) for one in face.people]),
                    ],
                    className="keeping-table",
                ),
                className="table-room",
            ),
            pager("/people", kept, face.page, face.pages, face.language),
        ],
        className="card",
    )


def _row(person: PersonFace, language: Language) -> Component:
    said = words(language)
    second = said["people_second_on"] if person.second else said["people_second_off"]
    return html.Tr(
        [
            html.Th(
                [
                    html.A(person.name, href=person_link(person.login, language)),
                    html.Span(person.login, className="fine"),
                    html.Span(said["demo"], className="demo") if person.demo else None,
                ],
                scope="row",
            ),
            html.Td(state_mark(person, language)),
            html.Td(roles_said(person, language), className="" if person.roles else "fine"),
            html.Td(reach_said(person, language)),
            html.Td(second),
            html.Td(person.signed_in or said["people_never"]),
        ]
    )
