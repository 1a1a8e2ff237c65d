"""An index of each category's tickets in order of time, for the evidence on a cluster."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index("ix_tickets_category_created", "tickets", ["category", "created_us"])
