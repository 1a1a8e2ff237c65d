"""The table of partners."""

from sqlalchemy import Boolean, Column, Integer, Table, Text, false

from data_sources.schema import metadata

partners = Table(
    "partners",
    metadata,
    Column("code", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("telephone", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("released", Boolean, nullable=False, server_default=false()),
)
