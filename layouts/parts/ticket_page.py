"""What the pages of tickets share: their head, their address, their watermark."""

from collections.abc import Sequence
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from layouts.parts.header import language_switch
from layouts.parts.people import sign_out
from layouts.parts.watermark import watermark
from layouts.ticket_face import Reader, Row

DESK = "/desk"
"""Where tickets are looked for."""


def address(source: str, external_id: str) -> str:
    """Give the address of a ticket's page, without its query."""
    return f"/tickets/{quote(source, safe='')}/{quote(external_id, safe='')}"


def ticket_page(
    reader: Reader,
    title: str,
    way_back: Component,
    path: str,
    body: Sequence[Component | None],
    *,
    wide: bool = False,
) -> Component:
    """Draw a page of tickets around its body; `wide`: over the whole screen."""
    return html.Main(
        [
            html.Header(
                [
                    way_back,
                    html.H1(title),
                    html.Span(reader.words["demo"], className="demo") if reader.demo else None,
                    language_switch(reader.language, path=path),
                    sign_out(reader.language) if reader.own else None,
                ],
                className="home-head",
            ),
            *body,
            watermark(reader.mark),
        ],
        className=f"home people tickets{' desk' if wide else ''}",
        lang="zh-CN" if reader.language == "zh" else "en",
    )


def marks(row: Row, reader: Reader) -> list[Component]:
    """Draw what is to be noticed of a ticket: its state, urgency, lateness, confidence."""
    said = reader.words
    drawn: list[Component] = [
        html.Span(said[f"ticket_status_{row.status}"], className="ticket-state")
    ]
    if row.urgency != "routine":
        drawn.append(html.Span(said[f"ticket_urgency_{row.urgency}"], className="ticket-urgent"))
    if row.overdue:
        drawn.append(html.Span(said["ticket_overdue"], className="ticket-urgent"))
    if row.confidential:
        drawn.append(html.Span(said["ticket_confidential"], className="ticket-confidential"))
    return drawn
