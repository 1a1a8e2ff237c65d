"""Accountability in SQL: every act with its line, its paper and the audit's line at once."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, text

from data_sources.accountability_rows import (
    deed_of,
    line_of_row,
    line_row,
    matter_of,
    matter_row,
    paper_of_body,
    paper_row,
)
from data_sources.audit_log import SqlAudit
from data_sources.database import reading, writing
from data_sources.dispute_rows import next_number, refuse_other
from data_sources.rows import time_of, us_of
from operations.errors import BadInput, Conflict
from operations.people.ports import Audit
from operations.response.accountability import AccountabilityLine, Act, Matter, State
from operations.response.accountability_paper import AccountabilityPaper
from operations.response.accountability_steps import Standing
from operations.response.ports_accountability import Guard, MatterPage, Within

MATTERS, PAPERS = "WZ", "WS"
ACCOUNTABILITY_LOCK = 12345_9
"""PostgreSQL: one writer of accountability at a time, so that numbers have no gap."""


class SqlAccountabilityBook:
    """`ports_accountability.AccountabilityBook` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine, audit: Audit | None = None) -> None:
        self._engine = engine
        self._audit = audit or SqlAudit(engine)

    def matter(self, number: str) -> Matter | None:
        """Give a matter."""
        with reading(self._engine) as connection:
            found = _held(connection, number)
        return None if found is None else found[1]

    def lines(self, number: str) -> list[AccountabilityLine]:
        """Give what was done in a matter, oldest first."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_LINES), {"number": number}).all()
        return [line_of_row(row) for row in found]

    def listed(
        self, states: Collection[State], within: Within, *, most: int, after: int | None = None
    ) -> MatterPage:
        """Give matters in such states, the newest first, from a place on."""
        place = after or 2**62
        asked = {"states": [one.value for one in states], "after": place, "most": most + 1}
        with reading(self._engine) as connection:
            found = connection.execute(_LISTED, asked | _scope(within)).all()
        rows = [matter_of(row.body) for row in found[:most]]
        return MatterPage(rows, found[most - 1].id if len(found) > most else None)

    def counts(self, within: Within) -> dict[State, int]:
        """Count the matters by state."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_COUNTS), _scope(within)).all()
        return {State(row.state): row.n for row in found}

    def paper(self, number: str) -> AccountabilityPaper | None:
        """Give a paper."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_PAPER), {"number": number}).scalar()
        return None if found is None else paper_of_body(found)

    def standing(self, department: str, now: datetime) -> list[Standing]:
        """Give the papers that stand for a department."""
        with reading(self._engine) as connection:
            return _standing(connection, department, us_of(now))

    def begin(self, matter: Matter, line: AccountabilityLine, year: int, guard: Guard) -> Matter:
        """Write a new matter; gives it with its number, the next of the year."""
        with writing(self._engine) as connection:
            _alone(connection)
            there = connection.execute(text(_BY_KEY), {"key": line.key}).one_or_none()
            if there is not None:  # the same again, after an answer was lost
                refuse_other(there, Act.PROPOSE)
                return matter_of(there.body)
            guard(_standing(connection, matter.department, us_of(line.at)))
            row, number = next_number(connection, _LAST, MATTERS, year)
            made = replace(matter, number=number)
            connection.execute(text(_NEW), matter_row(row, made))
            connection.execute(text(_APPEND), line_row(row, line))
            self._audit.append(deed_of(None, made, line, None), within=connection)
        self._audit.hand_on()
        return made

    def act(
        self,
        matter: Matter,
        line: AccountabilityLine,
        *,
        paper: AccountabilityPaper | None = None,
        year: int = 0,
        guard: Guard | None = None,
    ) -> Matter:
        """Write the next version, its line, its paper and the audit's line, in one transaction."""
        with writing(self._engine) as connection:
            _alone(connection)
            row, before = _found(connection, matter.number)
            there = connection.execute(text(_BY_KEY), {"key": line.key}).one_or_none()
            if there is not None:
                refuse_other(there, line.act, matter.number)
                return before
            if before.version != matter.version - 1:
                raise Conflict(f"matter {matter.number} has changed since it was seen", before)
            if guard is not None:
                guard(_standing(connection, matter.department, us_of(line.at)))
            if line.act is Act.APPROVE:
                _approve(connection, row, matter, line)
            made = None if paper is None else _issue(connection, row, paper, year)
            after = matter if made is None else replace(matter, paper=made.number)
            if line.act in (Act.RESCIND, Act.CHANGE):
                ended = {"number": before.paper, "ended": us_of(line.at)}
                connection.execute(text(_END), ended)
            told = line if made is None else replace(line, detail=made.number)
            connection.execute(text(_NEXT), matter_row(row, after))
            connection.execute(text(_APPEND), line_row(row, told))
            self._audit.append(deed_of(before, after, told, made), within=connection)
        self._audit.hand_on()
        return after


