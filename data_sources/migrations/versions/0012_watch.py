"""The ring that holds a ticket, and how it is supervised."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"


def upgrade() -> None:
    # Constants as defaults, so that no row is written again. The worker reckons them by and by,
    # because the digest of the rules is another one with the table of rings in it.
    op.add_column("tickets", sa.Column("ring", sa.Text(), nullable=False, server_default="town"))
    op.add_column("tickets", sa.Column("ring_by", sa.Text(), nullable=False, server_default=""))
    op.add_column("tickets", sa.Column("supervision", sa.Text()))
