"""What is owed on tickets in SQL: written with each decision, read as a list in order of due."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, text

from data_sources.database import reading
from data_sources.rows import time_of, us_of
from operations.errors import BadInput
from operations.people.sight import Sight
from operations.tickets.owed import Debt, Owed, OwedSearch, Standing, debts_of
from operations.tickets.supervision import Watch

A_PIECE = 500
MOST_PIECES = 40
"""Of a list somebody may see little of, so much is read: 20,000 debts."""


def keep_owed(connection: Connection, ticket: int, before: Watch, after: Watch) -> None:
    """Write what is owed on a ticket, where that changed; raises BadInput for a number given."""
    if before == after:
        return
    connection.execute(text(_GONE), {"ticket": ticket})
    rows = [_row(ticket, debt) for debt in debts_of(after)]
    if rows:
        connection.execute(text(_OWED), rows)
    known = {one.number for one in before.records}
    for one in after.records:
        if one.sign and one.number not in known:
            row = {"sign": one.sign, "ticket": ticket, "number": one.number}
            if not connection.execute(text(_LISTED), row).rowcount:
                raise BadInput("taken", f"the number {one.sign} was given already")


class OwedReads:
    """`operations.tickets.ports.OwedLists` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def owed(self, asked: OwedSearch, sight: Sight, now: datetime, *, most: int) -> list[Owed]:
        """Give what somebody sees of what is owed, what is due first at the head."""
        found: list[Owed] = []
        with reading(self._engine) as connection:
            for one in _read(connection, asked, now):
                if one.is_seen(sight):
                    found.append(one)
                    if len(found) == most:
                        break
        return found


def statement(asked: OwedSearch) -> str:
    """Give the SQL of a list, but for its values; an index in order of due leads."""
    said = [] if not asked.department else ["supervisions.department = :department"]
    said += ["line = :line"] if asked.line else []
    said += [_STANDING[Standing(asked.standing)]] if asked.standing else []
    where = f" WHERE {' AND '.join(said)}" if said else ""
    return f"{_LIST}{where} ORDER BY supervisions.due_us, source, external_id, number,{_LAST}"


def _read(connection: Connection, asked: OwedSearch, now: datetime) -> Iterator[Owed]:
    values = {"department": asked.department, "line": asked.line, "now": us_of(now)}
    wanted = statement(asked)
    for piece in range(MOST_PIECES):
        asked_for = {**values, "piece": A_PIECE, "skip": piece * A_PIECE}
        rows = connection.execute(text(wanted), asked_for).all()
        yield from map(_owed_of, rows)
        if len(rows) < A_PIECE:
            return


def _row(ticket: int, debt: Debt) -> dict[str, Any]:
    return {
        "ticket": ticket,
        "number": debt.number,
        "department": debt.department,
        "line": debt.line,
        "opened": us_of(debt.opened_at),
        "due": us_of(debt.due_at),
        "replied": None if debt.replied_at is None else us_of(debt.replied_at),
        "sign": debt.sign,
        "lister": debt.lister,
    }


def _owed_of(row: Any) -> Owed:
    replied = None if row.replied_us is None else time_of(row.replied_us)
    debt = Debt(
        row.number, row.owed_by, row.line, time_of(row.opened_us), time_of(row.due_us), replied,
        row.sign, row.lister,
    )  # fmt: skip
    return Owed(
        debt=debt,
        source=row.source,
        external_id=row.external_id,
        title=row.title,
        category=row.category,
        department=row.department,
        district=row.district,
        town=row.town,
        confidential=bool(row.confidential),
        version=row.version,
    )


_GONE = "DELETE FROM supervisions WHERE ticket_id = :ticket"
_OWED = (
    "INSERT INTO supervisions"
    " (ticket_id, number, department, line, opened_us, due_us, replied_us, sign, lister)"
    " VALUES (:ticket, :number, :department, :line, :opened, :due, :replied, :sign, :lister)"
)
_LISTED = (
    "INSERT INTO listings (sign, ticket_id, number) VALUES (:sign, :ticket, :number)"
    " ON CONFLICT (sign) DO NOTHING"
)
_LIST = (
    "SELECT number, supervisions.department AS owed_by, line, opened_us,"
    " supervisions.due_us, supervisions.replied_us, sign, lister, source, external_id, title,"
    " category, tickets.department, district, town, confidential, version"
    " FROM supervisions JOIN tickets ON id = supervisions.ticket_id"
    " JOIN handling ON handling.ticket_id = supervisions.ticket_id"
)
_LAST = " supervisions.department LIMIT :piece OFFSET :skip"
_STANDING = {
    Standing.LATE: "supervisions.replied_us IS NULL AND supervisions.due_us < :now",
    Standing.DUE: "supervisions.replied_us IS NULL AND supervisions.due_us >= :now",
    Standing.REPLIED: "supervisions.replied_us IS NOT NULL",
}
