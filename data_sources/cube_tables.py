"""The tables of the cubes: sums over tickets by local day and hour, kept up as tickets come.

`grouping` says by which codes a row is told apart: the bits of DEPARTMENT, DISTRICT, CATEGORY.
What it is not told apart by is '' there, and '' is also the code of a ticket that has none.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, Text, text

from data_sources.schema import Key, metadata
from data_sources.tables import tickets
from operations.pulse.sums import AXES, COUNTERS

DEPARTMENT, DISTRICT, CATEGORY = 1, 2, 4
EACH = DEPARTMENT | DISTRICT | CATEGORY
BIT = dict(zip(AXES, (DEPARTMENT, DISTRICT, CATEGORY), strict=True))
SINGLE = (0, DEPARTMENT, DISTRICT, CATEGORY)
ALL_COUNTED = 2**62
"""What `counted_to` is once every ticket is counted, and new ones are as they come."""


def _keys(time: str) -> tuple[Column[int] | Column[str], ...]:
    return (
        Column("grouping", Integer, primary_key=True, autoincrement=False),
        Column(time, Integer, primary_key=True, autoincrement=False),
        *(Column(axis, Text, primary_key=True) for axis in AXES),
    )


def _counters() -> tuple[Column[int], ...]:
    return tuple(Column(name, BigInteger, nullable=False) for name in COUNTERS)


cube_days = Table("cube_days", metadata, *_keys("day"), *_counters(), sqlite_with_rowid=False)
cube_hours = Table("cube_hours", metadata, *_keys("hour"), *_counters(), sqlite_with_rowid=False)
# How long tickets took: pairs (bucket, count) of four bytes each, the lower one first.
cube_durations = Table(
    "cube_durations",
    metadata,
    *_keys("day"),
    Column("clock", LargeBinary, nullable=False),
    Column("working", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
# By how much days that were over have changed since, and when last.
cube_corrections = Table(
    "cube_corrections",
    metadata,
    *_keys("day"),
    *_counters(),
    Column("last_us", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
for _table in (cube_days, cube_durations, cube_corrections):
    for _axis in AXES:
        Index(f"ix_{_table.name}_{_axis}", _table.c[_axis], _table.c.grouping, _table.c.day)

# The ledger's revision at which anything of a scope last changed, and anything of its past days.
cube_versions = Table(
    "cube_versions",
    metadata,
    Column("axis", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("past", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# One row. `counted_to`: the tickets up to this id are in the sums. `lived_from`: the first day
# this ledger was there for, so that what came in before is no correction. `revision`: the
# ledger's, when the sums were last brought up to it.
cube_state = Table(
    "cube_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", Text, nullable=False),
    Column("counted_to", BigInteger, nullable=False),
    Column("lived_from", Integer),
    Column("epoch", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False),
)

# Tickets that repeat an earlier one; see `repeats`.
repeats = Table(
    "repeats", metadata, Column("ticket_id", Key, primary_key=True, autoincrement=False)
)

# Who and where the same matter was told of before.
_told = (tickets.c.category, tickets.c.created_us)
_known = text("caller_key IS NOT NULL")
Index(
    "ix_tickets_caller",
    tickets.c.caller_key,
    *_told,
    sqlite_where=_known,
    postgresql_where=_known,
)
_exact = text("geo_quality = 'exact'")
Index(
    "ix_tickets_place",
    tickets.c.latitude,
    tickets.c.longitude,
    *_told,
    sqlite_where=_exact,
    postgresql_where=_exact,
)
