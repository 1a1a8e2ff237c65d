"""Triage and due times of our own, why they moved, and what people decided on a ticket."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    # Constants as defaults: neither database writes the rows that are there again. The worker
    # reckons them by and by, because no digest of rules is noted yet.
    op.add_column(
        "tickets", sa.Column("triage", sa.Text(), nullable=False, server_default="ordinary")
    )
    op.add_column("tickets", sa.Column("due_by", sa.Text()))
    op.add_column("changes", sa.Column("why", sa.Text(), nullable=False, server_default=""))
    op.add_column("meta", sa.Column("rules", sa.Text(), nullable=False, server_default=""))
    op.add_column("meta", sa.Column("reckoned_id", sa.BigInteger(), server_default="0"))
    still = sa.text("status NOT IN ('closed', 'archived', 'withdrawn')")
    op.create_index(
        "ix_tickets_open_triage", "tickets", ["triage"], sqlite_where=still, postgresql_where=still
    )
    op.create_table(
        "handling",
        sa.Column("ticket_id", key, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reckoned", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    waiting = sa.text("version <> reckoned")
    op.create_index(
        "ix_handling_waiting",
        "handling",
        ["ticket_id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_table(
        "handling_lines",
        sa.Column("ticket_id", key, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", "version"),
        sqlite_with_rowid=False,
    )
