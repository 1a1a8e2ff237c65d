"""Disputes in SQL, each act with its line and the audit log's in one transaction."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, text

from data_sources.agreed_rows import waiting
from data_sources.audit_log import SqlAudit
from data_sources.database import reading, writing
from data_sources.dispute_rows import (
    alone,
    append_line,
    body_of,
    dispute_of,
    line_of,
    next_number,
    ticket_number,
)
from data_sources.rows import us_of
from operations.errors import BadInput, Conflict
from operations.people.audit import Deed
from operations.people.ports import Audit
from operations.response.clinic import Session
from operations.response.deeds import dispute_deed
from operations.response.dispute import Act, Dispute, DisputeLine, State
from operations.response.ports import Page

PREFIX = "ZY"


class SqlDisputeBook:
    """`response.ports.DisputeBook` on SQLite or PostgreSQL; `migrate` must have run before."""

    def __init__(self, engine: Engine, audit: Audit | None = None) -> None:
        self._engine = engine
        self._audit = audit or SqlAudit(engine)

    def dispute(self, number: str) -> Dispute | None:
        """Give a dispute."""
        with reading(self._engine) as connection:
            found = held(connection, number)
        return None if found is None else found[1]

    def lines(self, number: str) -> list[DisputeLine]:
        """Give what was done to a dispute, oldest first."""
        with reading(self._engine) as connection:
            return [line_of(row) for row in connection.execute(text(_LINES), {"number": number})]

    def listed(self, states: Collection[State], *, most: int, after: int | None = None) -> Page:
        """Give disputes in such states, the oldest first, from a place on."""
        asked = {"states": [one.value for one in states], "after": after or 0, "most": most + 1}
        with reading(self._engine) as connection:
            found = connection.execute(_LISTED, asked).all()
        rows = [dispute_of(row.body) for row in found[:most]]
        return Page(rows, found[most - 1].id if len(found) > most else None)

    def counts(self) -> dict[State, int]:
        """Count the disputes that are not ended, by state."""
        with reading(self._engine) as connection:
            found = connection.execute(_COUNTS, {"states": [s.value for s in _WAITING]}).all()
        return dict.fromkeys(_WAITING, 0) | {State(row.state): row.n for row in found}

    def waiting_for_lead(self) -> dict[str, int]:
        """Count open tickets that are not with their agreed lead, by the number of the dispute."""
        with reading(self._engine) as connection:
            return waiting(connection)

    def of_ticket(self, source: str, external_id: str) -> list[Dispute]:
        """Give the disputes a ticket is or was in, the newest first."""
        named = {"source": source, "external_id": external_id}
        return self._several(_OF_TICKET, named)

    def of_clinic(self, number: str) -> list[Dispute]:
        """Give what is or was on a clinic's agenda, the oldest first."""
        return self._several(_OF_CLINIC, {"clinic": number})

    def agenda_sizes(self, clinics: Sequence[str]) -> dict[str, int]:
        """Count what is or was on the agendas of some clinics."""
        with reading(self._engine) as connection:
            found = connection.execute(_SIZES, {"clinics": list(clinics)}).all()
        return dict.fromkeys(clinics, 0) | {row.clinic: row.n for row in found}

    def _several(self, wanted: str, values: dict[str, Any]) -> list[Dispute]:
        with reading(self._engine) as connection:
            found = connection.execute(text(wanted), values).all()
        return [dispute_of(row.body) for row in found]

    def begin(self, dispute: Dispute, line: DisputeLine, year: int) -> Dispute:
        """Write a new dispute; gives it with its number, the next of the year."""
        with writing(self._engine) as connection:
            alone(connection)
            row, number = next_number(connection, _LAST, PREFIX, year)
            made = replace(dispute, number=number)
            connection.execute(text(_NEW), _row(row, made))
            for ticket in made.tickets:
                take_in(connection, row, ticket)
            append_line(connection, row, line)
            self._audit.append(dispute_deed(None, made, line), within=connection)
        self._audit.hand_on()
        return made

    def act(self, dispute: Dispute, line: DisputeLine) -> None:
        """Write the next version, its line and the audit's, in one transaction."""
        with writing(self._engine) as connection:
            alone(connection)
            if line.act is Act.SCHEDULE:
                _refuse_unplanned(connection, dispute.clinic)
            deed = write_dispute(connection, dispute, line)
            if deed is None:
                return
            self._audit.append(deed, within=connection)
        self._audit.hand_on()


def held(connection: Connection, number: str) -> tuple[int, Dispute] | None:
    """Give a dispute's row and the dispute within a transaction."""
    found = connection.execute(text(_ONE), {"number": number}).one_or_none()
    return None if found is None else (found.id, dispute_of(found.body))


