"""What a final opinion (终诊) does to a ticket: 首接负责,不予回退.

A ruled ticket is with the lead the opinion names. Whatever its source says afterwards, it goes
back to nobody and on to nobody; only a newer opinion names another lead. What the source asks
against that is held back and told of, see `attempt_of`.
"""

from dataclasses import dataclass
from datetime import datetime

from operations.tickets.ticket import Status, Ticket


@dataclass(frozen=True, slots=True)
class Told:
    """What a source said last of where a ruled ticket is, whatever became of it."""

    department: str | None
    status: Status
    returns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What rests on one ticket of the opinion that binds it.

    `opinion` is the opinion's number, `at` when it was signed. `returns`, `reassignments` and
    `return_reason` are what the ticket had then: they stand still from there on. `told` is what
    its source had said.
    """

    opinion: str
    lead: str
    cooperating: tuple[str, ...] = ()
    at: datetime
    told: Told
    due_at: datetime | None = None
    returns: int = 0
    reassignments: int = 0
    return_reason: str = ""


RETURNED = "returned"
"""What an attempt asks where it names no department."""

UNASSIGNED = "unassigned"
"""What an attempt asks that takes the ticket from everybody."""


def told_by(ticket: Ticket) -> Told:
    """Give what a delivery says of where the ticket is."""
    return Told(ticket.department, ticket.status, ticket.returns)


def ruling_of(
    ticket: Ticket,
    before: Ruling | None,
    *,
    opinion: str,
    lead: str,
    cooperating: tuple[str, ...],
    at: datetime,
    due_at: datetime | None,
) -> Ruling:
    """Make of an opinion what rests on a ticket, held as it is when the opinion is signed.

    `before` is the ruling it takes the place of: a ruled ticket does not show what its source said.
    """
    return Ruling(
        opinion=opinion, lead=lead, cooperating=cooperating, at=at, due_at=due_at,
        told=told_by(ticket) if before is None else before.told,
        returns=ticket.returns, reassignments=ticket.reassignments,
        return_reason=ticket.return_reason,
    )  # fmt: skip


def held_to(delivered: Ticket, ruling: Ruling) -> Ticket:
    """Give a delivered ticket as its ruling lets it be: with the lead, and not given back."""
    status = delivered.status
    if status is Status.RETURNED:
        status = Status.DISPATCHED if delivered.signed_at is None else Status.HANDLING
    return delivered.reckoned(
        department=ruling.lead, department_as_given=None, cooperating=ruling.cooperating,
        status=status, returns=ruling.returns, reassignments=ruling.reassignments,
        return_reason=ruling.return_reason, ruled_by=ruling.opinion,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a source asked against a ruling, and when; `reason` in its masked words."""

    ticket: tuple[str, str]
    opinion: str
    lead: str
    asked: str
    at: datetime
    reason: str = ""


def attempt_of(last: Told, delivered: Ticket, ruling: Ruling) -> Attempt | None:
    """Give what a delivery asks against a ruling; `last` is what its source had said before.

    None where it asks nothing new: a source that has not heard of the ruling yet goes on naming
    whom it named before, which is no attempt.
    """
    given_back = delivered.status is Status.RETURNED and last.status is not Status.RETURNED
    if given_back or delivered.returns > last.returns:
        asked, reason = RETURNED, delivered.return_reason
    elif delivered.department in (ruling.lead, last.department):
        return None
    else:
        asked, reason = delivered.department or UNASSIGNED, ""
    at = delivered.updated_at
    return Attempt(delivered.identity, ruling.opinion, ruling.lead, asked, at, reason)
