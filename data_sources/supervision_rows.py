"""What is owed on tickets in SQL: written with each decision, read as a list in order of due."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, text

from data_sources.database import reading
from data_sources.rows import time_of, us_of
from operations.errors import BadInput
from operations.people.sight import Sight
from operations.tickets.owed import (
    Debt,
    Owed,
    OwedPage,
    OwedSearch,
    Place,
    Standing,
    debts_of,
)
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

    def owed(
        self,
        asked: OwedSearch,
        sight: Sight,
        now: datetime,
        *,
        most: int,
        after: Place | None = None,
    ) -> OwedPage:
        """Give what somebody sees of what is owed, what is due first at the head.

        After `A_PIECE` times `MOST_PIECES` debts that are not theirs to see the page ends.
        """
        found: list[Owed] = []
        with reading(self._engine) as connection:
            for _ in range(MOST_PIECES):
                rows = _piece(connection, asked, now, after)
                for one in rows:
                    if len(found) == most:  # one more is there, whoever sees it
                        return OwedPage(found, after)
                    after = one.place
                    if one.is_seen(sight):
                        found.append(one)
                if len(rows) < A_PIECE:
                    return OwedPage(found)
        return OwedPage(found, after)


def statement(asked: OwedSearch, *, behind: bool = False) -> str:
    """Give the SQL of a list, but for its values; an index in order of due leads."""
    said = [_BEHIND] if behind else []
    said += [] if not asked.department else ["supervisions.department = :department"]
    said += ["line = :line"] if asked.line else []
    said += [_STANDING[Standing(asked.standing)]] if asked.standing else []
    where = f" WHERE {' AND '.join(said)}" if said else ""
    return f"{_LIST}{where} ORDER BY supervisions.due_us, source, external_id, number,{_LAST}"


def _piece(
    connection: Connection, asked: OwedSearch, now: datetime, after: Place | None
) -> list[Owed]:
    values = {"department": asked.department, "line": asked.line, "now": us_of(now)}
    if after is not None:
        names = ("at", "source", "external_id", "number", "owing")
        values |= dict(zip(names, (us_of(after[0]), *after[1:]), strict=True))
    wanted = text(statement(asked, behind=after is not None))
    return [_owed_of(row) for row in connection.execute(wanted, values | {"piece": A_PIECE})]


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
_LAST = " supervisions.department LIMIT :piece"
# The first of the two lets an index lead to where the list goes on.
_BEHIND = (
    "supervisions.due_us >= :at AND (supervisions.due_us, source, external_id, number,"
    " supervisions.department) > (:at, :source, :external_id, :number, :owing)"
)
_STANDING = {
    Standing.LATE: "supervisions.replied_us IS NULL AND supervisions.due_us < :now",
    Standing.DUE: "supervisions.replied_us IS NULL AND supervisions.due_us >= :now",
    Standing.REPLIED: "supervisions.replied_us IS NOT NULL",
}
