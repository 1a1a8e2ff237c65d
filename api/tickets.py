"""One ticket with its history, and the open tickets of a narrowed map."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol

from flask import Blueprint, Response, request

from api.answers import answer, problem
from operations.errors import BadInput, Unreachable
from operations.tickets.changes import Change
from operations.tickets.ticket import Ticket

PUBLIC = (
    *("source", "external_id", "kind", "channel", "category", "urgency", "status", "parent"),
    *("department", "cooperating", "district", "town", "geo_quality"),
    *("created_at", "received_at", "dispatched_at", "signed_at", "due_at", "original_due_at"),
    *("replied_at", "closed_at", "updated_at"),
    *("returns", "reassignments", "extensions", "reopenings"),
)
"""What may leave without an account: no caller, no text, no address and no exact place."""


class Life(Protocol):
    """A ticket and its history, oldest first."""

    @property
    def ticket(self) -> Ticket: ...

    @property
    def changes(self) -> list[Change]: ...


def public(ticket: Ticket) -> dict[str, Any]:
    """Give the public fields of a ticket; `kind` is called `type` on the wire."""
    fields = {name: getattr(ticket, name) for name in PUBLIC}
    fields["type"] = fields.pop("kind")
    return fields


def blueprint(
    life: Callable[[str, str], Life | None],
    narrowed: Callable[..., dict[str, Any]],
    in_thread: Callable[..., Any],
    now: Callable[[], datetime],
) -> Blueprint:
    """Make the routes `/api/v1/tickets/<source>/<external_id>` and `/api/v1/cells/<scope>`.

    `in_thread(function, *arguments)` runs what waits for a database outside the event loop.
    """
    routes = Blueprint("tickets", __name__, url_prefix="/api/v1")

    @routes.get("/tickets/<source>/<path:external_id>")
    def get_ticket(source: str, external_id: str) -> Response:
        """Give the public fields and the history of one ticket."""
        try:
            found = in_thread(life, source, external_id)
        except Unreachable:
            return problem(503, "database", "cannot be read now; try again", retry_after_s=2)
        if found is None or found.ticket.confidential:
            return problem(404, "external_id", "no such ticket")
        history = [asdict(change) for change in found.changes]
        return answer(200, public(found.ticket) | {"history": history})

    @routes.get("/cells/<path:scope>")
    def get_cells(scope: str) -> Response:
        """Give the map narrowed to a category, district, department or measure."""
        wanted = {
            name: request.args[name]
            for name in ("category", "district", "department", "measure")
            if request.args.get(name)
        }
        try:
            return answer(200, narrowed(scope, now(), **wanted))
        except BadInput as error:
            return problem(400, error.field, error.reason)
        except Unreachable:
            return problem(503, "database", "cannot be read now; try again", retry_after_s=2)

    return routes
