"""Pairs of tickets that are two matters, in SQL; each line with the audit log's."""

from typing import Any

from sqlalchemy import Connection, Engine, text

from data_sources.audit_log import SqlAudit
from data_sources.database import reading, writing
from data_sources.merge_book import MERGE_LOCK
from data_sources.rows import time_of, us_of
from operations.errors import Conflict
from operations.people.ports import Audit
from operations.tickets.distinct import (
    MOST_LINES,
    UNSAID,
    DistinctAct,
    Distinction,
    DistinctLine,
    Pair,
    distinct_deed,
    pair_of,
)
from operations.tickets.merging import Identity


class SqlDistinctBook:
    """`distinct.DistinctBook` on SQLite or PostgreSQL; `migrate` must have run before."""

    def __init__(self, engine: Engine, audit: Audit | None = None) -> None:
        self._engine = engine
        self._audit = audit or SqlAudit(engine)

    def distinction(self, pair: Pair) -> Distinction:
        """Give how a pair stands."""
        with reading(self._engine) as connection:
            numbers = _numbers(connection, pair)
            return UNSAID if numbers is None else _held(connection, numbers)

    def lines(self, source: str, external_id: str) -> list[DistinctLine]:
        """Give what was said of the pairs of a ticket, oldest first."""
        own = (source, external_id)
        with reading(self._engine) as connection:
            rows = connection.execute(text(_LINES), _named(own)).all()
        return [
            DistinctLine(
                pair_of(own, (row.source, row.external_id)), row.version, time_of(row.at_us),
                row.actor, bool(row.verified), DistinctAct(row.act), row.reason,
            )
            for row in reversed(rows)
        ]  # fmt: skip

    def act(self, pair: Pair, distinction: Distinction, line: DistinctLine) -> None:
        """Write what was said, its line and the audit's, in one transaction."""
        with writing(self._engine) as connection:
            if connection.dialect.name == "postgresql":  # a pair is not merged meanwhile
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MERGE_LOCK})")
            numbers = _numbers(connection, pair)
            if numbers is None:
                raise Conflict("one of the two tickets is not there", UNSAID)
            before = _held(connection, numbers)
            if before == distinction:  # the same again, after an answer was lost
                return
            if before.version != distinction.version - 1:
                raise Conflict("the pair has changed since it was seen", before)
            row = {**numbers, "version": distinction.version, "stands": distinction.stands}
            connection.execute(text(_SET), row)
            connection.execute(text(_APPEND), {**numbers, **_line_row(line)})
            self._audit.append(distinct_deed(before, distinction, line), within=connection)
        self._audit.hand_on()


def _named(ticket: Identity) -> dict[str, str]:
    return {"source": ticket[0], "external_id": ticket[1]}


def _numbers(connection: Connection, pair: Pair) -> dict[str, int] | None:
    """Give the ledger's numbers of a pair, the smaller one first; None where one is missing."""
    found = [connection.execute(text(_ID), _named(ticket)).scalar() for ticket in pair]
    if None in found:
        return None
    low, high = sorted(int(number) for number in found if number is not None)
    return {"low": low, "high": high}


def _held(connection: Connection, numbers: dict[str, int]) -> Distinction:
    row = connection.execute(text(_ONE), numbers).one_or_none()
    return UNSAID if row is None else Distinction(row.version, bool(row.stands))


def _line_row(line: DistinctLine) -> dict[str, Any]:
    return {
        "version": line.version,
        "at_us": us_of(line.at),
        "actor": line.actor,
        "verified": line.verified,
        "act": line.act.value,
        "reason": line.reason,
    }


_ID = "SELECT id FROM tickets WHERE source = :source AND external_id = :external_id"
_ONE = "SELECT version, stands FROM distinct_pairs WHERE low_id = :low AND high_id = :high"
_SIDE = (
    "SELECT other.source, other.external_id, version, at_us, actor, verified, act, reason"
    " FROM tickets JOIN distinct_lines ON {own} = tickets.id JOIN tickets AS other"
    " ON other.id = {other}"
    " WHERE tickets.source = :source AND tickets.external_id = :external_id"
)
_LINES = (
    f"{_SIDE.format(own='low_id', other='high_id')}"
    f" UNION ALL {_SIDE.format(own='high_id', other='low_id')}"
    f" ORDER BY at_us DESC, version DESC LIMIT {MOST_LINES}"
)
_SET = (
    "INSERT INTO distinct_pairs (low_id, high_id, version, stands)"
    " VALUES (:low, :high, :version, :stands) ON CONFLICT (low_id, high_id)"
    " DO UPDATE SET version = excluded.version, stands = excluded.stands"
)
_APPEND = (
    "INSERT INTO distinct_lines"
    " (low_id, high_id, version, at_us, actor, verified, act, reason)"
    " VALUES (:low, :high, :version, :at_us, :actor, :verified, :act, :reason)"
)
