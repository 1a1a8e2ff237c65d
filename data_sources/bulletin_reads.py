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
from operations.pulse.sums import CITY, Slice


class BulletinReads:
    """`operations.bulletin.ports.Beside` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def overdue(self, now: datetime, slice_: Slice = CITY) -> Overdue:
        """Count what of a slice is overdue at a moment, who holds the most first."""
        given = {"now": us_of(now), **slice_.codes()}
        with reading(self._engine) as connection:
            of_departments, of_districts = (
                connection.execute(text(overdue_by(axis, connection, slice_)), given).all()
                for axis in ("department", "district")
            )
        rows, places = of_departments, of_districts
        holders = [Holder(code or "", int(many), time_of(oldest)) for code, many, oldest in rows]
        holders.sort(key=lambda one: (not one.code, -one.overdue, one.code))
        return Overdue(tuple(holders), {code or "": int(many) for code, many, _ in places})

    def watched(self, start: datetime, end: datetime, district: str | None = None) -> Watched:
        """Give the clusters that lived and the alarms that were raised from one moment to another.

        A cluster changes when it ends, at the latest, so that `changed_us` finds every one that
        lived into the period.
        """
        within = {"start": us_of(start), "end": us_of(end)}
        with reading(self._engine) as connection:
            bodies = connection.execute(text(_LIVED), within).scalars().all()
            raised = connection.execute(text(_RAISED), within).scalars().all()
            standing = connection.execute(text(_STANDING)).scalars().all()
        clusters = map(cluster_of, bodies)
        lived = [one for one in clusters if (one.ended_us or within["start"]) >= within["start"]]
        alarms, stand = map(alarm_of, raised), map(alarm_of, standing)
        return Watched(
            tuple(one for one in lived if district in (None, one.evidence.district)),
            tuple(one for one in alarms if district in (None, one.district)),
            sum(district in (None, one.district) for one in stand),
        )


def overdue_by(column: str, connection: Connection, slice_: Slice = CITY) -> str:
    """Write the count by a column; SQLite is told the index, PostgreSQL's statistics show it."""
    told = " INDEXED BY ix_tickets_open_due" if connection.dialect.name == "sqlite" else ""
    within = "".join(_WITHIN[axis] for axis in slice_.codes())
    return _OVERDUE[column].replace("<index>", told).replace("<within>", within)


_COUNTED = "SELECT <column>, count(*), min(due_us) FROM tickets<index>"
_LATE = f"{OPEN} AND due_us IS NOT NULL AND due_us < :now"
_OVERDUE = {
    column: f"{_COUNTED} WHERE {_LATE}<within> GROUP BY <column>".replace("<column>", column)
    for column in ("department", "district")
}
_WITHIN = {axis: f" AND {axis} = :{axis}" for axis in ("department", "district")}
_LIVED = "SELECT body FROM clusters WHERE born_us < :end AND (living OR changed_us >= :start)"
_RAISED = "SELECT body FROM alarms WHERE raised_us >= :start AND raised_us < :end ORDER BY id"
_STANDING = "SELECT body FROM alarms WHERE state <> 'cleared'"
