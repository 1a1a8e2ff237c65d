"""The ledger in plain Python, for tests: the same promises, kept by dictionaries."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from data_sources.rows import fact_of, row_of, without_nul
from operations.ports import Refused, SetAside, Stored
from operations.tickets.changes import Change, changes_between, in_order, is_newer
from operations.tickets.fact import Fact
from operations.tickets.ticket import Ticket


class MemoryLedger:
    """`operations.ports.Ledger` for one process and as long as it lives."""

    def __init__(self) -> None:
        self._tickets: dict[tuple[str, str], Ticket] = {}
        self._changes: dict[tuple[str, str], list[Change]] = {}
        self._set_aside: dict[str, SetAside] = {}
        self._revision = 0
        self._clock: datetime | None = None

    def store(self, tickets: Sequence[Ticket], *, clock: datetime) -> Stored:
        """Upsert tickets, append their changes and keep the clock, all or nothing."""
        held: dict[tuple[str, str], Ticket | None] = {}
        unchanged = 0
        for ticket in [without_nul(ticket) for ticket in tickets]:
            before = self._tickets.get(ticket.identity)
            if before is not None and not is_newer(ticket, before):
                unchanged += 1
                continue
            held.setdefault(ticket.identity, before)
            history = self._changes.get(ticket.identity, [])
            self._changes[ticket.identity] = in_order([*history, *changes_between(before, ticket)])
            self._tickets[ticket.identity] = replace(ticket, sealed=None)
        self._revision += bool(held)
        self._clock = clock if self._clock is None else max(self._clock, clock)
        before_facts = [_fact(ticket) for ticket in held.values() if ticket is not None]
        after_facts = [_fact(self._tickets[identity]) for identity in held]
        return Stored(before_facts, after_facts, unchanged, self._revision)

    def set_aside(self, refused: Sequence[Refused]) -> None:
        """Keep refused records; one that is there already is counted, not repeated."""
        for line in refused:
            held = self._set_aside.get(line.key)
            if held is None:
                self._set_aside[line.key] = SetAside(len(self._set_aside) + 1, line, 1, None)
            else:
                again = SetAside(held.id, line, held.times + 1, None)
                self._set_aside[line.key] = again

    def facts(self) -> Iterator[list[Fact]]:
        """Give every ticket as the running city counts it, in batches, from one snapshot."""
        if self._tickets:
            yield [_fact(ticket) for ticket in self._tickets.values()]

    def revision(self) -> int:
        """Tell how many calls have changed anything."""
        return self._revision

    def clock(self) -> datetime | None:
        """Tell the newest clock that was stored, None in an empty ledger."""
        return self._clock

    def ticket(self, source: str, external_id: str) -> Ticket | None:
        """Find one ticket."""
        return self._tickets.get((source, external_id))

    def changes(self, source: str, external_id: str) -> list[Change]:
        """Give the history of one ticket, oldest first."""
        return list(self._changes.get((source, external_id), []))

    def list_set_aside(self, *, most: int, include_sent: bool = False) -> list[SetAside]:
        """Give the newest lines of the set-aside list."""
        lines = reversed(self._set_aside.values())
        return [line for line in lines if include_sent or line.sent_again_at is None][:most]

    def mark_sent_again(self, ids: Sequence[int], at: datetime) -> None:
        """Note that lines of the set-aside list were sent again."""
        for key, line in self._set_aside.items():
            if line.id in ids:
                self._set_aside[key] = replace(line, sent_again_at=at)

    def close(self) -> None:
        """Nothing is held open."""


def _fact(ticket: Ticket) -> Fact:
    return fact_of(row_of(ticket))
