"""How the ledger writes to PostgreSQL: COPY into a temporary table, then one upsert."""

from collections.abc import Iterator, Sequence
from typing import Any

from psycopg import Connection as Driver
from sqlalchemy import Connection

from data_sources.database import LEDGER_LOCK
from data_sources.rows import FACT_COLUMNS, Row, facts_of, no_collection
from data_sources.tables import CONTENT
from operations.tickets.fact import Fact

FACTS_A_BATCH = 2_000

_COLUMNS = ", ".join(("id", "revision", *CONTENT))
# By the index: before its first ANALYZE the planner would read the whole table for a batch.
_BEGIN = (
    f"SELECT pg_advisory_xact_lock({LEDGER_LOCK}),"
    " set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),"
    " set_config('enable_seqscan', 'off', true)"
)
_HELD = (
    f"SELECT id, {', '.join(CONTENT)}, body FROM tickets"  # noqa: S608
    " JOIN unnest(%s::text[], %s::text[]) AS wanted (source, external_id)"
    " USING (source, external_id) LEFT JOIN handling ON ticket_id = id"
)
_STAGING = """
CREATE TEMPORARY TABLE IF NOT EXISTS arriving_tickets (LIKE tickets) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS arriving_changes (LIKE changes) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS arriving_sealed (LIKE sealed) ON COMMIT DELETE ROWS
"""
_UPSERT = (
    f"INSERT INTO tickets ({_COLUMNS}) SELECT {_COLUMNS} FROM arriving_tickets"  # noqa: S608
    " ON CONFLICT (source, external_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in ("revision", *CONTENT[2:]))
    + " WHERE excluded.updated_us >= tickets.updated_us"
)
_APPEND = "INSERT INTO changes SELECT * FROM arriving_changes ON CONFLICT DO NOTHING"
_SEALED = (
    "INSERT INTO sealed SELECT * FROM arriving_sealed ON CONFLICT (ticket_id) DO UPDATE SET"
    " key_id = excluded.key_id, kept = excluded.kept, body = excluded.body,"
    " phone_key = excluded.phone_key, id_key = excluded.id_key"
)
_NOTE_WORDS = "INSERT INTO unindexed SELECT unnest(%s::bigint[]) ON CONFLICT DO NOTHING"
_FACTS = f"SELECT {', '.join(FACT_COLUMNS)} FROM tickets"  # noqa: S608


def _driver(connection: Connection) -> Driver[Any]:
    driver = connection.connection.driver_connection
    assert isinstance(driver, Driver)
    return driver


class PostgresWriting:
    """The PostgreSQL side of `ledger.Writing`."""

    def begin(self, connection: Connection) -> None:
        """Keep every other writer out until the transaction ends."""
        connection.exec_driver_sql(_BEGIN)

    def held(self, connection: Connection, identities: Sequence[tuple[str, str]]) -> list[Row]:
        """Give (id, *content, decisions) of the tickets that are there."""
        sources = [source for source, _ in identities]
        external_ids = [external_id for _, external_id in identities]
        with _driver(connection).cursor() as cursor:
            return cursor.execute(_HELD, (sources, external_ids)).fetchall()

    def upsert(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Write rows (id, revision, *content), new ones and changed ones alike."""
        with _driver(connection).cursor() as cursor:
            cursor.execute(_STAGING)
            with cursor.copy(f"COPY arriving_tickets ({_COLUMNS}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(_UPSERT)

    def append(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Write lines of history; those that are there already are left alone."""
        with _driver(connection).cursor() as cursor:
            with cursor.copy("COPY arriving_changes FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(_APPEND)

    def protect(
        self, connection: Connection, sealed: Sequence[Row], unsealed: Sequence[int]
    ) -> None:
        """Write rows of `sealed`, and take out those of tickets that protect nothing any more."""
        with _driver(connection).cursor() as cursor:
            with cursor.copy("COPY arriving_sealed FROM STDIN") as copy:
                for row in sealed:
                    copy.write_row(row)
            cursor.execute(_SEALED)
            if unsealed:
                gone = "DELETE FROM sealed WHERE ticket_id = ANY(%s::bigint[])"
                cursor.execute(gone, (list(unsealed),))

    def note_words(self, connection: Connection, ids: Sequence[int]) -> None:
        """Note tickets whose words the index does not have yet."""
        with _driver(connection).cursor() as cursor:
            cursor.execute(_NOTE_WORDS, (list(ids),))

    def facts(self, connection: Connection) -> Iterator[list[Fact]]:
        """Give all tickets as facts, in batches, through a cursor on the server."""
        with _driver(connection).cursor(name="facts") as cursor:
            cursor.execute(_FACTS)
            more = True
            while more:
                with no_collection():
                    facts = facts_of(cursor.fetchmany(FACTS_A_BATCH))
                if more := bool(facts):
                    yield facts
