"""Merged tickets in SQL, each with its line and the audit log's in one transaction."""

from typing import Any

from sqlalchemy import Connection, Engine, text

from data_sources.audit_log import SqlAudit
from data_sources.database import reading, writing
from data_sources.rows import time_of, us_of
from operations.errors import Conflict
from operations.people.ports import Audit
from operations.tickets.merging import (
    APART,
    MOST_LINES,
    MOST_UNDER,
    Identity,
    Merge,
    MergeAct,
    MergeLine,
    merge_deed,
)

MERGE_LOCK = 12345_3
"""PostgreSQL: one merge at a time, so that two that are each allowed never make a chain."""


class SqlMergeBook:
    """`merging.MergeBook` on SQLite or PostgreSQL; `migrate` must have run before."""

    def __init__(self, engine: Engine, audit: Audit | None = None) -> None:
        self._engine = engine
        self._audit = audit or SqlAudit(engine)

    def merge(self, source: str, external_id: str) -> Merge:
        """Give under which main a ticket stands."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_ONE), _named((source, external_id))).one_or_none()
        return APART if found is None else _merge_of(found)

    def under(self, source: str, external_id: str) -> list[Identity]:
        """Give what stands under a ticket, in the order of the ledger."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_UNDER), _named((source, external_id))).all()
        return [(one, other) for one, other in found]

    def lines(self, source: str, external_id: str) -> list[MergeLine]:
        """Give the merges of a ticket and their ends, oldest first."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_LINES), _named((source, external_id))).all()
        return [_line_of(row, (row.source, row.external_id)) for row in found]

    def under_lines(self, source: str, external_id: str) -> list[tuple[Identity, MergeLine]]:
        """Give what stands under a ticket, each with the line that put it there."""
        return self._about((source, external_id), _UNDER_LINES)

    def lines_into(self, source: str, external_id: str) -> list[tuple[Identity, MergeLine]]:
        """Give merges into a ticket and their ends, oldest first."""
        return self._about((source, external_id), _LINES_INTO)[::-1]

    def _about(self, main: Identity, wanted: str) -> list[tuple[Identity, MergeLine]]:
        with reading(self._engine) as connection:
            found = connection.execute(text(wanted), _named(main)).all()
        return [((row.source, row.external_id), _line_of(row, main)) for row in found]

    def act(self, source: str, external_id: str, merge: Merge, line: MergeLine) -> None:
        """Write a merge or its end, its line and the audit's, in one transaction."""
        ticket = (source, external_id)
        with writing(self._engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MERGE_LOCK})")
            one = connection.execute(text(_ONE), _named(ticket)).one_or_none()
            other = connection.execute(text(_ONE), _named(line.main)).one_or_none()
            if one is None or other is None:
                raise Conflict("one of the two tickets is not there", APART)
            before = _merge_of(one)
            if before == merge:  # the same again, after an answer was lost
                return
            bent = merge.main is not None and _bent(connection, one, other)
            if bent or before.version != merge.version - 1:
                raise Conflict(f"ticket {external_id} has changed since it was seen", before)
            main = other.id if merge.main else None
            row = {"ticket": one.id, "version": merge.version, "main": main}
            connection.execute(text(_SET), row)
            connection.execute(text(_APPEND), _line_row(one.id, other.id, line))
            self._audit.append(merge_deed(ticket, before, merge, line), within=connection)
        self._audit.hand_on()


def _named(ticket: Identity) -> dict[str, str]:
    return {"source": ticket[0], "external_id": ticket[1]}


def _merge_of(row: Any) -> Merge:
    main = None if row.main_source is None else (row.main_source, row.main_external_id)
    return Merge(row.version or 0, main)


def _line_of(row: Any, main: Identity) -> MergeLine:
    return MergeLine(
        row.version, time_of(row.at_us), row.actor, bool(row.verified), MergeAct(row.act), main,
        row.reason,
    )  # fmt: skip


def _bent(connection: Connection, one: Any, other: Any) -> bool:
    """Tell whether a merge would make a chain or a circle."""
    if one.id == other.id or other.main_source is not None:
        return True
    return connection.execute(text(_ANY), {"ticket": one.id}).first() is not None


def _line_row(ticket: int, main: int, line: MergeLine) -> dict[str, Any]:
    return {
        "ticket": ticket,
        "version": line.version,
        "at_us": us_of(line.at),
        "actor": line.actor,
        "verified": line.verified,
        "act": line.act.value,
        "main": main,
        "reason": line.reason,
    }


_ONE = (
    "SELECT tickets.id, merges.version, main.source AS main_source,"
    " main.external_id AS main_external_id FROM tickets"
    " LEFT JOIN merges ON merges.ticket_id = tickets.id"
    " LEFT JOIN tickets AS main ON main.id = merges.main_id"
    " WHERE tickets.source = :source AND tickets.external_id = :external_id"
)
_UNDER = (
    "SELECT one.source, one.external_id FROM tickets"  # noqa: S608 - a number of ours
    " JOIN merges ON merges.main_id = tickets.id JOIN tickets AS one ON one.id = merges.ticket_id"
    " WHERE tickets.source = :source AND tickets.external_id = :external_id"
    f" ORDER BY one.id LIMIT {MOST_UNDER}"
)
_ABOUT = (
    "SELECT one.source, one.external_id, merge_lines.version, at_us, actor, verified, act, reason"
    " FROM tickets"
)
_UNDER_LINES = (
    f"{_ABOUT} JOIN merges ON merges.main_id = tickets.id"
    " JOIN merge_lines ON merge_lines.ticket_id = merges.ticket_id"
    " AND merge_lines.version = merges.version JOIN tickets AS one ON one.id = merges.ticket_id"
    " WHERE tickets.source = :source AND tickets.external_id = :external_id"
    f" ORDER BY one.id LIMIT {MOST_UNDER}"
)
_LINES_INTO = (
    f"{_ABOUT} JOIN merge_lines ON merge_lines.main_id = tickets.id"
    " JOIN tickets AS one ON one.id = merge_lines.ticket_id"
    " WHERE tickets.source = :source AND tickets.external_id = :external_id"
    f" ORDER BY at_us DESC, one.id DESC, merge_lines.version DESC LIMIT {MOST_LINES}"
)
_ANY = "SELECT 1 FROM merges WHERE main_id = :ticket LIMIT 1"
_LINES = (
    "SELECT version, at_us, actor, verified, act, reason, main.source, main.external_id"
    " FROM merge_lines JOIN tickets ON tickets.id = merge_lines.ticket_id"
    " JOIN tickets AS main ON main.id = merge_lines.main_id"
    " WHERE tickets.source = :source AND tickets.external_id = :external_id ORDER BY version"
)
_SET = (
    "INSERT INTO merges (ticket_id, version, main_id) VALUES (:ticket, :version, :main)"
    " ON CONFLICT (ticket_id) DO UPDATE SET version = excluded.version, main_id = excluded.main_id"
)
_APPEND = (
    "INSERT INTO merge_lines (ticket_id, version, at_us, actor, verified, act, main_id, reason)"
    " VALUES (:ticket, :version, :at_us, :actor, :verified, :act, :main, :reason)"
)
