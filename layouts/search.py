"""The desk: what is looked for, the views, and the table of tickets.

All of it is in the address, so that Back and a link give it again.
"""

import json
from collections.abc import Mapping
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.parts.marks import aria, data
from layouts.parts.owner import DUTIES
from layouts.parts.people import field
from layouts.parts.ticket_page import DESK, ticket_page
from layouts.parts.ticket_table import ticket_table
from layouts.ticket_face import SearchFace, View

BUILT_IN: Mapping[str, Mapping[str, str]] = {
    "view_all": {},
    "view_soon": {"due": "soon", "sort": "due"},
    "view_late": {"due": "late", "sort": "due"},
    "view_returned": {"status": "returned"},
    "view_unassigned": {"department": "-", "status": "open"},
    "view_urgent": {"urgency": "urgent", "status": "open"},
    "view_watched": {"watched": "open"},
}
WAYS = ("ordinary", "urgent", "disputed", "hard")
ACTS: Mapping[str, str] = {
    "triage": "desk_act_triage",
    "report": "supervision_act_report",
    "internal": "supervision_line_internal",
    "government": "supervision_line_government",
    "public": "supervision_line_public",
    "refer": "supervision_act_refer",
    "merge": "desk_act_merge",
}
"""What is done to several tickets at once, and its word."""
ELSEWHERE: Mapping[str, str] = {
    "incident": "ticket_incident_join",
    "dispute": "desk_dispute",
    "unchoose": "desk_unchoose",
}
"""Where the chosen tickets go beside that, and its word."""
CHOICES = ("status", "category", "department", "district", "due")
MORE = ("urgency", "ring", "watched", "duty", "merged", "days")
"""Conditions that stand in a second row, drawn when one of them is asked for, or on demand."""
SCRIPT_WORDS = (
    *("desk_counted", "desk_counted_least", "desk_looking", "desk_looking_long", "desk_fresh"),
    *("desk_failed", "desk_bad_often", "desk_bad_session", "desk_saved", "desk_renamed"),
    *("desk_dropped", "desk_undo", "desk_name_of", "desk_named_badly", "desk_copied"),
    *("search_bad_words", "desk_untold"),
    *("desk_chosen", "desk_too_many", "desk_not_yours"),
    *("view_rename", "view_drop", "view_rename_named", "view_drop_named"),
)
KEYS: Mapping[str, str] = {
    "/": "words", "↑ ↓": "rows", "Enter": "open", "Space": "choose", "Esc": "back",
    "F": "folded", "R": "again", "N": "fresh", "?": "list",
}  # fmt: skip


def search(face: SearchFace) -> Component:
    """Draw the page."""
    said, language = face.reader.words, face.reader.language
    start = html.A(said["to_start"], href=f"/?lang={language}", className="press")
    body = [
        _views(face),
        _form(face),
        html.P(face.told, className="told desk-wrong", role="alert"),
        _bar(face),
        _table(face),
        _acting(face) if face.acts else None,
        _keys(face),
    ]
    return ticket_page(face.reader, said["search_link"], start, DESK, body, wide=True)


def _views(face: SearchFace) -> Component:
    said = face.reader.words
    built_in = [_view(said[key], asked, face) for key, asked in BUILT_IN.items()]
    to_pairs = f"{DESK}/duplicates?lang={face.reader.language}"
    likely = html.Li(html.A(said["likely_link"], href=to_pairs, className="choice desk-view"))
    to_duties = f"{DUTIES}?lang={face.reader.language}"
    duties = html.Li(html.A(said["catalogue_link"], href=to_duties, className="choice desk-view"))
    saved = [_view(one.name, one.asked, face, one) for one in face.views]
    return html.Nav(
        [html.Ul([*built_in, likely, duties, *saved], className="desk-views-list"), _saving(face)],
        className="desk-views", **aria(label=said["views"]),
    )  # fmt: skip


def _view(
    name: str, asked: Mapping[str, str], face: SearchFace, saved: View | None = None
) -> Component:
    said = face.reader.words
    link = html.A(
        name, href=f"{DESK}?{urlencode({**asked, 'lang': face.reader.language})}",
        className="choice desk-view", **data(view=json.dumps(dict(asked))),
    )  # fmt: skip
    if saved is None:
        return html.Li(link)
    ways = [
        html.Button(
            said[f"view_{act}"], type="button", className="desk-view-act",
            **data(view_act=act), **aria(label=said[f"view_{act}_named"].format(name=name)),
        )
        for act in ("rename", "drop")
    ]  # fmt: skip
    return html.Li([link, *ways], **data(view_id=saved.id))


def _saving(face: SearchFace) -> Component | None:
    """Draw the field that names a view; without an account its address alone keeps it."""
    said = face.reader.words
    if not face.keeps:
        return html.Span(said["views_by_link"], className="fine")
    return html.Form(
        [
            dcc.Input(
                id=ids.VIEW_NAME, maxLength=40, placeholder=said["view_name"], autoComplete="off"
            ),
            html.Button(said["view_save"], type="submit", className="press"),
        ],
        className="desk-save", **aria(label=said["view_save"]),
    )  # fmt: skip


