"""The incidents a ticket is in, and the visits to its caller, as its page shows them."""

from typing import Any

from callbacks.attending import whose
from callbacks.desk import Desk
from callbacks.incident_rows import shared_face
from layouts.parts.ticket_incidents import InIncident, TicketIncidents, Visit
from layouts.ticket_face import Reader
from operations.people.permissions import Act, Field, Subject
from operations.response.incident import Incident, Kind
from operations.tickets.ticket import Ticket

MOST_SHOWN = 5


def incidents_face(sources: Any, desk: Desk, ticket: Ticket, reader: Reader) -> TicketIncidents:
    """Tell of the incidents that who looks may see; a confidential ticket begins none."""
    found = desk.beside(sources.incident_book.of_ticket, ticket.identity)
    face = shared_face(sources, desk, reader.language) if found else None
    name = "/".join(ticket.identity)
    here = Subject(Field.AGGREGATE, district=ticket.district)
    return TicketIncidents(
        reader=reader,
        ticket=ticket.identity,
        face=face,
        found=[
            _told(sources, desk, head, name) for head in found[:MOST_SHOWN]
            if desk.allows(Act.ATTEND, whose(sources, desk, head))
        ],
        may_open=not ticket.confidential and desk.allows(Act.COMMAND, here),
    )  # fmt: skip


def _told(sources: Any, desk: Desk, head: Incident, ticket: str) -> InIncident:
    whole = desk.beside(sources.incident_book.whole, head.id)
    tasks = [] if whole is None else whole.of(Kind.TASK)
    visits = [
        Visit(str(one.body["title"]), str(one.body["owner"]), one.state, one.due_us,
              str(one.body["told"]))
        for one in tasks
        if one.body["ticket"] == ticket
    ]  # fmt: skip
    runs = head.is_living and desk.allows(Act.COMMAND, whose(sources, desk, head))
    return InIncident(
        head.id, head.number, head.title, head.state, head.lead, head.exercise, visits, runs
    )
