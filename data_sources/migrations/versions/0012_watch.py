"""The ring that holds a ticket, how it is supervised, and what is owed on it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    # Constants as defaults, so that no row is written again. The worker reckons them by and by,
    # because the digest of the rules is another one with the table of rings in it.
    op.add_column("tickets", sa.Column("ring", sa.Text(), nullable=False, server_default="town"))
    op.add_column("tickets", sa.Column("ring_by", sa.Text(), nullable=False, server_default=""))
    op.add_column("tickets", sa.Column("supervision", sa.Text()))
    for column, where in (
        ("ring", sa.text("ring <> 'town'")),
        ("supervision", sa.text("supervision IS NOT NULL")),
    ):
        op.create_index(
            f"ix_tickets_{column}_created",
            "tickets",
            [column, "created_us"],
            sqlite_where=where,
            postgresql_where=where,
        )
    op.create_table(
        "supervisions",
        sa.Column("ticket_id", key, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("opened_us", sa.BigInteger(), nullable=False),
        sa.Column("due_us", sa.BigInteger(), nullable=False),
        sa.Column("replied_us", sa.BigInteger()),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.Column("lister", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", "number", "department"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_supervisions_due", "supervisions", ["due_us"])
    op.create_index("ix_supervisions_department", "supervisions", ["department", "due_us"])
    op.create_table(
        "listings",
        sa.Column("sign", sa.Text(), nullable=False),
        sa.Column("ticket_id", key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sign"),
        sqlite_with_rowid=False,
    )
