"""The walls in SQL."""

from typing import Any

from sqlalchemy import Connection, Engine, text

from data_sources.audit_log import SqlAudit
from data_sources.database import reading, writing
from data_sources.screen_rows import contact_row, screen_of, screen_row
from operations.errors import Conflict
from operations.people.audit import Deed
from operations.people.ports import Audit
from operations.people.screens import Contact, Screen


class SqlScreens:
    """`operations.people.ports.Screens` on SQLite or PostgreSQL; `migrate` must have run before."""

    def __init__(self, engine: Engine, audit: Audit | None = None) -> None:
        self._engine = engine
        self._audit = audit or SqlAudit(engine)

    def add(self, screen: Screen, contact: Contact, *, forget_before_us: int, most: int) -> bool:
        """Keep a wall that shows a code; forget those whose code nobody typed in before a time."""
        row = screen_row(screen) | contact_row(contact)
        with writing(self._engine) as connection:
            connection.execute(text(_FORGET), {"before": forget_before_us})
            waiting = connection.execute(text(_WAITING)).scalar_one()
            return waiting < most and connection.execute(text(_ADD), row).rowcount == 1

    def change(self, screen: Screen, deed: Deed | None = None) -> None:
        """Write a wall's next version, with the audit log's line where there is a deed."""
        row = screen_row(screen) | {"before": screen.version - 1}
        with writing(self._engine) as connection:
            if connection.execute(text(_CHANGE), row).rowcount != 1:
                held = _found(connection, _ONE, id=screen.id)
                raise Conflict(f"wall {screen.id} has changed since it was seen", held)
            if deed is not None:
                self._audit.append(deed, within=connection)
        if deed is not None:
            self._audit.hand_on()

    def heard(self, identity: str, contact: Contact) -> None:
        """Note when a wall was last heard of; never changes its version."""
        with writing(self._engine) as connection:
            connection.execute(text(_HEARD), contact_row(contact) | {"id": identity})

    def find(self, identity: str) -> tuple[Screen, Contact] | None:
        """Find one wall."""
        with reading(self._engine) as connection:
            row = connection.execute(text(_ONE), {"id": identity}).one_or_none()
        return None if row is None else (screen_of(row.body), Contact(row.seen_us, row.software))

    def by_code(self, code: str) -> Screen | None:
        """Find the wall that shows a code."""
        with reading(self._engine) as connection:
            return _found(connection, _BY_CODE, code=code)

    def known(self) -> list[tuple[Screen, Contact]]:
        """Give the walls that are or were let in, those let in first before others."""
        with reading(self._engine) as connection:
            rows = connection.execute(text(_KNOWN)).all()
        return [(screen_of(row.body), Contact(row.seen_us, row.software)) for row in rows]


def _found(connection: Connection, statement: str, **values: Any) -> Screen | None:
    row = connection.execute(text(statement), values).one_or_none()
    return None if row is None else screen_of(row.body)


_COLUMNS = "id, version, state, code, created_us, paired_us, seen_us, software, body"
_MARKS = ", ".join(f":{name}" for name in _COLUMNS.split(", "))
_ADD = f"INSERT INTO screens ({_COLUMNS}) VALUES ({_MARKS}) ON CONFLICT DO NOTHING"  # noqa: S608
_FORGET = "DELETE FROM screens WHERE paired_us IS NULL AND created_us < :before"
_WAITING = "SELECT count(*) FROM screens WHERE state = 'pairing'"
_CHANGE = (
    "UPDATE screens SET version = :version, state = :state, code = :code, paired_us = :paired_us,"
    " body = :body WHERE id = :id AND version = :before"
)
_HEARD = "UPDATE screens SET seen_us = :seen_us, software = :software WHERE id = :id"
_ONE = "SELECT body, seen_us, software FROM screens WHERE id = :id"
_BY_CODE = "SELECT body FROM screens WHERE code = :code"
_KNOWN = (
    "SELECT body, seen_us, software FROM screens WHERE paired_us IS NOT NULL ORDER BY paired_us, id"
)
