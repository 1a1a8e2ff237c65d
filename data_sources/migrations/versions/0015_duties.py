"""The counters of the four duties; the worker counts them for all tickets by and by."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0016"


def upgrade() -> None:
    # The definitions are another version now, by which the sums are made anew; what corrected a day
    # before stays.
    for table in ("cube_days", "cube_hours", "cube_corrections"):
        for name in ("by_first", "lasting", "served"):
            counter = sa.Column(name, sa.BigInteger(), nullable=False, server_default="0")
            op.add_column(table, counter)
