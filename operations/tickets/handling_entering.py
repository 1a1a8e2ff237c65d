"""A decision on a ticket is entered: compared, signed, written with its line, told."""

from dataclasses import dataclass, replace
from datetime import datetime

from operations.errors import BadInput, Conflict, Unreachable
from operations.ports import TicketStream
from operations.tickets.handling import SUBJECT, Handling, HandlingAct, HandlingLine
from operations.tickets.ports import HandlingBook
from operations.tickets.ticket import Ticket

LONGEST_ACTOR = 60
LONGEST_REASON = 300
LONGEST_KEY = 80


def reason_given(given: str) -> str:
    """Give a reason; raises BadInput for none, and for one that is too long."""
    reason = given.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise BadInput("reason", f"say why, in 1 to {LONGEST_REASON} characters")
    return reason


def actor_given(given: str) -> str:
    """Give who acts; raises BadInput for nobody, and for a name that is too long."""
    actor = given.strip()
    if not 0 < len(actor) <= LONGEST_ACTOR:
        raise BadInput("actor", f"say who acts, in 1 to {LONGEST_ACTOR} characters")
    return actor


def key_given(actor: str, given: str, usual: str) -> str:
    """Give the name of an act: a person's own, so that nobody repeats another's."""
    key = given.strip() or usual
    if not 0 < len(key) <= LONGEST_KEY:
        raise BadInput("key", f"name the act, in 1 to {LONGEST_KEY} characters")
    return f"{actor} {key}"


def key_taken() -> BadInput:
    """Say that an act's name is another act's already, so that nothing was done."""
    return BadInput("key", "this key is another act's")


@dataclass(frozen=True, slots=True)
class Entry:
    """Who decides, when, on what they saw: the ticket and the version of its decisions."""

    ticket: Ticket
    held: Handling
    expected_version: int
    actor: str
    verified: bool
    now: datetime

    def refuse_overtaken(self, book: HandlingBook) -> None:
        """Raise Conflict where somebody else decided since the ticket was seen."""
        if self.held.version != self.expected_version:
            raise _overtaken(book, self.ticket, self.held)


def enter(
    book: HandlingBook,
    stream: TicketStream,
    entry: Entry,
    wanted: Handling,
    act: HandlingAct,
    *,
    detail: str,
    reason: str,
) -> Handling:
    """Write what somebody wants decided as the next version; give the decisions then.

    Raises BadInput, Conflict with the decisions as they are where somebody else came first, and
    Unreachable; where the stream alone is away all is written down.
    """
    held, ticket, actor = entry.held, entry.ticket, actor_given(entry.actor)
    at = max(entry.now, held.changed_at or entry.now)
    after = replace(wanted, version=held.version + 1, changed_at=at)
    line = HandlingLine(after.version, at, actor, entry.verified, act, detail, reason.strip())
    try:
        book.act(*ticket.identity, after, line)
    except Conflict as error:
        now_held = error.held if isinstance(error.held, Handling) else held
        raise _overtaken(book, ticket, now_held) from error
    try:
        stream.append_action(SUBJECT)
    except Unreachable as error:
        raise Unreachable(
            f"the decision on ticket {ticket.external_id} is written down; the screens will show "
            f"it when the stream answers again ({error})"
        ) from error
    return after


def _overtaken(book: HandlingBook, ticket: Ticket, held: Handling) -> Conflict:
    """Say who decided what since a person saw the ticket."""
    lines = book.lines(*ticket.identity)
    last = lines[-1] if lines else None
    who = f": {last.act} by {last.actor}" if last else ""
    return Conflict(
        f"somebody decided on ticket {ticket.external_id} since you saw it{who}. "
        "Look at it again before you act.",
        held,
    )
