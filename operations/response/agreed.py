"""What a consultation agreed on, and what of it is not done yet.

An agreement binds nobody, as a final opinion does: somebody sends the ticket to the agreed lead.
Until that is done, the ticket waits.
"""

from collections.abc import Sequence

from operations.response.dispute import Dispute, State
from operations.tickets.ticket import Ticket


def waits_for_lead(ticket: Ticket, disputes: Sequence[Dispute]) -> Dispute | None:
    """Give the dispute whose agreed lead an open ticket is not with; None where it waits for none.

    `disputes` are the ticket's own, the newest first: a newer one takes the place of what was
    agreed before, unless it was withdrawn. A final opinion binds whatever was agreed.
    """
    if not ticket.is_open or ticket.ruled_by is not None:
        return None
    last = next((one for one in disputes if one.state is not State.WITHDRAWN), None)
    if last is None or last.state is not State.AGREED or last.outcome is None:
        return None
    return None if last.outcome.lead == ticket.department else last
