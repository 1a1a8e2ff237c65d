"""Disputes, clinics and opinions as rows of the ledger, and back."""

from typing import Any

import orjson
from pydantic import TypeAdapter
from sqlalchemy import Connection, text

from data_sources.rows import time_of, us_of
from operations.errors import BadInput
from operations.response.clinic import Clinic
from operations.response.dispute import Act, Dispute, DisputeLine, Identity
from operations.response.opinion import Opinion
from operations.tickets.handling_entering import key_taken

DISPUTE_LOCK = 12345_6
"""PostgreSQL: one writer of disputes at a time, so that numbers have no gap."""

_DISPUTE, _CLINIC, _OPINION = TypeAdapter(Dispute), TypeAdapter(Clinic), TypeAdapter(Opinion)


def alone(connection: Connection) -> None:
    """Keep other writers of disputes out until the transaction ends; SQLite has one anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({DISPUTE_LOCK})")


def body_of(one: Dispute | Clinic | Opinion) -> str:
    """Write one as JSON; times as ISO 8601."""
    return orjson.dumps(one).decode()


def dispute_of(body: str) -> Dispute:
    """Read a dispute."""
    return _DISPUTE.validate_json(body)


def clinic_of(body: str) -> Clinic:
    """Read a clinic."""
    return _CLINIC.validate_json(body)


def opinion_of(body: str) -> Opinion:
    """Read an opinion."""
    return _OPINION.validate_json(body)


def next_number(connection: Connection, last: str, prefix: str, year: int) -> tuple[int, str]:
    """Give the next row's id and number; `last` reads the last row's (id, number)."""
    found = connection.execute(text(last)).one_or_none()
    head = f"{prefix}{year}-"
    row = 1 if found is None else found.id + 1
    same_year = found is not None and found.number.startswith(head)
    count = int(found.number.removeprefix(head)) + 1 if found is not None and same_year else 1
    return row, f"{head}{count:04d}"


def refuse_other(there: Any, act: str, number: str | None = None) -> None:
    """Raise BadInput unless what a key names (act, number) is the same act, on that matter."""
    if there.act != act or number not in (None, there.number):
        raise key_taken()


def ticket_number(connection: Connection, ticket: Identity) -> int:
    """Give the ledger's number of a ticket; raises BadInput where there is none."""
    named = {"source": ticket[0], "external_id": ticket[1]}
    found = connection.execute(text(_TICKET), named).scalar()
    if found is None:
        raise BadInput("ticket", f"there is no ticket {ticket[1]} of {ticket[0]}")
    return int(found)


def append_line(connection: Connection, dispute: int, line: DisputeLine) -> None:
    """Write one line of a dispute's history."""
    row = {
        "dispute": dispute, "version": line.version, "at_us": us_of(line.at),
        "actor": line.actor, "verified": line.verified, "act": line.act.value,
        "detail": line.detail, "reason": line.reason,
    }  # fmt: skip
    connection.execute(text(_APPEND), row)


def line_of(row: Any) -> DisputeLine:
    """Read one line of a dispute's history."""
    return DisputeLine(
        row.version, time_of(row.at_us), row.actor, bool(row.verified), Act(row.act),
        row.detail, row.reason,
    )  # fmt: skip


_TICKET = "SELECT id FROM tickets WHERE source = :source AND external_id = :external_id"
_APPEND = (
    "INSERT INTO dispute_lines (dispute_id, version, at_us, actor, verified, act, detail, reason)"
    " VALUES (:dispute, :version, :at_us, :actor, :verified, :act, :detail, :reason)"
)
