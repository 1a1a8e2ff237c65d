"""The ledger in SQL: one transaction for tickets, their changes, the clock and the counters."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from sqlalchemy import Connection, Engine

from data_sources.audit_log import SqlAudit
from data_sources.cube_keeping import CubeKeeping, Repeated
from data_sources.database import reading, writing
from data_sources.ledger_anew import note_reckoned, something_waits, waiting
from data_sources.ledger_batch import NOTHING_REPEATED, Batch, Held, stored_of
from data_sources.ledger_postgres import PostgresWriting
from data_sources.ledger_sqlite import SqliteWriting
from data_sources.lock_rows import Locks
from data_sources.repeats import Repeats
from data_sources.rows import (
    Row,
    change_of,
    no_collection,
    sealed_row,
    ticket_of,
    time_of,
    us_of,
    without_nul,
)
from data_sources.tables import CONTENT
from operations.people.ports import Audit
from operations.ports import Refused, SetAside, Stored
from operations.tickets.changes import Change, in_order
from operations.tickets.fact import Fact
from operations.tickets.reckoning import Reckoner
from operations.tickets.ticket import Ticket

Identity = tuple[str, str]
_CONTENT = ", ".join(CONTENT)


class Counters(NamedTuple):
    """How many deliveries the ledger has taken, found known, and set aside."""

    taken: int
    unchanged: int
    set_aside: int


class Writing(Protocol):
    """What the two databases do each in its own way; every call is inside a transaction."""

    def begin(self, connection: Connection) -> None:
        """Keep every other writer out until the transaction ends."""

    def held(self, connection: Connection, identities: Sequence[Identity]) -> list[Row]:
        """Give (id, *content, decisions) of the tickets that are there."""

    def upsert(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Write rows (id, revision, *content), new ones and changed ones alike."""

    def append(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Write lines of history; those that are there already are left alone."""

    def protect(
        self, connection: Connection, sealed: Sequence[Row], unsealed: Sequence[int]
    ) -> None:
        """Write rows of `sealed`, and take out those of tickets that protect nothing any more."""

    def note_words(self, connection: Connection, ids: Sequence[int]) -> None:
        """Note tickets whose words the index does not have yet."""

    def facts(self, connection: Connection) -> Iterator[list[Fact]]:
        """Give all tickets as facts, in batches."""


class SqlLedger:
    """`operations.ports.Ledger` on SQLite or PostgreSQL; `migrate` must have run before.

    `cubes` follow in the same transaction; where they did not, the worker makes them anew.
    """

    def __init__(
        self,
        engine: Engine,
        reckoner: Reckoner | None = None,
        cubes: CubeKeeping | None = None,
        audit: Audit | None = None,
    ) -> None:
        self._engine, self._reckoner, self._cubes = engine, reckoner or Reckoner(), cubes
        self._audit = audit or SqlAudit(engine)
        self._writing: Writing = (
            PostgresWriting() if engine.dialect.name == "postgresql" else SqliteWriting()
        )

    def store(self, tickets: Sequence[Ticket], *, clock: datetime) -> Stored:
        """Upsert tickets, append their changes and keep the clock, all or nothing."""
        clean = [without_nul(ticket) for ticket in tickets]
        identities = list({ticket.identity for ticket in clean})
        with no_collection(), writing(self._engine) as connection:
            self._writing.begin(connection)
            revision, last_id = connection.exec_driver_sql(
                "SELECT revision, last_ticket_id FROM meta"
            ).one()
            held = self._writing.held(connection, identities) if identities else []
            locks = Locks(connection)
            batch = Batch(self._reckoner, held, last_id, locks.told)
            for ticket in clean:
                batch.take(ticket)
            changed, repeated = batch.changed(), NOTHING_REPEATED
            if changed:
                revision += 1
                self._write(connection, revision, batch, changed)
                self._protect(connection, changed)
                repeated = self._follow(connection, revision, changed, clock)
            self._keep_numbers(connection, revision, batch, us_of(clock))
            locks.keep(batch.told, batch.attempts, self._audit)
        if batch.attempts:
            self._audit.hand_on()
        return stored_of(changed, repeated, batch.unchanged, revision)

    def reckon(self, *, clock: datetime, most: int) -> Stored | None:
        """Reckon tickets anew whose decisions changed, then all of them where the rules did."""
        with reading(self._engine) as connection:  # asked every second: no lock for nothing
            if not something_waits(connection, self._reckoner.digest):
                return None
        with no_collection(), writing(self._engine) as connection:
            self._writing.begin(connection)
            found = waiting(connection, self._reckoner.digest, most)
            if found is None:
                return None
            revision, last_id = connection.exec_driver_sql(
                "SELECT revision, last_ticket_id FROM meta"
            ).one()
            batch = Batch(self._reckoner, found, last_id)
            batch.reckon(clock)
            changed, repeated = batch.changed(), NOTHING_REPEATED
            if changed:
                revision += 1
                self._write(connection, revision, batch, changed)
                repeated = self._follow(connection, revision, changed, clock)
            connection.exec_driver_sql(f"UPDATE meta SET revision = {revision:d}")  # noqa: S608
            note_reckoned(connection, batch.all())
        return stored_of(changed, repeated, 0, revision)

    def _write(
        self, connection: Connection, revision: int, batch: Batch, changed: Sequence[Held]
    ) -> None:
        rows = [(one.id, revision, *one.row) for one in changed]
        self._writing.upsert(connection, rows)
        self._writing.append(connection, batch.lines)

    def _follow(
        self, connection: Connection, revision: int, changed: Sequence[Held], clock: datetime
    ) -> Repeated:
        """Let the cubes follow; give who repeats whom, as it was held where they do not."""
        if self._cubes is not None:
            found = self._cubes.follow(connection, changed, revision, us_of(clock))
            if found is not None:
                return found
        held = Repeats(connection).held({one.id for one in changed})
        return Repeated(held, held, [])

    def _protect(self, connection: Connection, changed: Sequence[Held]) -> None:
        sealed, unsealed = [], []
        for held in changed:
            assert held.ticket is not None
            row = sealed_row(held.id, held.ticket)
            if row is not None:
                sealed.append(row)
            elif held.was is not None:
                unsealed.append(held.id)
        self._writing.protect(connection, sealed, unsealed)
        words = [held.id for held in changed if held.has_new_words]
        if words:
            self._writing.note_words(connection, words)

    def _keep_numbers(
        self, connection: Connection, revision: int, batch: Batch, clock_us: int
    ) -> None:
        connection.exec_driver_sql(
            f"UPDATE meta SET revision = {revision:d}, last_ticket_id = {batch.last_id:d},"  # noqa: S608
            f" taken = taken + {batch.taken:d}, unchanged = unchanged + {batch.unchanged:d},"
            f" clock_us = CASE WHEN clock_us > {clock_us:d} THEN clock_us ELSE {clock_us:d} END"
        )

    def set_aside(self, refused: Sequence[Refused]) -> None:
        """Keep refused records; one that is there already is counted, not repeated.

        A record refused again after it was sent again is listed again.
        """
        if not refused:
            return
        rows = [_refused_row(line) for line in refused]
        with writing(self._engine) as connection:
            self._writing.begin(connection)
            connection.exec_driver_sql(_at_marks(_SET_ASIDE, connection), rows)
            connection.exec_driver_sql(f"UPDATE meta SET set_aside = set_aside + {len(rows):d}")  # noqa: S608

    def facts(self) -> Iterator[list[Fact]]:
        """Give every ticket as the running city counts it, in batches, from one snapshot.

        On SQLite the flags are 0 and 1, which count and compare like False and True.
        """
        with reading(self._engine) as connection:
            yield from self._writing.facts(connection)

    def revision(self) -> int:
        """Tell how many transactions have changed anything."""
        return int(self._meta("revision")[0])

    def clock(self) -> datetime | None:
        """Tell the newest clock that was stored, None in an empty ledger."""
        clock_us = self._meta("clock_us")[0]
        return None if clock_us is None else time_of(clock_us)

    def counters(self) -> Counters:
        """Tell what became of all deliveries so far."""
        return Counters(*self._meta("taken, unchanged, set_aside"))

    def _meta(self, columns: str) -> Row:
        with reading(self._engine) as connection:
            return tuple(connection.exec_driver_sql(f"SELECT {columns} FROM meta").one())  # noqa: S608

    def ticket(self, source: str, external_id: str) -> Ticket | None:
        """Find one ticket."""
        with reading(self._engine) as connection:
            found = connection.exec_driver_sql(
                _at_marks(_ONE_TICKET, connection), (source, external_id)
            ).one_or_none()
        return None if found is None else ticket_of(tuple(found))

    def changes(self, source: str, external_id: str) -> list[Change]:
        """Give the history of one ticket, oldest first."""
        with reading(self._engine) as connection:
            found = connection.exec_driver_sql(
                _at_marks(_ONE_HISTORY, connection), (source, external_id)
            ).all()
        return in_order(change_of(tuple(row)) for row in found)

    def list_set_aside(self, *, most: int, include_sent: bool = False) -> list[SetAside]:
        """Give the newest lines of the set-aside list."""
        which = "" if include_sent else " WHERE sent_again_us IS NULL"
        with reading(self._engine) as connection:
            found = connection.exec_driver_sql(
                f"SELECT {_SET_ASIDE_COLUMNS} FROM set_aside{which} ORDER BY id DESC LIMIT {most:d}"  # noqa: S608
            ).all()
        return [_set_aside_of(tuple(row)) for row in found]

    def mark_sent_again(self, ids: Sequence[int], at: datetime) -> None:
        """Note that lines of the set-aside list were sent again."""
        if not ids:
            return
        with writing(self._engine) as connection:
            self._writing.begin(connection)
            connection.exec_driver_sql(
                _at_marks("UPDATE set_aside SET sent_again_us = ? WHERE id = ?", connection),
                [(us_of(at), line) for line in ids],
            )

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


_ONE_TICKET = f"SELECT {_CONTENT} FROM tickets WHERE source = ? AND external_id = ?"  # noqa: S608
_ONE_HISTORY = (
    "SELECT at_us, step, was, now, why FROM changes JOIN tickets ON tickets.id = changes.ticket_id"
    " WHERE source = ? AND external_id = ?"
)
_SET_ASIDE_COLUMNS = (
    "id, key, feed, field, reason, record, sealed, refused_us, times, sent_again_us"
)
_SET_ASIDE = (
    "INSERT INTO set_aside (key, feed, field, reason, record, sealed, refused_us, times)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (key) DO UPDATE"
    " SET times = set_aside.times + 1, sent_again_us = NULL, reason = excluded.reason,"
    " record = excluded.record, sealed = excluded.sealed, refused_us = excluded.refused_us"
)


def _at_marks(statement: str, connection: Connection) -> str:
    """Write the parameter marks as the driver wants them."""
    if connection.dialect.name == "postgresql":
        return statement.replace("?", "%s")
    return statement


def _refused_row(line: Refused) -> Row:
    texts = (line.key, line.feed, line.field, line.reason, line.record, line.sealed)
    return (*(text.replace("\0", "") for text in texts), us_of(line.refused_at))


def _set_aside_of(row: Row) -> SetAside:
    line, key, feed, field, reason, record, sealed, refused_us, times, sent_again_us = row
    refused = Refused(key, feed, field, reason, record, time_of(refused_us), sealed)
    sent = None if sent_again_us is None else time_of(sent_again_us)
    return SetAside(id=line, refused=refused, times=times, sent_again_at=sent)
