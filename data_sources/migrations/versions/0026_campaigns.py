"""Campaigns, their lines and their counted days."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0024"

TOLD = "a line of a campaign is never changed"


def upgrade() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", key(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False, unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_campaigns_state", "campaigns", ["state"])
    op.create_table(
        "campaign_lines",
        sa.Column("campaign_id", key(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("act", "detail", "reason")),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "version"),
        sqlite_with_rowid=False,
    )
    op.create_index("ux_campaign_lines_key", "campaign_lines", ["key"], unique=True)
    counted = ("open", "opened", "closed", "answers", "solved")
    op.create_table(
        "campaign_days",
        sa.Column("campaign_id", key(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counted),
        sa.PrimaryKeyConstraint("campaign_id", "day"),
        sqlite_with_rowid=False,
    )
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in postgresql() if postgres else sqlite():
        op.execute(statement)


def key() -> sa.types.TypeEngine:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def sqlite() -> list[str]:
    refused = f" BEGIN SELECT RAISE(ABORT, '{TOLD}'); END"
    there = (
        "EXISTS (SELECT 1 FROM campaign_lines"
        " WHERE campaign_id = NEW.campaign_id AND version = NEW.version)"
    )
    return [
        f"CREATE TRIGGER campaign_lines_never_change BEFORE UPDATE ON campaign_lines{refused}",
        f"CREATE TRIGGER campaign_lines_never_shrink BEFORE DELETE ON campaign_lines{refused}",
        f"CREATE TRIGGER campaign_lines_never_replaced BEFORE INSERT ON campaign_lines"
        f" WHEN {there}{refused}",
    ]


def postgresql() -> list[str]:
    return [
        "CREATE FUNCTION campaign_lines_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{TOLD}'; END $$",
        "CREATE TRIGGER campaign_lines_never_change BEFORE UPDATE OR DELETE ON campaign_lines"
        " FOR EACH ROW EXECUTE FUNCTION campaign_lines_refuse()",
        "CREATE TRIGGER campaign_lines_never_shrink BEFORE TRUNCATE ON campaign_lines"
        " FOR EACH STATEMENT EXECUTE FUNCTION campaign_lines_refuse()",
    ]
