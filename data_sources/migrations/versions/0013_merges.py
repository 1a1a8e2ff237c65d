"""Which tickets are merged into which, and by whom."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0015"


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "merges",
        sa.Column("ticket_id", key, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("main_id", sa.BigInteger()),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    merged = sa.text("main_id IS NOT NULL")
    op.create_index(
        "ix_merges_main", "merges", ["main_id"], sqlite_where=merged, postgresql_where=merged
    )
    op.create_table(
        "merge_lines",
        sa.Column("ticket_id", key, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("main_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", "version"),
        sqlite_with_rowid=False,
    )
