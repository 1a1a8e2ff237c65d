"""Whose a ticket is (归口建议): candidates in order, each with why."""

from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from layouts.catalogue_face import CandidateFace, OwnerFace, ReasonFace
from layouts.parts.marks import data

DUTIES = "/duties"
"""Where the catalogue of duties is."""


def owner(face: OwnerFace) -> Component:
    """Draw the candidates, or that there are none."""
    said, language = face.reader.words, face.reader.language
    link = html.A(said["owner_catalogue"], href=f"{DUTIES}?lang={language}", className="owner-link")
    if not face.candidates:
        return html.Div([html.P(said["owner_none"], className="fine"), link], className="owner")
    return html.Div(
        [
            html.P(said["owner_about"], className="fine"),
            html.Ol([_candidate(one, face) for one in face.candidates], className="owner-list"),
            link,
        ],
        className="owner",
    )


def duty_address(code: str, language: str) -> str:
    """Give where a duty stands in the catalogue."""
    return f"{DUTIES}?{urlencode({'words': code, 'lang': language})}"


def _candidate(one: CandidateFace, face: OwnerFace) -> Component:
    said = face.reader.words
    mark = html.Span(said["owner_returned"], className="owner-returned") if one.returned else None
    beside = said["owner_beside"].format(units=one.beside) if one.beside else ""
    return html.Li(
        [
            html.P([html.Strong(one.name), mark]),
            html.Ul([_reason(each, face) for each in one.reasons], className="owner-reasons"),
            html.P(beside, className="fine") if beside else None,
        ],
        **data(owner=one.code),
    )


def _reason(one: ReasonFace, face: OwnerFace) -> Component:
    if not one.duty:
        return html.Li(one.words)
    link = html.A(one.words, href=duty_address(one.duty, face.reader.language))
    return html.Li([link, html.Span(one.basis, className="owner-basis", lang="zh-CN")])
