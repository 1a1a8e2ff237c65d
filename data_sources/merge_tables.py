"""The tables of merged tickets."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, text

from data_sources.schema import Key, metadata

# Under which main a ticket stands; without one it did once. The version goes on for ever.
merges = Table(
    "merges",
    metadata,
    Column("ticket_id", Key, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("main_id", BigInteger),
)
_merged = text("main_id IS NOT NULL")
Index("ix_merges_main", merges.c.main_id, sqlite_where=_merged, postgresql_where=_merged)

merge_lines = Table(
    "merge_lines",
    metadata,
    Column("ticket_id", Key, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at_us", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("act", Text, nullable=False),
    Column("main_id", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_with_rowid=False,
)
