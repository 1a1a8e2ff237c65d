"""Sums by day and hour, what corrected them, and which tickets repeat an earlier one."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

COUNTERS = (
    "opened", "repeats", "targets", "flagged", "flagged_on_time",
    "dispatched", "misdirected", "returned", "returns_accepted", "returns_refused",
    "due", "on_time",
    "closed", "direct", "handled", "once", "concluded", "reopened",
    "callbacks", "reached", "valid", "responded", "answers", "solved", "opinions", "satisfied",
)
AXES = ("department", "district", "category")


def cube(name: str, time: str, *columns: sa.Column) -> None:
    op.create_table(
        name,
        sa.Column("grouping", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(time, sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(axis, sa.Text(), nullable=False) for axis in AXES),
        *columns,
        sa.PrimaryKeyConstraint("grouping", time, *AXES),
        sqlite_with_rowid=False,
    )
    if time == "day":
        for axis in AXES:
            op.create_index(f"ix_{name}_{axis}", name, [axis, "grouping", "day"])


def counters() -> list[sa.Column]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in COUNTERS]


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    cube("cube_days", "day", *counters())
    cube("cube_hours", "hour", *counters())
    cube(
        "cube_durations",
        "day",
        sa.Column("clock", sa.LargeBinary(), nullable=False),
        sa.Column("working", sa.LargeBinary(), nullable=False),
    )
    cube(
        "cube_corrections",
        "day",
        *counters(),
        sa.Column("last_us", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "cube_versions",
        sa.Column("axis", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("past", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("axis", "code"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cube_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("counted_to", sa.BigInteger(), nullable=False),
        sa.Column("lived_from", sa.Integer()),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute(
        "INSERT INTO cube_state (id, fingerprint, counted_to, epoch, revision)"
        " VALUES (1, '', 0, 0, 0)"
    )
    op.create_table(
        "repeats",
        sa.Column("ticket_id", key, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    for name, columns, known in (
        ("ix_tickets_caller", ("caller_key", "category"), "caller_key IS NOT NULL"),
        ("ix_tickets_place", ("latitude", "longitude", "category"), "geo_quality = 'exact'"),
    ):
        where = sa.text(known)
        op.create_index(
            name,
            "tickets",
            [*columns, "created_us"],
            sqlite_where=where,
            postgresql_where=where,
        )
