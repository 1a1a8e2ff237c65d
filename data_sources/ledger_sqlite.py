"""How the ledger writes to SQLite: one writer, plain statements over whole batches."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from data_sources.rows import FACT_COLUMNS, Row, facts_of, no_collection
from data_sources.tables import CONTENT
from operations.tickets.fact import Fact

FACTS_A_BATCH = 2_000
WRITERS_KIB = 131_072

_COLUMNS = ("id", "revision", *CONTENT)
_HELD = (
    f"SELECT id, {', '.join(CONTENT)}, body FROM tickets"  # noqa: S608
    " LEFT JOIN handling ON ticket_id = id"
    " WHERE source = ? AND external_id IN (SELECT value FROM json_each(?))"
)
_UPSERT = (
    f"INSERT INTO tickets ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
    " ON CONFLICT (source, external_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in ("revision", *CONTENT[2:]))
    + " WHERE excluded.updated_us >= tickets.updated_us"
)
_APPEND = (
    "INSERT OR IGNORE INTO changes (ticket_id, at_us, step, was, now, why)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_SEALED = (
    "INSERT INTO sealed (ticket_id, key_id, kept, body, phone_key, id_key)"
    " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (ticket_id) DO UPDATE SET key_id = excluded.key_id,"
    " kept = excluded.kept, body = excluded.body, phone_key = excluded.phone_key,"
    " id_key = excluded.id_key"
)
_FACTS = f"SELECT {', '.join(FACT_COLUMNS)} FROM tickets"  # noqa: S608


class SqliteWriting:
    """The SQLite side of `ledger.Writing`."""

    def begin(self, connection: Connection) -> None:
        """Make room in memory for a burst's pages; BEGIN IMMEDIATE began as the one writer."""
        connection.exec_driver_sql(f"PRAGMA cache_size=-{WRITERS_KIB:d}")

    def held(self, connection: Connection, identities: Sequence[tuple[str, str]]) -> list[Row]:
        """Give (id, *content, decisions) of those there are, by one look-up a source."""
        by_source = defaultdict(list)
        for source, external_id in identities:
            by_source[source].append(external_id)
        found: list[Row] = []
        cursor = connection.connection.cursor()
        for source, ids in by_source.items():
            found += cursor.execute(_HELD, (source, json.dumps(ids))).fetchall()
        return found

    def upsert(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Write rows (id, revision, *content), new ones and changed ones alike."""
        connection.exec_driver_sql(_UPSERT, list(rows))

    def append(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Write lines of history; those that are there already are left alone."""
        if rows:
            connection.exec_driver_sql(_APPEND, list(rows))

    def protect(
        self, connection: Connection, sealed: Sequence[Row], unsealed: Sequence[int]
    ) -> None:
        """Write rows of `sealed`, and take out those of tickets that protect nothing any more."""
        if sealed:
            connection.exec_driver_sql(_SEALED, list(sealed))
        if unsealed:
            gone = "DELETE FROM sealed WHERE ticket_id IN (SELECT value FROM json_each(?))"
            connection.exec_driver_sql(gone, (json.dumps(list(unsealed)),))

    def note_words(self, connection: Connection, ids: Sequence[int]) -> None:
        """Note tickets whose words the index does not have yet."""
        noted = "INSERT OR IGNORE INTO unindexed SELECT value FROM json_each(?)"
        connection.exec_driver_sql(noted, (json.dumps(list(ids)),))

    def facts(self, connection: Connection) -> Iterator[list[Fact]]:
        """Give all tickets as facts, in batches."""
        cursor = connection.connection.cursor()
        cursor.execute(_FACTS)
        more = True
        while more:
            with no_collection():
                facts = facts_of(cursor.fetchmany(FACTS_A_BATCH))
            if more := bool(facts):
                yield facts
