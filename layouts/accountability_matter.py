"""One matter of accountability: its evidence, its approvals, its appeal, what comes next."""

from dash import html
from dash.development.base_component import Component

from layouts.accountability_face import EvidenceRow, MatterFace
from layouts.parts.accountability import API, MATTERS, attaching
from layouts.parts.acting import acts, area, choice, form
from layouts.parts.marks import aria, data
from layouts.parts.ticket_page import ticket_page
from layouts.parts.timeline import timeline
from layouts.ticket_face import Reader

WAY = ("proposed", "seconded", "approved", "issued", "closed")
ENDED = ("declined", "withdrawn")
REASONED = ("decline", "withdraw", "appeal", "uphold", "change", "rescind")
OFFERED = ("approve", "issue", "uphold", "appeal", "close", "attach", "change", "rescind",
           "decline", "withdraw")  # fmt: skip
"""Acts in the order in which they are offered; all but attaching ask again."""


def matter(face: MatterFace) -> Component:
    """Draw one matter."""
    said, row = face.reader.words, face.row
    back = html.A(
        said["accountability_link"], href=f"{MATTERS}?lang={face.reader.language}",
        className="press",
    )  # fmt: skip
    columns = html.Div(
        [
            html.Div([_next(face), _evidence(face), _appeal(face)], className="ticket-column"),
            html.Div([_approvals(face), _papers(face), _history(face)], className="ticket-column"),
        ],
        className="ticket-columns",
    )
    body = html.Div([_head(face), columns], className="dispute-body")
    held = acts(face.reader, [body], version=f"{API}/{row.number}/version")
    title = f"{said['accountability_matter']} {row.number}"
    return ticket_page(face.reader, title, back, f"{MATTERS}/{row.number}", [held])


def _card(title: str, *inside: Component | None) -> Component:
    return html.Section([html.H2(title), *inside], className="card")


def _head(face: MatterFace) -> Component:
    said, row, reader = face.reader.words, face.row, face.reader
    way = [*WAY[:-1], *([row.state] if row.state not in WAY else [])]
    way += [] if row.state in ENDED else WAY[-1:]
    steps = [
        html.Li(
            said[f"accountability_state_{state}"],
            **(aria(current="step") if state == row.state else {}),
        )
        for state in way
    ]
    told = said["accountability_proposed_by"].format(
        time=reader.moment(row.proposed_at), actor=face.proposed_by
    )
    pairs = [
        (said["accountability_department"], row.department),
        (said["accountability_step"], row.step),
        (said["accountability_asks"], face.asks),
    ]
    return html.Section(
        [
            html.Ol(steps, className="see-rings", **aria(label=said["accountability_state"])),
            html.P(html.Strong(row.why), className="dispute-why"),
            html.Dl(
                [html.Div([html.Dt(name), html.Dd(value)], className="field")
                 for name, value in pairs],
                className="fields",
            ),
            html.P(told, className="fine"),
            html.P(row.next, className="docket-next") if row.next else None,
        ],
        className="card dispute-head",
        **data(seen=str(face.version)),
    )  # fmt: skip


def _evidence(face: MatterFace) -> Component:
    said = face.reader.words
    drawn = [_piece(one, face.reader) for one in face.evidence]
    return _card(said["accountability_evidence"], html.Ul(drawn, className="docket-list"))


def _piece(row: EvidenceRow, reader: Reader) -> Component:
    told = html.A(row.told, href=f"{row.href}?lang={reader.language}") if row.href else row.told
    kind = reader.words[f"accountability_kind_{row.kind}"]
    return html.Li(
        [html.Span(kind, className="fine"), html.Span(told),
         html.Span(row.about, className="fine") if row.about else None],
        **data(kind=row.kind),
    )  # fmt: skip


def _approvals(face: MatterFace) -> Component:
    said, reader = face.reader.words, face.reader
    drawn = [
        html.Li(said[f"accountability_approved_{place}"].format(
            actor=actor, time=reader.moment(at)))
        for place, (actor, at) in enumerate(face.approved, start=1)
    ]  # fmt: skip
    none = html.P(said["accountability_approved_none"], className="fine")
    return _card(
        said["accountability_approvals"],
        html.Ol(drawn, className="docket-list") if drawn else none,
    )


def _appeal(face: MatterFace) -> Component | None:
    said = face.reader.words
    if not face.appeal:
        return None
    decided = []
    if face.decision is not None:
        act, actor, ground = face.decision
        decided = [html.H3(said["accountability_decision"]),
                   html.P([html.Strong(act), html.Span(f" · {actor}", className="fine")]),
                   html.P(ground)]  # fmt: skip
    return _card(said["accountability_appeal"], html.P(face.appeal), *decided)


def _papers(face: MatterFace) -> Component | None:
    said, reader = face.reader.words, face.reader
    links = [
        html.A(
            said["accountability_paper_open"].format(number=number),
            href=f"{API}/{face.row.number}/papers/{number}.pdf?lang={reader.language}",
            className="press",
        )
        for number in face.papers
    ]
    if not links:
        return None
    return _card(said["accountability_papers"], html.Div(links, className="search-ways"))


def _next(face: MatterFace) -> Component | None:
    """Draw what may be done: what waits for a yes first, and open; the rest is folded."""
    said = face.reader.words
    held = html.P(face.held_back, className="fine") if face.held_back else None
    order = [one for one in OFFERED if one in face.acts]
    drawn = [_act(one, face, opened=place == 0) for place, one in enumerate(order)]
    if not drawn and held is None:
        return None
    return _card(said["accountability_next"], held, *drawn)


def _act(act: str, face: MatterFace, *, opened: bool) -> Component:
    said, number = face.reader.words, face.row.number
    name = said[f"accountability_act_{act}"]
    fields: list[Component] = []
    if act == "attach":
        fields = attaching(face.reader, face.figures, face.period)
    if act == "change":
        fields = [choice(said["accountability_step"], "step", face.below)]
    if act in REASONED:
        fields.append(area(said["accountability_reason"], "reason", most=300))
    drawn = form(
        f"{API}/{number}/{act}", act, name, fields, seen=face.version, sure=act != "attach",
        main=opened,
    )  # fmt: skip
    return drawn if opened else html.Details([html.Summary(name), drawn])


def _history(face: MatterFace) -> Component:
    return _card(face.reader.words["accountability_lines"], timeline(face.steps, face.reader))
