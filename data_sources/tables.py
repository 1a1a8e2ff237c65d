"""The tables of the ledger, the same on SQLite and PostgreSQL.

Times are whole microseconds since 1970-01-01 UTC. No table has a column for a caller: what
is kept of one is the keyed hash in `caller_key`, and what `sealed` holds sealed. The texts of
`tickets` are masked copies.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from data_sources.schema import Key, metadata

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
    Column("return_reason", Text, nullable=False, server_default=""),
    Column("title", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sealed_mark", Text),  # keyed hash of what was sealed, NULL until that is done
    Column("triage", Text, nullable=False, server_default="ordinary"),
    Column("due_by", Text),  # what the due times rest on; NULL: on the source, or there is none
    Column("ring", Text, nullable=False, server_default="town"),
    Column("ring_by", Text, nullable=False, server_default=""),  # the rule; '': not reckoned yet
    Column("supervision", Text),  # open or referred; NULL: nobody supervises it
    Column("ruled_by", Text),  # the number of the final opinion that binds it
    Column("received_us", BigInteger, nullable=False),
)

CONTENT = tuple(column.name for column in tickets.columns)[2:]
"""The columns that a ticket fills, in the order of a `Row`."""

OPEN = "status NOT IN ('closed', 'archived', 'withdrawn')"
_open = text(OPEN)

Index("ux_tickets_identity", tickets.c.source, tickets.c.external_id, unique=True)
NUMBER = ["id"]
"""A walk in an index's order goes by time and number: so it need not look into the table.

Twenty thousand tickets apart are found in 3 ms instead of 300. SQLite's indexes hold the number.
"""
Index("ix_tickets_created", tickets.c.created_us, postgresql_include=NUMBER)
Index(
    "ix_tickets_category_created",
    tickets.c.category,
    tickets.c.created_us,
    postgresql_include=NUMBER,
)
for _column in (tickets.c.district, tickets.c.department):
    Index(
        f"ix_tickets_open_{_column.name}",
        _column,
        sqlite_where=_open,
        postgresql_where=_open,
    )
for _column in (tickets.c.due_us, tickets.c.closed_us, tickets.c.called_back_us):
    _known = text(f"{_column.name} IS NOT NULL")
    Index(f"ix_tickets_{_column.name}", _column, sqlite_where=_known, postgresql_where=_known)

_unsealed = text("sealed_mark IS NULL")
Index("ix_tickets_unsealed", tickets.c.id, sqlite_where=_unsealed, postgresql_where=_unsealed)

# What a ticket protects, as one message that only the key file opens. `kept` says what is in it:
# 'all', or 'words' once the person was erased.
sealed = Table(
    "sealed",
    metadata,
    Column("ticket_id", Key, primary_key=True, autoincrement=False),
    Column("key_id", Text, nullable=False),
    Column("kept", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("phone_key", Text),
    Column("id_key", Text),
)
for _column in (sealed.c.phone_key, sealed.c.id_key):
    _known = text(f"{_column.name} IS NOT NULL")
    Index(f"ix_sealed_{_column.name}", _column, sqlite_where=_known, postgresql_where=_known)

# Tickets whose masked words the index of words does not have yet. The index itself,
# `ticket_words`, is each database's own: see `word_index`.
unindexed = Table(
    "unindexed", metadata, Column("ticket_id", Key, primary_key=True, autoincrement=False)
)

# Who has seen a protected field of a ticket, and why; only ever added to.
reveals = Table(
    "reveals",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("source", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("until_us", BigInteger, nullable=False),
)
Index("ix_reveals_ticket", reveals.c.source, reveals.c.external_id)

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
    Column("why", Text, nullable=False, server_default=""),  # of a due time that moved
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
    Column("record", Text, nullable=False),  # what may be shown of it
    Column("sealed", Text, nullable=False, server_default=""),  # all of it
    Column("refused_us", BigInteger, nullable=False),
    Column("times", Integer, nullable=False),
    Column("sent_again_us", BigInteger),
)

_plain = text("sealed = '' AND record <> '(erased)'")
Index("ix_set_aside_plain", set_aside.c.id, sqlite_where=_plain, postgresql_where=_plain)

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
    Column("rules", Text, nullable=False, server_default=""),  # digest of the rules reckoned by
    Column("reckoned_id", BigInteger, server_default="0"),  # and how far; NULL: all
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

# What people did. Triggers of the database refuse every change and removal of a line, and a line
# that is not the next one; the hash covers all columns and the hash before.
audit = Table(
    "audit",
    metadata,
    Column("number", Key, primary_key=True, autoincrement=False),
    Column("at_us", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("device", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
for _column in (audit.c.at_us, audit.c.actor, audit.c.act, audit.c.subject):
    Index(f"ix_audit_{_column.name}", _column, audit.c.number)

# One row, written by its migration: whoever moves it on has the next number.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
)
