"""Campaigns in SQL: every act with its line and the audit's in one transaction, days kept once."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import orjson
from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, bindparam, text

from data_sources.audit_log import SqlAudit
from data_sources.database import reading, writing
from data_sources.dispute_rows import next_number, refuse_other, ticket_number
from data_sources.rows import time_of, us_of
from operations.errors import BadInput, Conflict
from operations.people.audit import Deed
from operations.people.ports import Audit
from operations.pulse.local_days import day_number, day_of_number
from operations.response.burndown import CampaignDay
from operations.response.campaign import Act, Campaign, CampaignLine, State
from operations.response.ports_campaign import CampaignPage

PREFIX = "GJ"
CAMPAIGN_LOCK = 12345_10
"""PostgreSQL: one writer of campaigns at a time, so that numbers have no gap."""

_CAMPAIGN = TypeAdapter(Campaign)


class SqlCampaignBook:
    """`ports_campaign.CampaignBook` on SQLite or PostgreSQL; `migrate` must have run before."""

    def __init__(self, engine: Engine, audit: Audit | None = None) -> None:
        self._engine = engine
        self._audit = audit or SqlAudit(engine)

    def campaign(self, number: str) -> Campaign | None:
        """Give a campaign."""
        with reading(self._engine) as connection:
            found = _held(connection, number)
        return None if found is None else found[1]

    def lines(self, number: str) -> list[CampaignLine]:
        """Give what was done to a campaign, oldest first."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_LINES), {"number": number}).all()
        return [
            CampaignLine(
                version=row.version, at=time_of(row.at_us), actor=row.actor,
                verified=bool(row.verified), act=Act(row.act), detail=row.detail,
                reason=row.reason, key=row.key,
            )
            for row in found
        ]  # fmt: skip

    def listed(
        self, states: Collection[State], *, most: int, after: int | None = None
    ) -> CampaignPage:
        """Give campaigns in such states, the newest first, from a place on."""
        place = after or 2**62
        asked = {"states": [one.value for one in states], "after": place, "most": most + 1}
        with reading(self._engine) as connection:
            found = connection.execute(_LISTED, asked).all()
        rows = [_CAMPAIGN.validate_json(row.body) for row in found[:most]]
        return CampaignPage(rows, found[most - 1].id if len(found) > most else None)

    def begin(self, campaign: Campaign, line: CampaignLine, year: int) -> Campaign:
        """Write a new campaign; gives it with its number, the next of the year."""
        with writing(self._engine) as connection:
            _alone(connection)
            there = connection.execute(text(_BY_KEY), {"key": line.key}).one_or_none()
            if there is not None:  # the same again, after an answer was lost
                refuse_other(there, Act.PLAN)
                return _CAMPAIGN.validate_json(there.body)
            row, number = next_number(connection, _LAST, PREFIX, year)
            made = replace(campaign, number=number)
            connection.execute(text(_NEW), _row(row, made))
            for one in made.scope.tickets:
                ticket_number(connection, one)  # it has to be there
            self._append(connection, row, None, made, line)
        self._audit.hand_on()
        return made

    def act(self, campaign: Campaign, line: CampaignLine) -> Campaign:
        """Write the next version, its line and the audit's, in one transaction."""
        with writing(self._engine) as connection:
            _alone(connection)
            found = _held(connection, campaign.number)
            if found is None:
                raise BadInput("number", f"there is no campaign {campaign.number}")
            row, before = found
            there = connection.execute(text(_BY_KEY), {"key": line.key}).one_or_none()
            if there is not None:
                refuse_other(there, line.act, campaign.number)
                return before
            if before.version != campaign.version - 1:
                told = f"campaign {campaign.number} has changed since it was seen"
                raise Conflict(told, before)
            connection.execute(text(_NEXT), _row(row, campaign))
            self._append(connection, row, before, campaign, line)
        self._audit.hand_on()
        return campaign

    def days(self, number: str) -> list[CampaignDay]:
        """Give the days that were counted, oldest first."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_DAYS), {"number": number}).all()
        return [
            CampaignDay(
                day_of_number(row.day), row.open, row.opened, row.closed, row.answers, row.solved
            )
            for row in found
        ]

    def keep_days(self, number: str, days: Sequence[CampaignDay]) -> None:
        """Keep days that are over; one that is kept already stays as it is."""
        if not days:
            return
        with writing(self._engine) as connection:
            found = _held(connection, number)
            for one in days if found is not None else ():
                row = {
                    "campaign": found[0] if found else 0, "day": day_number(one.day),
                    "open": one.open, "opened": one.opened, "closed": one.closed,
                    "answers": one.answers, "solved": one.solved,
                }  # fmt: skip
                connection.execute(text(_KEEP), row)

    def _append(
        self, connection: Connection, row: int, before: Campaign | None, after: Campaign,
        line: CampaignLine,
    ) -> None:  # fmt: skip
        kept = {
            "campaign": row, "version": line.version, "at_us": us_of(line.at),
            "actor": line.actor, "verified": line.verified, "act": line.act.value,
            "detail": line.detail, "reason": line.reason, "key": line.key,
        }  # fmt: skip
        connection.execute(text(_APPEND), kept)
        deed = Deed(
            at_us=us_of(line.at), actor=line.actor, verified=line.verified,
            act=f"campaign.{line.act}", subject=after.number,
            before="" if before is None else _in_words(before),
            after=" · ".join(filter(None, (_in_words(after), line.detail))), reason=line.reason,
        )  # fmt: skip
        self._audit.append(deed, within=connection)


def _alone(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # on SQLite there is one writer anyway
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({CAMPAIGN_LOCK})")


def _held(connection: Connection, number: str) -> tuple[int, Campaign] | None:
    found = connection.execute(text(_ONE), {"number": number}).one_or_none()
    return None if found is None else (found.id, _CAMPAIGN.validate_json(found.body))


def _row(row: int, campaign: Campaign) -> dict[str, Any]:
    return {
        "id": row, "number": campaign.number, "version": campaign.version,
        "state": campaign.state.value, "body": orjson.dumps(campaign).decode(),
    }  # fmt: skip


def _in_words(campaign: Campaign) -> str:
    open_n = sum(one.is_open for one in campaign.measures)
    return f"v{campaign.version} · {campaign.state} · {open_n}/{len(campaign.measures)} to do"


_ONE = "SELECT id, body FROM campaigns WHERE number = :number"
_LAST = "SELECT id, number FROM campaigns ORDER BY id DESC LIMIT 1"
_BY_KEY = (
    "SELECT number, act, body FROM campaign_lines JOIN campaigns ON id = campaign_id"
    " WHERE key = :key"
)
_LINES = (
    "SELECT campaign_lines.* FROM campaign_lines JOIN campaigns ON id = campaign_id"
    " WHERE number = :number ORDER BY campaign_lines.version"
)
_LISTED = text(
    "SELECT id, body FROM campaigns WHERE state IN :states AND id < :after"
    " ORDER BY id DESC LIMIT :most"
).bindparams(bindparam("states", expanding=True))
_NEW = (
    "INSERT INTO campaigns (id, number, version, state, body)"
    " VALUES (:id, :number, :version, :state, :body)"
)
_NEXT = "UPDATE campaigns SET version = :version, state = :state, body = :body WHERE id = :id"
_APPEND = (
    "INSERT INTO campaign_lines (campaign_id, version, at_us, actor, verified, act, detail,"
    " reason, key) VALUES (:campaign, :version, :at_us, :actor, :verified, :act, :detail,"
    " :reason, :key)"
)
_DAYS = (
    "SELECT campaign_days.* FROM campaign_days JOIN campaigns ON id = campaign_id"
    " WHERE number = :number ORDER BY day"
)
_KEEP = (
    "INSERT INTO campaign_days (campaign_id, day, open, opened, closed, answers, solved)"
    " VALUES (:campaign, :day, :open, :opened, :closed, :answers, :solved)"
    " ON CONFLICT DO NOTHING"
)
