"""Disputes, clinics, final opinions, and the locks by which they bind tickets."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0021"

# SQLite replaces a row without firing the trigger of its removal, so that what is there already
# has to be refused as well.
KEPT = {
    "opinions": ("id = NEW.id OR number = NEW.number", "an opinion is never changed"),
    "dispute_lines": (
        "dispute_id = NEW.dispute_id AND version = NEW.version",
        "a line of a dispute is never changed",
    ),
    "lock_attempts": ("id = NEW.id", "an attempt is never changed"),
}
"""Tables that are only added to: what tells a row that is there, and what a change is told."""

RULED = (
    "EXISTS (SELECT 1 FROM locks JOIN opinions ON opinions.id = opinion_id"
    " WHERE ticket_id = NEW.id AND (NEW.status = 'returned'"
    " OR NEW.department IS NULL OR NEW.department <> lead))"
)
BOUND = "a ruled ticket stays with the lead of its opinion and is not given back"
NEWER = "only a newer opinion takes the place of one, and none is taken away"


def upgrade() -> None:
    op.add_column("tickets", sa.Column("ruled_by", sa.Text()))
    disputes()
    hearings()
    bonds()
    statements = postgresql() if op.get_bind().dialect.name == "postgresql" else sqlite()
    for statement in statements:
        op.execute(statement)


def key() -> sa.types.TypeEngine:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def disputes() -> None:
    op.create_table(
        "disputes",
        sa.Column("id", key(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False, unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_us", sa.BigInteger(), nullable=False),
        sa.Column("clinic", sa.Text()),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_disputes_state", "disputes", ["state", "opened_us"])
    heard = sa.text("clinic IS NOT NULL")
    op.create_index(
        "ix_disputes_clinic", "disputes", ["clinic"], sqlite_where=heard, postgresql_where=heard
    )
    op.create_table(
        "dispute_tickets",
        sa.Column("dispute_id", key(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", key(), autoincrement=False, nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("dispute_id", "ticket_id"),
        sqlite_with_rowid=False,
    )
    live = sa.text("live")
    op.create_index(
        "ux_dispute_tickets_live", "dispute_tickets", ["ticket_id"], unique=True,
        sqlite_where=live, postgresql_where=live,
    )  # fmt: skip
    op.create_index("ix_dispute_tickets_ticket", "dispute_tickets", ["ticket_id"])
    op.create_table(
        "dispute_lines",
        sa.Column("dispute_id", key(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("dispute_id", "version"),
        sqlite_with_rowid=False,
    )


def hearings() -> None:
    op.create_table(
        "clinics",
        sa.Column("id", key(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False, unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_clinics_at", "clinics", ["state", "at_us"])
    op.create_table(
        "opinions",
        sa.Column("id", key(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False, unique=True),
        sa.Column("dispute", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("signed_us", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_opinions_dispute", "opinions", ["dispute"])


def bonds() -> None:
    op.create_table(
        "locks",
        sa.Column("ticket_id", key(), autoincrement=False, nullable=False),
        sa.Column("opinion_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    op.create_index("ix_locks_opinion", "locks", ["opinion_id"])
    op.create_table(
        "lock_told",
        sa.Column("ticket_id", key(), autoincrement=False, nullable=False),
        sa.Column("department", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    op.create_table(
        "lock_attempts",
        sa.Column("id", key(), autoincrement=True, nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_lock_attempts_at", "lock_attempts", ["at_us"])
    op.create_index("ix_lock_attempts_ticket", "lock_attempts", ["ticket_id"])


def sqlite() -> list[str]:
    made = [
        f"CREATE TRIGGER {table}_never_{name} BEFORE {event} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{told}'); END"
        for table, (_same, told) in KEPT.items()
        for name, event in (("change", "UPDATE"), ("shrink", "DELETE"))
    ]
    made += [
        f"CREATE TRIGGER {table}_never_replaced BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
        f" BEGIN SELECT RAISE(ABORT, '{told}'); END"
        for table, (same, told) in KEPT.items()
    ]
    made += [
        "CREATE TRIGGER locks_only_newer BEFORE UPDATE ON locks WHEN"
        " NEW.ticket_id <> OLD.ticket_id OR NEW.opinion_id <= OLD.opinion_id"
        f" BEGIN SELECT RAISE(ABORT, '{NEWER}'); END",
        f"CREATE TRIGGER locks_never_shrink BEFORE DELETE ON locks"
        f" BEGIN SELECT RAISE(ABORT, '{NEWER}'); END",
        "CREATE TRIGGER locks_never_replaced BEFORE INSERT ON locks"
        " WHEN EXISTS (SELECT 1 FROM locks WHERE ticket_id = NEW.ticket_id)"
        f" BEGIN SELECT RAISE(ABORT, '{NEWER}'); END",
        # Asked of the locks only where a ticket moves: every delivery comes through here.
        "CREATE TRIGGER tickets_ruled BEFORE UPDATE OF status, department ON tickets"
        " WHEN (NEW.status = 'returned' OR NEW.department IS NOT OLD.department)"
        f" AND {RULED} BEGIN SELECT RAISE(ABORT, '{BOUND}'); END",
    ]
    return made


def postgresql() -> list[str]:
    made = []
    for table, (_same, told) in KEPT.items():
        made += [
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{told}'; END $$",
            f"CREATE TRIGGER {table}_never_change BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
            f"CREATE TRIGGER {table}_never_shrink BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
        ]
    return [
        *made,
        "CREATE FUNCTION locks_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{NEWER}'; END $$",
        "CREATE TRIGGER locks_only_newer BEFORE UPDATE ON locks FOR EACH ROW"
        " WHEN (NEW.ticket_id <> OLD.ticket_id OR NEW.opinion_id <= OLD.opinion_id)"
        " EXECUTE FUNCTION locks_refuse()",
        "CREATE TRIGGER locks_never_shrink BEFORE DELETE ON locks"
        " FOR EACH ROW EXECUTE FUNCTION locks_refuse()",
        "CREATE TRIGGER locks_never_emptied BEFORE TRUNCATE ON locks"
        " FOR EACH STATEMENT EXECUTE FUNCTION locks_refuse()",
        "CREATE FUNCTION tickets_ruled() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN IF {RULED} THEN RAISE EXCEPTION '{BOUND}'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tickets_ruled BEFORE UPDATE OF status, department ON tickets FOR EACH ROW"
        " WHEN (NEW.status = 'returned' OR NEW.department IS DISTINCT FROM OLD.department)"
        " EXECUTE FUNCTION tickets_ruled()",
    ]
