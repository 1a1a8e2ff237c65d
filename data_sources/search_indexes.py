"""The indexes by which the desk walks the tickets in the order it shows them in."""

from sqlalchemy import Index, text

from data_sources.tables import NUMBER, OPEN, tickets

URGENT = "urgency <> 'routine'"
UNUSUAL = "status <> 'closed'"
"""Most tickets are closed, and the newest of those are found by the time alone."""

_open, _due = text(OPEN), text(f"{OPEN} AND due_us IS NOT NULL")
_unusual, _urgent = text(UNUSUAL), text(f"{URGENT} AND {OPEN}")

Index("ix_tickets_updated_us", tickets.c.updated_us, postgresql_include=NUMBER)
for _column in (tickets.c.department, tickets.c.district, tickets.c.town):
    Index(
        f"ix_tickets_{_column.name}_created",
        _column,
        tickets.c.created_us,
        postgresql_include=NUMBER,
    )
for _name, _column, _where in (
    ("open_created", tickets.c.created_us, _open), ("open_due", tickets.c.due_us, _due),
    ("urgent_created", tickets.c.created_us, _urgent),
):  # fmt: skip
    Index(
        f"ix_tickets_{_name}",
        _column,
        sqlite_where=_where,
        postgresql_where=_where,
        postgresql_include=NUMBER,
    )
Index(
    "ix_tickets_status_created",
    *(tickets.c.status, tickets.c.created_us),
    sqlite_where=_unusual,
    postgresql_where=_unusual,
    postgresql_include=NUMBER,
)

LARGER, SUPERVISED = "ring <> 'town'", "supervision IS NOT NULL"
"""Most tickets are their town's, and nobody supervises them."""

for _column, _said in ((tickets.c.ring, LARGER), (tickets.c.supervision, SUPERVISED)):
    Index(
        f"ix_tickets_{_column.name}_created",
        *(_column, tickets.c.created_us),
        sqlite_where=text(_said),
        postgresql_where=text(_said),
        postgresql_include=NUMBER,
    )
