"""The ledger in plain Python, for tests: the same promises, kept by dictionaries."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from data_sources.memory_handling import MemoryHandlingBook
from data_sources.repeats import WINDOW_US
from data_sources.rows import fact_of, row_of, without_nul
from operations.people.sight import Sight
from operations.ports import Refused, SetAside, Stored
from operations.tickets.changes import Change, blocked, changes_between, in_order, is_newer
from operations.tickets.fact import Fact
from operations.tickets.owed import Owed, OwedPage, OwedSearch, Place, debts_of
from operations.tickets.reckoning import Reckoner, as_delivered
from operations.tickets.ruling import Told, attempt_of, told_by
from operations.tickets.ticket import GeoQuality, Ticket

Identity = tuple[str, str]
WINDOW = timedelta(microseconds=WINDOW_US)

_LISTED = (
    *("source", "external_id", "title", "category"),
    *("department", "district", "town", "confidential"),
)


class MemoryLedger:
    """`operations.ports.Ledger` for one process and as long as it lives."""

    def __init__(
        self, reckoner: Reckoner | None = None, book: MemoryHandlingBook | None = None
    ) -> None:
        self._reckoner, self._book = reckoner or Reckoner(), book or MemoryHandlingBook()
        self._reckoned: dict[tuple[str, str], int] = {}  # by which version of the decisions
        self._tickets: dict[tuple[str, str], Ticket] = {}
        self._changes: dict[tuple[str, str], list[Change]] = {}
        self._told: dict[tuple[str, str], Told] = {}
        self._repeats: frozenset[tuple[str, str]] = frozenset()
        self._set_aside: dict[str, SetAside] = {}
        self._revision = 0
        self._clock: datetime | None = None

    def store(self, tickets: Sequence[Ticket], *, clock: datetime) -> Stored:
        """Upsert tickets, append their changes and keep the clock, all or nothing."""
        held: dict[tuple[str, str], Ticket | None] = {}
        unchanged = 0
        for delivered in map(without_nul, tickets):
            ticket = self._reckon(delivered)
            before = self._tickets.get(ticket.identity)
            if before is not None and not is_newer(ticket, before):
                unchanged += 1
                continue
            held.setdefault(ticket.identity, before)
            found = [*changes_between(before, ticket), *self._held_back(delivered)]
            history = self._changes.get(ticket.identity, [])
            self._changes[ticket.identity] = in_order([*history, *found])
            self._tickets[ticket.identity] = replace(ticket, sealed=None)
        self._revision += bool(held)
        self._clock = clock if self._clock is None else max(self._clock, clock)
        return self._stored(held, unchanged)

    def reckon(self, *, clock: datetime, most: int) -> Stored | None:
        """Reckon tickets anew whose decisions changed since; the rules are always the same here."""
        waiting = [
            identity
            for identity, version in self._book.versions().items()
            if identity in self._tickets and self._reckoned.get(identity) != version
        ][:most]
        if not waiting:
            return None
        held = {identity: self._tickets[identity] for identity in waiting}
        changed = {one: held[one] for one in waiting if self._anew(held[one], clock) != held[one]}
        self._revision += bool(changed)
        return self._stored(changed, 0)

    def _stored(self, held: Mapping[Identity, Ticket | None], unchanged: int) -> Stored:
        """Tell of changed tickets as they were held, and of those whose repeating they changed."""
        was, now = self._repeats, repeats_among(self._tickets.values())
        self._repeats = now
        others = {one: self._tickets[one] for one in (was ^ now) - held.keys()}
        every = {**held, **others}
        before = [_fact(one, was) for one in every.values() if one is not None]
        after = [_fact(self._tickets[identity], now) for identity in every]
        return Stored(before, after, unchanged, self._revision)

    def _anew(self, before: Ticket, clock: datetime) -> Ticket:
        handling = self._book.handling(*before.identity)
        after = self._reckoner.reckon(as_delivered(before), handling)
        found = changes_between(before, after, decided_at=handling.changed_at or clock)
        history = self._changes[before.identity]
        self._changes[before.identity] = in_order([*history, *found])
        self._tickets[before.identity] = after
        self._reckoned[before.identity] = handling.version
        return after

    def _held_back(self, delivered: Ticket) -> list[Change]:
        """Give the line of what a delivery asks against the ruling of its ticket."""
        ruling = self._book.handling(*delivered.identity).ruling
        if ruling is None:
            return []
        last = self._told.get(delivered.identity, ruling.told)
        self._told[delivered.identity] = told_by(delivered)
        attempt = attempt_of(last, delivered, ruling)
        return [] if attempt is None else [blocked(attempt)]

    def _reckon(self, delivered: Ticket) -> Ticket:
        return self._reckoner.reckon(delivered, self._book.handling(*delivered.identity))

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
            yield [_fact(ticket, self._repeats) for ticket in self._tickets.values()]

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

    def owed(
        self,
        asked: OwedSearch,
        sight: Sight,
        now: datetime,
        *,
        most: int,
        after: Place | None = None,
    ) -> OwedPage:
        """Give what somebody sees of what is owed, what is due first at the head."""
        found = [
            Owed(
                debt=debt,
                version=self._book.handling(*identity).version,
                **{name: getattr(one, name) for name in _LISTED},
            )
            for identity, one in self._tickets.items()
            for debt in debts_of(self._book.handling(*identity).watch)
            if asked.takes(debt, now)
        ]
        behind = (one for one in found if after is None or one.place > after)
        seen = (one for one in behind if one.is_seen(sight))
        rows = sorted(seen, key=lambda one: one.place)
        return OwedPage(rows[:most], rows[most - 1].place if len(rows) > most else None)

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


def repeats_among(tickets: Iterable[Ticket]) -> frozenset[Identity]:
    """Give the tickets that repeat an earlier one, as `repeats` has it."""
    matters: dict[tuple[object, ...], list[Ticket]] = {}
    for one in tickets:
        place = (one.latitude, one.longitude) if one.geo_quality is GeoQuality.EXACT else (None,)
        for matter in ((one.caller_key,), place):
            if None not in matter:
                matters.setdefault((one.category, *matter), []).append(one)
    return frozenset(
        later.identity
        for same in matters.values()
        for later in same
        if any(timedelta() < later.created_at - one.created_at <= WINDOW for one in same)
    )


def _fact(ticket: Ticket, repeats: Collection[Identity]) -> Fact:
    return fact_of(row_of(ticket), repeats=ticket.identity in repeats)
