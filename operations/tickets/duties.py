"""The five responsibilities (五责): in which every ticket stands, by its present state alone."""

from enum import StrEnum
from typing import NamedTuple

from operations.tickets.ticket import ENDED, Status, Supervision, Ticket


class Duty(StrEnum):
    """The five stages, in the order a matter that goes wrong passes them."""

    CLARIFY = "clarify"  # 明责: whose it is has to be settled
    PERFORM = "perform"  # 履责: a department has it and works on it
    FULFIL = "fulfil"  # 尽责: it was answered; what is left is that the caller says so
    SUPERVISE = "supervise"  # 督责: late, reopened, not solved, or a record of supervision is open
    ACCOUNT = "account"  # 问责: the supervision was referred on


_UNCLEAR = frozenset({Status.RETURNED, Status.CONSULTING})


class Standing(NamedTuple):
    """What of a ticket the rule looks at; every part is of the present state.

    `owned`: a department has it. `sent`: it was dispatched once. `reopened`: it was opened again.
    `called`: the caller was called back since the last closing, if it was closed at all; `solved`
    is what was said then. `red`: it carries a red card. `supervision` says
    how it is supervised, if it is. `recent`: it was closed within the period the figures look back.
    """

    status: str
    owned: bool = True
    sent: bool = True
    reopened: bool = False
    called: bool = False
    solved: bool | None = None
    red: bool = False
    supervision: str | None = None
    recent: bool = True

    @property
    def is_open(self) -> bool:
        """True until the ticket is closed, archived or withdrawn."""
        return self.status not in ENDED

    @property
    def is_unsolved(self) -> bool:
        """True where the caller said last that it is not solved; a withdrawn one is at rest."""
        return self.called and self.solved is False and self.status != Status.WITHDRAWN

    @property
    def waits(self) -> bool:
        """True of a closed ticket whose caller was not called back since: 回访 is still to come.

        One that was answered at once and never sent out (直办) waits for nobody.
        """
        direct = not self.sent and not self.owned
        return (
            not self.is_open and self.status != Status.WITHDRAWN and not self.called and not direct
        )


def duty_of(standing: Standing) -> Duty:
    """Give the one stage a ticket stands in: of the five conditions the first that holds.

    1. Its supervision was referred on: 问责.
    2. Its supervision is open, or it is open with a red card or for the second time, or the caller
       said that it is not solved: 督责.
    3. It was answered, closed, archived or withdrawn: 尽责.
    4. No department has it, or it was returned, or the departments consult: 明责.
    5. Everything else: 履责.
    """
    if standing.supervision == Supervision.REFERRED:
        return Duty.ACCOUNT
    late = standing.is_open and (standing.red or standing.reopened)
    if standing.supervision == Supervision.OPEN or late or standing.is_unsolved:
        return Duty.SUPERVISE
    if not standing.is_open or standing.status == Status.REPLIED:
        return Duty.FULFIL
    if not standing.owned or standing.status in _UNCLEAR:
        return Duty.CLARIFY
    return Duty.PERFORM


def is_pending(standing: Standing) -> bool:
    """Tell whether something is left to do, so that the ticket is counted in the funnel.

    An open or supervised ticket always; one that was closed in the period where its caller is
    still to be called back, or said that it is not solved.
    """
    if standing.is_open or standing.supervision is not None:
        return True
    return standing.recent and (standing.waits or standing.is_unsolved)


def standing_of(ticket: Ticket, *, red: bool = False, recent: bool = True) -> Standing:
    """Give what the rule looks at of a ticket; what the clock adds is given beside it."""
    callback, closed = ticket.callback, ticket.closed_at
    called = callback is not None and (closed is None or callback.at >= closed)
    return Standing(
        ticket.status.value,
        owned=ticket.department is not None,
        sent=ticket.dispatched_at is not None,
        reopened=ticket.reopenings > 0 or ticket.status is Status.REOPENED,
        called=called,
        solved=callback.resolved if called and callback is not None else None,
        red=red and ticket.is_open,
        supervision=ticket.supervision,
        recent=recent and closed is not None,
    )