def write_dispute(connection: Connection, dispute: Dispute, line: DisputeLine) -> Deed | None:
    """Write the next version of a dispute and its line within a transaction.

    Gives the deed for the audit log, whose lock is taken last; None where it is written already,
    after an answer was lost. Raises `Conflict` with what is held where somebody came first.
    """
    found = held(connection, dispute.number)
    if found is None:
        raise BadInput("number", f"there is no dispute {dispute.number}")
    row, before = found
    if before == dispute:
        return None
    if before.version != dispute.version - 1:
        raise Conflict(f"dispute {dispute.number} has changed since it was seen", before)
    connection.execute(text(_NEXT), _row(row, dispute))
    for ticket in set(dispute.tickets) - set(before.tickets):
        take_in(connection, row, ticket)
    for ticket in set(before.tickets) - set(dispute.tickets):
        out = {"dispute": row, "ticket": ticket_number(connection, ticket)}
        connection.execute(text(_OUT), out)
    if not dispute.is_living:
        connection.execute(text(_ENDED), {"dispute": row})
    append_line(connection, row, line)
    return dispute_deed(before, dispute, line)


def take_in(connection: Connection, row: int, ticket: tuple[str, str]) -> None:
    """Put a ticket into a dispute; raises Conflict where it is in a living one."""
    number = ticket_number(connection, ticket)
    other = connection.execute(text(_LIVING_OF), {"ticket": number}).one_or_none()
    if other is not None:
        raise Conflict(f"ticket {ticket[1]} is in dispute {other.number}", dispute_of(other.body))
    connection.execute(text(_TAKE_IN), {"dispute": row, "ticket": number})


def _refuse_unplanned(connection: Connection, clinic: str | None) -> None:
    state = connection.execute(text(_CLINIC_STATE), {"number": clinic}).scalar()
    if state != Session.PLANNED:
        raise BadInput("clinic", "there is no such clinic that is still to be held")


def _row(row: int, dispute: Dispute) -> dict[str, Any]:
    return {
        "id": row, "number": dispute.number, "version": dispute.version,
        "state": dispute.state.value, "opened_us": us_of(dispute.opened_at),
        "clinic": dispute.clinic, "body": body_of(dispute),
    }  # fmt: skip


_WAITING = (State.OPEN, State.CONSULTING, State.UNRESOLVED, State.SCHEDULED)
_ONE = "SELECT id, body FROM disputes WHERE number = :number"
_LAST = "SELECT id, number FROM disputes ORDER BY id DESC LIMIT 1"
_LINES = (
    "SELECT dispute_lines.version, at_us, actor, verified, act, detail, reason FROM dispute_lines"
    " JOIN disputes ON id = dispute_id WHERE number = :number ORDER BY dispute_lines.version"
)
_LISTED = text(
    "SELECT id, body FROM disputes WHERE state IN :states AND id > :after ORDER BY id LIMIT :most"
).bindparams(bindparam("states", expanding=True))
_COUNTS = text(
    "SELECT state, count(*) AS n FROM disputes WHERE state IN :states GROUP BY state"
).bindparams(bindparam("states", expanding=True))
_OF_TICKET = (
    "SELECT body FROM tickets JOIN dispute_tickets ON ticket_id = tickets.id"
    " JOIN disputes ON disputes.id = dispute_id"
    " WHERE source = :source AND external_id = :external_id"
    " ORDER BY dispute_id DESC LIMIT 20"
)
_OF_CLINIC = "SELECT body FROM disputes WHERE clinic = :clinic ORDER BY id LIMIT 200"
_SIZES = text(
    "SELECT clinic, count(*) AS n FROM disputes WHERE clinic IN :clinics GROUP BY clinic"
).bindparams(bindparam("clinics", expanding=True))
_NEW = (
    "INSERT INTO disputes (id, number, version, state, opened_us, clinic, body)"
    " VALUES (:id, :number, :version, :state, :opened_us, :clinic, :body)"
)
_NEXT = (
    "UPDATE disputes SET version = :version, state = :state, clinic = :clinic, body = :body"
    " WHERE id = :id"
)
_TAKE_IN = (
    "INSERT INTO dispute_tickets (dispute_id, ticket_id, live) VALUES (:dispute, :ticket, true)"
)
_OUT = "DELETE FROM dispute_tickets WHERE dispute_id = :dispute AND ticket_id = :ticket"
_ENDED = "UPDATE dispute_tickets SET live = false WHERE dispute_id = :dispute"
_LIVING_OF = (
    "SELECT number, body FROM dispute_tickets JOIN disputes ON id = dispute_id"
    " WHERE ticket_id = :ticket AND live"
)
_CLINIC_STATE = "SELECT state FROM clinics WHERE number = :number"
