"""Two tickets that look like one matter and are not: somebody says so, and may take it back.

What somebody said of a pair is a version, as a merge is. It keeps the pair out of what is
suggested, and forbids nothing: who merges the two all the same knows better by then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from operations.errors import BadInput, Conflict
from operations.people.audit import Deed
from operations.pulse.windows import to_us
from operations.tickets.handling_entering import LONGEST_REASON, actor_given
from operations.tickets.merging import Find, Identity, May, MergeBook, Signed
from operations.tickets.ticket import Ticket

MOST_LINES = 400
"""So many lines are read of one ticket at most."""

Pair = tuple[Identity, Identity]


class DistinctAct(StrEnum):
    """What somebody said of a pair."""

    DISTINCT = "distinct"
    NOT_DISTINCT = "not_distinct"


@dataclass(frozen=True, slots=True)
class Distinction:
    """Whether two tickets are said to be two matters; version 0: nobody ever said anything."""

    version: int = 0
    stands: bool = False


UNSAID = Distinction()


@dataclass(frozen=True, slots=True)
class DistinctLine:
    """What was said of a pair: by whom, when and, if they told, why."""

    pair: Pair
    version: int
    at: datetime
    actor: str
    verified: bool
    act: DistinctAct
    reason: str = ""

    def other(self, ticket: Identity) -> Identity:
        """Give the other ticket of the pair."""
        return self.pair[1] if self.pair[0] == ticket else self.pair[0]


class DistinctBook(Protocol):
    """What was said of pairs of tickets; part of the ledger, never of a delivery.

    Errors: `Unreachable`.
    """

    def distinction(self, pair: Pair) -> Distinction:
        """Give how a pair stands."""

    def lines(self, source: str, external_id: str) -> list[DistinctLine]:
        """Give what was said of the pairs of a ticket, the newest `MOST_LINES`, oldest first."""

    def act(self, pair: Pair, distinction: Distinction, line: DistinctLine) -> None:
        """Write what was said, its line and the audit log's, in one transaction.

        Raises `Conflict` with what is held where the version is not the next one, and where a
        ticket is not there. The same again, after an answer was lost, changes nothing.
        """


def pair_of(one: Identity, other: Identity) -> Pair:
    """Give two tickets as a pair, whichever was named first; raises BadInput for one alone."""
    if one == other:
        raise BadInput("itself", "a ticket is no pair with itself")
    return (one, other) if one < other else (other, one)


def standing(lines: Sequence[DistinctLine]) -> list[DistinctLine]:
    """Give the lines that still stand: the last one of each pair that is said to be two."""
    last = {line.pair: line for line in lines}
    return [line for line in last.values() if line.act is DistinctAct.DISTINCT]


@dataclass(frozen=True, slots=True)
class Distinguishing:
    """Says that two tickets are not one matter, and takes it back.

    `find` and `may` are those of `merging.Merging`: who acts may decide on both.
    """

    book: DistinctBook
    merges: MergeBook
    find: Find
    may: May

    def distinct(
        self, one: Identity, other: Identity, expected_version: int, signed: Signed
    ) -> Distinction:
        """Say that two tickets are not one matter.

        Raises BadInput where the rules refuse it, Conflict where somebody was first, Unreachable.
        """
        pair = self._decided(one, other)
        held = self._seen(pair, expected_version)
        if held.stands:
            raise BadInput("distinct", "it is said of them already")
        mains = {self.merges.merge(*ticket).main or ticket for ticket in pair}
        if len(mains) == 1:
            raise BadInput("together", "they are merged: take them apart first")
        return self._write(pair, held, DistinctAct.DISTINCT, signed)

    def take_back(
        self, one: Identity, other: Identity, expected_version: int, signed: Signed
    ) -> Distinction:
        """Let a pair be suggested again; raises as `distinct` does."""
        pair = self._decided(one, other)
        held = self._seen(pair, expected_version)
        if not held.stands:
            raise BadInput("not_distinct", "it is not said of them")
        return self._write(pair, held, DistinctAct.NOT_DISTINCT, signed)

    def _decided(self, one: Identity, other: Identity) -> Pair:
        pair = pair_of(one, other)
        for identity in pair:
            found: Ticket | None = self.find(identity)
            if found is None or not self.may(found):
                raise BadInput("ticket", "no such ticket that you may decide on")
        return pair

    def _seen(self, pair: Pair, expected_version: int) -> Distinction:
        held = self.book.distinction(pair)
        if held.version != expected_version:
            raise _overtaken(pair, held)
        return held

    def _write(
        self, pair: Pair, held: Distinction, act: DistinctAct, signed: Signed
    ) -> Distinction:
        if len(signed.reason.strip()) > LONGEST_REASON:
            raise BadInput("reason_long", f"at most {LONGEST_REASON} characters")
        after = Distinction(held.version + 1, act is DistinctAct.DISTINCT)
        line = DistinctLine(
            pair, after.version, signed.at, actor_given(signed.actor), signed.verified, act,
            signed.reason.strip(),
        )  # fmt: skip
        try:
            self.book.act(pair, after, line)
        except Conflict as error:
            raise _overtaken(pair, self.book.distinction(pair)) from error
        return after


def distinct_deed(before: Distinction, after: Distinction, line: DistinctLine) -> Deed:
    """Tell the audit log what a person said of a pair, never the tickets' words."""
    one, other = ("/".join(ticket) for ticket in line.pair)
    return Deed(
        at_us=to_us(line.at),
        actor=line.actor,
        verified=line.verified,
        act=f"ticket.{line.act}",
        subject=one,
        before=f"v{before.version}",
        after=f"v{after.version} · {other}",
        reason=line.reason,
    )


def _overtaken(pair: Pair, held: Distinction) -> Conflict:
    return Conflict(
        f"somebody decided on tickets {pair[0][1]} and {pair[1][1]} since you saw them. "
        "Look at them again before you act.",
        held,
    )
