"""The first tables: tickets, their changes, the set-aside list, the ledger's own numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column(
            "ticket_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at_us", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", "at_us", "step", "was", "now"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "meta",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("last_ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("clock_us", sa.BigInteger(), nullable=True),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.Column("unchanged", sa.BigInteger(), nullable=False),
        sa.Column("set_aside", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "set_aside",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("refused_us", sa.BigInteger(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("sent_again_us", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "tickets",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("dispatched_us", sa.BigInteger(), nullable=True),
        sa.Column("due_us", sa.BigInteger(), nullable=True),
        sa.Column("closed_us", sa.BigInteger(), nullable=True),
        sa.Column("called_back_us", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("town", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("cell", sa.BigInteger(), nullable=True),
        sa.Column("caller_key", sa.Text(), nullable=True),
        sa.Column("resolved", sa.Boolean(), nullable=True),
        sa.Column("satisfaction", sa.Text(), nullable=True),
        sa.Column("reported_on_time", sa.Boolean(), nullable=True),
        sa.Column("updated_us", sa.BigInteger(), nullable=False),
        sa.Column("callback_reached", sa.Boolean(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("occurred_us", sa.BigInteger(), nullable=True),
        sa.Column("signed_us", sa.BigInteger(), nullable=True),
        sa.Column("original_due_us", sa.BigInteger(), nullable=True),
        sa.Column("replied_us", sa.BigInteger(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("geo_quality", sa.Text(), nullable=False),
        sa.Column("cooperating", sa.Text(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("reassignments", sa.Integer(), nullable=False),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("reopenings", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("category_as_given", sa.Text(), nullable=True),
        sa.Column("department_as_given", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_tickets_called_back_us",
        "tickets",
        ["called_back_us"],
        sqlite_where=sa.text("called_back_us IS NOT NULL"),
        postgresql_where=sa.text("called_back_us IS NOT NULL"),
    )
    op.create_index(
        "ix_tickets_closed_us",
        "tickets",
        ["closed_us"],
        sqlite_where=sa.text("closed_us IS NOT NULL"),
        postgresql_where=sa.text("closed_us IS NOT NULL"),
    )
    op.create_index("ix_tickets_created", "tickets", ["created_us"])
    op.create_index(
        "ix_tickets_due_us",
        "tickets",
        ["due_us"],
        sqlite_where=sa.text("due_us IS NOT NULL"),
        postgresql_where=sa.text("due_us IS NOT NULL"),
    )
    op.create_index(
        "ix_tickets_open_category",
        "tickets",
        ["category"],
        sqlite_where=sa.text("status NOT IN ('closed', 'archived', 'withdrawn')"),
        postgresql_where=sa.text("status NOT IN ('closed', 'archived', 'withdrawn')"),
    )
    op.create_index(
        "ix_tickets_open_department",
        "tickets",
        ["department"],
        sqlite_where=sa.text("status NOT IN ('closed', 'archived', 'withdrawn')"),
        postgresql_where=sa.text("status NOT IN ('closed', 'archived', 'withdrawn')"),
    )
    op.create_index(
        "ix_tickets_open_district",
        "tickets",
        ["district"],
        sqlite_where=sa.text("status NOT IN ('closed', 'archived', 'withdrawn')"),
        postgresql_where=sa.text("status NOT IN ('closed', 'archived', 'withdrawn')"),
    )
    op.create_index("ux_tickets_identity", "tickets", ["source", "external_id"], unique=True)
    op.execute(
        "INSERT INTO meta (id, revision, last_ticket_id, taken, unchanged, set_aside)"
        " VALUES (1, 0, 0, 0, 0, 0)"
    )
