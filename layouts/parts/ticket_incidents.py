"""The card of a ticket's incidents: which they are, the visits to its caller, and the ways on."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import PAGE, IncidentFace
from layouts.parts.marks import data
from layouts.ticket_face import Reader


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit to the caller: whose it is, how it stands, until when, and what came of it."""

    title: str
    owner: str
    state: str
    due_us: int | None
    told: str


@dataclass(frozen=True, slots=True)
class InIncident:
    """An incident the ticket is in; `runs` tells whether who looks may send somebody."""

    id: str
    number: str
    title: str
    state: str
    lead: str
    exercise: bool
    visits: Sequence[Visit]
    runs: bool


@dataclass(frozen=True, slots=True)
class TicketIncidents:
    """What the card is told; `face` names what incidents name, None where there are none."""

    reader: Reader
    ticket: tuple[str, str]
    face: IncidentFace | None
    found: Sequence[InIncident]
    may_open: bool


def incidents(told: TicketIncidents) -> Component:
    """Draw the card's inside."""
    said = told.reader.words
    none = html.P(said["ticket_incidents_none"], className="fine")
    source, external_id = told.ticket
    asked = {"source": source, "external_id": external_id, "lang": told.reader.language}
    join = html.A(
        said["ticket_incident_join"], href=f"{PAGE}?{urlencode(asked)}", className="press",
        **data(way="incident"),
    )  # fmt: skip
    return html.Div(
        [
            *([_incident(one, told) for one in told.found] or [none]),
            html.Div(join, className="search-ways") if told.may_open else None,
        ]
    )


def _incident(one: InIncident, told: TicketIncidents) -> Component:
    said, language = told.reader.words, told.reader.language
    page = f"{PAGE}/{quote(one.id, safe='')}"
    drill = f" · {said['incidents_drill']}" if one.exercise else ""
    state = said[f"incident_state_{one.state}"]
    visit = html.A(
        said["ticket_visit"],
        href=f"{page}?{urlencode({'visit': '/'.join(told.ticket), 'lang': language})}",
        className="press press-main", **data(way="visit"),
    )  # fmt: skip
    return html.Div(
        [
            html.P(
                [
                    html.A(f"{one.number} {one.title}", href=f"{page}?lang={language}"),
                    f" · {state} · {_named(one.lead, told)}{drill}",
                ]
            ),
            html.Ul([_visit(visit_, told) for visit_ in one.visits], className="visits")
            if one.visits
            else None,
            html.Div(visit, className="search-ways") if one.runs else None,
        ],
        className="ticket-incident",
    )


def _visit(one: Visit, told: TicketIncidents) -> Component:
    said = told.reader.words
    facts = [said[f"incident_task_{one.state}"], _named(one.owner, told)]
    if one.due_us is not None and told.face is not None:
        facts.append(said["incident_due_by"].format(time=told.face.moment(one.due_us)))
    return html.Li(
        [
            html.Strong(one.title),
            html.Span(f" {' · '.join(facts)}", className="fine"),
            html.P(said["ticket_visit_told"].format(told=one.told)) if one.told else None,
        ],
        **data(state=one.state),
    )


def _named(code: str, told: TicketIncidents) -> str:
    return code if told.face is None else told.face.named(code)
