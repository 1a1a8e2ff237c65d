"""What a ticket's class, ring and due time are, from its state and the city's decisions alone.

The source is master: a due time it delivers stands. Where it delivers none the rules give one.
Nothing here depends on what the ledger held before, so that deliveries and decisions in any order
end in the same state.
"""

import re
from collections.abc import Hashable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from operations.people.person import Ring
from operations.tickets.deadlines import Deadlines, Limit, told_as_text
from operations.tickets.handling import UNTOUCHED, Handling
from operations.tickets.rings import USUAL as USUAL_RINGS
from operations.tickets.rings import Placed, RingRule, lifted, ruled
from operations.tickets.ruling import held_to
from operations.tickets.ticket import Ticket, Triage
from operations.tickets.triage import USUAL, sort

OPINION = "opinion "
"""What a due time begins with that rests on a final opinion; its number follows."""

_WRITTEN = re.compile(r"rule (\S+)(?: extended (\d+))?(?: paused (\d+))?( stopped)?")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a due time of Lianxin's own rests on, as `Ticket.due_by` holds it in one text.

    `rule` is `set/row`. `extended_d` working days were granted, `paused` pauses have ended;
    `stopped` says that the clock stands still, and that there is no due time meanwhile.
    """

    rule: str
    extended_d: int = 0
    paused: int = 0
    stopped: bool = False

    def __str__(self) -> str:
        extended = f" extended {self.extended_d}" if self.extended_d else ""
        paused = f" paused {self.paused}" if self.paused else ""
        return f"rule {self.rule}{extended}{paused}{' stopped' if self.stopped else ''}"


def basis_of(due_by: str | None) -> Basis | None:
    """Read what a due time rests on; None where it is the source's, or there is none."""
    found = None if due_by is None else _WRITTEN.fullmatch(due_by)
    if found is None:
        return None
    rule, extended, paused, stopped = found.groups()
    return Basis(rule, int(extended or 0), int(paused or 0), bool(stopped))


def as_delivered(ticket: Ticket) -> Ticket:
    """Give a ticket as its source told it, without what was reckoned here."""
    told: dict[str, object] = {"triage": Triage.ORDINARY, "due_by": None, "ring": Ring.TOWN}
    told |= {"ring_by": "", "supervision": None, "ruled_by": None}
    if ticket.due_by is not None:
        told |= {"due_at": None, "original_due_at": None}
    return ticket.reckoned(**told)


class Due(NamedTuple):
    """A due time, what it was before it was put off, and what it rests on."""

    due_at: datetime | None
    original_due_at: datetime | None
    due_by: str | None


class Reckoner:
    """Gives tickets their class, their ring and, where their source gives none, their due time."""

    def __init__(
        self, deadlines: Deadlines | None = None, rings: Sequence[RingRule] = USUAL_RINGS
    ) -> None:
        self.deadlines, self.rings = deadlines, tuple(rings)
        self._ringed: dict[Hashable, Placed] = {}
        self.table = USUAL if deadlines is None else deadlines.rules.triage
        plain = told_as_text([asdict(rule) for rule in USUAL])
        told = plain if deadlines is None else deadlines.told()
        told += told_as_text([asdict(rule) for rule in self.rings])
        self.digest = blake2b(told.encode(), digest_size=16).hexdigest()

    def reckon(self, delivered: Ticket, handling: Handling = UNTOUCHED) -> Ticket:
        """Give a delivered ticket with class, ring, supervision and due time.

        A ruled ticket is first held to its ruling: what follows is reckoned of the lead's ticket.
        """
        if handling.ruling is not None:
            delivered = held_to(delivered, handling.ruling)
        triage = sort(delivered, self.table, handling.triage).triage
        due = self._due(delivered, triage, handling) or Due(
            delivered.due_at, delivered.original_due_at, delivered.due_by
        )
        watch = handling.watch
        ring, ring_by = lifted(self.ruled_ring(delivered, triage), watch.reports)
        return delivered.reckoned(
            triage=triage, **due._asdict(), ring=ring, ring_by=ring_by, supervision=watch.state
        )

    def ruled_ring(self, delivered: Ticket, triage: Triage) -> Placed:
        """Give the ring a ticket has by the table alone."""
        places = (delivered.town is not None, delivered.district is not None)
        key = (triage, delivered.urgency, delivered.category, *places)
        if key not in self._ringed:
            self._ringed[key] = ruled(delivered, triage, self.rings)
        return self._ringed[key]

    def _due(self, ticket: Ticket, triage: Triage, handling: Handling) -> Due | None:
        """Give the due time a final opinion or the rules set; None where the source is master."""
        ruling = handling.ruling
        if ruling is not None and ruling.due_at is not None:
            return Due(ruling.due_at, ruling.due_at, f"{OPINION}{ruling.opinion}")
        start = begun_at(ticket)
        if (
            self.deadlines is None
            or start is None
            or ticket.due_at is not None
            or ticket.original_due_at is not None
        ):
            return None
        ruled = self.deadlines.ruled("finish", ticket, triage)
        if ruled is None:
            return None
        first = self.deadlines.due(start, ruled.limit)
        basis = Basis(
            f"{self.deadlines.rules.code}/{ruled.rule}",
            handling.extension_d,
            sum(pause.until is not None for pause in handling.pauses),
            handling.stands_still,
        )
        until = None if basis.stopped else self._put_off(first, start, ruled.limit, handling)
        return Due(until, first, str(basis))

    def _put_off(
        self, first: datetime, start: datetime, limit: Limit, handling: Handling
    ) -> datetime:
        """Give a due time later by what was granted: first the pauses, then the extension."""
        assert self.deadlines is not None
        spans = [
            (max(pause.since, start), pause.until)
            for pause in handling.pauses
            if pause.until is not None and pause.until > start
        ]
        until = self.deadlines.stood_still(first, limit, spans) if spans else first
        return self.deadlines.put_off(until, handling.extension_d)


def begun_at(ticket: Ticket) -> datetime | None:
    """Give when the time for a ticket began: when it was handed to whom it is with now.

    A source that has departments and no time of dispatch means the time of acceptance. A ticket
    of nobody, answered at once or still to be sent, has no clock of this kind.
    """
    if ticket.dispatched_at is not None:
        return ticket.dispatched_at
    return None if ticket.department is None else ticket.created_at


def stands_still(ticket: Ticket) -> bool:
    """Tell whether a ticket has no due time because its clock is stopped."""
    basis = basis_of(ticket.due_by)
    return basis is not None and basis.stopped


def is_ruled(ticket: Ticket) -> bool:
    """Tell whether a ticket's due time is a final opinion's."""
    return (ticket.due_by or "").startswith(OPINION)


def why_due_moved(before: Ticket, after: Ticket) -> str:
    """Say why the due time of one ticket is another than it was; never nothing.

    Where nothing of the ticket and of the decisions on it differs, the rules or the calendar do.
    """
    if is_ruled(after) or is_ruled(before):
        return "ruling"
    was, now = basis_of(before.due_by), basis_of(after.due_by)
    ours = was is not None or now is not None
    if not ours or (now is None and after.due_at is not None):
        return "source"
    if was is None and before.due_at is not None:
        return "source"
    was, now = was or Basis(""), now or Basis("")
    told = {
        "pause": (was.paused, was.stopped) != (now.paused, now.stopped),
        "extension": was.extended_d != now.extended_d,
        "triage": before.triage is not after.triage,
        "category": before.category != after.category,
        "urgency": before.urgency is not after.urgency,
        "dispatch": begun_at(before) != begun_at(after),
    }
    return ",".join(name for name, differs in told.items() if differs) or "rules"
