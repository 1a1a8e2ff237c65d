"""The table of keys that programs from outside hand requests in with."""

from sqlalchemy import BigInteger, Column, Index, Table, Text

from data_sources.schema import metadata

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),  # of the key, which is kept nowhere
    Column("made_us", BigInteger, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("revoked_us", BigInteger),
)
Index("ux_api_keys_digest", api_keys.c.digest, unique=True)
