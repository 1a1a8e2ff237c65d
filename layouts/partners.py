"""The registry of partners: found by words, changed in one form, taken in and out as a table."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import IncidentFace
from layouts.parts.header import language_switch
from layouts.parts.marks import aria, data
from layouts.parts.people import sign_out

PARTNERS, TABLE = "/partners", "/api/v1/partners.csv"
FIELDS = ("code", "name_zh", "name_en", "kind", "telephone", "department", "active")
SHOWN = ("name", "kind", "telephone", "department", "active", "walls")


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner as the page shows it: `told` is what its form is filled with."""

    name: str
    code: str
    kind: str
    telephone: str
    department: str
    active: bool
    version: int
    released: bool
    told: Mapping[str, str]


def partners_page(
    rows: Sequence[PartnerRow],
    face: IncidentFace,
    facts: Component,
    *,
    asked: str,
    keeps: bool,
    releases: bool,
) -> Component:
    """Draw the page; whether who looks may change the registry, and let names onto walls."""
    said = face.words
    return html.Main(
        [
            facts,
            _bar(face, asked),
            html.P(said["partners_about"], className="inc-fine"),
            _ways(face, asked, keeps=keeps),
            html.P(className="inc-told", role="status", **data(partners_told="")),
            html.Section(
                [
                    html.H2(said["partners_found"].format(n=len(rows))),
                    _table(rows, face, keeps=keeps, releases=releases)
                    if rows
                    else html.P(said["partners_none"], className="inc-fine"),
                ],
                className="inc-card",
            ),
            _form(face) if keeps else None,
        ],
        className="inc-page",
        lang="zh-CN" if face.language == "zh" else "en",
        **data(partners="", lang=face.language),
    )


def _bar(face: IncidentFace, asked: str) -> Component:
    said = face.words
    query = {"words": asked} if asked else {}
    return html.Header(
        [
            html.A(said["to_start"], href=f"/?lang={face.language}", className="inc-back"),
            html.H1(said["partners_title"]),
            html.Span(said["demo"], className="demo") if face.demo else None,
            html.Span(className="inc-space"),
            language_switch(face.language, path=PARTNERS, query=query),
            sign_out(face.language) if face.signed_in else None,
        ],
        className="inc-bar",
    )


def _ways(face: IncidentFace, asked: str, *, keeps: bool) -> Component:
    said = face.words
    find = html.Form(
        [
            html.Textarea(
                asked, rows=1, name="words", placeholder=said["partners_words"], maxLength=80,
                className="inc-control", **aria(label=said["partners_words"]),
            ),
            html.Button(
                said["partners_find"], type="submit", name="lang", value=face.language,
                className="inc-act",
            ),
        ],
        action=PARTNERS, method="get", role="search", className="inc-find",
    )  # fmt: skip
    out = html.A(
        said["partners_out"],
        href=f"{TABLE}?{urlencode({'lang': face.language})}",
        className="inc-act",
    )
    keep = [
        html.Button(
            said["partners_add"], type="button", className="inc-act inc-act-main",
            **data(partner="", version="0", fill=json.dumps({"active": "1"})),
        ),
        html.Button(said["partners_in"], type="button", className="inc-act", **data(csv_in="")),
    ]  # fmt: skip
    return html.Div([find, *(keep if keeps else []), out], className="inc-ways")


def _table(
    rows: Sequence[PartnerRow], face: IncidentFace, *, keeps: bool, releases: bool
) -> Component:
    said = face.words
    heads = [said["partners_title"], *(said[f"partner_field_{name}"] for name in SHOWN[1:])]
    table = html.Table(
        [
            html.Thead(html.Tr([html.Th(one, scope="col") for one in heads])),
            html.Tbody([_row(one, face, keeps=keeps, releases=releases) for one in rows]),
        ],
        className="inc-series",
    )
    label = aria(label=said["partners_title"])
    return html.Div(table, className="inc-table-box", tabIndex="0", role="region", **label)


def _row(one: PartnerRow, face: IncidentFace, *, keeps: bool, releases: bool) -> Component:
    said = face.words
    edit = html.Button(
        said["partners_edit"], type="button", className="inc-act",
        **aria(label=f"{said['partners_edit']} {one.name}"),
        **data(partner=one.code, version=str(one.version),
               fill=json.dumps(dict(one.told), ensure_ascii=False)),
    )  # fmt: skip
    standing = said["partners_active" if one.active else "partners_inactive"]
    return html.Tr(
        [
            html.Th(_names(one), scope="row"),
            html.Td(said[f"partner_kind_{one.kind}"]),
            html.Td(one.telephone),
            html.Td(one.department),
            html.Td(standing),
            html.Td(_walls(one, face, releases=releases)),
            html.Td(edit) if keeps else None,
        ]
    )


def _names(one: PartnerRow) -> list[Any]:
    """Give the name in the page's language, then its other one and its code."""
    others = [name for name in (one.told["name_zh"], one.told["name_en"]) if name != one.name]
    fine = [html.Span(word, className="inc-fine inc-code") for word in (*others, one.code) if word]
    return [one.name, *fine]


def _walls(one: PartnerRow, face: IncidentFace, *, releases: bool) -> Component:
    """Tell whether its names may stand on walls, and let them or take them off."""
    said = face.words
    names = " · ".join(name for name in (one.told["name_zh"], one.told["name_en"]) if name)
    word = said["partners_withdraw" if one.released else "partners_release"]
    button = html.Button(
        word, type="button", className="inc-act", **aria(label=f"{word} {names}"),
        **data(release=one.code, version=str(one.version), to="" if one.released else "yes"),
    )  # fmt: skip
    standing = html.Span(said["partners_on_walls" if one.released else "partners_held_back"])
    return html.Div([standing, button if releases else None], className="inc-ways")


def _form(face: IncidentFace) -> Component:
    said = face.words
    return html.Dialog(
        [
            html.H2(said["partners_title"], id="partner-title", className="inc-form-title"),
            html.Div([_field(name, face) for name in FIELDS], className="inc-fields"),
            html.P(className="inc-told", role="alert"),
            html.Div(
                [
                    html.Button(
                        said["incidents_send"], type="button", className="inc-act inc-act-main",
                        **data(send=""),
                    ),
                    html.Button(
                        said["incidents_cancel"], type="button", className="inc-act",
                        **data(cancel=""),
                    ),
                ],
                className="inc-ways",
            ),
        ],
        className="inc-form",
        **{"aria-labelledby": "partner-title", **data(form="partner")},
    )  # fmt: skip


def _field(name: str, face: IncidentFace) -> Component:
    label = html.Span(face.words[f"partner_field_{name}"])
    return html.Label([label, _control(name, face)], className="inc-field")


def _control(name: str, face: IncidentFace) -> Component:
    said = face.words
    named: dict[str, Any] = {"className": "inc-control", **data(field=name)}
    choices: dict[str, Sequence[tuple[str, str]]] = {
        "kind": face.choices["kind"],
        "department": face.choices["department"],
        "active": (("1", said["partners_active"]), ("0", said["partners_inactive"])),
    }
    if name in choices:
        return html.Select([html.Option(word, value=code) for code, word in choices[name]], **named)
    return html.Textarea(rows=1, maxLength=80, **named)
