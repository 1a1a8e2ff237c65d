"""The tables of incidents: heads, parts, the lines of their timelines, and whose tickets they are.

That lines are only ever added is kept by triggers in the database itself, see migration 0020.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from data_sources.schema import Key, metadata

# One column for the lead, never empty: one department leads at any moment, handed over by
# comparing versions. `tickets` counts those that are in it.
incidents = Table(
    "incidents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("exercise", Boolean, nullable=False),
    Column("lead", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("district", Text),
    Column("cluster", Text),
    Column("opened_us", BigInteger, nullable=False),
    Column("closed_us", BigInteger),
    Column("reported_us", BigInteger),
    Column("tickets", Integer, nullable=False),
    Column("body", Text, nullable=False),
    CheckConstraint("lead <> ''", name="ck_incidents_lead"),
)
Index("ux_incidents_number", incidents.c.number, unique=True)
_at_work = text("cluster IS NOT NULL AND closed_us IS NULL AND NOT exercise")
Index(
    "ux_incidents_cluster",
    incidents.c.cluster,
    unique=True,
    sqlite_where=_at_work,
    postgresql_where=_at_work,
)
_living = text("closed_us IS NULL")
Index("ix_incidents_living", incidents.c.opened_us, sqlite_where=_living, postgresql_where=_living)
Index("ix_incidents_opened", incidents.c.opened_us)

incident_parts = Table(
    "incident_parts",
    metadata,
    Column("incident_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("due_us", BigInteger),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_incident_parts_seq", incident_parts.c.incident_id, incident_parts.c.seq)
_due = text("due_us IS NOT NULL")
Index(
    "ix_incident_parts_due",
    incident_parts.c.incident_id,
    incident_parts.c.due_us,
    sqlite_where=_due,
    postgresql_where=_due,
)

_waits = text("kind = 'task' AND due_us IS NOT NULL")
Index(
    "ix_incident_parts_tasks",
    incident_parts.c.due_us,
    incident_parts.c.incident_id,
    incident_parts.c.number,
    sqlite_where=_waits,
    postgresql_where=_waits,
)

incident_lines = Table(
    "incident_lines",
    metadata,
    Column("incident_id", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("typed_us", BigInteger),
    Column("actor", Text, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("act", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("ux_incident_lines_key", incident_lines.c.incident_id, incident_lines.c.key, unique=True)

incident_tickets = Table(
    "incident_tickets",
    metadata,
    Column("incident_id", Text, primary_key=True),
    Column("ticket_id", Key, primary_key=True, autoincrement=False),
    Column("joined_us", BigInteger, nullable=False),
    Column("joined_by", Text, nullable=False),
    Column("out", Boolean, nullable=False),
    Column("why", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_incident_tickets_ticket", incident_tickets.c.ticket_id)
