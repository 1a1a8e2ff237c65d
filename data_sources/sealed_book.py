"""What is sealed, in SQL: opening it, finding by a whole number, sealing it anew with a new key."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from data_sources.database import overwriting, reading
from data_sources.feeds.callers import normal
from data_sources.incident_files import keys_of_files, reseal_files
from data_sources.protecting import NOBODY, guard
from data_sources.rows import KEPT_ALL
from data_sources.sealing import Sealer, bound_to_refused, key_id_of
from operations.errors import BadInput
from operations.people.masking import mask
from operations.people.reveal import masked_field
from operations.people.words import shown_reason

A_BATCH = 500

NUMBERS = {"phone": "phone_key", "id_number": "id_key"}


def holds_sealed(engine: Engine) -> bool:
    """Tell whether a database, migrated or not, holds anything that only a key opens."""
    tables = set(inspect(engine).get_table_names())
    if "incident_files" in tables and keys_of_files(engine):
        return True
    there = {"sealed", "set_aside"} <= tables
    if not there or "sealed" not in {
        one["name"] for one in inspect(engine).get_columns("set_aside")
    }:
        return False
    with reading(engine) as connection:
        return connection.execute(text(_ANYTHING)).first() is not None


class SealedBook:
    """The sealed messages of one database; whoever has the key file can open them."""

    def __init__(self, engine: Engine, sealer: Sealer) -> None:
        self._engine, self._sealer = engine, sealer

    def fields(self, source: str, external_id: str) -> dict[str, str]:
        """Open what a ticket protects; empty where there is nothing, or nothing any more."""
        with reading(self._engine) as connection:
            found = connection.execute(
                text(_ONE), {"source": source, "external_id": external_id}
            ).scalar_one_or_none()
        return {} if found is None else self._sealer.open_ticket((source, external_id), found)

    def masked(self, source: str, external_id: str) -> dict[str, str]:
        """Tell which fields a ticket protects, each masked: nothing is revealed by it."""
        held = self.fields(source, external_id)
        return {name: masked_field(name, value) for name, value in held.items()}

    def record(self, key: str) -> str:
        """Open a refused record; empty where it was erased."""
        with reading(self._engine) as connection:
            found = connection.execute(
                text("SELECT sealed FROM set_aside WHERE key = :key"), {"key": key}
            ).scalar_one_or_none()
        return str(self._sealer.open(found, bound_to_refused(key))) if found else ""

    def find(self, kind: str, number: str, *, most: int = 100) -> list[tuple[str, str]]:
        """Find the tickets of a whole phone (`phone`) or identity number (`id_number`)."""
        column, known = NUMBERS.get(kind), normal(number)
        if column is None or known is None:
            raise BadInput(kind, f"look up by {', '.join(NUMBERS)}, with the whole number")
        statement = text(
            "SELECT source, external_id FROM tickets JOIN sealed ON sealed.ticket_id = tickets.id"  # noqa: S608
            f" WHERE sealed.{column} = :hash ORDER BY tickets.id DESC LIMIT :most"
        )
        with reading(self._engine) as connection:
            values = {"hash": self._sealer.lookup(kind, known), "most": most}
            return [(row[0], row[1]) for row in connection.execute(statement, values)]

    def keys_used(self) -> Counter[str]:
        """Count what is sealed by the key it is sealed with."""
        used: Counter[str] = Counter()
        with reading(self._engine) as connection:
            for key_id, times in connection.execute(text(_KEYS_USED)):
                used[key_id] += times
            for (body,) in connection.execute(text(_REFUSED_BODIES)):
                used[key_id_of(body)] += 1
        return used + keys_of_files(self._engine)

    def seal_plain(self, *, most: int = A_BATCH) -> int:
        """Seal tickets that are there in plain, as of an older version; tell how many.

        Each ticket by itself, so that an interrupted run goes on where it was.
        """
        if self._has_none(_PLAIN):
            return 0
        with overwriting(self._engine) as connection:
            rows = connection.execute(text(_PLAIN), {"most": most}).all()
            if rows:
                self._seal_rows(connection, [tuple(row) for row in rows])
        return len(rows)

    def _seal_rows(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        shown, sealed = [], []
        for ticket, source, external_id, title, words, address, category, department in rows:
            plain = {"title": title, "text": words, "address": address}
            guarded = guard(self._sealer, (source, external_id), NOBODY, plain)
            shown.append({
                "id": ticket, "title": guarded.title, "text": guarded.text,
                "address": guarded.address, "mark": guarded.sealed_mark,
                "category": category and mask(category),
                "department": department and mask(department),
            })  # fmt: skip
            if guarded.sealed is not None:
                body = guarded.sealed.body
                row = {"id": ticket, "key": key_id_of(body), "kept": KEPT_ALL, "body": body}
                sealed.append(row)
        connection.execute(text(_SHOW), shown)
        if sealed:
            connection.execute(text(_SEAL), sealed)
        connection.execute(text(_NOTE_WORDS), [{"id": row["id"]} for row in shown])

    def seal_plain_refused(self, *, most: int = A_BATCH) -> int:
        """Seal records of the set-aside list that are there in plain; tell how many."""
        if self._has_none(_PLAIN_REFUSED):
            return 0
        with overwriting(self._engine) as connection:
            rows = connection.execute(text(_PLAIN_REFUSED), {"most": most}).all()
            values = [
                {
                    "id": line,
                    "shown": f"({len(record)} characters, sealed)",
                    "reason": shown_reason(reason),
                    "body": self._sealer.seal(record, bound_to_refused(key)),
                }
                for line, key, record, reason in rows
            ]
            if values:
                connection.execute(text(_SEAL_REFUSED), values)
        return len(rows)

    def _has_none(self, which: str) -> bool:
        """Look without the writers' lock: mostly there is nothing, every second."""
        with reading(self._engine) as connection:
            return connection.execute(text(which), {"most": 1}).first() is None

    def reseal(
        self, progress: Callable[[int], None] = lambda _done: None, *, most: int = A_BATCH
    ) -> int:
        """Seal with the newest key whatever is sealed with another; tell how many.

        Batch by batch: an interrupted run has done what it has done, the next does the rest.
        """
        done = 0
        for batch in (self._reseal_tickets, self._reseal_refused):
            after = 0
            while True:
                count, last = batch(after, most)
                if last == after:
                    break
                done, after = done + count, last
                progress(count)
        while count := reseal_files(self._engine, self._sealer):
            done += count
            progress(count)
        return done

    def _reseal_tickets(self, after: int, most: int) -> tuple[int, int]:
        newest = self._sealer.keys.newest().id
        with overwriting(self._engine) as connection:
            values = {"after": after, "key": newest, "most": most}
            rows = connection.execute(text(_OTHER_KEY), values).all()
            anew = []
            for ticket, source, external_id, body in rows:
                identity = (source, external_id)
                fields = self._sealer.open_ticket(identity, body)
                sealed = self._sealer.seal_ticket(identity, fields)[0].body
                anew.append({"id": ticket, "key": key_id_of(sealed), "body": sealed})
            if anew:
                connection.execute(text(_RESEAL), anew)
        return len(rows), rows[-1][0] if rows else after

    def _reseal_refused(self, after: int, most: int) -> tuple[int, int]:
        newest = self._sealer.keys.newest().id
        with overwriting(self._engine) as connection:
            rows = connection.execute(text(_REFUSED), {"after": after, "most": most}).all()
            anew = []
            for line, key, body in rows:
                if body and key_id_of(body) != newest:
                    bound = bound_to_refused(key)
                    record = self._sealer.open(body, bound)
                    anew.append({"id": line, "body": self._sealer.seal(record, bound)})
            if anew:
                connection.execute(text("UPDATE set_aside SET sealed = :body WHERE id = :id"), anew)
        return len(anew), rows[-1][0] if rows else after


