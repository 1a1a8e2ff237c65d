"""The ladders of one incident in SQL, within the transaction of an act on it."""

from typing import Any

from sqlalchemy import Connection, text

from data_sources.incident_rows import part_of
from operations.response.escalation import Cause, Standing, Whom
from operations.response.incident import Kind, Part

COLUMNS = "incident_id, kind, number, cause, occasion_us, since_us, climbed, reached, at_us"


class SqlLadderRows:
    """`escalation_following.LadderRows` of an incident that this transaction has locked."""

    def __init__(self, connection: Connection, incident: str) -> None:
        self._connection, self._incident = connection, incident

    def watched(self) -> list[Part]:
        """Give every part that may have ladders."""
        found = self._connection.execute(text(_WATCHED), {"incident_id": self._incident})
        return [part_of(row) for row in found]

    def standing(self, place: tuple[Kind, int] | None = None) -> list[Standing]:
        """Give the ladders at a part, or all of them."""
        asked: dict[str, object] = {"incident_id": self._incident}
        statement = _ALL
        if place is not None:
            asked |= {"kind": place[0].value, "number": place[1]}
            statement = _AT_PART
        return [standing_of(row) for row in self._connection.execute(text(statement), asked)]

    def fired(self, standing: Standing) -> list[tuple[int, Whom]]:
        """Give the steps that fired on an occasion."""
        found = self._connection.execute(text(_FIRED), row_of(standing))
        return [(row.step, Whom(row.whom)) for row in found]

    def put(self, standing: Standing) -> None:
        """Write a ladder, new or in place of what stands there."""
        self._connection.execute(text(_PUT), row_of(standing))

    def drop(self, standing: Standing) -> None:
        """Take a ladder away."""
        self._connection.execute(text(_DROP), row_of(standing))


def row_of(standing: Standing) -> dict[str, object]:
    """Put a ladder into a row."""
    return {
        "incident_id": standing.incident,
        "kind": standing.kind.value,
        "number": standing.number,
        "cause": standing.cause.value,
        "occasion_us": standing.occasion_us,
        "since_us": standing.since_us,
        "climbed": standing.climbed,
        "reached": standing.reached.value if standing.reached else "",
        "at_us": standing.at_us,
    }


def standing_of(row: Any) -> Standing:
    """Take a ladder out of a row."""
    return Standing(
        incident=row.incident_id,
        kind=Kind(row.kind),
        number=row.number,
        cause=Cause(row.cause),
        occasion_us=row.occasion_us,
        since_us=row.since_us,
        climbed=row.climbed,
        reached=Whom(row.reached) if row.reached else None,
        at_us=row.at_us,
    )


_WATCHED = (
    "SELECT incident_id, kind, number, version, seq, due_us, body FROM incident_parts"
    " WHERE incident_id = :incident_id AND kind IN ('task', 'measure', 'party')"
)
_ALL = f"SELECT {COLUMNS} FROM incident_ladders WHERE incident_id = :incident_id"  # noqa: S608
_AT_PART = f"{_ALL} AND kind = :kind AND number = :number"
_KEY = "incident_id = :incident_id AND kind = :kind AND number = :number AND cause = :cause"
_FIRED = f"SELECT step, whom FROM incident_steps WHERE {_KEY} AND occasion_us = :occasion_us"  # noqa: S608
_PUT = (
    f"INSERT INTO incident_ladders ({COLUMNS}) VALUES (:incident_id, :kind, :number, :cause,"  # noqa: S608
    " :occasion_us, :since_us, :climbed, :reached, :at_us)"
    " ON CONFLICT (incident_id, kind, number, cause) DO UPDATE SET occasion_us = :occasion_us,"
    " since_us = :since_us, climbed = :climbed, reached = :reached, at_us = :at_us"
)
_DROP = f"DELETE FROM incident_ladders WHERE {_KEY}"  # noqa: S608
