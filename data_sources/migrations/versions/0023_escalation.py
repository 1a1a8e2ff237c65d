"""Escalation: the ladders that stand in incidents, and the steps of them that fired."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0026"

STEPS_ARE_ADDED = """
CREATE FUNCTION incident_steps_are_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'steps of a ladder are never changed'; END $$
"""


def upgrade() -> None:
    ladders()
    steps()
    only_add()


def ladders() -> None:
    op.create_table(
        "incident_ladders",
        *_place(),
        sa.Column("occasion_us", sa.BigInteger(), nullable=False),
        sa.Column("since_us", sa.BigInteger(), nullable=False),
        sa.Column("climbed", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Text(), nullable=False),
        sa.Column("at_us", sa.BigInteger()),
        sa.PrimaryKeyConstraint("incident_id", "kind", "number", "cause"),
        sqlite_with_rowid=False,
    )
    for name, column, where in (
        ("due", "at_us", "at_us IS NOT NULL"),
        ("reports", "since_us", "cause = 'report_late'"),
        ("leader", "since_us", "reached = 'leader'"),
    ):
        op.create_index(f"ix_incident_ladders_{name}", "incident_ladders", [column],
                        sqlite_where=sa.text(where), postgresql_where=sa.text(where))  # fmt: skip


def steps() -> None:
    op.create_table(
        "incident_steps",
        *_place(),
        sa.Column("occasion_us", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", "kind", "number", "cause", "occasion_us", "step"),
        sqlite_with_rowid=False,
    )


def _place() -> list[sa.Column]:
    """Name a ladder: the incident, the part, and what it waits for."""
    return [
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
    ]


def only_add() -> None:
    """Let neither a program nor a person with the database's password change a step."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(STEPS_ARE_ADDED)
        op.execute(
            "CREATE TRIGGER incident_steps_stay BEFORE UPDATE OR DELETE ON incident_steps"
            " FOR EACH ROW EXECUTE FUNCTION incident_steps_are_added()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER incident_steps_stay_{act.lower()} BEFORE {act} ON incident_steps"
            " BEGIN SELECT RAISE(ABORT, 'steps of a ladder are never changed'); END"
        )
