"""Incidents: heads, parts, lines that are only ever added, and their tickets."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0017"

LINES_ARE_ADDED = (
    "CREATE FUNCTION incident_lines_are_added() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'lines of an incident are never changed'; END $$"
)


def upgrade() -> None:
    heads()
    parts()
    lines()
    tickets()
    only_add()


def heads() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.Boolean(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("district", sa.Text()),
        sa.Column("cluster", sa.Text()),
        sa.Column("opened_us", sa.BigInteger(), nullable=False),
        sa.Column("closed_us", sa.BigInteger()),
        sa.Column("reported_us", sa.BigInteger()),
        sa.Column("tickets", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("lead <> ''", name="ck_incidents_lead"),
    )
    op.create_index("ux_incidents_number", "incidents", ["number"], unique=True)
    at_work = sa.text("cluster IS NOT NULL AND closed_us IS NULL AND NOT exercise")
    living = sa.text("closed_us IS NULL")
    op.create_index("ux_incidents_cluster", "incidents", ["cluster"], unique=True,
                    sqlite_where=at_work, postgresql_where=at_work)  # fmt: skip
    op.create_index("ix_incidents_living", "incidents", ["opened_us"],
                    sqlite_where=living, postgresql_where=living)  # fmt: skip
    op.create_index("ix_incidents_opened", "incidents", ["opened_us"])


def parts() -> None:
    op.create_table(
        "incident_parts",
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("due_us", sa.BigInteger()),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", "kind", "number"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_incident_parts_seq", "incident_parts", ["incident_id", "seq"])
    due = sa.text("due_us IS NOT NULL")
    op.create_index("ix_incident_parts_due", "incident_parts", ["incident_id", "due_us"],
                    sqlite_where=due, postgresql_where=due)  # fmt: skip


def lines() -> None:
    op.create_table(
        "incident_lines",
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("typed_us", sa.BigInteger()),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", "seq"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ux_incident_lines_key", "incident_lines", ["incident_id", "key"], unique=True
    )


def tickets() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "incident_tickets",
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("ticket_id", key, autoincrement=False, nullable=False),
        sa.Column("joined_us", sa.BigInteger(), nullable=False),
        sa.Column("joined_by", sa.Text(), nullable=False),
        sa.Column("out", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", "ticket_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_incident_tickets_ticket", "incident_tickets", ["ticket_id"])


def only_add() -> None:
    """Let neither a program nor a person with the database's password change a line."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(LINES_ARE_ADDED)
        op.execute(
            "CREATE TRIGGER incident_lines_stay BEFORE UPDATE OR DELETE ON incident_lines"
            " FOR EACH ROW EXECUTE FUNCTION incident_lines_are_added()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER incident_lines_stay_{act.lower()} BEFORE {act} ON incident_lines"
            " BEGIN SELECT RAISE(ABORT, 'lines of an incident are never changed'); END"
        )
