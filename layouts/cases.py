"""The library of cases: searched, each case a card; for its keepers, what waits to be written."""

from dash import dcc, html
from dash.development.base_component import Component

from layouts.cases_face import CaseRow, CasesFace, ReviewedRow
from layouts.parts.acting import acts, form
from layouts.parts.cases import API, CASES, card_of
from layouts.parts.paging import ways
from layouts.parts.people import field
from layouts.parts.ticket_page import DESK, ticket_page
from layouts.ticket_face import Reader

NARROWED = ("words", "category", "chain")


def cases(face: CasesFace) -> Component:
    """Draw the page."""
    said, language = face.reader.words, face.reader.language
    back = html.A(said["search_link"], href=f"{DESK}?lang={language}", className="press")
    asked = {name: face.asked.get(name, "") for name in NARROWED} | {"lang": language}
    body = [
        html.P(said["cases_link_about"], className="fine"),
        html.P(face.told, className="told", role="alert"),
        _form(face) if face.whole else None,
        _found(face) if not face.told else None,
        ways(said, CASES, asked, after=face.after, first=not face.asked.get("after")),
        _drafts(face),
        _reviewed(face),
    ]
    return ticket_page(
        face.reader, said["cases_link"], back, CASES, [acts(face.reader, body)], wide=True
    )


def _form(face: CasesFace) -> Component:
    said, language = face.reader.words, face.reader.language
    words = dcc.Input(
        type="search", name="words", value=face.asked.get("words", ""), maxLength=60,
        placeholder=said["cases_words_hint"], autoComplete="off",
    )  # fmt: skip
    clear = html.A(said["cases_clear"], href=f"{CASES}?lang={language}", className="press")
    send = html.Button(said["cases_go"], type="submit", className="press press-main")
    return html.Form(
        [
            dcc.Input(type="hidden", name="lang", value=language),
            field(said["cases_words"], words),
            *(_choice(name, face) for name in ("category", "chain")),
            html.Div([send, clear], className="search-ways"),
        ],
        action=CASES, method="get", className="card find-form roll-form", role="search",
    )  # fmt: skip


def _choice(name: str, face: CasesFace) -> Component:
    said, chosen = face.reader.words, face.asked.get(name, "")
    options = [
        html.Option(word, value=code, selected=True if code == chosen else None)
        for code, word in [("", said["cases_any"]), *face.choices.get(name, ())]
    ]
    return field(said[f"cases_{name}"], html.Select(options, name=name))


def _found(face: CasesFace) -> Component:
    said = face.reader.words
    if face.rows:
        return html.Ul([card_of(one, face.reader) for one in face.rows], className="case-cards")
    word = "none" if face.whole else "empty"
    none = [html.H2(said[f"cases_{word}"]), html.P(said[f"cases_{word}_about"])]
    return html.Section(none, className="card roll-none")


def _drafts(face: CasesFace) -> Component | None:
    if not face.drafts:
        return None
    rows = [html.Li(_draft(one, face.reader)) for one in face.drafts]
    title = html.H2(face.reader.words["cases_drafts"])
    return html.Section([title, html.Ul(rows, className="docket-list")], className="card")


def _draft(row: CaseRow, reader: Reader) -> Component:
    href = f"{CASES}/{row.number}?lang={reader.language}"
    return html.A(f"{row.number} · {row.title}", href=href)


def _reviewed(face: CasesFace) -> Component | None:
    if not face.reviewed:
        return None
    title = html.H2(face.reader.words["cases_reviewed"])
    rows = [_of_incident(one, face.reader) for one in face.reviewed]
    return html.Section([title, html.Ul(rows, className="dispute-units")], className="card")


def _of_incident(row: ReviewedRow, reader: Reader) -> Component:
    said = reader.words
    href = f"/incidents/{row.id}?lang={reader.language}"
    return html.Li(
        [
            html.A(f"{row.number} · {row.title}", href=href),
            form(f"{API}/of/{row.id}", "begin", said["case_act_begin"], []),
        ]
    )