def _form(face: SearchFace) -> Component:
    said, language = face.reader.words, face.reader.language
    clear = html.A(said["search_clear"], href=f"{DESK}?lang={language}", className="press")
    asked = sum(bool(face.asked.get(name)) for name in MORE)
    more = html.Button(
        said["search_more"], type="button", className="press desk-more-show",
        **aria(expanded=str(bool(asked)).lower(), controls="desk-more"), **data(more=str(asked)),
    )  # fmt: skip
    return html.Form(
        [
            dcc.Input(type="hidden", name="lang", value=language),
            _text("words", ids.SEARCH_WORDS, 60, face),
            _text("number", ids.SEARCH_NUMBER, 128, face),
            *(_choice(name, said[_TITLES[name]], face) for name in CHOICES),
            html.Div(
                [
                    html.Button(said["search_go"], type="submit", className="press press-main"),
                    more,
                    clear,
                ],
                className="search-ways",
            ),
            html.Div(
                [_choice(name, said[_TITLES[name]], face) for name in MORE],
                id="desk-more",
                className="desk-more",
                hidden=not asked,
            ),
        ],
        action=DESK,
        method="get",
        className="card find-form desk-form",
        role="search",
    )


_TITLES = {
    "status": "ticket_status", "category": "ticket_category", "department": "ticket_department",
    "district": "ticket_district", "due": "search_due", "urgency": "search_urgency",
    "ring": "search_ring", "watched": "search_watched", "duty": "search_duty",
    "merged": "search_merged", "days": "search_period",
}  # fmt: skip


def _text(name: str, component_id: str, longest: int, face: SearchFace) -> Component:
    said = face.reader.words
    return field(
        said[f"search_{name}"],
        dcc.Input(
            id=component_id, type="search", name=name, maxLength=longest, autoComplete="off",
            value=face.asked.get(name, ""), placeholder=said[f"search_{name}_hint"],
        ),
    )  # fmt: skip


def _choice(name: str, title: str, face: SearchFace) -> Component:
    chosen = face.asked.get(name, "")
    options = [
        html.Option(word, value=code, selected=True if code == chosen else None)
        for code, word in face.choices[name]
    ]
    return field(title, html.Select(options, name=name))


def _export(face: SearchFace, form: str) -> Component:
    """Draw the link to what is on screen as a file."""
    said = face.reader.words
    return html.A(
        said["search_export"].format(form=form.upper()), href=f"/api/v1/tickets.{form}",
        download=f"tickets.{form}", className="press desk-export",
        title=said["search_export_about"].format(n=f"{face.most_exported:,}"),
    )  # fmt: skip


def _bar(face: SearchFace) -> Component:
    """Draw what stands over the table: how many, what came since, and the ways on."""
    said = face.reader.words
    return html.Div(
        [
            html.P(className="desk-count", role="status"),
            html.Button(type="button", className="press desk-fresh", hidden=True),
            html.Button(said["desk_again"], type="button", className="press desk-again",
                        hidden=True),
            html.Div(
                [
                    html.Button(said["desk_copy"], type="button", className="press desk-copy"),
                    *(_export(face, form) for form in ("csv", "xlsx")),
                    html.Button(
                        said["desk_keys"], type="button", className="press desk-help",
                        **aria(keyshortcuts="?", expanded="false", controls="desk-keys"),
                    ),
                ],
                className="search-ways",
            ),
        ],
        className="desk-bar",
    )  # fmt: skip


def _table(face: SearchFace) -> Component:
    said = face.reader.words
    facts = {
        "language": face.reader.language,
        "keeps": face.keeps,
        "words": {key: said[key] for key in SCRIPT_WORDS},
    }
    nothing = html.Section(
        [html.H2(said["search_none"]), html.P(said["search_none_about"])],
        className="card desk-nothing", hidden=True,
    )  # fmt: skip
    return html.Section(
        [ticket_table(face.reader, chosen=face.acts), nothing],
        className="desk-table", **aria(label=said["desk_table"]), **data(desk=json.dumps(facts)),
    )  # fmt: skip


def _acting(face: SearchFace) -> Component:
    """Draw the form that acts on the chosen tickets: their way, a report, a record, a referral."""
    said = face.reader.words
    ways = [html.Option(said[f"ticket_triage_{way}"], value=way) for way in WAYS]
    acts = [html.Option(said[word], value=name) for name, word in ACTS.items()]
    reason = dcc.Input(id=ids.DESK_REASON, name="reason", maxLength=300, autoComplete="off")
    within = dcc.Input(
        id=ids.DESK_WITHIN, name="within", maxLength=2, inputMode="numeric", value="3",
        autoComplete="off",
    )  # fmt: skip
    return html.Form(
        [
            html.P(className="desk-chosen", role="status"),
            field(said["desk_act"], html.Select(acts, name="act")),
            html.Div(
                field(said["desk_way"], html.Select(ways, name="triage")), **data(of_act="triage")
            ),
            html.Div(field(said["desk_within"], within), hidden=True, **data(of_act="supervise")),
            html.Div(
                field(said["desk_into"], html.Select([], name="into")),
                hidden=True, **data(of_act="merge"),
            ),
            field(said["desk_reason"], reason),
            html.Button(
                said["desk_go"], type="submit", className="press press-main",
                **data(sure=said["supervision_sure"]),
            ),
            html.Div(
                [
                    html.Button(said[word], type="button", className=f"press desk-{way}")
                    for way, word in ELSEWHERE.items()
                ],
                className="search-ways desk-elsewhere",
            ),
            html.Div(html.Ul([], className="desk-results"), role="status"),
        ],
        className="card desk-acting", hidden=True, **aria(label=said["desk_act"]),
    )  # fmt: skip


def _keys(face: SearchFace) -> Component:
    said = face.reader.words
    rows = [
        html.Div([html.Dt(html.Kbd(key)), html.Dd(said[f"desk_key_{does}"])])
        for key, does in KEYS.items()
        if face.acts or does != "choose"
    ]
    close = html.Button(said["desk_keys_close"], type="button", className="press desk-keys-close")
    return html.Section(
        [html.H2(said["desk_keys"]), html.Dl(rows), close],
        id="desk-keys", className="card desk-keys", hidden=True, role="dialog",
        **aria(label=said["desk_keys"]),
    )  # fmt: skip
