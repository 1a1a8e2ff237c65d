"""The bytes of incidents' files in SQL, sealed with the keys that lie outside the database."""

from collections import Counter
from contextlib import nullcontext
from typing import Any

from sqlalchemy import Engine, text

from data_sources.database import overwriting, reading, writing
from data_sources.sealing import Sealer
from operations.response.content import Content

A_BATCH = 8
"""So many files are sealed anew at once: each may have megabytes."""


class SqlIncidentFiles:
    """`ports_incident.IncidentFiles` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine, sealer: Sealer) -> None:
        self._engine, self._sealer = engine, sealer

    def keep(self, incident: str, content: Content, *, within: object | None = None) -> None:
        """Keep the bytes; both messages are bound to their incident and digest."""
        digest = content.digest
        row = {"id": incident, "digest": digest, "size": len(content.data)}
        sealed = _sealed(self._sealer, incident, digest, content.data, content.small)
        with self._transaction(within) as connection:
            connection.execute(text(_KEEP), row | sealed)

    def drop(self, incident: str, digest: str, *, within: object | None = None) -> None:
        """Let the bytes go for good."""
        with self._transaction(within) as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA secure_delete=ON")
            connection.execute(text(_DROP), {"id": incident, "digest": digest})

    def read(self, incident: str, digest: str, *, small: bool = False) -> bytes | None:
        """Give the bytes, or the small picture of them; raises Unsealable."""
        statement = text(_SMALL if small else _WHOLE)
        with reading(self._engine) as connection:
            row = connection.execute(statement, {"id": incident, "digest": digest}).one_or_none()
        if row is None:
            return None
        bound = _bound(incident, digest, small=small)
        return self._sealer.open_bytes(row.key_id, bytes(row.sealed), bound)

    def _transaction(self, within: object | None) -> Any:
        return writing(self._engine) if within is None else nullcontext(within)


def keys_of_files(engine: Engine) -> Counter[str]:
    """Count the files by the key that seals them."""
    with reading(engine) as connection:
        return Counter({row[0]: row[1] for row in connection.execute(text(_KEYS))})


def reseal_files(engine: Engine, sealer: Sealer) -> int:
    """Seal a batch of files that another key seals with the newest one; tell how many."""
    asked = {"key": sealer.keys.newest().id, "most": A_BATCH}
    with overwriting(engine) as connection:
        rows = connection.execute(text(_OTHER_KEY), asked).all()
        for row in rows:
            incident, digest = row.incident_id, row.digest
            data, small = (
                sealer.open_bytes(row.key_id, bytes(body), _bound(incident, digest, small=of))
                for body, of in ((row.body, False), (row.small, True))
            )
            anew = _sealed(sealer, incident, digest, data, small)
            connection.execute(text(_RESEAL), {"id": incident, "digest": digest} | anew)
    return len(rows)


def _sealed(
    sealer: Sealer, incident: str, digest: str, data: bytes, small: bytes
) -> dict[str, Any]:
    """Seal a file and its small picture with one key: a rotation between the two asks again."""
    while True:
        key_id, body = sealer.seal_bytes(data, _bound(incident, digest, small=False))
        other, little = sealer.seal_bytes(small, _bound(incident, digest, small=True))
        if key_id == other:
            return {"key": key_id, "body": body, "small": little}


def _bound(incident: str, digest: str, *, small: bool) -> bytes:
    return f"file\0{incident}\0{digest}\0{'small' if small else 'whole'}-1".encode()


_KEYS = "SELECT key_id, count(*) FROM incident_files GROUP BY key_id"
_KEEP = (
    "INSERT INTO incident_files (incident_id, digest, key_id, size, body, small)"
    " VALUES (:id, :digest, :key, :size, :body, :small)"
    " ON CONFLICT (incident_id, digest) DO NOTHING"
)
_DROP = "DELETE FROM incident_files WHERE incident_id = :id AND digest = :digest"
_WHOLE = (
    "SELECT key_id, body AS sealed FROM incident_files WHERE incident_id = :id AND digest = :digest"
)
_SMALL = (
    "SELECT key_id, small AS sealed FROM incident_files"
    " WHERE incident_id = :id AND digest = :digest"
)
_OTHER_KEY = (
    "SELECT incident_id, digest, key_id, body, small FROM incident_files"
    " WHERE key_id <> :key ORDER BY key_id LIMIT :most"
)
_RESEAL = (
    "UPDATE incident_files SET key_id = :key, body = :body, small = :small"
    " WHERE incident_id = :id AND digest = :digest"
)
