"""The tables of the library of cases: how they stand, and what was done to them."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, text

from data_sources.schema import Key, metadata

# Triggers let a draft change, a published case be taken out, and nothing else.
cases = Table(
    "cases",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("number", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("incident_id", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("chain", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("body", Text, nullable=False),
)
LIVES = text("state IN ('draft', 'published')")
Index(
    "ux_cases_incident", cases.c.incident_id, unique=True,
    sqlite_where=LIVES, postgresql_where=LIVES,
)  # fmt: skip
Index("ix_cases_state_category", cases.c.state, cases.c.category)
Index("ix_cases_state_chain", cases.c.state, cases.c.chain)

# Only ever added to: triggers refuse a change.
case_lines = Table(
    "case_lines",
    metadata,
    Column("case_id", Key, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at_us", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("act", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("key", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("ux_case_lines_key", case_lines.c.key, unique=True)
