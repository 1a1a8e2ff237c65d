"""Which alarms bear on a ticket's way: warnings come before the words of a single caller."""

from collections.abc import Iterable

from operations.pulse.alarm import RANK, Alarm, Cause
from operations.pulse.windows import to_us
from operations.tickets.ticket import Ticket

BEARING = frozenset({Cause.CLUSTER, Cause.CATEGORY})
"""The causes that say something of one matter; the others are of a whole district or office."""


def bearing_on(ticket: Ticket, alarms: Iterable[Alarm]) -> list[Alarm]:
    """Give the alarms of a ticket's matter, the most pressing first; none of one that has ended.

    They stand for its category where it is, or for the whole city, and for matters that began no
    later than it was accepted.
    """
    if not ticket.is_open or ticket.category is None:
        return []
    accepted_us = to_us(ticket.created_at)
    found = [
        one for one in alarms
        if one.category == ticket.category and one.district in (None, ticket.district)
        and one.since_us <= accepted_us
        and any(reason.cause in BEARING for reason in one.reasons)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (RANK[one.severity], one.raised_us))
