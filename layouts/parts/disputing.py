"""How several tickets come into a dispute: those that were chosen, and one found by its number."""

from dash import dcc, html
from dash.development.base_component import Component

from layouts.disputes_face import Gathering
from layouts.parts.acting import line
from layouts.parts.marks import aria, data
from layouts.parts.people import field
from layouts.parts.ticket_page import address
from layouts.ticket_face import Reader, Row


def gathering(face: Gathering, reader: Reader) -> Component:
    """Draw the chosen tickets, and the two ways: one dispute on them, or one there is.

    `assets/disputing.js` sends each ticket by itself and writes beside it what became of it.
    """
    said = reader.words
    hidden = said["dispute_tickets_hidden"].format(n=face.hidden) if face.hidden else ""
    return html.Section(
        [
            html.H2(said["dispute_chosen"].format(n=len(face.tickets))),
            html.Ul([_chosen(one, reader) for one in face.tickets], className="docket-list"),
            html.P(hidden, className="fine"),
            line(said["dispute_chosen_reason"], "reason"),
            _way("open", said["dispute_chosen_open"], []),
            _way("join", said["dispute_chosen_join"], [_into(face, reader)]) if face.into else None,
        ],
        className="card dispute-gather",
        **data(
            joined=said["dispute_chosen_in"], some=said["dispute_chosen_some"],
            none=said["dispute_chosen_none"], go=said["dispute_chosen_go"],
        ),
    )  # fmt: skip


def _chosen(row: Row, reader: Reader) -> Component:
    said, path = reader.words, address(row.source, row.external_id)
    facts = [row.external_id, said[f"ticket_status_{row.status}"], row.category, row.district,
             row.department or said["ticket_unassigned"]]  # fmt: skip
    return html.Li(
        [
            html.A(row.title or row.external_id, href=f"{path}?lang={reader.language}"),
            html.Span(" · ".join(filter(None, facts)), className="fine"),
            html.Span(className="dispute-gathered", role="status"),
        ],
        **data(ticket=path.removeprefix("/tickets/")),
    )


def _way(name: str, word: str, fields: list[Component]) -> Component:
    main = " press-main" if name == "open" else ""
    button = html.Button(word, type="button", className=f"press{main}", **data(gather=name))
    return html.Div(
        [
            *fields,
            html.Div(button, className="search-ways"),
            html.P(className="told acting-told", role="status"),
        ],
        className="acting-form", role="group", **aria(label=word),
    )  # fmt: skip


def _into(face: Gathering, reader: Reader) -> Component:
    options = [
        html.Option(f"{one.number} · {one.matter}", value=one.number, **data(version=str(version)))
        for one, version in face.into
    ]
    return field(reader.words["dispute_chosen_into"], html.Select(options, name="into"))


def finding(number: str, reader: Reader) -> Component:
    """Draw what finds a ticket by its number, and adds it to a dispute."""
    said = reader.words
    typed = dcc.Input(type="search", maxLength=128, autoComplete="off")
    button = html.Button(said["dispute_find_go"], type="button", className="press",
                         **data(look="yes"))  # fmt: skip
    box = html.Div(
        [
            html.Div(
                [
                    field(said["dispute_find_number"], typed),
                    html.Div(button, className="search-ways"),
                ],
                className="acting-form", role="search", **aria(label=said["dispute_find"]),
            ),
            html.P(className="told dispute-find-told", role="status"),
            html.Ul(className="docket-list dispute-found"),
        ],
        className="dispute-find",
        **data(
            find=f"/api/v1/disputes/{number}/join", none=said["dispute_find_none"],
            add=said["dispute_act_join"].format(number=number),
        ),
    )  # fmt: skip
    return html.Details([html.Summary(said["dispute_find"]), box])
