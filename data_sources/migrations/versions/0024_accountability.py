"""Accountability: matters, their lines, approvals and papers, none of which is ever changed."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0022"

# SQLite replaces a row without firing the trigger of its removal, so that what is there already
# has to be refused as well.
KEPT = {
    "accountability_lines": (
        "matter_id = NEW.matter_id AND version = NEW.version",
        "a line of accountability is never changed",
    ),
    "accountability_approvals": (
        "matter_id = NEW.matter_id AND rank = NEW.rank",
        "an approval is never changed",
    ),
    "accountability_papers": (
        "id = NEW.id OR number = NEW.number",
        "a paper of accountability is never changed",
    ),
    "accountability_ends": ("paper_id = NEW.paper_id", "the end of a paper is never changed"),
}
"""Tables that are only added to: what tells a row that is there, and what a change is told."""

OWN = "EXISTS (SELECT 1 FROM accountability WHERE id = NEW.matter_id AND proposer = NEW.person)"
OWN_TOLD = "whoever proposed a matter does not approve it"
TWO = "(SELECT count(*) FROM accountability_approvals WHERE matter_id = NEW.matter_id) < 2"
TWO_TOLD = "a paper is issued once two have approved it"
STAYS = "a matter of accountability stays what it is: its number, department and proposer"
MOVED = (
    "NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.department <> OLD.department"
    " OR NEW.proposer <> OLD.proposer OR NEW.version <> OLD.version + 1"
)


def upgrade() -> None:
    matters()
    additions()
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in postgresql() if postgres else sqlite():
        op.execute(statement)


def key() -> sa.types.TypeEngine:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def matters() -> None:
    op.create_table(
        "accountability",
        sa.Column("id", key(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False, unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("district", sa.Text()),
        sa.Column("proposer", sa.Text(), nullable=False),
        sa.Column("issued", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for name in ("state", "department"):
        op.create_index(f"ix_accountability_{name}", "accountability", [name])
    op.create_table(
        "accountability_lines",
        sa.Column("matter_id", key(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("matter_id", "version"),
        sqlite_with_rowid=False,
    )
    op.create_index("ux_accountability_lines_key", "accountability_lines", ["key"], unique=True)


def additions() -> None:
    op.create_table(
        "accountability_approvals",
        sa.Column("matter_id", key(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("matter_id", "rank"),
        sa.CheckConstraint("rank IN (1, 2)", name="ck_accountability_approvals_rank"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ux_accountability_approvals_person", "accountability_approvals",
        ["matter_id", "person"], unique=True,
    )  # fmt: skip
    op.create_table(
        "accountability_papers",
        sa.Column("id", key(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False, unique=True),
        sa.Column("matter_id", sa.BigInteger(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("issued_us", sa.BigInteger(), nullable=False),
        sa.Column("until_us", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_accountability_papers_department", "accountability_papers", ["department"]
    )
    op.create_table(
        "accountability_ends",
        sa.Column("paper_id", key(), autoincrement=False, nullable=False),
        sa.Column("ended_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("paper_id"),
    )


def sqlite() -> list[str]:
    def refuse(name: str, when: str, told: str) -> str:
        return f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{told}'); END"

    made = []
    for table, (same, told) in KEPT.items():
        there = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"
        made += [
            refuse(f"{table}_never_change", f"UPDATE ON {table}", told),
            refuse(f"{table}_never_shrink", f"DELETE ON {table}", told),
            refuse(f"{table}_never_replaced", f"INSERT ON {table} WHEN {there}", told),
        ]
    there = "EXISTS (SELECT 1 FROM accountability WHERE id = NEW.id OR number = NEW.number)"
    return [
        *made,
        refuse("accountability_stays", f"UPDATE ON accountability WHEN {MOVED}", STAYS),
        refuse("accountability_never_shrinks", "DELETE ON accountability", STAYS),
        refuse("accountability_never_replaced", f"INSERT ON accountability WHEN {there}", STAYS),
        refuse("accountability_approvals_of_others",
               f"INSERT ON accountability_approvals WHEN {OWN}", OWN_TOLD),
        refuse("accountability_papers_of_two",
               f"INSERT ON accountability_papers WHEN {TWO}", TWO_TOLD),
    ]  # fmt: skip


def postgresql() -> list[str]:
    def refuse(name: str, told: str, when: str = "true") -> str:
        return (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN IF {when} THEN RAISE EXCEPTION '{told}'; END IF; RETURN NEW; END $$"
        )

    made = []
    for table, (_same, told) in KEPT.items():
        made += [
            refuse(f"{table}_refuse", told),
            f"CREATE TRIGGER {table}_never_change BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
            f"CREATE TRIGGER {table}_never_shrink BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
        ]
    made += [refuse("accountability_moved", STAYS, MOVED), refuse("accountability_gone", STAYS)]
    made += [
        "CREATE TRIGGER accountability_stays BEFORE UPDATE ON accountability"
        " FOR EACH ROW EXECUTE FUNCTION accountability_moved()",
        "CREATE TRIGGER accountability_never_shrinks BEFORE DELETE ON accountability"
        " FOR EACH ROW EXECUTE FUNCTION accountability_gone()",
        "CREATE TRIGGER accountability_never_emptied BEFORE TRUNCATE ON accountability"
        " FOR EACH STATEMENT EXECUTE FUNCTION accountability_gone()",
    ]
    for table, name, told, when in (
        ("accountability_approvals", "of_others", OWN_TOLD, OWN),
        ("accountability_papers", "of_two", TWO_TOLD, TWO),
    ):
        made += [
            refuse(f"{table}_{name}", told, when),
            f"CREATE TRIGGER {table}_{name} BEFORE INSERT ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {table}_{name}()",
        ]
    return made