_ONE = (
    "SELECT body FROM sealed JOIN tickets ON tickets.id = sealed.ticket_id"
    " WHERE source = :source AND external_id = :external_id"
)
_KEYS_USED = "SELECT key_id, count(*) FROM sealed GROUP BY key_id"
_ANYTHING = "SELECT 1 FROM sealed UNION ALL SELECT 1 FROM set_aside WHERE sealed <> '' LIMIT 1"
_REFUSED_BODIES = "SELECT sealed FROM set_aside WHERE sealed <> ''"
_PLAIN = (
    "SELECT id, source, external_id, title, text, address, category_as_given, department_as_given"
    " FROM tickets WHERE sealed_mark IS NULL ORDER BY id LIMIT :most"
)
_SHOW = (
    "UPDATE tickets SET title = :title, text = :text, address = :address, sealed_mark = :mark,"
    " category_as_given = :category, department_as_given = :department"
    " WHERE id = :id AND sealed_mark IS NULL"
)
_SEAL = (
    "INSERT INTO sealed (ticket_id, key_id, kept, body) VALUES (:id, :key, :kept, :body)"
    " ON CONFLICT (ticket_id) DO NOTHING"
)
_NOTE_WORDS = "INSERT INTO unindexed (ticket_id) VALUES (:id) ON CONFLICT (ticket_id) DO NOTHING"
_PLAIN_REFUSED = (
    "SELECT id, key, record, reason FROM set_aside WHERE sealed = '' AND record <> '(erased)'"
    " ORDER BY id LIMIT :most"
)
_SEAL_REFUSED = (
    "UPDATE set_aside SET sealed = :body, record = :shown, reason = :reason WHERE id = :id"
)
_OTHER_KEY = (
    "SELECT ticket_id, source, external_id, body FROM sealed"
    " JOIN tickets ON tickets.id = sealed.ticket_id"
    " WHERE ticket_id > :after AND key_id <> :key ORDER BY ticket_id LIMIT :most"
)
_RESEAL = "UPDATE sealed SET key_id = :key, body = :body WHERE ticket_id = :id"
_REFUSED = "SELECT id, key, sealed FROM set_aside WHERE id > :after ORDER BY id LIMIT :most"
