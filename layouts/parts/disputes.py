"""What the pages of disputes share: a list of them, a final opinion, how long something lasts."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.disputes_face import DisputeRow, OpinionRow
from layouts.parts.marks import aria, data
from layouts.ticket_face import Reader

DISPUTES, CLINICS = "/disputes", "/clinics"
"""Where the docket and a clinic are."""
HEADS = ("number", "matter", "state", "age", "said", "next")
A_DAY_H = 24.0


def age(hours: float, reader: Reader) -> str:
    """Say how long something has lasted, in days from two days on."""
    if hours < 2 * A_DAY_H:
        return reader.words["dispute_age_h"].format(n=int(hours))
    return reader.words["dispute_age_d"].format(n=int(hours // A_DAY_H))


def rows(found: Sequence[DisputeRow], reader: Reader) -> Component:
    """Draw disputes as a table, or that there are none."""
    said = reader.words
    if not found:
        none = [html.H2(said["disputes_none"]), html.P(said["disputes_none_about"])]
        return html.Section(none, className="card")
    heads = [html.Th(said[f"dispute_{name}"], scope="col") for name in HEADS]
    body = [_row(one, reader) for one in found]
    table = html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody(body)], className="owed-table docket-table"
    )
    return html.Div(
        table, className="owed-scroll", tabIndex=0, role="region",
        **aria(label=said["disputes_link"]),
    )  # fmt: skip


def _row(row: DisputeRow, reader: Reader) -> Component:
    said = reader.words
    link = html.A(row.number, href=f"{DISPUTES}/{row.number}?lang={reader.language}")
    tickets = said["dispute_tickets_n"].format(n=row.tickets)
    heard = said["dispute_said_n"].format(n=row.said, of=row.asked) if row.asked else "–"
    return html.Tr(
        [
            html.Td(link),
            html.Td([html.Strong(row.matter), html.Span(tickets, className="fine")]),
            html.Td(html.Span(said[f"dispute_state_{row.state}"], className="docket-state",
                              **data(state=row.state))),
            html.Td(age(row.age_h, reader)),
            html.Td(heard),
            html.Td(row.next, className="docket-next", **data(late="yes" if row.late else "no")),
        ]
    )  # fmt: skip


def order_at(number: str, reader: Reader) -> str:
    """Give the address of an order."""
    return f"/api/v1/orders/{number}.pdf?lang={reader.language}"


def opinion(row: OpinionRow, reader: Reader) -> list[Component]:
    """Draw a final opinion as it binds."""
    said = reader.words
    pairs = [
        ("dispute_lead", row.lead),
        (
            "dispute_cooperating",
            said["ticket_list"].join(row.cooperating) or said["dispute_nobody"],
        ),
        ("dispute_due", reader.moment(row.due_at)),
        ("dispute_basis", row.basis),
        ("dispute_decision", row.decision),
    ]
    signed = said["order_signed"].format(time=reader.moment(row.signed_at), actor=row.signed_by)
    replaced = said["order_replaces"].format(number=row.replaces) if row.replaces else ""
    link = html.A(said["order_open"], href=order_at(row.number, reader), className="press")
    return [
        html.P(
            [html.Strong(row.number), html.Span(said["ruling_locked"], className="ruling-lock")]
        ),
        html.Dl(
            [html.Div([html.Dt(said[word]), html.Dd(value)], className="field")
             for word, value in pairs],
            className="fields",
        ),
        html.P(" · ".join(filter(None, (signed, replaced))), className="fine"),
        html.Div(link, className="search-ways"),
    ]  # fmt: skip
