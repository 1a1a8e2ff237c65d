"""The worker's part in disputes: where the city wants it, one opens by itself on a ticket.

It opens when a ticket is reassigned the second time, or is given back. Work per ticket is constant;
where the setting names no cause there is none.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from data_sources.connect import Sources
from operations.errors import Conflict, OperationsError, Unreachable
from operations.response.dispute import Cause
from operations.response.disputing import Disputing, Hand, Office
from operations.tickets.fact import Fact
from operations.tickets.loose_ends import BOUNCES
from operations.tickets.ticket import ENDED, Status

log = structlog.get_logger()

ACTOR = "自动发起"
WHY = {Cause.BOUNCING: "两次以上改派", Cause.RETURN: "承办单位退单"}


class DisputeOpening:
    """Opens disputes on tickets as they come to have a cause; follows what the ledger stores."""

    def __init__(
        self, causes: frozenset[Cause], office: Office, clock: Callable[[], datetime]
    ) -> None:
        self._causes, self._office, self._clock = causes, office, clock

    def fold(self, before: Sequence[Fact], after: Sequence[Fact]) -> None:
        """Look at what one transaction of the ledger changed."""
        if not self._causes:
            return
        was = {(one.source, one.external_id): one for one in before}
        for one in after:
            cause = cause_of(was.get((one.source, one.external_id)), one)
            if cause in self._causes:
                self._open((one.source, one.external_id), cause)

    def _open(self, ticket: tuple[str, str], cause: Cause) -> None:
        hand = Hand(ACTOR, False, self._clock())
        try:
            opened = Disputing(self._office, hand).begin(ticket, cause, WHY[cause])
        except Conflict:  # somebody has opened one by hand
            return
        except Unreachable as error:  # the ticket stays on its list, where one opens by hand
            log.warning("dispute_not_opened", ticket="/".join(ticket), reason=str(error))
        except OperationsError as error:
            log.error("dispute_not_opened", ticket="/".join(ticket), reason=str(error))  # noqa: TRY400
        else:
            log.info("dispute_opened", number=opened.number, cause=cause.value)


def cause_of(before: Fact | None, after: Fact) -> Cause | None:
    """Tell by what a ticket has just come to be disputed, if it has."""
    if after.status in ENDED:
        return None
    if after.reassignments >= BOUNCES and (before is None or before.reassignments < BOUNCES):
        return Cause.BOUNCING
    was_returned = before is not None and before.status == Status.RETURNED
    return Cause.RETURN if after.status == Status.RETURNED and not was_returned else None


def opening_of(sources: Sources, clock: Callable[[], datetime]) -> DisputeOpening:
    """Make what opens disputes by itself, in the city's books and by its clock."""
    return DisputeOpening(sources.settings.dispute_causes, sources.dispute_office, clock)
