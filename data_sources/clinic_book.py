"""Clinics in SQL, each act with the audit log's line in one transaction."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine, text

from data_sources.audit_log import SqlAudit
from data_sources.database import reading, writing
from data_sources.dispute_book import write_dispute
from data_sources.dispute_rows import alone, body_of, clinic_of, dispute_of, next_number
from data_sources.rows import us_of
from operations.errors import BadInput, Conflict
from operations.people.audit import Deed
from operations.people.ports import Audit
from operations.response import dispute_actions
from operations.response.clinic import Clinic, ClinicAct, Session
from operations.response.deeds import clinic_deed
from operations.response.dispute import Act, Dispute, DisputeLine, State

PREFIX = "ZZ"
MOST_REPEATED = 100
"""So many newest clinics are looked through for a key: an act is repeated soon or never."""


class SqlClinicBook:
    """`response.ports.ClinicBook` on SQLite or PostgreSQL; `migrate` must have run before."""

    def __init__(self, engine: Engine, audit: Audit | None = None) -> None:
        self._engine = engine
        self._audit = audit or SqlAudit(engine)

    def clinic(self, number: str) -> Clinic | None:
        """Give a clinic."""
        with reading(self._engine) as connection:
            return _held(connection, number)

    def coming(self, *, most: int) -> list[Clinic]:
        """Give the planned clinics, the next one first."""
        return self._several(_COMING, most)

    def past(self, *, most: int) -> list[Clinic]:
        """Give clinics that were held or called off, the last one first."""
        return self._several(_PAST, most)

    def _several(self, wanted: str, most: int) -> list[Clinic]:
        with reading(self._engine) as connection:
            return [clinic_of(row.body) for row in connection.execute(text(wanted), {"most": most})]

    def plan(self, clinic: Clinic, year: int, *, verified: bool) -> Clinic:
        """Write a new clinic; gives it with its number, or the one its key names."""
        with writing(self._engine) as connection:
            alone(connection)
            if (there := _keyed(connection, clinic.key)) is not None:
                return there
            row, number = next_number(connection, _LAST, PREFIX, year)
            made = replace(clinic, number=number)
            connection.execute(text(_NEW), {"id": row, **_row(made)})
            deed = clinic_deed(None, made, ClinicAct.PLAN, made.planned_by, verified, "")
            self._audit.append(deed, within=connection)
        self._audit.hand_on()
        return made

    def act(
        self, clinic: Clinic, act: ClinicAct, *, actor: str, verified: bool, reason: str
    ) -> None:
        """Write the next version and the audit's line, in one transaction."""
        with writing(self._engine) as connection:
            alone(connection)
            before = _held(connection, clinic.number)
            if before is None:
                raise BadInput("number", f"there is no clinic {clinic.number}")
            if before == clinic:  # the same again, after an answer was lost
                return
            if before.version != clinic.version - 1:
                raise Conflict(f"clinic {clinic.number} has changed since it was seen", before)
            connection.execute(text(_NEXT), _row(clinic))
            deeds = [clinic_deed(before, clinic, act, actor, verified, reason)]
            if clinic.state is Session.CANCELLED:
                deeds += _send_back(connection, clinic, actor, verified, reason)
            for deed in deeds:
                self._audit.append(deed, within=connection)
        self._audit.hand_on()


def _send_back(
    connection: Connection, clinic: Clinic, actor: str, verified: bool, reason: str
) -> list[Deed]:
    """Let what stood on the agenda of a clinic that was called off wait for another."""
    found = connection.execute(text(_AGENDA), {"clinic": clinic.number}).all()
    deeds = []
    for waiting in (dispute_of(row.body) for row in found):
        asked = dispute_actions.Asked(reason=reason)
        table = dispute_actions.Table(clinic.changed_at, actor, lambda _code: False)
        after: Dispute = dispute_actions.done(waiting, Act.PUT_OFF, asked, table)
        line = DisputeLine(
            after.version, after.changed_at, actor, verified, Act.PUT_OFF, clinic.number, reason
        )
        deed = write_dispute(connection, after, line)
        deeds += [] if deed is None else [deed]
    return deeds


def _held(connection: Connection, number: str) -> Clinic | None:
    found = connection.execute(text(_ONE), {"number": number}).scalar()
    return None if found is None else clinic_of(found)


def _keyed(connection: Connection, key: str) -> Clinic | None:
    if not key:
        return None
    newest = connection.execute(text(_NEWEST), {"most": MOST_REPEATED}).scalars()
    return next((one for one in map(clinic_of, newest) if one.key == key), None)


def _row(clinic: Clinic) -> dict[str, Any]:
    return {
        "number": clinic.number, "version": clinic.version, "state": clinic.state.value,
        "at_us": us_of(clinic.at), "body": body_of(clinic),
    }  # fmt: skip


_ONE = "SELECT body FROM clinics WHERE number = :number"
_LAST = "SELECT id, number FROM clinics ORDER BY id DESC LIMIT 1"
_NEWEST = "SELECT body FROM clinics ORDER BY id DESC LIMIT :most"
_COMING = f"SELECT body FROM clinics WHERE state = '{Session.PLANNED}' ORDER BY at_us LIMIT :most"  # noqa: S608
_PAST = (
    f"SELECT body FROM clinics WHERE state IN ('{Session.HELD}', '{Session.CANCELLED}')"  # noqa: S608
    " ORDER BY at_us DESC LIMIT :most"
)
_NEW = (
    "INSERT INTO clinics (id, number, version, state, at_us, body)"
    " VALUES (:id, :number, :version, :state, :at_us, :body)"
)
_NEXT = (
    "UPDATE clinics SET version = :version, state = :state, at_us = :at_us, body = :body"
    " WHERE number = :number"
)
_AGENDA = f"SELECT body FROM disputes WHERE clinic = :clinic AND state = '{State.SCHEDULED}'"  # noqa: S608
