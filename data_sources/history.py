"""Reads for drill-down: one ticket with its life, and the open tickets of a narrowed map."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, bindparam, text

from data_sources.database import reading
from data_sources.rows import change_of, ticket_of, us_of
from data_sources.tables import CONTENT, OPEN
from operations.errors import BadInput
from operations.tickets.changes import Change, in_order
from operations.tickets.ticket import Ticket

OVERDUE = "due_us IS NOT NULL AND due_us < :as_of"
URGENT = "urgency <> 'routine'"

_MEASURES = {
    "open": "",
    "overdue": f" AND {OVERDUE}",
    "urgent": f" AND {URGENT}",
    "unassigned": " AND department IS NULL",
}
_PLACES = ("district", "department", "category")


class CallersInCell(NamedTuple):
    """Open tickets of one caller in one map cell; `caller` is None for all who left no key."""

    cell: int
    caller: str | None
    open: int
    overdue: int
    urgent: int


class TicketsLife(NamedTuple):
    """A ticket and its history, read at one moment."""

    ticket: Ticket
    changes: list[Change]


class History:
    """What a screen asks for beyond its picture; every call reads one snapshot."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def revision(self) -> int:
        """Tell the ledger's revision, under which answers may be cached."""
        with reading(self._engine) as connection:
            return int(connection.execute(text("SELECT revision FROM meta")).scalar_one())

    def open_cells(
        self, *, as_of: datetime, measure: str = "open", **where: str
    ) -> tuple[list[CallersInCell], int]:
        """Give open tickets by cell and caller, and how many have no cell.

        `where` narrows by the code of a `district`, `department` or `category`, `measure` to
        open, overdue, urgent or unassigned tickets. Raises BadInput for anything else.
        """
        narrowed = _narrowing(measure, where)
        statement = (
            "SELECT cell, caller_key, count(*),"  # noqa: S608 - names from the lists above
            f" sum(CASE WHEN {OVERDUE} THEN 1 ELSE 0 END),"
            f" sum(CASE WHEN {URGENT} THEN 1 ELSE 0 END)"
            f" FROM tickets WHERE {OPEN} AND created_us <= :as_of{narrowed}"
            " GROUP BY cell, caller_key"
        )
        with reading(self._engine) as connection:
            rows = connection.execute(text(statement), {"as_of": us_of(as_of)} | where).all()
        unplaced = sum(row[2] for row in rows if row[0] is None)
        return [CallersInCell(*row) for row in rows if row[0] is not None], int(unplaced)

    def codes(self, column: str, most: int) -> list[str]:
        """Give the codes tickets have as their `category`, `department` or `district`, in order.

        At most so many; each costs one look into an index, however many tickets there are.
        """
        if column not in _PLACES:
            raise BadInput(column, f"tickets are told apart by {', '.join(_PLACES)}")
        next_code = text(f"SELECT min({column}) FROM tickets WHERE {column} > :last")  # noqa: S608
        found: list[str] = []
        with reading(self._engine) as connection:
            while len(found) < most:
                last = found[-1] if found else ""
                code = connection.execute(next_code, {"last": last}).scalar_one()
                if code is None:
                    break
                found.append(str(code))
        return found

    def tickets(self, named: Collection[tuple[str, str]]) -> dict[tuple[str, str], Ticket]:
        """Find tickets by source and number, all of them by one question."""
        if not named:
            return {}
        wanted = text(_TICKETS).bindparams(bindparam("named", expanding=True))
        with reading(self._engine) as connection:
            rows = connection.execute(wanted, {"named": sorted(named)}).all()
        return {one.identity: one for one in (ticket_of(tuple(row)) for row in rows)}

    def life(self, source: str, external_id: str) -> TicketsLife | None:
        """Find one ticket with its history, oldest first."""
        identity = {"source": source, "external_id": external_id}
        with reading(self._engine) as connection:
            found = connection.execute(text(_TICKET), identity).one_or_none()
            if found is None:
                return None
            return TicketsLife(ticket_of(tuple(found)[1:]), _changes(connection, found[0]))


_TICKET = (
    f"SELECT id, {', '.join(CONTENT)} FROM tickets"  # noqa: S608
    " WHERE source = :source AND external_id = :external_id"
)
_TICKETS = f"SELECT {', '.join(CONTENT)} FROM tickets WHERE (source, external_id) IN :named"  # noqa: S608
_CHANGES = "SELECT at_us, step, was, now, why FROM changes WHERE ticket_id = :ticket"


def _changes(connection: Connection, ticket: Any) -> list[Change]:
    rows = connection.execute(text(_CHANGES), {"ticket": ticket}).all()
    return in_order(change_of(tuple(row)) for row in rows)


def _narrowing(measure: str, where: dict[str, str]) -> str:
    if measure not in _MEASURES:
        raise BadInput("measure", f"use one of {', '.join(_MEASURES)}")
    for name in where:
        if name not in _PLACES:
            raise BadInput(name, f"the map is narrowed by {', '.join(_PLACES)}")
    return "".join(f" AND {name} = :{name}" for name in where) + _MEASURES[measure]
