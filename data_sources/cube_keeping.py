"""Keeping the cubes up with the ledger, in the transaction that stores the tickets."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import Connection, text

from data_sources.cube_columns import counts_otherwise, is_other_matter, matter_of
from data_sources.cube_deltas import Counting, Deltas, deltas_of
from data_sources.cube_tables import (
    ALL_COUNTED,
    cube_corrections,
    cube_days,
    cube_hours,
    cube_versions,
)
from data_sources.cube_writes import add, add_durations, scopes_of
from data_sources.repeats import Repeats
from data_sources.rows import Row
from operations.pulse.local_days import LocalDays

VERSION = 2
"""Of the definitions; with another one the sums of a ledger are made anew."""
DAY_H = 24


class Changed(Protocol):
    """A ticket of a batch: its row, and what the ledger held of it before."""

    id: int
    row: Row
    was: Row | None


class Repeated(NamedTuple):
    """Which tickets were repeats and which are, of those a batch touched.

    `others` are (id, row) of those it did not change but for that.
    """

    was: set[int]
    now: set[int]
    others: list[tuple[int, Row]]


class State(NamedTuple):
    """What the sums in a database rest on, and the ledger's clock; see `cube_tables.cube_state`."""

    fingerprint: str
    counted_to: int
    lived_from: int | None
    epoch: int
    revision: int
    clock_us: int | None
    last_ticket_id: int


def state_of(connection: Connection) -> State:
    """Read the state of the cubes."""
    return State(*connection.execute(text(_STATE)).one())


class CubeKeeping:
    """Follows what is stored. Hours are kept for `kept_hours_d` days."""

    def __init__(self, local: LocalDays, *, kept_hours_d: int) -> None:
        self.local, self.kept_hours_d = local, kept_hours_d
        self.fingerprint = f"{VERSION} {local.fingerprint}"

    def follow(
        self, connection: Connection, changed: Sequence[Changed], revision: int, clock_us: int
    ) -> Repeated | None:
        """Take in what a batch has changed, after it was written and within its transaction.

        Give which of its tickets repeat others; None where that is not followed just now.

        Where the sums rest on another calendar or version they are left alone: the worker makes
        them anew. Tickets that are not counted yet are counted when their turn comes.
        """
        state = state_of(connection)
        fresh = not state.last_ticket_id and not state.fingerprint
        if not fresh and state.fingerprint != self.fingerprint:
            return None
        counted_to = ALL_COUNTED if fresh else state.counted_to
        today = self.local.day_at(max(clock_us, state.clock_us or clock_us))
        lived_from = today if state.lived_from is None else state.lived_from
        repeated = self._repeated(connection, changed)
        counting = self._moved(changed, repeated, counted_to)
        if counting.rows:
            deltas = deltas_of(counting, self.local)
            self.write(connection, deltas, revision, today)
            past = [(*row, clock_us) for row in deltas.days if lived_from <= int(row[1]) < today]
            add(connection, cube_corrections, past)
        values = {
            "fingerprint": self.fingerprint,
            "counted_to": counted_to,
            "lived_from": lived_from,
            "revision": revision,
        }
        connection.execute(text(_FOLLOWED), values)
        return repeated

    def write(self, connection: Connection, deltas: Deltas, revision: int, today: int) -> None:
        """Add what was counted to the tables, and note which scopes it changed."""
        since_h = (today - self.kept_hours_d) * DAY_H
        add(connection, cube_days, deltas.days)
        add(connection, cube_hours, [row for row in deltas.hours if int(row[1]) >= since_h])
        add_durations(connection, deltas.durations)
        scopes = scopes_of(deltas, today)
        add(
            connection,
            cube_versions,
            [(*scope, revision, revision if past else 0) for scope, past in scopes.items()],
        )

    @staticmethod
    def _moved(changed: Sequence[Changed], repeated: Repeated, counted_to: int) -> Counting:
        """Give former states to take out and present ones to put in, with who repeats whom."""
        was, now, others = repeated
        counting = Counting([], [], [])
        for one in changed:
            flips = (one.id in was) != (one.id in now)
            if one.id > counted_to or not (
                one.was is None or flips or counts_otherwise(one.was, one.row)
            ):
                continue
            if one.was is not None:
                counting.add(one.was, is_repeat=one.id in was, sign=-1)
            counting.add(one.row, is_repeat=one.id in now, sign=1)
        for ticket, row in others:
            if ticket <= counted_to:
                counting.add(row, is_repeat=ticket in was, sign=-1)
                counting.add(row, is_repeat=ticket in now, sign=1)
        return counting

    def _repeated(self, connection: Connection, changed: Sequence[Changed]) -> Repeated:
        """Give which of the tickets touched were repeats, and which are; keep what changed."""
        repeats = Repeats(connection)
        moved = [one for one in changed if one.was is None or is_other_matter(one.was, one.row)]
        touched = {one.id for one in moved}
        touched |= repeats.next_after(touched)
        touched |= repeats.next_after_old(matter_of(one.was) for one in moved if one.was)
        known = {one.id for one in changed if one.was is not None}
        was = repeats.held(known | touched)
        now = (was - touched) | repeats.found(touched)
        repeats.keep(new=now - was, gone=was - now)
        others = (was ^ now) - {one.id for one in changed}
        return Repeated(was, now, _rows_of(connection, others))


def _rows_of(connection: Connection, ids: set[int]) -> list[tuple[int, Row]]:
    rows = Repeats(connection).rows(ids) if ids else []
    return [(row[0], tuple(row)[1:]) for row in rows]


_STATE = (
    "SELECT fingerprint, counted_to, lived_from, epoch, cube_state.revision, clock_us,"
    " last_ticket_id FROM cube_state, meta"
)
_FOLLOWED = (
    "UPDATE cube_state SET fingerprint = :fingerprint, counted_to = :counted_to,"
    " lived_from = :lived_from, revision = :revision"
)
