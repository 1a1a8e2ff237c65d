"""The tables of what the city's own people decided on tickets."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, text

from data_sources.schema import Key, metadata

# What the city's own people decided on a ticket, beside what its source delivers. `reckoned` is
# the version the ticket's class and due time were last worked out from.
handling = Table(
    "handling",
    metadata,
    Column("ticket_id", Key, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("reckoned", Integer, nullable=False),
    Column("body", Text, nullable=False),
)
_waiting = text("version <> reckoned")
Index("ix_handling_waiting", handling.c.ticket_id, sqlite_where=_waiting, postgresql_where=_waiting)

handling_lines = Table(
    "handling_lines",
    metadata,
    Column("ticket_id", Key, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at_us", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("act", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_with_rowid=False,
)
