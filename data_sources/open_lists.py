"""Open tickets that somebody should look at: about to be late, waiting longest, returned most.

Only open tickets are read, by the index of those of one code or of what is due next; what somebody
may not see is left out before a list is cut.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, text

from data_sources.database import reading
from data_sources.rows import time_of, us_of
from data_sources.tables import OPEN
from operations.people.permissions import Field, Subject
from operations.people.sight import Sight
from operations.pulse.sums import Slice

A_PIECE = 500
MOST_PIECES = 40
"""Of a list nobody may see anything of, so much is read: 20,000 open tickets."""

_ORDERS = {
    "soon_late": ("due_us >= :now", "due_us, id"),
    "waits": ("1 = 1", "{created}, id"),
    "returned": ("returns > 0", "returns DESC, {created}, id"),
}
LISTS = tuple(_ORDERS)


class Held(NamedTuple):
    """An open ticket of a list; `returned_by` are the departments that gave it back, in order.

    `return_reason` is that of the last return, masked.
    """

    source: str
    external_id: str
    title: str
    category: str
    department: str | None
    district: str | None
    created_at: datetime
    due_at: datetime | None
    returns: int
    returned_by: tuple[str, ...] = ()
    return_reason: str = ""


class OpenLists:
    """Reads the lists of a slice of the city."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(
        self, slice_: Slice, sight: Sight, now: datetime, *, most: int
    ) -> dict[str, list[Held]]:
        """Give each list of a slice, as far as somebody sees it; all of one moment."""
        with reading(self._engine) as connection:
            return {
                name: [
                    _held(connection, row)
                    for row in _first(_rows(connection, name, slice_, now), sight, most)
                ]
                for name in LISTS
            }


def statement(name: str, slice_: Slice, *, sqlite: bool) -> str:
    """Give the SQL of a list, but for its values.

    An index of the open tickets leads, of one code or in the order of the list: those of all
    tickets would lead through history. PostgreSQL sees from its statistics how few are open;
    SQLite is told. What is added to a column keeps its index out of it.
    """
    condition, order = _ORDERS[name]
    first, *others = slice_.codes() or [""]
    narrowed = f" AND {first} = :{first}" if first else ""
    narrowed += "".join(f" AND {axis} || '' = :{axis}" for axis in others)
    if first in ("department", "district"):
        leads = f"open_{first}"
    else:
        leads = "open_due" if name == "soon_late" else "open_created"
    tables = f"tickets INDEXED BY ix_tickets_{leads}" if sqlite else "tickets"
    created = "created_us" if sqlite and leads == "open_created" else "created_us + 0"
    where = f"{OPEN} AND {created} <= :now AND {condition}{narrowed}"
    sorts = order.format(created=created)
    return f"{_COLUMNS} FROM {tables} WHERE {where} ORDER BY {sorts} LIMIT :piece OFFSET :skip"


_COLUMNS = (
    "SELECT id, source, external_id, title, category, department, district, town, confidential,"
    " created_us, due_us, returns, return_reason"
)
_RETURNED = (
    "SELECT was FROM changes WHERE ticket_id = :id AND step = 'returned' AND was IS NOT NULL"
    " ORDER BY at_us"
)


def _rows(connection: Connection, name: str, slice_: Slice, now: datetime) -> Iterator[Any]:
    where = statement(name, slice_, sqlite=connection.dialect.name == "sqlite")
    asked = {**slice_.codes(), "now": us_of(now), "piece": A_PIECE}
    for piece in range(MOST_PIECES):
        rows = connection.execute(text(where), {**asked, "skip": piece * A_PIECE}).all()
        yield from rows
        if len(rows) < A_PIECE:
            return


def _first(rows: Iterator[Any], sight: Sight, most: int) -> list[Any]:
    """Keep the first rows somebody sees."""
    found: list[Any] = []
    for row in rows:
        subject = Subject(
            Field.TICKET, department=row.department, district=row.district, town=row.town
        )
        if sight.holds(subject, confidential=bool(row.confidential)):
            found.append(row)
        if len(found) == most:
            break
    return found


def _held(connection: Connection, row: Any) -> Held:
    returned = connection.execute(text(_RETURNED), {"id": row.id}) if row.returns else ()
    return Held(
        row.source,
        row.external_id,
        row.title,
        row.category,
        row.department,
        row.district,
        time_of(row.created_us),
        None if row.due_us is None else time_of(row.due_us),
        row.returns,
        tuple(str(one) for (one,) in returned),
        row.return_reason,
    )
