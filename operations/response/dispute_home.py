"""Where a dispute belongs: to a district, or to the whole city."""

from collections.abc import Sequence

from operations.response.dispute import Dispute
from operations.tickets.ticket import Ticket

MOST_ASKED = 20
"""A dispute of more tickets is the whole city's."""


def home_of(dispute: Dispute, tickets: Sequence[Ticket | None]) -> str | None:
    """Name the district that all tickets of a dispute are of; None where it is the whole city's.

    `tickets` are its first ones, `MOST_ASKED` of them at least where there are as many.
    """
    districts = {one.district for one in tickets if one is not None}
    if len(dispute.tickets) > MOST_ASKED or len(districts) != 1:
        return None
    return min(districts, key=str)
