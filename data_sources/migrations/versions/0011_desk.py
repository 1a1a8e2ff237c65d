"""Indexes for the order tickets are shown in at a desk, and the views people saved."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"


def upgrade() -> None:
    op.create_index("ix_tickets_updated_us", "tickets", ["updated_us"])
    for name in ("department", "district", "town"):
        op.create_index(f"ix_tickets_{name}_created", "tickets", [name, "created_us"])
    still = sa.text("status NOT IN ('closed', 'archived', 'withdrawn')")
    due = sa.text("status NOT IN ('closed', 'archived', 'withdrawn') AND due_us IS NOT NULL")
    unusual = sa.text("status <> 'closed'")
    for name, columns, where in (
        ("open_created", ["created_us"], still),
        ("open_due", ["due_us"], due),
        ("status_created", ["status", "created_us"], unusual),
    ):
        op.create_index(
            f"ix_tickets_{name}", "tickets", columns, sqlite_where=where, postgresql_where=where
        )
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("made_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_saved_views_person", "saved_views", ["person", "made_us"])
