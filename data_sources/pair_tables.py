"""The tables of pairs of tickets: said to be two matters, and likely to be one."""

from sqlalchemy import BigInteger, Boolean, Column, Double, Index, Integer, Table, Text

from data_sources.merge_tables import merge_lines
from data_sources.schema import Key, metadata

# The ticket with the smaller number of the ledger stands first, so that a pair is there once.
distinct_pairs = Table(
    "distinct_pairs",
    metadata,
    Column("low_id", Key, primary_key=True, autoincrement=False),
    Column("high_id", Key, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("stands", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_distinct_pairs_high", distinct_pairs.c.high_id)

distinct_lines = Table(
    "distinct_lines",
    metadata,
    Column("low_id", Key, primary_key=True, autoincrement=False),
    Column("high_id", Key, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at_us", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("act", Text, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_distinct_lines_high", distinct_lines.c.high_id)

# What the worker found likely when a ticket came, for as long as it is suggested. `made_us` is
# when the younger of the two was accepted.
likely_pairs = Table(
    "likely_pairs",
    metadata,
    Column("low_id", Key, primary_key=True, autoincrement=False),
    Column("high_id", Key, primary_key=True, autoincrement=False),
    Column("score", Double, nullable=False),
    Column("made_us", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_likely_pairs_score", *likely_pairs.c["score", "high_id", "low_id"])
Index("ix_likely_pairs_made", likely_pairs.c.made_us)

# One row: up to which ticket the worker has looked.
likely_progress = Table(
    "likely_progress",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("last_id", BigInteger, nullable=False),
)

Index("ix_merge_lines_main", merge_lines.c.main_id)
