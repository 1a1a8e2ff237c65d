"""The indexes by which the desk walks the tickets in the order it shows them in."""

from sqlalchemy import Index, text

from data_sources.tables import OPEN, tickets

UNUSUAL = "status <> 'closed'"
"""Most tickets are closed, and the newest of those are found by the time alone."""

_open, _due = text(OPEN), text(f"{OPEN} AND due_us IS NOT NULL")
_unusual = text(UNUSUAL)

Index("ix_tickets_updated_us", tickets.c.updated_us)
for _column in (tickets.c.department, tickets.c.district, tickets.c.town):
    Index(f"ix_tickets_{_column.name}_created", _column, tickets.c.created_us)
Index("ix_tickets_open_created", tickets.c.created_us, sqlite_where=_open, postgresql_where=_open)
Index("ix_tickets_open_due", tickets.c.due_us, sqlite_where=_due, postgresql_where=_due)
Index(
    "ix_tickets_status_created",
    *(tickets.c.status, tickets.c.created_us),
    sqlite_where=_unusual,
    postgresql_where=_unusual,
)

LARGER, SUPERVISED = "ring <> 'town'", "supervision IS NOT NULL"
"""Most tickets are their town's, and nobody supervises them."""

for _column, _where in ((tickets.c.ring, LARGER), (tickets.c.supervision, SUPERVISED)):
    Index(
        f"ix_tickets_{_column.name}_created",
        *(_column, tickets.c.created_us),
        sqlite_where=text(_where),
        postgresql_where=text(_where),
    )
