"""The library of cases in SQL: every act with its line and the audit's in one transaction."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import orjson
from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, bindparam, text

from data_sources.audit_log import SqlAudit
from data_sources.database import reading, writing
from data_sources.dispute_rows import next_number, refuse_other
from data_sources.rows import time_of, us_of
from operations.errors import BadInput, Conflict
from operations.people.audit import Deed
from operations.people.ports import Audit
from operations.response.case import Act, Case, CaseLine, Sought, State
from operations.response.ports_case import CasePage

PREFIX = "AL"
CASE_LOCK = 12345_11
"""PostgreSQL: one writer of cases at a time, so that numbers have no gap."""
MOST_WORDS = 5
LIVING = (State.DRAFT, State.PUBLISHED)

_CASE = TypeAdapter(Case)


class SqlCaseBook:
    """`ports_case.CaseBook` on SQLite or PostgreSQL; `migrate` must have run before."""

    def __init__(self, engine: Engine, audit: Audit | None = None) -> None:
        self._engine = engine
        self._audit = audit or SqlAudit(engine)

    def case(self, number: str) -> Case | None:
        """Give a case."""
        with reading(self._engine) as connection:
            found = _held(connection, number)
        return None if found is None else found[1]

    def lines(self, number: str) -> list[CaseLine]:
        """Give what was done to a case, oldest first."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_LINES), {"number": number}).all()
        return [
            CaseLine(
                version=row.version, at=time_of(row.at_us), actor=row.actor,
                verified=bool(row.verified), act=Act(row.act), reason=row.reason, key=row.key,
            )
            for row in found
        ]  # fmt: skip

    def listed(
        self, states: Collection[State], sought: Sought, *, most: int, after: int | None = None
    ) -> CasePage:
        """Give cases in such states that are looked for, the newest first, from a place on."""
        asked: dict[str, Any] = {
            "states": [one.value for one in states], "after": after or 2**62, "most": most + 1,
            "category": sought.category, "chain": sought.chain,
        }  # fmt: skip
        asked |= dict.fromkeys((f"word{n}" for n in range(MOST_WORDS)), "%")
        for place, word in enumerate(sought.words[:MOST_WORDS]):
            asked[f"word{place}"] = f"%{_plain(word.lower())}%"
        with reading(self._engine) as connection:
            found = connection.execute(_LISTED, asked).all()
        rows = [_case_of(row) for row in found[:most]]
        return CasePage(rows, found[most - 1].id if len(found) > most else None)

    def of_incidents(self, incidents: Collection[str]) -> dict[str, str]:
        """Give the numbers of the cases, drafts or published, that incidents have."""
        asked = {"incidents": list(incidents), "states": [one.value for one in LIVING]}
        with reading(self._engine) as connection:
            found = connection.execute(_OF_INCIDENTS, asked).all()
        return {row.incident_id: row.number for row in found}

    def begin(self, case: Case, line: CaseLine, year: int) -> Case:
        """Write a new draft; gives it with its number, the next of the year."""
        with writing(self._engine) as connection:
            _alone(connection)
            there = connection.execute(text(_BY_KEY), {"key": line.key}).one_or_none()
            if there is not None:  # the same again, after an answer was lost
                refuse_other(there, Act.BEGIN)
                return _case_of(there)
            asked = {"incidents": [case.incident], "states": [one.value for one in LIVING]}
            living = connection.execute(_OF_INCIDENTS, asked).one_or_none()
            if living is not None:
                raise BadInput("incident", f"it has the case {living.number} already")
            row, number = next_number(connection, _LAST, PREFIX, year)
            made = replace(case, number=number)
            connection.execute(text(_NEW), _row(row, made))
            self._append(connection, row, None, made, line)
        self._audit.hand_on()
        return made

    def act(self, case: Case, line: CaseLine) -> Case:
        """Write the next version, its line and the audit's, in one transaction."""
        with writing(self._engine) as connection:
            _alone(connection)
            found = _held(connection, case.number)
            if found is None:
                raise BadInput("number", f"there is no case {case.number}")
            row, before = found
            there = connection.execute(text(_BY_KEY), {"key": line.key}).one_or_none()
            if there is not None:
                refuse_other(there, line.act, case.number)
                return before
            if before.version != case.version - 1:
                raise Conflict(f"case {case.number} has changed since it was seen", before)
            connection.execute(text(_NEXT), _row(row, case))
            self._append(connection, row, before, case, line)
        self._audit.hand_on()
        return case

    def _append(
        self, connection: Connection, row: int, before: Case | None, after: Case, line: CaseLine
    ) -> None:
        kept = {
            "case": row, "version": line.version, "at_us": us_of(line.at), "actor": line.actor,
            "verified": line.verified, "act": line.act.value, "reason": line.reason,
            "key": line.key,
        }  # fmt: skip
        connection.execute(text(_APPEND), kept)
        deed = Deed(
            at_us=us_of(line.at), actor=line.actor, verified=line.verified,
            act=f"case.{line.act}", subject=after.number,
            before="" if before is None else _in_words(before), after=_in_words(after),
            reason=line.reason,
        )  # fmt: skip
        self._audit.append(deed, within=connection)


