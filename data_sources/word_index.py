"""The index of words: pairs of neighbouring characters of the masked copies.

The index follows the ledger: `store` only notes whose words are new, and `catch_up`
takes them in afterwards, so that a burst does not wait for it.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Engine, bindparam, text

from data_sources.database import reading, writing_alone
from operations.tickets.pairs import pairs_of

A_BATCH = 200


class WordIndex:
    """The index of one database: SQLite's FTS5, or a GIN index on PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._postgres = engine.dialect.name == "postgresql"

    def waiting(self) -> bool:
        """Tell whether there are tickets whose words are not indexed yet."""
        with reading(self._engine) as connection:
            return connection.exec_driver_sql("SELECT 1 FROM unindexed LIMIT 1").first() is not None

    def catch_up(self, *, most: int = A_BATCH) -> int:
        """Index the words of the next few tickets, in one transaction; tell how many."""
        if not self.waiting():  # a look without the writers' lock, which tickets need
            return 0
        with writing_alone(self._engine) as connection:
            rows = connection.execute(text(_NEXT), {"most": most}).all()
            self._put(connection, [(row[0], pairs_of(*row[1:])) for row in rows])
            self._done(connection, [row[0] for row in rows])
        return len(rows)

    def _put(self, connection: Connection, rows: Iterable[tuple[int, list[str]]]) -> None:
        if self._postgres:
            named = [{"id": ticket, "words": words} for ticket, words in rows]
            connection.execute(text(_PUT_POSTGRES), named)
            return
        values = [(ticket, " ".join(words)) for ticket, words in rows]
        gone = "DELETE FROM ticket_words WHERE rowid = ?"
        connection.exec_driver_sql(gone, [(ticket,) for ticket, _ in values])
        connection.exec_driver_sql("INSERT INTO ticket_words (rowid, words) VALUES (?, ?)", values)

    @staticmethod
    def _done(connection: Connection, ids: Sequence[int]) -> None:
        gone = text("DELETE FROM unindexed WHERE ticket_id IN :ids")
        connection.execute(gone.bindparams(bindparam("ids", expanding=True)), {"ids": list(ids)})


def matching(words: Sequence[str], sqlite: bool) -> tuple[str, dict[str, object]]:
    """Give the SQL that selects the ids whose pairs hold every pair of the words."""
    pairs = pairs_of(*words)
    if not sqlite:
        return "SELECT ticket_id FROM ticket_words WHERE words @> :pairs", {"pairs": pairs}
    quoted = " AND ".join(f'"{pair}"' for pair in pairs)
    return "SELECT rowid FROM ticket_words WHERE ticket_words MATCH :pairs", {"pairs": quoted}


_NEXT = (
    "SELECT id, title, address, text FROM tickets"
    " WHERE id IN (SELECT ticket_id FROM unindexed ORDER BY ticket_id DESC LIMIT :most)"
)
_PUT_POSTGRES = (
    "INSERT INTO ticket_words (ticket_id, words) VALUES (:id, :words)"
    " ON CONFLICT (ticket_id) DO UPDATE SET words = excluded.words"
)
