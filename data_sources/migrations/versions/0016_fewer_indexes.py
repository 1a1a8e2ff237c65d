"""Two indexes less that every new ticket was written into: others lead to the same tickets."""

from alembic import op

revision = "0016"
down_revision = "0012"


def upgrade() -> None:
    for name in ("ix_tickets_open_category", "ix_tickets_open_triage"):
        op.drop_index(name, table_name="tickets")
