"""What tickets protect, sealed in a table of its own; the index of words; who has seen what."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("tickets", sa.Column("sealed_mark", sa.Text()))
    op.add_column(
        "set_aside", sa.Column("sealed", sa.Text(), nullable=False, server_default="")
    )
    unsealed = sa.text("sealed_mark IS NULL")
    op.create_index(
        "ix_tickets_unsealed",
        "tickets",
        ["id"],
        sqlite_where=unsealed,
        postgresql_where=unsealed,
    )
    plain = sa.text("sealed = '' AND record <> '(erased)'")
    op.create_index(
        "ix_set_aside_plain", "set_aside", ["id"], sqlite_where=plain, postgresql_where=plain
    )
    op.create_table(
        "sealed",
        sa.Column("ticket_id", key, autoincrement=False, nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("phone_key", sa.Text()),
        sa.Column("id_key", sa.Text()),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    for name in ("phone_key", "id_key"):
        known = sa.text(f"{name} IS NOT NULL")
        op.create_index(
            f"ix_sealed_{name}", "sealed", [name], sqlite_where=known, postgresql_where=known
        )
    op.create_table(
        "unindexed",
        sa.Column("ticket_id", key, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    op.create_table(
        "reveals",
        sa.Column("id", key, autoincrement=True, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("until_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_reveals_ticket", "reveals", ["source", "external_id"])
    op.execute("INSERT INTO unindexed (ticket_id) SELECT id FROM tickets")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE TABLE ticket_words (ticket_id bigint PRIMARY KEY, words text[] NOT NULL)")
        op.execute("CREATE INDEX ix_ticket_words ON ticket_words USING gin (words)")
    else:
        op.execute(
            "CREATE VIRTUAL TABLE ticket_words"
            " USING fts5(words, tokenize = 'ascii', detail = none, columnsize = 0)"
        )
