"""What a bulletin is made from beside the sums: what is overdue now, and what the watch found.

Overdue are open tickets alone, found by the index of those with a due time; clusters and alarms
are few. History is never walked.
"""

from datetime import datetime

from sqlalchemy import Connection, Engine, text

from data_sources.database import reading
from data_sources.rows import time_of, us_of
from data_sources.tables import OPEN
from data_sources.watch_rows import alarm_of, cluster_of
from operations.bulletin.contents import Holder
from operations.bulletin.ports import Overdue, Watched


class BulletinReads:
    """`operations.bulletin.ports.Beside` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def overdue(self, now: datetime) -> Overdue:
        """Count what is overdue at a moment, who holds the most first."""
        until = {"now": us_of(now)}
        with reading(self._engine) as connection:
            rows = connection.execute(text(overdue_by("department", connection)), until).all()
            places = connection.execute(text(overdue_by("district", connection)), until).all()
        holders = [Holder(code or "", int(many), time_of(oldest)) for code, many, oldest in rows]
        holders.sort(key=lambda one: (not one.code, -one.overdue, one.code))
        return Overdue(tuple(holders), {code or "": int(many) for code, many, _ in places})

    def watched(self, start: datetime, end: datetime) -> Watched:
        """Give the clusters that lived and the alarms that were raised from one moment to another.

        A cluster changes when it ends, at the latest, so that `changed_us` finds every one that
        lived into the period.
        """
        within = {"start": us_of(start), "end": us_of(end)}
        with reading(self._engine) as connection:
            bodies = connection.execute(text(_LIVED), within).scalars().all()
            raised = connection.execute(text(_RAISED), within).scalars().all()
            standing = connection.execute(text(_STANDING)).scalar_one()
        clusters = map(cluster_of, bodies)
        lived = [one for one in clusters if (one.ended_us or within["start"]) >= within["start"]]
        return Watched(tuple(lived), tuple(map(alarm_of, raised)), int(standing))


def overdue_by(column: str, connection: Connection) -> str:
    """Write the count by a column; SQLite is told the index, PostgreSQL's statistics show it."""
    told = " INDEXED BY ix_tickets_open_due" if connection.dialect.name == "sqlite" else ""
    return _OVERDUE[column].replace("<index>", told)


_COUNTED = "SELECT <column>, count(*), min(due_us) FROM tickets<index>"
_LATE = f"{OPEN} AND due_us IS NOT NULL AND due_us < :now"
_OVERDUE = {
    column: f"{_COUNTED} WHERE {_LATE} GROUP BY <column>".replace("<column>", column)
    for column in ("department", "district")
}
_LIVED = "SELECT body FROM clusters WHERE born_us < :end AND (living OR changed_us >= :start)"
_RAISED = "SELECT body FROM alarms WHERE raised_us >= :start AND raised_us < :end ORDER BY id"
_STANDING = "SELECT count(*) FROM alarms WHERE state <> 'cleared'"
