"""The tables of accountability: matters, and what is only ever added to them."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, Integer, Table, Text

from data_sources.schema import Key, metadata

# Triggers refuse to remove a matter, and to give it another department or another proposer.
accountability = Table(
    "accountability",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("number", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("district", Text),  # of the department; NULL: it is the whole city's
    Column("proposer", Text, nullable=False),  # the account's id
    Column("issued", Boolean, nullable=False),
    Column("body", Text, nullable=False),
)
Index("ix_accountability_state", accountability.c.state)
Index("ix_accountability_department", accountability.c.department)

accountability_lines = Table(
    "accountability_lines",
    metadata,
    Column("matter_id", Key, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at_us", BigInteger, nullable=False),
    Column("person", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("act", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("key", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("ux_accountability_lines_key", accountability_lines.c.key, unique=True)

# The first and the second, of different people; a trigger refuses the proposer.
accountability_approvals = Table(
    "accountability_approvals",
    metadata,
    Column("matter_id", Key, primary_key=True, autoincrement=False),
    Column("rank", Integer, primary_key=True, autoincrement=False),
    Column("person", Text, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    CheckConstraint("rank IN (1, 2)", name="ck_accountability_approvals_rank"),
    sqlite_with_rowid=False,
)
Index(
    "ux_accountability_approvals_person",
    accountability_approvals.c.matter_id,
    accountability_approvals.c.person,
    unique=True,
)

# A trigger refuses a paper of a matter that two have not approved.
accountability_papers = Table(
    "accountability_papers",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("number", Text, nullable=False, unique=True),
    Column("matter_id", BigInteger, nullable=False),
    Column("department", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("issued_us", BigInteger, nullable=False),
    Column("until_us", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)
Index("ix_accountability_papers_department", accountability_papers.c.department)

# That a paper no longer stands: an appeal rescinded or replaced it.
accountability_ends = Table(
    "accountability_ends",
    metadata,
    Column("paper_id", Key, primary_key=True, autoincrement=False),
    Column("ended_us", BigInteger, nullable=False),
)
