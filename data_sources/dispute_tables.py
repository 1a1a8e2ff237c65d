"""The tables of matters nobody wants to own: disputes, clinics, opinions, and what they bind."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, text

from data_sources.schema import Key, metadata

disputes = Table(
    "disputes",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("number", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("opened_us", BigInteger, nullable=False),
    Column("clinic", Text),  # the number of the clinic it is or was heard at
    Column("body", Text, nullable=False),
)
Index("ix_disputes_state", disputes.c.state, disputes.c.opened_us)
_heard = text("clinic IS NOT NULL")
Index("ix_disputes_clinic", disputes.c.clinic, sqlite_where=_heard, postgresql_where=_heard)

# `live` while the dispute is: a ticket is in one living dispute at most.
dispute_tickets = Table(
    "dispute_tickets",
    metadata,
    Column("dispute_id", Key, primary_key=True, autoincrement=False),
    Column("ticket_id", Key, primary_key=True, autoincrement=False),
    Column("live", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
_live = text("live")
Index("ux_dispute_tickets_live", dispute_tickets.c.ticket_id, unique=True,
      sqlite_where=_live, postgresql_where=_live)  # fmt: skip
Index("ix_dispute_tickets_ticket", dispute_tickets.c.ticket_id)

dispute_lines = Table(
    "dispute_lines",
    metadata,
    Column("dispute_id", Key, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at_us", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("act", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_with_rowid=False,
)

clinics = Table(
    "clinics",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("number", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)
Index("ix_clinics_at", clinics.c.state, clinics.c.at_us)

# Never changed and never removed: triggers of both databases refuse it.
opinions = Table(
    "opinions",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("number", Text, nullable=False, unique=True),
    Column("dispute", Text, nullable=False),
    Column("lead", Text, nullable=False),
    Column("signed_us", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)
Index("ix_opinions_dispute", opinions.c.dispute)

# Which opinion binds a ticket: only a newer one takes its place, and none is ever taken away.
# A trigger on `tickets` refuses every change that gives a bound ticket back or to anybody else.
locks = Table(
    "locks",
    metadata,
    Column("ticket_id", Key, primary_key=True, autoincrement=False),
    Column("opinion_id", BigInteger, nullable=False),
)
Index("ix_locks_opinion", locks.c.opinion_id)

# What a source said last of a bound ticket, whatever became of it.
lock_told = Table(
    "lock_told",
    metadata,
    Column("ticket_id", Key, primary_key=True, autoincrement=False),
    Column("department", Text),
    Column("status", Text, nullable=False),
    Column("returns", Integer, nullable=False),
)

# What was asked against an opinion, and refused; only ever added to.
lock_attempts = Table(
    "lock_attempts",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("ticket_id", BigInteger, nullable=False),
    Column("opinion", Text, nullable=False),
    Column("lead", Text, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("asked", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
Index("ix_lock_attempts_at", lock_attempts.c.at_us)
Index("ix_lock_attempts_ticket", lock_attempts.c.ticket_id)
