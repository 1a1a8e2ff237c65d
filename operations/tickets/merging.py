"""Merging duplicates: tickets of one matter stand under one main ticket, and apart again.

A merge is kept apart from what a ticket's source delivers, so that no delivery undoes it and
taking it back restores exactly what was. Three rules keep it flat: what is merged into a merged
ticket goes to that one's main; a ticket with others under it is not merged itself; nothing is
merged into itself. So there are no chains and no circles.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from operations.errors import BadInput, Conflict, Unreachable
from operations.people.audit import Deed
from operations.ports import TicketStream
from operations.pulse.windows import to_us
from operations.tickets.handling_entering import actor_given, reason_given
from operations.tickets.ticket import Ticket

SUBJECT = "merge"
"""What the stream calls a merge, or its end."""
MOST_UNDER = 200
"""So many tickets stand under one main at most."""

MOST_LINES = 400
"""So many lines about a main are read at most."""

Identity = tuple[str, str]


class MergeAct(StrEnum):
    """What somebody did."""

    MERGE = "merge"
    UNMERGE = "unmerge"


@dataclass(frozen=True, slots=True)
class Merge:
    """Under which main ticket one stands; version 0 was never merged, `main` None is not now."""

    version: int = 0
    main: Identity | None = None


APART = Merge()


@dataclass(frozen=True, slots=True)
class MergeLine:
    """One merge or its end: by whom, when and why; `main` is the ticket it was about."""

    version: int
    at: datetime
    actor: str
    verified: bool
    act: MergeAct
    main: Identity
    reason: str


class MergeBook(Protocol):
    """Which tickets are merged; part of the ledger, never of a delivery.

    A merge is a version: whoever wrote one first has it, the other is refused (`Conflict`).
    Errors: `Unreachable`.
    """

    def merge(self, source: str, external_id: str) -> Merge:
        """Give under which main a ticket stands."""

    def under(self, source: str, external_id: str) -> list[Identity]:
        """Give what stands under a ticket, in the order of the ledger, `MOST_UNDER` at most."""

    def lines(self, source: str, external_id: str) -> list[MergeLine]:
        """Give the merges of a ticket and their ends, oldest first."""

    def under_lines(self, source: str, external_id: str) -> list[tuple[Identity, MergeLine]]:
        """Give what stands under a ticket, each with the line that put it there, as `under`."""

    def lines_into(self, source: str, external_id: str) -> list[tuple[Identity, MergeLine]]:
        """Give merges into a ticket and their ends, the newest `MOST_LINES`, oldest first."""

    def act(self, source: str, external_id: str, merge: Merge, line: MergeLine) -> None:
        """Write a merge or its end, its line and the audit log's, in one transaction.

        Raises `Conflict` with what is held where the version is not the next one, where a ticket
        is not there, and where by now the main is merged itself or the ticket has others under
        it. The same again, after an answer was lost, changes nothing.
        """


@dataclass(frozen=True, slots=True)
class Signed:
    """Who acts, when and why; `verified`: an account vouches for the actor."""

    actor: str
    verified: bool
    at: datetime
    reason: str = ""


Find = Callable[[Identity], Ticket | None]
May = Callable[[Ticket], bool]


@dataclass(frozen=True, slots=True)
class Merging:
    """Merges and takes apart.

    `find` gives a ticket; `may` tells whether who acts may decide on it, and is asked for every
    ticket an act touches.
    """

    book: MergeBook
    stream: TicketStream
    find: Find
    may: May

    def merge(
        self, ticket: Identity, into: Identity, expected_version: int, signed: Signed
    ) -> Merge:
        """Merge a ticket into another, or into the main that one stands under; give the merge.

        Raises BadInput where the rules refuse it, Conflict where somebody was first, Unreachable.
        """
        held = self._seen(ticket, expected_version)
        if held.main is not None:
            raise BadInput("merged", "it is merged already: take it apart first")
        main = self.book.merge(*into).main or into
        if main == ticket:
            raise BadInput("itself", "a ticket is not merged into itself")
        if self.book.under(*ticket):
            raise BadInput("main", "others are merged into it: merge the other one into it")
        if len(self.book.under(*main)) >= MOST_UNDER:
            raise BadInput("many", f"{MOST_UNDER} tickets stand under it already")
        one, other = self._of(ticket), self._of(main)
        if one.confidential != other.confidential:
            raise BadInput("confidential", "a confidential ticket is merged with its like alone")
        return self._write(ticket, held, main, MergeAct.MERGE, _checked(signed))

    def unmerge(self, ticket: Identity, expected_version: int, signed: Signed) -> Merge:
        """Let a ticket stand for itself again; raises as `merge` does."""
        held = self._seen(ticket, expected_version)
        if held.main is None:
            raise BadInput("apart", "it is not merged")
        self._of(ticket)
        self._of(held.main)
        return self._write(ticket, held, held.main, MergeAct.UNMERGE, _checked(signed))

    def _seen(self, ticket: Identity, expected_version: int) -> Merge:
        held = self.book.merge(*ticket)
        if held.version != expected_version:
            raise _overtaken(ticket, held)
        return held

    def _of(self, identity: Identity) -> Ticket:
        """Give a ticket that may be decided on; of another not even that it is there is told."""
        found = self.find(identity)
        if found is None or not self.may(found):
            raise BadInput("ticket", "no such ticket that you may decide on")
        return found

    def _write(
        self, ticket: Identity, held: Merge, main: Identity, act: MergeAct, signed: Signed
    ) -> Merge:
        after = Merge(held.version + 1, main if act is MergeAct.MERGE else None)
        line = MergeLine(
            after.version, signed.at, signed.actor, signed.verified, act, main, signed.reason
        )
        try:
            self.book.act(*ticket, after, line)
        except Conflict as error:
            raise _overtaken(ticket, self.book.merge(*ticket)) from error
        try:
            self.stream.append_action(SUBJECT)
        except Unreachable as error:
            raise Unreachable(
                f"the merge of ticket {ticket[1]} is written down; the screens will show it when"
                f" the stream answers again ({error})"
            ) from error
        return after


def merge_deed(ticket: Identity, before: Merge, after: Merge, line: MergeLine) -> Deed:
    """Tell the audit log what a person merged, never its words or its callers."""
    return Deed(
        at_us=to_us(line.at),
        actor=line.actor,
        verified=line.verified,
        act=f"ticket.{line.act}",
        subject="/".join(ticket),
        before=_in_words(before),
        after=_in_words(after),
        reason=line.reason,
    )


def _in_words(merge: Merge) -> str:
    told = [f"v{merge.version}"]
    if merge.main is not None:
        told.append(f"under {'/'.join(merge.main)}")
    return " · ".join(told)


def _checked(signed: Signed) -> Signed:
    reason = reason_given(signed.reason)
    return Signed(actor_given(signed.actor), signed.verified, signed.at, reason)


def _overtaken(ticket: Identity, held: Merge) -> Conflict:
    return Conflict(
        f"somebody merged ticket {ticket[1]} or took it apart since you saw it. "
        "Look at it again before you act.",
        held,
    )
