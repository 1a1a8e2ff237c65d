"""The audit log in SQL: lines are added at its end, one writer at a time, and never changed."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from data_sources.database import is_away, reading, writing
from operations.errors import OperationsError, Unreachable
from operations.people.audit import (
    AuditLine,
    AuditSearch,
    Deed,
    Head,
    KeptLine,
    Unfit,
    chained,
    checked,
    line_of,
)
from operations.people.ports import AuditKeeping

log = structlog.get_logger()

LINES_A_READ = 1_000


class SqlAudit:
    """`operations.people.ports.Audit` on SQLite or PostgreSQL; `migrate` must have run before."""

    def __init__(self, engine: Engine, keepings: Sequence[AuditKeeping] = ()) -> None:
        self._engine = engine
        self._keepings = keepings
        # Whoever reads the head waits for who read it before: SQLite has one writer anyway.
        self._head = _HEAD + (" FOR UPDATE" if engine.dialect.name == "postgresql" else "")

    def append(self, deed: Deed, *, within: object | None = None) -> AuditLine:
        """Write a deed down, in the caller's transaction or in one of its own."""
        if isinstance(within, Connection):
            return self._add(within, deed)
        with writing(self._engine) as connection:
            line = self._add(connection, deed)
        self.hand_on()
        return line

    def _add(self, connection: Connection, deed: Deed) -> AuditLine:
        """Move the head on, from what it was when it was read, and write the line it stands for."""
        before = _head(connection, self._head)
        kept = chained(line_of(deed, before.number + 1), before.hash)
        values = _values(kept)
        moved = connection.execute(
            text(_MOVE), values | {"number_before": before.number, "hash_before": before.hash}
        )
        if moved.rowcount != 1:
            raise Unreachable("somebody else wrote to the audit log at the same moment: try again")
        connection.execute(text(_ADD), values)
        return kept.line

    def hand_on(self) -> None:
        """Hand what is kept on to the keepings beside the database; one that fails waits."""
        for keeping in self._keepings:
            try:
                keeping.take(self)
            except OperationsError as error:
                log.error("audit_keeping_failed", reason=str(error))  # noqa: TRY400 - told, not traced

    def head(self) -> Head:
        """Tell where the log ends."""
        with reading(self._engine) as connection:
            return _head(connection, _HEAD)

    def lines(self, *, after: int = 0) -> Iterator[KeptLine]:
        """Give every line behind a number, in order; raises `Unfit` at one that is none."""
        with reading(self._engine) as connection:
            while batch := _batch(connection, after):
                for row in batch:
                    yield _kept_line(row, after + 1)
                    after = row["number"]

    def find(self, search: AuditSearch, *, most: int, skip: int = 0) -> list[AuditLine]:
        """Give the newest lines that are looked for, leaving out the first `skip`."""
        where, values = _asked(search)
        statement = f"{_LINES}{where} ORDER BY number DESC LIMIT :most OFFSET :skip"
        with reading(self._engine) as connection:
            found = connection.execute(text(statement), values | {"most": most, "skip": skip})
            return [_kept_line(dict(row), row["number"]).line for row in found.mappings()]

    def count(self, search: AuditSearch) -> int:
        """Count the lines that are looked for."""
        where, values = _asked(search)
        with reading(self._engine) as connection:
            found = connection.execute(text(f"SELECT count(*) FROM audit{where}"), values)  # noqa: S608
            return int(found.scalar_one())


def _head(connection: Connection, statement: str) -> Head:
    found = connection.execute(text(statement)).one_or_none()
    if found is None:
        raise OperationsError("the audit log has lost its head: run `python app.py check --audit`")
    return Head(*found)


def _batch(connection: Connection, after: int) -> list[dict[str, Any]]:
    """Give the next lines; where they cannot be read, find the one that is to blame."""
    for most in (LINES_A_READ, 1):
        try:
            found = connection.execute(text(_NEXT), {"after": after, "most": most}).mappings()
            return [dict(row) for row in found]
        except (DBAPIError, sqlite3.Error, UnicodeError) as error:
            if connection.dialect.name == "postgresql" and is_away(getattr(error, "orig", error)):
                raise
            if most == 1:
                connection.execute(text("SELECT 1"))  # raises where it is the database's silence
                raise Unfit(after + 1, f"cannot be read: {error}") from error
    return []


def _kept_line(row: dict[str, Any], number: int) -> KeptLine:
    values = dict(row)
    found = values.pop("hash")
    if type(values["verified"]) is int:  # SQLite's word for yes and no
        values["verified"] = {0: False, 1: True}.get(values["verified"])
    try:
        return KeptLine(checked(values), found)
    except ValueError as error:
        raise Unfit(number, str(error)) from error


def _values(kept: KeptLine) -> dict[str, Any]:
    return {name: getattr(kept.line, name) for name in _COLUMNS} | {"hash": kept.hash}


def _asked(search: AuditSearch) -> tuple[str, dict[str, Any]]:
    """Give the WHERE of a search, and its values."""
    values = {
        "actor": search.actor,
        "act": search.act,
        "subject": search.subject,
        "from_us": search.from_us,
        "to_us": search.to_us,
        "without": search.without,
    }
    asked = {name: value for name, value in values.items() if value is not None}
    where = " AND ".join(_TERMS[name] for name in asked)
    if search.act is not None:  # what lies between "alarm." and "alarm/" begins with "alarm."
        asked |= {"act_from": f"{search.act}.", "act_to": f"{search.act}/"}
    if search.without is not None:
        asked |= {"without_from": f"{search.without}.", "without_to": f"{search.without}/"}
    return (f" WHERE {where}" if where else ""), asked


_COLUMNS = tuple(AuditLine.__dataclass_fields__)
_LISTED = ", ".join(f'"{name}"' for name in (*_COLUMNS, "hash"))
_LINES = f"SELECT {_LISTED} FROM audit"  # noqa: S608
_NEXT = f"{_LINES} WHERE number > :after ORDER BY number LIMIT :most"
_HEAD = "SELECT number, hash FROM audit_head WHERE id = 1"
_MOVE = (
    "UPDATE audit_head SET number = :number, hash = :hash"
    " WHERE id = 1 AND number = :number_before AND hash = :hash_before"
)
_MARKS = ", ".join(f":{name}" for name in (*_COLUMNS, "hash"))
_ADD = f"INSERT INTO audit ({_LISTED}) VALUES ({_MARKS})"  # noqa: S608
_TERMS = {
    "actor": "actor = :actor",
    "act": "(act = :act OR (act > :act_from AND act < :act_to))",
    "subject": "subject = :subject",
    "from_us": "at_us >= :from_us",
    "to_us": "at_us < :to_us",
    "without": "act <> :without AND NOT (act > :without_from AND act < :without_to)",
}
