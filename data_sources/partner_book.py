"""The registry of partners in SQL, and as a table of a file."""

import csv
import io
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

from data_sources.audit_log import SqlAudit
from data_sources.database import reading, writing
from operations.errors import BadInput
from operations.people.ports import Audit
from operations.response.incident import Signed
from operations.response.partner import (
    COLUMNS,
    MOST,
    Partner,
    partner_deed,
    partner_of,
    release_deed,
    released_as,
    released_names,
    written_over,
)

FILE = "partners.csv"
PARTNER_LOCK = 12345_6
"""PostgreSQL: one registry is written at a time."""


class SqlPartnerBook:
    """`partner.PartnerBook` on SQLite or PostgreSQL; `migrate` must have run before."""

    def __init__(self, engine: Engine, audit: Audit | None = None) -> None:
        self._engine, self._audit = engine, audit or SqlAudit(engine)

    def all(self) -> list[Partner]:
        """Give every partner, by code."""
        with reading(self._engine) as connection:
            return _all(connection)

    def keep(self, partners: list[Partner], signed: Signed) -> list[Partner]:
        """Write partners and the audit log's lines; give those that changed."""
        changed = []
        with writing(self._engine) as connection:
            _lock(connection)
            held = {one.code: one for one in _all(connection)}
            for one in partners:
                before = held.get(one.code)
                after = written_over(before, one)
                if after is None:
                    continue
                connection.execute(text(_PUT), asdict(after))
                self._audit.append(partner_deed(before, after, signed), within=connection)
                held[one.code] = after
                changed.append(after)
            if len(held) > MOST:
                raise BadInput("code", f"at most {MOST} partners")
        self._audit.hand_on()
        return changed

    def release(self, code: str, *, version: int, released: bool, signed: Signed) -> Partner | None:
        """Let a partner's names onto walls or take them off; None where there is none."""
        with writing(self._engine) as connection:
            _lock(connection)
            before = next((one for one in _all(connection) if one.code == code), None)
            if before is None:
                return None
            after = released_as(before, version, released=released)
            if after is not before:
                connection.execute(text(_PUT), asdict(after))
                self._audit.append(release_deed(before, after, signed), within=connection)
        self._audit.hand_on()
        return after

    def released(self) -> dict[str, tuple[str, str]]:
        """Give the names that may stand on walls by code, Chinese and English."""
        with reading(self._engine) as connection:
            return released_names(_read(connection, _RELEASED))


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({PARTNER_LOCK})")


def _all(connection: Connection) -> list[Partner]:
    return _read(connection, _ALL)


def _read(connection: Connection, asked: str) -> list[Partner]:
    found = connection.execute(text(asked)).mappings()
    return [Partner(**_plain(dict(row))) for row in found]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: bool(row[name]) for name in ("active", "released")}


def read_partners(words: str, is_department: Callable[[str], bool]) -> list[Partner]:
    """Read a registry from CSV; lines that begin with `#` are remarks.

    Raises BadInput naming line and column of the first row that cannot be used.
    """
    lines = words.removeprefix("\ufeff").splitlines()
    kept = [(number, line) for number, line in enumerate(lines, start=1)
            if line.strip() and not line.startswith("#")]  # fmt: skip
    reader = csv.DictReader(io.StringIO("\n".join(line for _, line in kept)))
    if not {"code", "name_zh", "kind", "department"} <= set(reader.fieldnames or ()):
        raise BadInput("csv", f"the columns are {', '.join(COLUMNS)}")
    found: dict[str, Partner] = {}
    for number, row in zip([number for number, _ in kept[1:]], reader, strict=False):
        cells = {name: _unquoted(row.get(name) or "") for name in COLUMNS if name in row}
        try:
            one = partner_of(cells, is_department)
        except BadInput as error:
            raise BadInput("csv", f"line {number}: {error.field}: {error.reason}") from error
        if one.code in found:
            raise BadInput("csv", f"line {number}: code: '{one.code}' is there more than once")
        found[one.code] = one
    if len(found) > MOST:
        raise BadInput("csv", f"at most {MOST} partners")
    return list(found.values())


def _unquoted(cell: str) -> str:
    """Take off the mark that keeps a spreadsheet from reading a cell as a formula."""
    return cell[1:] if cell.startswith("'") else cell


def read_city_partners(folder: Path | None, is_department: Callable[[str], bool]) -> list[Partner]:
    """Read a city's own registry, with which an empty one begins; raises BadInput."""
    if folder is None or not (folder / FILE).is_file():
        return []
    try:
        return read_partners((folder / FILE).read_text("utf-8"), is_department)
    except UnicodeDecodeError as error:
        raise BadInput(FILE, f"is not UTF-8: {error}") from error


_EVERY = (
    "SELECT code, version, name_zh, name_en, kind, telephone, department, active, released"
    " FROM partners"
)
_ALL = _EVERY + " ORDER BY code"
_RELEASED = _EVERY + " WHERE released ORDER BY code"
_PUT = (
    "INSERT INTO partners"
    " (code, version, name_zh, name_en, kind, telephone, department, active, released)"
    " VALUES (:code, :version, :name_zh, :name_en, :kind, :telephone, :department, :active,"
    " :released)"
    " ON CONFLICT (code) DO UPDATE SET version = :version, name_zh = :name_zh, name_en = :name_en,"
    " kind = :kind, telephone = :telephone, department = :department, active = :active,"
    " released = :released"
)
