"""The ledger in SQL: one transaction for tickets, their changes, the clock and the counters."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from sqlalchemy import Connection, Engine

from data_sources.database import reading, writing
from data_sources.ledger_postgres import PostgresWriting
from data_sources.ledger_sqlite import SqliteWriting
from data_sources.rows import (
    SHOWN_WORDS,
    STATUS,
    UPDATED,
    Row,
    change_of,
    change_row,
    fact_of,
    no_collection,
    row_of,
    sealed_row,
    ticket_of,
    time_of,
    us_of,
    without_nul,
)
from data_sources.tables import CONTENT
from operations.ports import Refused, SetAside, Stored
from operations.tickets.changes import Change, changes_between, in_order, is_newer
from operations.tickets.fact import Fact
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
        """Give (id, *content) of the tickets that are there."""

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


class _Held:
    """One ticket while a batch is worked through."""

    __slots__ = ("id", "row", "taken", "ticket", "was")

    def __init__(self, ticket_id: int, row: Row, ticket: Ticket | None) -> None:
        self.id, self.row, self.ticket = ticket_id, row, ticket
        self.was: Row | None = row if ticket is None else None  # as the ledger held it
        self.taken = ticket is not None

    @property
    def has_new_words(self) -> bool:
        """Tell whether what is searched has changed."""
        return self.was is None or self.was[SHOWN_WORDS] != self.row[SHOWN_WORDS]


class _Batch:
    """Works out what a batch of deliveries changes, one after another as they came."""

    def __init__(self, held: Sequence[Row], last_id: int) -> None:
        self.last_id = last_id
        self.taken = self.unchanged = 0
        self.lines: list[Row] = []
        self._all = {(row[1], row[2]): _Held(row[0], row[1:], None) for row in held}

    def take(self, ticket: Ticket) -> None:
        """Take one delivery in, or count it as unchanged."""
        row = row_of(ticket)
        held = self._all.get((row[0], row[1]))
        if held is None:
            self.last_id += 1
            self._all[row[0], row[1]] = held = _Held(self.last_id, row, ticket)
            found = changes_between(None, ticket)
        elif self._is_known(row, held.row):
            self.unchanged += 1
            return
        else:
            before = held.ticket or ticket_of(held.row)
            if not is_newer(ticket, before):
                self.unchanged += 1
                return
            found = changes_between(before, ticket)
            held.row, held.ticket, held.taken = row, ticket, True
        self.taken += 1
        self.lines += [change_row(held.id, change) for change in found]

    @staticmethod
    def _is_known(row: Row, held: Row) -> bool:
        """Tell the two commonest cases without making a ticket of the held row."""
        if row[UPDATED] != held[UPDATED]:
            return bool(row[UPDATED] < held[UPDATED])
        return row[STATUS] == held[STATUS] and row[:-1] == held[:-1]  # the last is received_us

    def changed(self) -> list[_Held]:
        """Give the tickets that are different now."""
        return [held for held in self._all.values() if held.taken]


class SqlLedger:
    """`operations.ports.Ledger` on SQLite or PostgreSQL; `migrate` must have run before."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
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
            batch = _Batch(held, last_id)
            for ticket in clean:
                batch.take(ticket)
            changed = batch.changed()
            if changed:
                revision += 1
                rows = [(one.id, revision, *one.row) for one in changed]
                self._writing.upsert(connection, rows)
                self._writing.append(connection, batch.lines)
                self._protect(connection, changed)
            self._keep_numbers(connection, revision, batch, us_of(clock))
        before = [fact_of(one.was) for one in changed if one.was is not None]
        after = [fact_of(one.row) for one in changed]
        return Stored(before, after, batch.unchanged, revision)

    def _protect(self, connection: Connection, changed: Sequence[_Held]) -> None:
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
        self, connection: Connection, revision: int, batch: _Batch, clock_us: int
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
    "SELECT at_us, step, was, now FROM changes JOIN tickets ON tickets.id = changes.ticket_id"
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
