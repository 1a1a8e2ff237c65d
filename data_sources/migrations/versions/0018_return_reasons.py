"""Why a ticket was given back the last time."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0013"


def upgrade() -> None:
    op.add_column(
        "tickets", sa.Column("return_reason", sa.Text(), nullable=False, server_default="")
    )
