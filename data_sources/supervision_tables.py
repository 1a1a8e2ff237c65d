"""The tables of what is owed on tickets under supervision, and of the numbers of listed cases."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from data_sources.schema import Key, metadata

# What is open, written anew with each decision on its ticket: a record that waits for a reply or
# for a word on it, a department that was summoned and has not come. Lists are read from here; the
# whole of it is in `handling`.
supervisions = Table(
    "supervisions",
    metadata,
    Column("ticket_id", Key, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("department", Text, primary_key=True),  # who owes it
    Column("line", Text, nullable=False),
    Column("opened_us", BigInteger, nullable=False),
    Column("due_us", BigInteger, nullable=False),
    Column("replied_us", BigInteger),
    Column("sign", Text, nullable=False),
    Column("lister", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_supervisions_due", supervisions.c.due_us)
Index("ix_supervisions_department", supervisions.c.department, supervisions.c.due_us)

# The number of a listed case is given once.
listings = Table(
    "listings",
    metadata,
    Column("sign", Text, primary_key=True),
    Column("ticket_id", Key, nullable=False),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)
