"""The keys of programs from outside in SQL; each change with its line in the audit log."""

from typing import Any

from sqlalchemy import Engine, text

from data_sources.audit_log import SqlAudit
from data_sources.database import reading, writing
from operations.errors import BadInput
from operations.people.api_keys import ApiKey
from operations.people.audit import Deed
from operations.people.ports import Audit


class SqlApiKeys:
    """`operations.people.api_keys.ApiKeys` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine, audit: Audit | None = None) -> None:
        self._engine = engine
        self._audit = audit or SqlAudit(engine)

    def add(self, key: ApiKey, *, device: str = "") -> None:
        """Keep a new key."""
        values = {name: getattr(key, name) for name in ApiKey.__slots__}
        deed = Deed(
            at_us=key.made_us, actor=key.made_by, device=device,
            act="open311.key.make", subject=key.id, after=key.name,
        )  # fmt: skip
        self._write(_ADD, values, deed)

    def revoke(self, identity: str, *, by: str, at_us: int, device: str = "") -> ApiKey:
        """Take a key away for good; raises BadInput where there is none to take."""
        held = {one.id: one for one in self.everyone()}.get(identity)
        if held is None or held.revoked_us is not None:
            raise BadInput("key", f"no key {identity!r} is valid; see `open311 keys`")
        deed = Deed(
            at_us=at_us, actor=by, device=device,
            act="open311.key.revoke", subject=held.id, before=held.name,
        )  # fmt: skip
        self._write(_REVOKE, {"id": identity, "at_us": at_us}, deed)
        return held

    def _write(self, statement: str, values: dict[str, Any], deed: Deed) -> None:
        with writing(self._engine) as connection:
            connection.execute(text(statement), values)
            self._audit.append(deed, within=connection)
        self._audit.hand_on()

    def valid(self, digest: str) -> ApiKey | None:
        """Find the key of a digest, None where there is none or it was revoked."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_VALID), {"digest": digest}).one_or_none()
        return None if found is None else ApiKey(*found)

    def everyone(self) -> list[ApiKey]:
        """Give all keys there ever were, the oldest first."""
        with reading(self._engine) as connection:
            return [ApiKey(*row) for row in connection.execute(text(_ALL))]


_COLUMNS = ", ".join(ApiKey.__slots__)
_MARKS = ", ".join(f":{name}" for name in ApiKey.__slots__)
_ADD = f"INSERT INTO api_keys ({_COLUMNS}) VALUES ({_MARKS})"  # noqa: S608
_REVOKE = "UPDATE api_keys SET revoked_us = :at_us WHERE id = :id AND revoked_us IS NULL"
_VALID = f"SELECT {_COLUMNS} FROM api_keys WHERE digest = :digest AND revoked_us IS NULL"  # noqa: S608
_ALL = f"SELECT {_COLUMNS} FROM api_keys ORDER BY made_us, id"  # noqa: S608
