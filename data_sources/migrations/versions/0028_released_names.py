"""Whether a partner's names may stand on walls."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0025"


def upgrade() -> None:
    op.add_column(
        "partners", sa.Column("released", sa.Boolean(), nullable=False, server_default=sa.false())
    )
