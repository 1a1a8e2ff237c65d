"""The table of incidents' files: bytes by incident and digest, sealed."""

from sqlalchemy import Column, Integer, LargeBinary, Table, Text

from data_sources.schema import metadata

# In the database and not in a folder beside it: written in the transaction of the act, the same
# for every web process, and in each backup with the rest.
incident_files = Table(
    "incident_files",
    metadata,
    Column("incident_id", Text, primary_key=True),
    Column("digest", Text, primary_key=True),
    Column("key_id", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("small", LargeBinary, nullable=False),
)
