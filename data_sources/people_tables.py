"""The tables of people who sign in, the same on SQLite and PostgreSQL."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from data_sources.schema import metadata

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("login", Text, nullable=False),
    Column("sso", Text),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False),
)
Index("ux_people_login", people.c.login, unique=True)
Index("ux_people_sso", people.c.sso, unique=True)

sessions = Table(
    "sessions",
    metadata,
    Column("key", Text, primary_key=True),  # the hash of a token, which is kept nowhere
    Column("person", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("opened_us", BigInteger, nullable=False),
    Column("seen_us", BigInteger, nullable=False),
    Column("until_us", BigInteger, nullable=False),
    Column("idle_us", BigInteger, nullable=False),
    Column("device", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("as_role", Text),
    Column("ended_us", BigInteger),
)
Index("ix_sessions_person", sessions.c.person, sessions.c.opened_us)
Index("ix_sessions_until", sessions.c.until_us)

passkeys = Table(
    "passkeys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("signed", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("made_us", BigInteger, nullable=False),
    Column("used_us", BigInteger),
)
Index("ix_passkeys_person", passkeys.c.person, passkeys.c.made_us)

# Views of the desk; `asked` is the JSON of what is asked for by name.
saved_views = Table(
    "saved_views",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("made_us", BigInteger, nullable=False),
)
Index("ix_saved_views_person", saved_views.c.person, saved_views.c.made_us)
