"""The list of what is owed: replies to records, check-ins after summonses; who owes them."""

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.parts.climbed import climbed
from layouts.parts.exports import exports
from layouts.parts.marks import aria, data
from layouts.parts.paging import ways
from layouts.parts.people import field
from layouts.parts.supervision import act
from layouts.parts.ticket_page import DESK, ticket_page
from layouts.supervision_face import OwedFace, OwedRow

OWED = "/supervision"
"""Where the list is."""
HEADS = ("ticket", "line", "department", "standing", "due", "holder", "opened")


def owed(face: OwedFace) -> Component:
    """Draw the page."""
    said, language = face.reader.words, face.reader.language
    back = html.A(said["search_link"], href=f"{DESK}?lang={language}", className="press")
    body = [
        climbed(face.climbed, face.reader),
        _form(face),
        html.P(face.told, className="told", role="alert"),
        None if face.told else exports(face.reader, "supervision", face.asked),
        html.Div(rows(face), id=ids.OWED_LIST),
        html.Button(id=ids.OWED_ANEW, n_clicks=0, hidden=True),
        _hands(face),
    ]
    return ticket_page(face.reader, said["owed_link"], back, OWED, body, wide=True)


def rows(face: OwedFace) -> Component:
    """Draw the lines, or that there are none."""
    said, language = face.reader.words, face.reader.language
    asked = {**face.asked, "lang": language}
    there = ways(said, OWED, asked, after=face.after, first=not face.asked.get("after"))
    if not face.rows:
        about = said["owed_further" if face.after else "owed_none_about"]
        none = [html.H2(said["owed_none"]), html.P(about), there]
        return html.Section(none, className="card owed-none")
    heads = [html.Th(said[f"owed_{name}"], scope="col") for name in HEADS]
    table = html.Table(
        [
            html.Thead(html.Tr([html.Td(""), *heads])),
            html.Tbody([_row(one, face) for one in face.rows]),
        ],
        className="owed-table",
    )
    scroll = html.Div(
        table, className="owed-scroll", tabIndex=0, role="region", **aria(label=said["owed_link"])
    )
    return html.Div([scroll, there], className="owed-page")


def _row(row: OwedRow, face: OwedFace) -> Component:
    said, moment = face.reader.words, face.reader.moment
    title = row.title or said["search_untitled"]
    words = [html.Strong(title), html.Span(f"{row.external_id} · {row.category} · {row.district}")]
    name = said["owed_choose"].format(number=row.external_id)
    box = html.Button(
        type="button", className="owed-box", role="checkbox", **aria(checked="false", label=name)
    )
    listed = [html.Span(f"{row.sign} · {row.lister}", className="fine")] if row.sign else []
    link = f"/tickets/{row.path}?lang={face.reader.language}"
    return html.Tr(
        [
            html.Td(box if row.may_answer or row.may_rule else None),
            html.Td(html.A(words, href=link) if row.linked else html.Div(words)),
            html.Td([html.Span(said[f"supervision_line_{row.line}"]), *listed]),
            html.Td(row.owner),
            html.Td(html.Span(said[standing_of(row)], className="see-standing")),
            html.Td(html.Time(moment(row.due_at), dateTime=row.due_at.isoformat())),
            html.Td(row.holder),
            html.Td(moment(row.opened_at)),
        ],
        **data(
            standing=row.standing, ticket=row.path, number=str(row.number), owing=row.owner_code,
            version=str(row.version), name=row.external_id,
        ),
    )  # fmt: skip


def standing_of(row: OwedRow) -> str:
    """Name the word for how a debt stands: a check-in or a reply."""
    return f"supervision_{'called' if row.line == 'summons' else 'standing'}_{row.standing}"


def _form(face: OwedFace) -> Component:
    said, language = face.reader.words, face.reader.language
    return html.Form(
        [
            dcc.Input(type="hidden", name="lang", value=language),
            *(_choice(name, face) for name in ("standing", "line", "department")),
            html.Button(said["owed_go"], type="submit", className="press press-main"),
        ],
        action=OWED, method="get", className="card find-form owed-form", role="search",
    )  # fmt: skip


def _choice(name: str, face: OwedFace) -> Component:
    chosen = face.asked.get(name, "")
    options = [
        html.Option(word, value=code, selected=True if code == chosen else None)
        for code, word in face.choices[name]
    ]
    return field(face.reader.words[f"owed_{name}"], html.Select(options, name=name))


def _hands(face: OwedFace) -> Component:
    """Draw what may be done to the lines that are chosen, each by itself."""
    said = face.reader.words
    buttons = [
        act("reply", "answer", said["supervision_act_reply"]),
        act("check_in", "answer", said["supervision_act_check_in"]),
        act("accept", "watch", said["supervision_act_accept"], sure=True),
        act("send_back", "watch", said["supervision_act_send_back"]),
    ]
    reason = dcc.Input(id=ids.OWED_REASON, type="text", maxLength=300, autoComplete="off")
    return html.Div(
        [
            html.P(className="owed-chosen", role="status"),
            field(said["supervision_reason"], reason),
            html.Div(buttons, className="search-ways"),
            html.Div(html.Ul([], className="desk-results owed-results"), role="status"),
        ],
        className="owed-hands", hidden=True,
        **data(
            sure=said["supervision_sure"], away=said["clock_away"],
            refused=said["supervision_bad_refused"], chosen=said["desk_chosen"],
            lang=face.reader.language,
        ),
    )  # fmt: skip
