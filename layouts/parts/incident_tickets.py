"""The tickets of an incident: those that joined last, each with the way to take it out."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import IncidentFace, Own
from layouts.parts.incident_forms import BECAUSE, act
from layouts.parts.marks import data
from layouts.parts.ticket_page import address

SHOWN = 6
"""So many of the last that joined stand open."""


def tickets(joined: Sequence[Own], whole: int, face: IncidentFace) -> list[Component]:
    """Draw the last that joined and those that were taken out, and how many there are in all."""
    said = face.words
    if not joined:
        return [html.P(said["incident_tickets_none"], className="inc-fine")]
    shown = sum(not one.out for one in joined)
    beyond = max(0, whole - shown)
    rows = [_ticket(one, face) for one in joined]
    # Many join in one moment, so that those behind the fold need not be earlier ones.
    others = len(rows[SHOWN:]) + beyond
    folded = html.Details(
        [
            html.Summary(said["incident_tickets_others"].format(n=others)),
            html.Ul(rows[SHOWN:], className="inc-list"),
            html.P(
                said["incident_tickets_more"].format(n=beyond),
                className="inc-fine",
                hidden=not beyond,
            ),
        ],
        hidden=len(rows) <= SHOWN,
    )
    return [html.Ul(rows[:SHOWN], className="inc-list"), folded]


def _ticket(one: Own, face: IncidentFace) -> Component:
    said = face.words
    by = said["incident_automatic"] if one.by == "cluster" else one.by
    way = None
    if not one.out:
        way = act("take_out", face, form=BECAUSE, ticket=f"{one.source}/{one.external_id}")
    return html.Li(
        [
            html.Div(
                [
                    html.A(
                        one.external_id,
                        href=f"{address(one.source, one.external_id)}?lang={face.language}",
                    ),
                    html.Span(said["incident_tickets_out"], className="inc-mark")
                    if one.out
                    else None,
                    html.Span(f"{face.moment(one.joined_us)} · {by}", className="inc-fine"),
                    way,
                ],
                className="inc-link-head",
            ),
            html.P(one.why, className="inc-fine") if one.why else None,
        ],
        **data(state="out" if one.out else "in"),
    )
