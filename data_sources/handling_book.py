"""Decisions on tickets in SQL, each with its line and the audit log's in one transaction."""

from typing import Any

from sqlalchemy import Connection, Engine, text

from data_sources.audit_log import SqlAudit
from data_sources.database import reading, writing
from data_sources.handling_rows import handling_body, handling_of
from data_sources.rows import time_of, us_of
from data_sources.supervision_rows import keep_owed
from operations.errors import Conflict
from operations.people.audit import Deed
from operations.people.ports import Audit
from operations.tickets.handling import UNTOUCHED, Handling, HandlingAct, HandlingLine
from operations.tickets.handling_deed import handling_deed


class SqlHandlingBook:
    """`tickets.ports.HandlingBook` on SQLite or PostgreSQL; `migrate` must have run before."""

    def __init__(self, engine: Engine, audit: Audit | None = None) -> None:
        self._engine = engine
        self._audit = audit or SqlAudit(engine)

    def handling(self, source: str, external_id: str) -> Handling:
        """Give the decisions on a ticket as they stand."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_ONE), _named(source, external_id)).one_or_none()
        return UNTOUCHED if found is None or found.body is None else handling_of(found.body)

    def lines(self, source: str, external_id: str) -> list[HandlingLine]:
        """Give the decisions on a ticket one by one, oldest first."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_LINES), _named(source, external_id)).all()
        return [
            HandlingLine(version, time_of(at), actor, bool(verified), HandlingAct(act), *more)
            for version, at, actor, verified, act, *more in found
        ]

    def act(self, source: str, external_id: str, handling: Handling, line: HandlingLine) -> None:
        """Write decisions a person changed, their line and the audit's, in one transaction."""
        with writing(self._engine) as connection:
            found = connection.execute(text(_ONE), _named(source, external_id)).one_or_none()
            if found is None:
                raise Conflict(f"ticket {external_id} is not there", UNTOUCHED)
            before = UNTOUCHED if found.body is None else handling_of(found.body)
            if before == handling:  # the same again, after an answer was lost
                return
            identity = (source, external_id)
            deed = write_decision(connection, found.id, identity, before, handling, line)
            self._audit.append(deed, within=connection)
        self._audit.hand_on()


def write_decision(
    connection: Connection,
    ticket: int,
    identity: tuple[str, str],
    before: Handling,
    after: Handling,
    line: HandlingLine,
) -> Deed:
    """Write the next decisions on a ticket and their line within a transaction.

    Gives the deed for the audit log, whose lock is taken last. Raises `Conflict` with what is held
    where somebody came first.
    """
    if not _set(connection, ticket, after):
        held = _find(connection, ticket)
        raise Conflict(f"ticket {identity[1]} has changed since it was seen", held)
    keep_owed(connection, ticket, before.watch, after.watch)
    connection.execute(text(_APPEND), _line_row(ticket, line))
    return handling_deed(identity, before, after, line)


def _named(source: str, external_id: str) -> dict[str, str]:
    return {"source": source, "external_id": external_id}


def _set(connection: Connection, ticket: int, handling: Handling) -> bool:
    """Write the next version, by compare and set: of two writers of one the second finds none."""
    row = {"ticket": ticket, "version": handling.version, "body": handling_body(handling)}
    statement = _NEW if handling.version == 1 else _NEXT
    return bool(connection.execute(text(statement), row).rowcount)


def _find(connection: Connection, ticket: int) -> Handling:
    found = connection.execute(text(_HELD), {"ticket": ticket}).scalar_one_or_none()
    return UNTOUCHED if found is None else handling_of(found)


def _line_row(ticket: int, line: HandlingLine) -> dict[str, Any]:
    return {
        "ticket": ticket,
        "version": line.version,
        "at_us": us_of(line.at),
        "actor": line.actor,
        "verified": line.verified,
        "act": line.act.value,
        "detail": line.detail,
        "reason": line.reason,
    }


_ONE = (
    "SELECT id, body FROM tickets LEFT JOIN handling ON ticket_id = id"
    " WHERE source = :source AND external_id = :external_id"
)
_HELD = "SELECT body FROM handling WHERE ticket_id = :ticket"
_NEW = (
    "INSERT INTO handling (ticket_id, version, reckoned, body)"
    " SELECT :ticket, :version, 0, :body"
    " WHERE NOT EXISTS (SELECT 1 FROM handling WHERE ticket_id = :ticket)"
    " ON CONFLICT (ticket_id) DO NOTHING"
)
_NEXT = (
    "UPDATE handling SET version = :version, body = :body"
    " WHERE ticket_id = :ticket AND version = :version - 1"
)
_LINES = (
    "SELECT version, at_us, actor, verified, act, detail, reason FROM handling_lines"
    " JOIN tickets ON id = ticket_id WHERE source = :source AND external_id = :external_id"
    " ORDER BY version"
)
_APPEND = (
    "INSERT INTO handling_lines (ticket_id, version, at_us, actor, verified, act, detail, reason)"
    " VALUES (:ticket, :version, :at_us, :actor, :verified, :act, :detail, :reason)"
)
