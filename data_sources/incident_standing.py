"""Reads of how the open incidents stand: what changed alone is read again."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, text

from data_sources.database import reading
from data_sources.incident_reads import IncidentReads, parties_of
from data_sources.incident_rows import head_of
from operations.response.standing import Brief, Due


class IncidentStanding(IncidentReads):
    """The reads of `ports_incident.IncidentBook` that the city's screens rest on."""

    def standing(self, *, most: int) -> list[tuple[str, int]]:
        """Give the open incidents and how far each has come, in the order of `gravity`."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_STANDING), {"most": most})
            return [(row.id, row.seq) for row in found]

    def briefs(self, incidents: Sequence[str]) -> list[Brief]:
        """Give some incidents in brief, in no order."""
        if not incidents:
            return []
        asked = {"ids": list(incidents)}
        with reading(self._engine) as connection:
            rows = connection.execute(_HEADS, asked).all()
            heads = [head_of(row) for row in rows]
            parties, dues = parties_of(connection, heads), _dues(connection, asked)
        return [
            Brief(head, parties[head.id], row.tickets, tuple(dues.get(head.id, ())))
            for head, row in zip(heads, rows, strict=True)
        ]


def _dues(connection: Connection, asked: dict[str, Any]) -> dict[str, list[Due]]:
    found: dict[str, list[Due]] = {}
    for row in connection.execute(_DUES, asked):
        found.setdefault(row.incident_id, []).append(Due(row.due_us, row.kind))
    return found


_STANDING = (
    "SELECT id, seq FROM incidents WHERE closed_us IS NULL"
    " ORDER BY exercise, severity, opened_us, id LIMIT :most"
)
_HEADS = text(
    "SELECT body, seq, reported_us, cluster, tickets FROM incidents WHERE id IN :ids"
).bindparams(bindparam("ids", expanding=True))
_DUES = text(
    "SELECT incident_id, due_us, kind FROM incident_parts"
    " WHERE due_us IS NOT NULL AND incident_id IN :ids ORDER BY incident_id, due_us, kind"
).bindparams(bindparam("ids", expanding=True))
