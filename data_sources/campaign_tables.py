"""The tables of campaigns: how they stand, what was done to them, and their counted days."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text

from data_sources.schema import Key, metadata

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("number", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("body", Text, nullable=False),
)
Index("ix_campaigns_state", campaigns.c.state)

# Only ever added to: triggers refuse a change.
campaign_lines = Table(
    "campaign_lines",
    metadata,
    Column("campaign_id", Key, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at_us", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("act", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("key", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("ux_campaign_lines_key", campaign_lines.c.key, unique=True)

# A day that is over, counted once.
campaign_days = Table(
    "campaign_days",
    metadata,
    Column("campaign_id", Key, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),  # since 1970-01-01, local
    Column("open", Integer, nullable=False),
    Column("opened", Integer, nullable=False),
    Column("closed", Integer, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("solved", Integer, nullable=False),
    sqlite_with_rowid=False,
)
