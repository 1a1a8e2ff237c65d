"""Erasing what is sealed once it is old; what is counted stays as it is."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, text

from data_sources.database import overwriting, reading, truncate_log
from data_sources.rows import us_of
from data_sources.sealing import WORDS, Sealer, Unsealable, key_id_of
from operations.errors import Unreachable
from operations.people.retention import Due, Retention

A_BATCH = 500
ERASED = "(erased)"
TRIES, TRY_AGAIN_S = 10, 0.5

Rows = Sequence[Any]


class Erasing:
    """Erases by class, batch by batch; the next run goes on with one that was interrupted."""

    def __init__(self, engine: Engine, sealer: Sealer) -> None:
        self._engine, self._sealer = engine, sealer

    def due(self, retention: Retention, now: datetime) -> Due:
        """Count what is older than it may be."""

        def count(which: str, days: int) -> int:
            if not days:
                return 0
            statement = text(f"SELECT count(*) {which}")
            return int(connection.execute(statement, _before(days, now)).scalar_one())

        with reading(self._engine) as connection:
            return Due(
                persons=count(_PERSONS, retention.person_d),
                words=count(_WORDS, retention.all_d),
                refused=count(_REFUSED, retention.set_aside_d),
            )

    def erase(self, retention: Retention, now: datetime) -> Due:
        """Erase what is older than it may be; tell what was erased."""
        words = self._each(_WORDS, retention.all_d, now, self._erase_all)
        persons = self._each(_PERSONS, retention.person_d, now, self._erase_persons)
        refused = self._each(_REFUSED, retention.set_aside_d, now, self._erase_refused)
        for _ in range(TRIES):
            if truncate_log(self._engine):
                return Due(persons=persons, words=words, refused=refused)
            time.sleep(TRY_AGAIN_S)
        raise Unreachable(
            "all is erased, but the log beside the database still holds it for somebody who reads;"
            " run `retention --apply` again"
        )

    def _each(
        self, which: str, days: int, now: datetime, erase: Callable[[Connection, Rows], None]
    ) -> int:
        columns = "set_aside.id" if which is _REFUSED else "ticket_id, source, external_id, body"
        statement = text(f"SELECT {columns} {which} LIMIT {A_BATCH}")
        done = 0
        while days:
            with overwriting(self._engine) as connection:
                rows = connection.execute(statement, _before(days, now)).all()
                if rows:
                    erase(connection, rows)
            done += len(rows)
            if len(rows) < A_BATCH:
                break
        return done

    def _erase_all(self, connection: Connection, rows: Rows) -> None:
        gone = text("DELETE FROM sealed WHERE ticket_id = :id")
        connection.execute(gone, [{"id": row[0]} for row in rows])

    def _erase_persons(self, connection: Connection, rows: Rows) -> None:
        """Seal the words again without the person; what does not open any more goes whole."""
        anew, lost = [], []
        for row in rows:
            ticket, source, external_id, body = row
            identity = (source, external_id)
            try:
                fields = self._sealer.open_ticket(identity, body)
            except Unsealable:
                lost.append(row)
                continue
            words = {name: value for name, value in fields.items() if name in WORDS}
            sealed = self._sealer.seal_ticket(identity, words)[0].body
            anew.append({"id": ticket, "key": key_id_of(sealed), "body": sealed})
        if anew:
            connection.execute(text(_WITHOUT_PERSON), anew)
        if lost:
            self._erase_all(connection, lost)

    def _erase_refused(self, connection: Connection, rows: Rows) -> None:
        erased = text(f"UPDATE set_aside SET sealed = '', record = '{ERASED}' WHERE id = :id")  # noqa: S608
        connection.execute(erased, [{"id": row[0]} for row in rows])


def _before(days: int, now: datetime) -> dict[str, int]:
    return {"before": us_of(now - timedelta(days=days))}


_CLOSED = (
    "FROM sealed JOIN tickets ON tickets.id = sealed.ticket_id"
    " WHERE status IN ('closed', 'archived', 'withdrawn')"
    " AND coalesce(closed_us, updated_us) < :before"
)
_WORDS = _CLOSED
_PERSONS = f"{_CLOSED} AND kept = 'all'"
_REFUSED = "FROM set_aside WHERE sealed <> '' AND refused_us < :before"
_WITHOUT_PERSON = (
    "UPDATE sealed SET key_id = :key, body = :body, kept = 'words', phone_key = NULL,"
    " id_key = NULL WHERE ticket_id = :id"
)
