"""The table of the walls that were let in."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from data_sources.schema import metadata

# Walls. The whole is the JSON in `body`; the version is written by compare and set, and a contact
# beside it without one.
screens = Table(
    "screens",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("code", Text),  # none where the wall shows none
    Column("created_us", BigInteger, nullable=False),
    Column("paired_us", BigInteger),
    Column("seen_us", BigInteger, nullable=False),
    Column("software", Text, nullable=False),
    Column("body", Text, nullable=False),
)
Index("ux_screens_code", screens.c.code, unique=True)
