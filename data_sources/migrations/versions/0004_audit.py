"""The audit log, its head, and the triggers that let a line be added and nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# SQLite replaces a row without firing the trigger of its removal, so that a line which is not
# the next one has to be refused as well.
SQLITE = (
    "CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit"
    " BEGIN SELECT RAISE(ABORT, 'a line of the audit log is never changed'); END",
    "CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit"
    " BEGIN SELECT RAISE(ABORT, 'a line of the audit log is never removed'); END",
    "CREATE TRIGGER audit_has_no_gap BEFORE INSERT ON audit"
    " WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM audit)"
    " BEGIN SELECT RAISE(ABORT, 'a line of the audit log is only added at its end'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " RAISE EXCEPTION 'a line of the audit log is never changed or removed'; END $$",
    "CREATE FUNCTION audit_add() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM audit) THEN"
    " RAISE EXCEPTION 'a line of the audit log is only added at its end'; END IF;"
    " RETURN NEW; END $$",
    "CREATE TRIGGER audit_never_changes BEFORE UPDATE OR DELETE ON audit"
    " FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_never_shrinks BEFORE TRUNCATE ON audit"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_has_no_gap BEFORE INSERT ON audit"
    " FOR EACH ROW EXECUTE FUNCTION audit_add()",
)


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "audit",
        sa.Column("number", key, autoincrement=False, nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    for column in ("at_us", "actor", "act", "subject"):
        op.create_index(f"ix_audit_{column}", "audit", [column, "number"])
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "hash": "0" * 64}])
    dialect = op.get_bind().dialect.name
    for statement in POSTGRESQL if dialect == "postgresql" else SQLITE:
        op.execute(statement)
