"""The tables of the ledger, the same on SQLite and PostgreSQL.

Times are whole microseconds since 1970-01-01 UTC. No table has a column for a caller: what
is kept of one is the keyed hash in `caller_key`.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)

metadata = MetaData()

# SQLite numbers rows by itself only where the key is declared INTEGER.
Key = BigInteger().with_variant(Integer(), "sqlite")

# The order matters: first what the running city needs (`Fact`), so that its reading never
# touches the long texts; last what is no part of a ticket's content.
tickets = Table(
    "tickets",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),  # of the ledger, when this row last changed
    Column("source", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("created_us", BigInteger, nullable=False),
    Column("dispatched_us", BigInteger),
    Column("due_us", BigInteger),
    Column("closed_us", BigInteger),
    Column("called_back_us", BigInteger),
    Column("status", Text, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("district", Text),
    Column("town", Text),
    Column("department", Text),
    Column("cell", BigInteger),
    Column("caller_key", Text),
    Column("resolved", Boolean),
    Column("satisfaction", Text),
    Column("reported_on_time", Boolean),
    Column("updated_us", BigInteger, nullable=False),
    Column("callback_reached", Boolean),
    Column("kind", Text, nullable=False),
    Column("confidential", Boolean, nullable=False),
    Column("occurred_us", BigInteger),
    Column("signed_us", BigInteger),
    Column("original_due_us", BigInteger),
    Column("replied_us", BigInteger),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("geo_quality", Text, nullable=False),
    Column("cooperating", Text, nullable=False),  # JSON list
    Column("returns", Integer, nullable=False),
    Column("reassignments", Integer, nullable=False),
    Column("extensions", Integer, nullable=False),
    Column("reopenings", Integer, nullable=False),
    Column("parent", Text),
    Column("category_as_given", Text),
    Column("department_as_given", Text),
    Column("title", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("received_us", BigInteger, nullable=False),
)

CONTENT = tuple(column.name for column in tickets.columns)[2:]
"""The columns that a ticket fills, in the order of a `Row`."""

OPEN = "status NOT IN ('closed', 'archived', 'withdrawn')"
_open = text(OPEN)

Index("ux_tickets_identity", tickets.c.source, tickets.c.external_id, unique=True)
Index("ix_tickets_created", tickets.c.created_us)
Index("ix_tickets_category_created", tickets.c.category, tickets.c.created_us)
for _column in (tickets.c.category, tickets.c.district, tickets.c.department):
    Index(
        f"ix_tickets_open_{_column.name}",
        _column,
        sqlite_where=_open,
        postgresql_where=_open,
    )
for _column in (tickets.c.due_us, tickets.c.closed_us, tickets.c.called_back_us):
    _known = text(f"{_column.name} IS NOT NULL")
    Index(f"ix_tickets_{_column.name}", _column, sqlite_where=_known, postgresql_where=_known)

# The key is the whole line, so that a line written twice is there once; `was` and `now`
# are empty where a change has none, because NULL would never equal NULL. There is no foreign
# key, which PostgreSQL would look up for every line: a line is only written with its ticket.
changes = Table(
    "changes",
    metadata,
    Column("ticket_id", Key, primary_key=True, autoincrement=False),
    Column("at_us", BigInteger, primary_key=True, autoincrement=False),
    Column("step", Text, primary_key=True),
    Column("was", Text, primary_key=True),
    Column("now", Text, primary_key=True),
    sqlite_with_rowid=False,
)

set_aside = Table(
    "set_aside",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("feed", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("refused_us", BigInteger, nullable=False),
    Column("times", Integer, nullable=False),
    Column("sent_again_us", BigInteger),
)

# One row, written by the first migration.
meta = Table(
    "meta",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),
    Column("last_ticket_id", BigInteger, nullable=False),
    Column("clock_us", BigInteger),
    Column("taken", BigInteger, nullable=False),
    Column("unchanged", BigInteger, nullable=False),
    Column("set_aside", BigInteger, nullable=False),
)

# Of clusters and alarms only what is looked up has a column; the whole is the JSON in `body`.
clusters = Table(
    "clusters",
    metadata,
    Column("id", Text, primary_key=True),
    Column("category", Text, nullable=False),
    Column("living", Boolean, nullable=False),
    Column("born_us", BigInteger, nullable=False),
    Column("changed_us", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)
Index("ix_clusters_category", clusters.c.category, clusters.c.born_us)
_living = text("living")
Index("ix_clusters_living", clusters.c.id, sqlite_where=_living, postgresql_where=_living)

# The digest is the whole line's, so that a line written twice is there once; the id keeps the
# order in which lines of one moment were written.
cluster_lines = Table(
    "cluster_lines",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("cluster", Text, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
    Column("body", Text, nullable=False),
)
Index(
    "ux_cluster_lines",
    *(cluster_lines.c[name] for name in ("cluster", "at_us", "digest")),
    unique=True,
)

alarms = Table(
    "alarms",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("raised_us", BigInteger, nullable=False),
    Column("cleared_us", BigInteger),
    Column("body", Text, nullable=False),
)
_standing = text("state <> 'cleared'")
Index("ix_alarms_standing", alarms.c.id, sqlite_where=_standing, postgresql_where=_standing)
_cleared = text("cleared_us IS NOT NULL")
Index("ix_alarms_cleared", alarms.c.cleared_us, sqlite_where=_cleared, postgresql_where=_cleared)

alarm_lines = Table(
    "alarm_lines",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("alarm", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
    Column("body", Text, nullable=False),
)
Index(
    "ux_alarm_lines",
    *(alarm_lines.c[name] for name in ("alarm", "version", "at_us", "digest")),
    unique=True,
)

# Which clusters are or were a reason of which alarm.
alarm_clusters = Table(
    "alarm_clusters",
    metadata,
    Column("cluster", Text, primary_key=True),
    Column("alarm", Text, primary_key=True),
    sqlite_with_rowid=False,
)

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
