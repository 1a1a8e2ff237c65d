"""The tables of escalation: the ladders that stand, and the steps that fired.

That steps are only ever added is kept by triggers in the database itself, see migration 0023.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, text

from data_sources.schema import metadata

# One row for a cause that stands in an incident; it goes with the cause.
incident_ladders = Table(
    "incident_ladders",
    metadata,
    Column("incident_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("cause", Text, primary_key=True),
    Column("occasion_us", BigInteger, nullable=False),
    Column("since_us", BigInteger, nullable=False),
    Column("climbed", Integer, nullable=False),
    Column("reached", Text, nullable=False),
    Column("at_us", BigInteger),
    sqlite_with_rowid=False,
)
_due, _late = text("at_us IS NOT NULL"), text("cause = 'report_late'")
_leader = text("reached = 'leader'")
Index(
    "ix_incident_ladders_due",
    incident_ladders.c.at_us,
    sqlite_where=_due,
    postgresql_where=_due,
)
Index(
    "ix_incident_ladders_reports",
    incident_ladders.c.since_us,
    sqlite_where=_late,
    postgresql_where=_late,
)
Index(
    "ix_incident_ladders_leader",
    incident_ladders.c.since_us,
    sqlite_where=_leader,
    postgresql_where=_leader,
)

# The key is what makes a step fire once, whoever fires it.
incident_steps = Table(
    "incident_steps",
    metadata,
    Column("incident_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("cause", Text, primary_key=True),
    Column("occasion_us", BigInteger, primary_key=True, autoincrement=False),
    Column("step", Integer, primary_key=True, autoincrement=False),
    Column("whom", Text, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
