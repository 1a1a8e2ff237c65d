"""Which agreements of consultations are not carried out: `operations.response.agreed` in SQL."""

from collections import Counter

from sqlalchemy import Connection, bindparam, text

from data_sources.dispute_rows import dispute_of
from operations.tickets.ticket import ENDED

MOST_AGREEMENTS = 200
"""So many of the newest agreements are looked at, however many there ever were."""
MOST_TICKETS = 2_000


def waiting(connection: Connection) -> dict[str, int]:
    """Count, by the number of their dispute, open tickets that are not with their agreed lead."""
    found = connection.execute(text(_AGREED), {"most": MOST_AGREEMENTS}).all()
    held = {row.id: dispute_of(row.body) for row in found}
    if not held:
        return {}
    members = connection.execute(_MEMBERS, {"disputes": list(held), "most": MOST_TICKETS}).all()
    of = {row.ticket_id: held[row.dispute_id] for row in members}
    asked = {"tickets": list(of), "ended": sorted(ENDED)}
    counts: Counter[str] = Counter()
    for row in connection.execute(_OPEN, asked) if of else ():
        dispute = of[row.id]
        if dispute.outcome is not None and row.department != dispute.outcome.lead:
            counts[dispute.number] += 1
    return dict(sorted(counts.items()))


_AGREED = (
    "SELECT id, body FROM disputes WHERE state = 'agreed' ORDER BY opened_us DESC, id DESC"
    " LIMIT :most"
)
_MEMBERS = text(
    "SELECT dispute_id, ticket_id FROM dispute_tickets AS held WHERE dispute_id IN :disputes"
    " AND NOT EXISTS (SELECT 1 FROM dispute_tickets AS newer JOIN disputes"
    " ON disputes.id = newer.dispute_id WHERE newer.ticket_id = held.ticket_id"
    " AND newer.dispute_id > held.dispute_id AND state <> 'withdrawn')"
    " ORDER BY dispute_id DESC LIMIT :most"
).bindparams(bindparam("disputes", expanding=True))
_OPEN = text(
    "SELECT id, department FROM tickets WHERE id IN :tickets AND status NOT IN :ended"
    " AND ruled_by IS NULL"
).bindparams(bindparam("tickets", expanding=True), bindparam("ended", expanding=True))
