"""The library of cases, and what was done to each."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0028"

TOLD = "a case that was published is only ever taken out"
LINE_TOLD = "a line of a case is never changed"
KEPT = ("id", "number", "incident_id", "category", "chain", "words", "body")


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", key(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False, unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("state", "incident_id", "category", "chain", "words", "body")
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    lives = sa.text("state IN ('draft', 'published')")
    op.create_index(
        "ux_cases_incident", "cases", ["incident_id"], unique=True,
        sqlite_where=lives, postgresql_where=lives,
    )  # fmt: skip
    op.create_index("ix_cases_state_category", "cases", ["state", "category"])
    op.create_index("ix_cases_state_chain", "cases", ["state", "chain"])
    op.create_table(
        "case_lines",
        sa.Column("case_id", key(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("act", "reason", "key")),
        sa.PrimaryKeyConstraint("case_id", "version"),
        sqlite_with_rowid=False,
    )
    op.create_index("ux_case_lines_key", "case_lines", ["key"], unique=True)
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in postgresql() if postgres else sqlite():
        op.execute(statement)


def key() -> sa.types.TypeEngine:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def forbidden(differ: str) -> str:
    """Say which changes of a row are refused; `differ` tells two values apart."""
    same = " OR ".join(f"NEW.{name} {differ} OLD.{name}" for name in KEPT)
    return (
        "NOT (OLD.state = 'draft' AND NEW.state IN ('draft', 'published', 'discarded')"
        f" AND NEW.id = OLD.id AND NEW.incident_id = OLD.incident_id"
        " OR OLD.state = 'published' AND NEW.state = 'withdrawn'"
        f" AND NOT ({same}))"
    )


def sqlite() -> list[str]:
    refused = f" BEGIN SELECT RAISE(ABORT, '{TOLD}'); END"
    line = f" BEGIN SELECT RAISE(ABORT, '{LINE_TOLD}'); END"
    there = "EXISTS (SELECT 1 FROM cases WHERE id = NEW.id OR number = NEW.number)"
    line_there = (
        "EXISTS (SELECT 1 FROM case_lines WHERE case_id = NEW.case_id AND version = NEW.version)"
    )
    return [
        f"CREATE TRIGGER cases_only_go BEFORE UPDATE ON cases WHEN {forbidden('IS NOT')}{refused}",
        f"CREATE TRIGGER cases_never_shrink BEFORE DELETE ON cases{refused}",
        f"CREATE TRIGGER cases_never_replaced BEFORE INSERT ON cases WHEN {there}{refused}",
        f"CREATE TRIGGER case_lines_never_change BEFORE UPDATE ON case_lines{line}",
        f"CREATE TRIGGER case_lines_never_shrink BEFORE DELETE ON case_lines{line}",
        "CREATE TRIGGER case_lines_never_replaced BEFORE INSERT ON case_lines"
        f" WHEN {line_there}{line}",
    ]


def postgresql() -> list[str]:
    return [
        "CREATE FUNCTION cases_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{TOLD}'; END $$",
        "CREATE TRIGGER cases_only_go BEFORE UPDATE ON cases FOR EACH ROW"
        f" WHEN ({forbidden('IS DISTINCT FROM')}) EXECUTE FUNCTION cases_refuse()",
        "CREATE TRIGGER cases_never_deleted BEFORE DELETE ON cases"
        " FOR EACH ROW EXECUTE FUNCTION cases_refuse()",
        "CREATE TRIGGER cases_never_shrink BEFORE TRUNCATE ON cases"
        " FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse()",
        "CREATE FUNCTION case_lines_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{LINE_TOLD}'; END $$",
        "CREATE TRIGGER case_lines_never_change BEFORE UPDATE OR DELETE ON case_lines"
        " FOR EACH ROW EXECUTE FUNCTION case_lines_refuse()",
        "CREATE TRIGGER case_lines_never_shrink BEFORE TRUNCATE ON case_lines"
        " FOR EACH STATEMENT EXECUTE FUNCTION case_lines_refuse()",
    ]
