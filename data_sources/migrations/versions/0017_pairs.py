"""Pairs of tickets: said to be two matters, likely to be one; and what was merged into a ticket."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0018"


def upgrade() -> None:
    distinct()
    likely()
    op.create_index("ix_merge_lines_main", "merge_lines", ["main_id"])


def pair() -> list[sa.Column]:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return [sa.Column(name, key, autoincrement=False, nullable=False)
            for name in ("low_id", "high_id")]  # fmt: skip


def distinct() -> None:
    op.create_table(
        "distinct_pairs",
        *pair(),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("low_id", "high_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_distinct_pairs_high", "distinct_pairs", ["high_id"])
    op.create_table(
        "distinct_lines",
        *pair(),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("low_id", "high_id", "version"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_distinct_lines_high", "distinct_lines", ["high_id"])


def likely() -> None:
    op.create_table(
        "likely_pairs",
        *pair(),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("made_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("low_id", "high_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_likely_pairs_score", "likely_pairs", ["score", "high_id", "low_id"])
    op.create_index("ix_likely_pairs_made", "likely_pairs", ["made_us"])
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "likely_progress",
        sa.Column("id", key, autoincrement=False, nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
