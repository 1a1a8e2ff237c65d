"""Making the cubes anew from the tickets, batch by batch, while tickets go on coming in.

What is counted is every ticket up to `counted_to`; the ledger's own transactions keep those up and
leave the others to their turn. So each batch is a short transaction, an interrupted run is gone
on with, and at the end nothing is missing or there twice.
"""

from sqlalchemy import Connection, Engine, text

from data_sources.cube_deltas import Counting, deltas_of
from data_sources.cube_keeping import DAY_H, CubeKeeping, State, state_of
from data_sources.cube_tables import ALL_COUNTED, SINGLE
from data_sources.database import reading, writing_alone
from data_sources.repeats import Repeats
from data_sources.rows import Row
from data_sources.tables import CONTENT

A_BATCH = 2_000


class CubeBuilding:
    """Finds that the cubes are not those of the ledger, and makes them anew."""

    def __init__(self, engine: Engine, keeping: CubeKeeping) -> None:
        self._engine, self._keeping = engine, keeping

    def why(self) -> str | None:
        """Tell why the cubes have to be made anew, None where they are those of the ledger."""
        with reading(self._engine) as connection:
            state = state_of(connection)
            revision = connection.execute(text("SELECT revision FROM meta")).scalar_one()
        if state.fingerprint != self._keeping.fingerprint:
            return "never counted" if not state.fingerprint else "calendar or definitions changed"
        return "tickets were stored without them" if state.revision != revision else None

    def prepare(self, epoch: int) -> str | None:
        """See to it that the cubes are, or will be, those of the ledger; tell why if not yet.

        `epoch` is another number at every start: what was read before it is not told any more.
        """
        why = self.why()
        if why is not None:
            self.begin(epoch)
        else:
            with writing_alone(self._engine) as connection:
                connection.execute(text("UPDATE cube_state SET epoch = :epoch"), {"epoch": epoch})
        return why

    def begin(self, epoch: int) -> None:
        """Empty the cubes, so that every ticket is counted again; corrections are kept."""
        with writing_alone(self._engine) as connection:
            for statement in _EMPTY:
                connection.execute(text(statement))
            values = {"fingerprint": self._keeping.fingerprint, "epoch": epoch}
            connection.execute(text(_BEGUN), values)

    def step(self, most: int = A_BATCH) -> int:
        """Count the next tickets; tell how many they were, 0 where none was left."""
        with reading(self._engine) as connection:  # mostly there is nothing: no lock for that
            if not self._is_left(state_of(connection)):
                return 0
        with writing_alone(self._engine) as connection:
            state = state_of(connection)
            if not self._is_left(state):
                return 0
            values = {"after": state.counted_to, "most": most}
            rows = [(row[0], tuple(row)[1:]) for row in connection.execute(text(_NEXT), values)]
            if rows:
                self._count(connection, rows, state)
            counted_to = rows[-1][0] if len(rows) == most else ALL_COUNTED
            connection.execute(text(_COUNTED), {"to": counted_to})
            if counted_to == ALL_COUNTED:
                for statement in _TOLD:
                    connection.execute(text(statement))
        return len(rows)

    def forget_hours(self) -> None:
        """Remove what is kept by the hour for longer than it should be."""
        with writing_alone(self._engine) as connection:
            clock_us = state_of(connection).clock_us
            if clock_us is None:
                return
            first = self._keeping.local.day_at(clock_us) - self._keeping.kept_hours_d
            for grouping in SINGLE:
                values = {"grouping": grouping, "before": first * DAY_H}
                connection.execute(text(_OLD_HOURS), values)

    def _is_left(self, state: State) -> bool:
        ours = state.fingerprint == self._keeping.fingerprint
        return ours and state.counted_to < ALL_COUNTED

    def _count(self, connection: Connection, rows: list[tuple[int, Row]], state: State) -> None:
        repeats, ids = Repeats(connection), {ticket for ticket, _ in rows}
        held, found = repeats.held(ids), repeats.found(ids)
        repeats.keep(new=found - held, gone=held - found)
        counting = Counting([], [], [])
        for ticket, row in rows:
            counting.add(row, is_repeat=ticket in found, sign=1)
        today = self._keeping.local.day_at(state.clock_us or 0)
        deltas = deltas_of(counting, self._keeping.local)
        self._keeping.write(connection, deltas, state.revision, today)


_EMPTY = (
    "DELETE FROM cube_days",
    "DELETE FROM cube_hours",
    "DELETE FROM cube_durations",
    "DELETE FROM cube_versions",
    "DELETE FROM repeats",
)
_BEGUN = (
    "UPDATE cube_state SET fingerprint = :fingerprint, epoch = :epoch, counted_to = 0,"
    " revision = (SELECT revision FROM meta)"
)
# The words are not counted, and are the most of a ticket.
_COLUMNS = ", ".join("''" if name in ("title", "text", "address") else name for name in CONTENT)
_NEXT = f"SELECT id, {_COLUMNS} FROM tickets WHERE id > :after ORDER BY id LIMIT :most"  # noqa: S608
_COUNTED = "UPDATE cube_state SET counted_to = :to"
# Who repeats whom was found anew: the running city is behind, and is made anew at its next ticket.
_TOLD = tuple(f"UPDATE {table} SET revision = revision + 1" for table in ("meta", "cube_state"))  # noqa: S608
_OLD_HOURS = "DELETE FROM cube_hours WHERE grouping = :grouping AND hour < :before"