def _alone(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # on SQLite there is one writer anyway
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({CASE_LOCK})")


def _held(connection: Connection, number: str) -> tuple[int, Case] | None:
    found = connection.execute(text(_ONE), {"number": number}).one_or_none()
    return None if found is None else (found.id, _case_of(found))


def _case_of(row: Any) -> Case:
    """Read a case; its state and version stand beside what is never changed."""
    return _CASE.validate_python(
        orjson.loads(row.body) | {"state": row.state, "version": row.version}
    )


def _row(row: int, case: Case) -> dict[str, Any]:
    body = _CASE.dump_python(case, mode="json", exclude={"state", "version"})
    words = [one.text for one in case.passages] + [one.quantity for one in case.facts.findings]
    return {
        "id": row, "number": case.number, "version": case.version, "state": case.state.value,
        "incident": case.incident, "category": case.facts.category, "chain": case.facts.chain,
        "words": "\n".join((case.number, *words)).lower(), "body": orjson.dumps(body).decode(),
    }  # fmt: skip


def _plain(word: str) -> str:
    """Write a word so that LIKE takes none of it for a pattern."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _in_words(case: Case) -> str:
    standing = sum(bool(one.text) for one in case.passages)
    return f"v{case.version} · {case.state} · {case.incident} · {standing} texts"


_ONE = "SELECT id, state, version, body FROM cases WHERE number = :number"
_LAST = "SELECT id, number FROM cases ORDER BY id DESC LIMIT 1"
_BY_KEY = (
    "SELECT number, act, cases.state, cases.version, body FROM case_lines"
    " JOIN cases ON id = case_id WHERE key = :key"
)
_LINES = (
    "SELECT case_lines.* FROM case_lines JOIN cases ON id = case_id"
    " WHERE number = :number ORDER BY case_lines.version"
)
_LISTED = text(
    "SELECT id, state, version, body FROM cases WHERE state IN :states AND id < :after"
    " AND (:category = '' OR category = :category) AND (:chain = '' OR chain = :chain)"
    " AND words LIKE :word0 ESCAPE '\\' AND words LIKE :word1 ESCAPE '\\'"
    " AND words LIKE :word2 ESCAPE '\\' AND words LIKE :word3 ESCAPE '\\'"
    " AND words LIKE :word4 ESCAPE '\\' ORDER BY id DESC LIMIT :most"
).bindparams(bindparam("states", expanding=True))
_OF_INCIDENTS = text(
    "SELECT incident_id, number FROM cases WHERE incident_id IN :incidents AND state IN :states"
).bindparams(bindparam("incidents", expanding=True), bindparam("states", expanding=True))
_NEW = (
    "INSERT INTO cases (id, number, version, state, incident_id, category, chain, words, body)"
    " VALUES (:id, :number, :version, :state, :incident, :category, :chain, :words, :body)"
)
_NEXT = (
    "UPDATE cases SET version = :version, state = :state, words = :words, body = :body"
    " WHERE id = :id"
)
_APPEND = (
    "INSERT INTO case_lines (case_id, version, at_us, actor, verified, act, reason, key)"
    " VALUES (:case, :version, :at_us, :actor, :verified, :act, :reason, :key)"
)
