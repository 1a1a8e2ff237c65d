"""The audit log: searched, read line by line, taken away as a table."""

from typing import Any
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts.audit_face import AuditFace, AuditRow, Chain
from layouts.parts.keeping import page_head
from layouts.parts.marks import aria, data
from layouts.parts.people import field
from layouts.wording import WORDS, Language

KNOWN_ACTS = (
    *(f"alarm.{act}" for act in ("acknowledge", "shelve", "unshelve")),
    *(f"people.account_{act}" for act in ("made", "locked", "unlocked", "retired", "reset")),
    *(f"people.{act}" for act in ("roles_given", "second_dropped", "sessions_ended", "view_as")),
    *(f"people.{act}" for act in ("signed_in", "signed_out", "sign_in_refused")),
    *(f"screen.{act}" for act in ("pair", "rename", "reload", "revoke")),
    *("settings.change", "set_aside.send", "import.begin", "import.end", "replay.begin"),
    *("backup", "restore", "keys.rotate", "keys.forget", "retention", "audit.export"),
)
"""What is offered while somebody types; every other act is found as well."""

TERMS = ("actor", "act", "subject", "from", "to")


def audit(face: AuditFace) -> Component:
    """Draw the page."""
    said, language = face.words, face.language
    return html.Main(
        [
            page_head(
                said["audit_link"], language, here="/audit", query=face.asked,
                back=(f"/?lang={language}", said["to_start"]),
            ),
            _chain(face.chain, face) if face.chain else None,
            _search(face),
            html.P(face.told, className="told", role="alert"),
            None if face.told else _listed(face),
        ],
        className="home people keeping audit",
        lang="zh-CN" if language == "zh" else "en",
    )  # fmt: skip


def _chain(chain: Chain, face: AuditFace) -> Component:
    said = face.words
    state = said[f"audit_chain_{chain.state}"].format(n=chain.number, most=face.most_verified)
    return html.Div(
        [
            html.P(state, className="chain-state"),
            html.P([f"{said['audit_head']}: ", html.Code(chain.head)], className="fine"),
            html.P(said["audit_left_out"], className="fine") if face.left_out else None,
        ],
        className="told chain",
        role="status",
        **data(chain=chain.state),
    )


def _search(face: AuditFace) -> Component:
    said = face.words
    offered = [html.Option(value=act, label=act_word(act, face.language)) for act in KNOWN_ACTS]
    return html.Form(
        [
            *(_term(name, face) for name in TERMS),
            html.Datalist(offered, id="audit-acts"),
            dcc.Input(type="hidden", name="lang", value=face.language),
            html.Div(
                [
                    html.Button(said["audit_find"], type="submit", className="press press-main"),
                    html.A(
                        said["audit_clear"], href=f"/audit?lang={face.language}", className="press"
                    ),
                ],
                className="people-ways",
            ),
            html.P(said["audit_zone"].format(zone=face.zone, offset=face.offset), className="fine"),
        ],
        action="/audit",
        method="get",
        className="people-form search-form card",
        role="search",
    )


def _term(name: str, face: AuditFace) -> Component:
    said = face.words
    offered: dict[str, Any] = {}
    if name == "act":
        offered = {"list": "audit-acts", "placeholder": said["audit_act_hint"]}
    control = dcc.Input(
        name=name, type="text", value=face.asked.get(name, ""), maxLength=200, autoComplete="off",
        **offered,
    )  # fmt: skip
    return field(said[f"audit_{name}"], control)


def _listed(face: AuditFace) -> Component:
    said = face.words
    if not face.rows:
        return html.P(said["audit_none"], className="card found-none")
    heads = ("number", "at", "actor", "act", "subject", "what")
    count = said["audit_count"].format(total=face.total, page=face.page, pages=face.pages)
    about = said["audit_export_about"].format(n=f"{face.most_exported:,}")
    return html.Section(
        [
            html.Div(
                [
                    html.P(count, role="status"),
                    html.A(said["audit_export"], href=face.export, className="press export"),
                ],
                className="list-head",
            ),
            html.P(about, className="fine"),
            html.Div(
                html.Table(
                    [
                        html.Thead(
                            html.Tr([html.Th(said[f"audit_{one}"], scope="col") for one in heads])
                        ),
                        html.Tbody([_row(one, face) for one in face.rows]),
                    ],
                    className="keeping-table audit-table",
                ),
                className="table-room",
            ),
            _pager(face),
        ],
        className="card",
    )


def act_word(act: str, language: Language) -> str:
    """Name an act; one that has no name here is told by its code."""
    both = WORDS.get(f"audit_act_{act.replace('.', '_')}")
    return act if both is None else both[language]


def _row(row: AuditRow, face: AuditFace) -> Component:
    said = face.words
    told = [
        html.Div([html.Span(said[f"audit_{name}"], className="fine"), html.Span(value)])
        for name, value in (("before", row.before), ("after", row.after), ("reason", row.reason))
        if value
    ]
    return html.Tr(
        [
            html.Td(str(row.number), className="number"),
            html.Td(html.Time(row.at)),
            html.Td(
                [
                    html.A(row.actor, href=_address(face, actor=row.actor)),
                    html.Span(row.device, className="fine"),
                    None
                    if row.verified
                    else html.Span(said["audit_unverified"], className="no-account"),
                ]
            ),
            html.Td(
                [
                    html.Span(act_word(row.act, face.language)),
                    html.Code(row.act, className="fine"),
                ]
            ),
            html.Td(html.A(row.subject, href=_address(face, subject=row.subject))),
            html.Td(told, className="changes"),
        ],
        **data(line=str(row.number)),
    )


def _address(face: AuditFace, **more: str) -> str:
    """Give the address of the same search with one term or the page set anew."""
    kept = {name: face.asked[name] for name in TERMS if face.asked.get(name)}
    return f"/audit?{urlencode(kept | more | {'lang': face.language})}"


def _pager(face: AuditFace) -> Component | None:
    if face.pages == 1:
        return None
    said = face.words
    newer = f"{face.page - 1}" if face.page > 1 else ""
    older = f"{face.page + 1}" if face.page < face.pages else ""
    return html.Nav(
        [
            html.A(said[word], href=_address(face, page=page), className="press")
            for word, page in (("audit_newer", newer), ("audit_older", older))
            if page
        ],
        className="people-ways",
        **aria(label=said["audit_pages"]),
    )