def _alone(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # on SQLite there is one writer anyway
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ACCOUNTABILITY_LOCK})")


def _held(connection: Connection, number: str) -> tuple[int, Matter] | None:
    found = connection.execute(text(_ONE), {"number": number}).one_or_none()
    return None if found is None else (found.id, matter_of(found.body))


def _found(connection: Connection, number: str) -> tuple[int, Matter]:
    found = _held(connection, number)
    if found is None:
        raise BadInput("number", f"there is no matter {number}")
    return found


def _approve(connection: Connection, row: int, matter: Matter, line: AccountabilityLine) -> None:
    made = {"matter": row, "rank": len(matter.approvals), "person": line.by.person,
            "at_us": us_of(line.at)}  # fmt: skip
    connection.execute(text(_APPROVE), made)


def _issue(
    connection: Connection, row: int, paper: AccountabilityPaper, year: int
) -> AccountabilityPaper:
    number, name = next_number(connection, _LAST_PAPER, PAPERS, year)
    made = replace(paper, number=name)
    connection.execute(text(_NEW_PAPER), paper_row(number, row, made))
    return made


def _standing(connection: Connection, department: str, now_us: int) -> list[Standing]:
    found = connection.execute(text(_STANDING), {"department": department, "now": now_us}).all()
    return [
        Standing(row.number, row.step, time_of(row.issued_us), time_of(row.until_us))
        for row in found
    ]


def _scope(within: Within) -> dict[str, Any]:
    return {
        "everywhere": within.everywhere, "district": within.district or "",
        "department": within.department or "",
    }  # fmt: skip


_WITHIN = "(:everywhere OR district = :district OR (department = :department AND issued))"
_ONE = "SELECT id, body FROM accountability WHERE number = :number"
_LAST = "SELECT id, number FROM accountability ORDER BY id DESC LIMIT 1"
_LAST_PAPER = "SELECT id, number FROM accountability_papers ORDER BY id DESC LIMIT 1"
_BY_KEY = (
    "SELECT number, act, body FROM accountability_lines JOIN accountability ON id = matter_id"
    " WHERE key = :key"
)
_LINES = (
    "SELECT accountability_lines.* FROM accountability_lines"
    " JOIN accountability ON id = matter_id WHERE number = :number"
    " ORDER BY accountability_lines.version"
)
_LISTED = text(
    "SELECT id, body FROM accountability WHERE state IN :states AND id < :after AND "  # noqa: S608
    f"{_WITHIN} ORDER BY id DESC LIMIT :most"
).bindparams(bindparam("states", expanding=True))
_COUNTS = f"SELECT state, count(*) AS n FROM accountability WHERE {_WITHIN} GROUP BY state"  # noqa: S608
_PAPER = "SELECT body FROM accountability_papers WHERE number = :number"
_STANDING = (
    "SELECT number, step, issued_us, until_us FROM accountability_papers"
    " LEFT JOIN accountability_ends ON paper_id = id"
    " WHERE department = :department AND until_us > :now AND paper_id IS NULL ORDER BY id"
)
_NEW = (
    "INSERT INTO accountability (id, number, version, state, department, district, proposer,"
    " issued, body) VALUES (:id, :number, :version, :state, :department, :district, :proposer,"
    " :issued, :body)"
)
_NEXT = (
    "UPDATE accountability SET version = :version, state = :state, issued = :issued, body = :body"
    " WHERE id = :id"
)
_APPEND = (
    "INSERT INTO accountability_lines (matter_id, version, at_us, person, actor, verified, act,"
    " detail, reason, key) VALUES (:matter, :version, :at_us, :person, :actor, :verified, :act,"
    " :detail, :reason, :key)"
)
_APPROVE = (
    "INSERT INTO accountability_approvals (matter_id, rank, person, at_us)"
    " VALUES (:matter, :rank, :person, :at_us)"
)
_NEW_PAPER = (
    "INSERT INTO accountability_papers (id, number, matter_id, department, step, issued_us,"
    " until_us, body) VALUES (:id, :number, :matter, :department, :step, :issued_us, :until_us,"
    " :body)"
)
_END = (
    "INSERT INTO accountability_ends (paper_id, ended_us)"
    " SELECT id, :ended FROM accountability_papers WHERE number = :number"
)
