"""Clusters, alarms, the lines of their histories, and which cluster is a reason of which alarm."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "alarm_clusters",
        sa.Column("cluster", sa.Text(), nullable=False),
        sa.Column("alarm", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cluster", "alarm"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "alarm_lines",
        sa.Column("id", key, autoincrement=True, nullable=False),
        sa.Column("alarm", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_alarm_lines", "alarm_lines", ["alarm", "version", "at_us", "digest"], unique=True
    )
    op.create_table(
        "alarms",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("raised_us", sa.BigInteger(), nullable=False),
        sa.Column("cleared_us", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_alarms_cleared",
        "alarms",
        ["cleared_us"],
        sqlite_where=sa.text("cleared_us IS NOT NULL"),
        postgresql_where=sa.text("cleared_us IS NOT NULL"),
    )
    op.create_index(
        "ix_alarms_standing",
        "alarms",
        ["id"],
        sqlite_where=sa.text("state <> 'cleared'"),
        postgresql_where=sa.text("state <> 'cleared'"),
    )
    op.create_table(
        "cluster_lines",
        sa.Column("id", key, autoincrement=True, nullable=False),
        sa.Column("cluster", sa.Text(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_cluster_lines", "cluster_lines", ["cluster", "at_us", "digest"], unique=True
    )
    op.create_table(
        "clusters",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("living", sa.Boolean(), nullable=False),
        sa.Column("born_us", sa.BigInteger(), nullable=False),
        sa.Column("changed_us", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_clusters_category", "clusters", ["category", "born_us"])
    op.create_index(
        "ix_clusters_living",
        "clusters",
        ["id"],
        sqlite_where=sa.text("living"),
        postgresql_where=sa.text("living"),
    )
