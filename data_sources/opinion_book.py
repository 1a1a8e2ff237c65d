"""Final opinions in SQL: signed, bound to their tickets and told to the audit log at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, text

from data_sources.audit_log import SqlAudit
from data_sources.database import reading, writing_alone
from data_sources.dispute_book import held, write_dispute
from data_sources.dispute_rows import alone, body_of, next_number, opinion_of, ticket_number
from data_sources.handling_book import write_decision
from data_sources.handling_rows import handling_of
from data_sources.rows import ticket_of, time_of, us_of
from data_sources.tables import CONTENT
from operations.people.audit import Deed
from operations.people.ports import Audit
from operations.response.deeds import opinion_deed
from operations.response.dispute import Dispute, DisputeLine
from operations.response.opinion import Opinion
from operations.tickets.handling import UNTOUCHED, HandlingAct, HandlingLine
from operations.tickets.ruling import Attempt, ruling_of

PREFIX = "MZ"


class SqlOpinionBook:
    """`response.ports.OpinionBook` on SQLite or PostgreSQL; `migrate` must have run before."""

    def __init__(self, engine: Engine, audit: Audit | None = None) -> None:
        self._engine = engine
        self._audit = audit or SqlAudit(engine)

    def opinion(self, number: str) -> Opinion | None:
        """Give an opinion."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_ONE), {"number": number}).scalar()
        return None if found is None else opinion_of(found)

    def opinions(self, *, most: int) -> list[Opinion]:
        """Give the newest opinions."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_NEWEST), {"most": most}).all()
        return [opinion_of(row.body) for row in found]

    def sign(self, opinion: Opinion, dispute: Dispute, line: DisputeLine, year: int) -> Opinion:
        """Write an opinion and bind its tickets, in one transaction; gives it with its number."""
        with writing_alone(self._engine) as connection:
            alone(connection)
            written = self._written(connection, opinion, dispute)
            if written is not None:
                return written
            row, number = next_number(connection, _LAST, PREFIX, year)
            tickets = [ticket_number(connection, one) for one in opinion.tickets]
            bound = connection.execute(_BOUND, {"tickets": tickets}).scalar()
            made = replace(opinion, number=number, replaces=bound)
            connection.execute(text(_NEW), _row(row, made))
            ruled = replace(dispute, opinion=number)
            deeds = [write_dispute(connection, ruled, replace(line, detail=number))]
            deeds += [_bind(connection, one, row, made) for one in tickets]
            for deed in filter(None, [opinion_deed(made), *deeds]):
                self._audit.append(deed, within=connection)
        self._audit.hand_on()
        return made

    @staticmethod
    def _written(connection: Connection, opinion: Opinion, dispute: Dispute) -> Opinion | None:
        """Give what is written already, where the same is signed again after a lost answer."""
        found = held(connection, dispute.number)
        if found is None or found[1].version != dispute.version or found[1].opinion is None:
            return None
        there = opinion_of(
            connection.execute(text(_ONE), {"number": found[1].opinion}).scalar_one()
        )
        same = replace(opinion, number=there.number, replaces=there.replaces) == there
        return there if same else None

    def attempts(self, *, most: int) -> Sequence[Attempt]:
        """Give what was asked last against opinions."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_ATTEMPTS), {"most": most}).all()
        return [
            Attempt(
                (row.source, row.external_id), row.opinion, row.lead, row.asked,
                time_of(row.at_us), row.reason,
            )
            for row in found
        ]  # fmt: skip

    def count_attempts(self, since: datetime) -> int:
        """Count what was asked against opinions from a moment on."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_COUNT), {"since": us_of(since)})
            return int(found.scalar_one())


def _bind(connection: Connection, ticket: int, row: int, opinion: Opinion) -> Deed:
    """Bind a ticket: its lock, and the ruling among the decisions on it."""
    if not connection.execute(text(_NEWER), {"ticket": ticket, "opinion": row}).rowcount:
        connection.execute(text(_LOCK), {"ticket": ticket, "opinion": row})
    *content, body = connection.execute(text(_HELD), {"ticket": ticket}).one()
    one = ticket_of(tuple(content))
    before = UNTOUCHED if body is None else handling_of(body)
    at = max(opinion.signed_at, before.changed_at or opinion.signed_at)
    ruling = ruling_of(
        one, before.ruling, opinion=opinion.number, lead=opinion.lead,
        cooperating=opinion.cooperating, at=at, due_at=opinion.due_at,
    )  # fmt: skip
    after = replace(before, version=before.version + 1, changed_at=at, ruling=ruling)
    line = HandlingLine(
        after.version, at, opinion.signed_by, opinion.verified, HandlingAct.RULE,
        f"{opinion.number}\n{opinion.lead}", "",
    )  # fmt: skip
    return write_decision(connection, ticket, one.identity, before, after, line)


def _row(row: int, opinion: Opinion) -> dict[str, Any]:
    return {
        "id": row, "number": opinion.number, "dispute": opinion.dispute, "lead": opinion.lead,
        "signed_us": us_of(opinion.signed_at), "body": body_of(opinion),
    }  # fmt: skip


_ONE = "SELECT body FROM opinions WHERE number = :number"
_LAST = "SELECT id, number FROM opinions ORDER BY id DESC LIMIT 1"
_NEWEST = "SELECT body FROM opinions ORDER BY id DESC LIMIT :most"
_NEW = (
    "INSERT INTO opinions (id, number, dispute, lead, signed_us, body)"
    " VALUES (:id, :number, :dispute, :lead, :signed_us, :body)"
)
_BOUND = text(
    "SELECT number FROM locks JOIN opinions ON opinions.id = opinion_id"
    " WHERE ticket_id IN :tickets ORDER BY opinions.id DESC LIMIT 1"
).bindparams(bindparam("tickets", expanding=True))
_NEWER = "UPDATE locks SET opinion_id = :opinion WHERE ticket_id = :ticket"
_LOCK = "INSERT INTO locks (ticket_id, opinion_id) VALUES (:ticket, :opinion)"
_HELD = (
    f"SELECT {', '.join(CONTENT)}, body FROM tickets LEFT JOIN handling ON ticket_id = id"  # noqa: S608
    " WHERE id = :ticket"
)
_ATTEMPTS = (
    "SELECT source, external_id, opinion, lead, asked, at_us, reason FROM lock_attempts"
    " JOIN tickets ON tickets.id = ticket_id ORDER BY lock_attempts.id DESC LIMIT :most"
)
_COUNT = "SELECT count(*) FROM lock_attempts WHERE at_us >= :since"
