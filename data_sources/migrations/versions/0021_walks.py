"""Open urgent tickets have an index; PostgreSQL's hold each ticket's number beside its time."""

from alembic import op

revision = "0021"
down_revision = "0020"

OPEN = "status NOT IN ('closed', 'archived', 'withdrawn')"
INDEXES = {
    "created": ("created_us", ""),
    "category_created": ("category, created_us", ""),
    "department_created": ("department, created_us", ""),
    "district_created": ("district, created_us", ""),
    "town_created": ("town, created_us", ""),
    "updated_us": ("updated_us", ""),
    "open_created": ("created_us", OPEN),
    "open_due": ("due_us", f"{OPEN} AND due_us IS NOT NULL"),
    "status_created": ("status, created_us", "status <> 'closed'"),
    "ring_created": ("ring, created_us", "ring <> 'town'"),
    "supervision_created": ("supervision, created_us", "supervision IS NOT NULL"),
}


URGENT = (
    "CREATE INDEX ix_tickets_urgent_created ON tickets (created_us){}"
    f" WHERE urgency <> 'routine' AND {OPEN}"
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        op.execute(URGENT.format(""))
        return
    op.execute(URGENT.format(" INCLUDE (id)"))
    for name, (columns, where) in INDEXES.items():
        op.execute(f"DROP INDEX IF EXISTS ix_tickets_{name}")
        only = f" WHERE {where}" if where else ""
        op.execute(f"CREATE INDEX ix_tickets_{name} ON tickets ({columns}) INCLUDE (id){only}")
