"""What a batch changes in the ledger, worked out before anything is written."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from data_sources.cube_keeping import Repeated
from data_sources.handling_rows import handling_of
from data_sources.rows import (
    SHOWN_WORDS,
    STATUS,
    UPDATED,
    Row,
    change_row,
    fact_of,
    row_of,
    ticket_of,
    us_of,
)
from operations.ports import Stored
from operations.tickets.changes import blocked, changes_between, is_newer
from operations.tickets.handling import UNTOUCHED, Handling
from operations.tickets.reckoning import Reckoner, as_delivered
from operations.tickets.ruling import Attempt, Ruling, Told, attempt_of, told_by
from operations.tickets.ticket import Ticket


class Held:
    """One ticket while a batch is worked through."""

    __slots__ = ("handling", "id", "row", "taken", "ticket", "was")

    def __init__(
        self, ticket_id: int, row: Row, ticket: Ticket | None, handling: Handling = UNTOUCHED
    ) -> None:
        self.id, self.row, self.ticket, self.handling = ticket_id, row, ticket, handling
        self.was: Row | None = row if ticket is None else None  # as the ledger held it
        self.taken = ticket is not None

    @property
    def has_new_words(self) -> bool:
        """Tell whether what is searched has changed."""
        return self.was is None or self.was[SHOWN_WORDS] != self.row[SHOWN_WORDS]


class Batch:
    """Works out what a batch of deliveries changes, one after another as they came.

    `held` are rows (id, *content, decisions), `told` what sources said last of ruled tickets.
    """

    def __init__(
        self,
        reckoner: Reckoner,
        held: Sequence[Row],
        last_id: int,
        told: Callable[[Sequence[int]], Mapping[int, Told]] = lambda _ids: {},
    ) -> None:
        self.last_id = last_id
        self.told: dict[int, Told] = {}
        self.attempts: list[tuple[int, Attempt]] = []
        self.taken = self.unchanged = 0
        self.lines: list[Row] = []
        self._reckoner = reckoner
        self._all = {(row[1], row[2]): _held(row) for row in held}
        ruled = [one.id for one in self._all.values() if one.handling.ruling is not None]
        self._told_before = told(ruled) if ruled else {}

    def take(self, delivered: Ticket) -> None:
        """Take one delivery in, or count it as unchanged."""
        held = self._all.get(delivered.identity)
        if held is not None and us_of(delivered.updated_at) < held.row[UPDATED]:
            self.unchanged += 1  # an older state: nothing has to be worked out to know it
            return
        ticket = self._reckoner.reckon(delivered, UNTOUCHED if held is None else held.handling)
        row = row_of(ticket)
        before = None if held is None else self._replaced_by(row, ticket, held)
        if held is None:
            self.last_id += 1
            self._all[row[0], row[1]] = held = Held(self.last_id, row, ticket)
        elif before is None:
            self.unchanged += 1
            return
        held.row, held.ticket, held.taken = row, ticket, True
        self.taken += 1
        if held.handling.ruling is not None:
            self._hold_back(held, held.handling.ruling, delivered)
        self.lines += [change_row(held.id, change) for change in changes_between(before, ticket)]

    def _hold_back(self, held: Held, ruling: Ruling, delivered: Ticket) -> None:
        """Note what a delivery asks against the ruling of its ticket; the ticket is held to it."""
        last = self.told.get(held.id) or self._told_before.get(held.id, ruling.told)
        now = told_by(delivered)
        if now == last:
            return
        self.told[held.id] = now
        attempt = attempt_of(last, delivered, ruling)
        if attempt is not None:
            self.attempts.append((held.id, attempt))
            self.lines.append(change_row(held.id, blocked(attempt)))

    def reckon(self, at: datetime) -> None:
        """Reckon every held ticket anew, at the time its decisions or the rules have changed."""
        for held in self._all.values():
            before = ticket_of(held.row)
            after = self._reckoner.reckon(as_delivered(before), held.handling)
            if after != before:
                decided_at = held.handling.changed_at or at
                found = changes_between(before, after, decided_at=decided_at)
                held.row, held.ticket, held.taken = row_of(after), after, True
                self.lines += [change_row(held.id, change) for change in found]

    @staticmethod
    def _replaced_by(row: Row, ticket: Ticket, held: Held) -> Ticket | None:
        """Give the held state that a delivered one replaces, None where it replaces nothing."""
        same = row[UPDATED] == held.row[UPDATED] and row[STATUS] == held.row[STATUS]
        if same and row[:-1] == held.row[:-1]:  # the last is received_us
            return None  # the commonest case, without making a ticket of the held row
        before = held.ticket or ticket_of(held.row)
        return before if is_newer(ticket, before) else None

    def all(self) -> list[Held]:
        """Give every ticket of the batch."""
        return list(self._all.values())

    def changed(self) -> list[Held]:
        """Give the tickets that are different now."""
        return [held for held in self._all.values() if held.taken]


def _held(row: Row) -> Held:
    body = row[-1]
    return Held(row[0], row[1:-1], None, UNTOUCHED if body is None else handling_of(body))


NOTHING_REPEATED = Repeated(set(), set(), [])


def stored_of(changed: Sequence[Held], repeated: Repeated, unchanged: int, revision: int) -> Stored:
    """Give what the running city follows of a batch, with whom it made or unmade a repeat."""
    was, now, others = repeated
    before = [fact_of(one.was, repeats=one.id in was) for one in changed if one.was is not None]
    after = [fact_of(one.row, repeats=one.id in now) for one in changed]
    before += [fact_of(row, repeats=ticket in was) for ticket, row in others]
    after += [fact_of(row, repeats=ticket in now) for ticket, row in others]
    return Stored(before, after, unchanged, revision)
