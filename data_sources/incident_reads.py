"""Reads of incidents in SQL: one of them whole, what changed, the board."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, text

from data_sources.database import reading
from data_sources.incident_rows import head_of, line_of, part_of
from operations.response.incident import Changes, Incident, Kind, Line, Part, Whole
from operations.response.ports_incident import Identity, Joined, Row
from operations.response.standing import Due

BY_CLUSTER = "cluster"
"""Who let a ticket join where nobody did: it came to the incident's cluster."""


class IncidentReads:
    """The reads of `operations.response.ports_incident.IncidentBook`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def done(self, incident: str, key: str) -> Line | None:
        """Give the line of an act that is written already."""
        with reading(self._engine) as connection:
            return line_by_key(connection, incident, key)

    def whole(self, incident: str) -> Whole | None:
        """Give an incident with all its parts, as one moment held them."""
        with reading(self._engine) as connection:
            head = find_head(connection, incident)
            if head is None:
                return None
            rows = connection.execute(text(_PARTS), {"incident": incident}).all()
        return Whole(head, {(Kind(row.kind), row.number): part_of(row) for row in rows})

    def part(self, incident: str, kind: Kind, number: int) -> Part | None:
        """Give one part."""
        asked = {"incident": incident, "kind": kind.value, "number": number}
        with reading(self._engine) as connection:
            row = connection.execute(text(_ONE_PART), asked).one_or_none()
        return None if row is None else part_of(row)

    def head(self, incident: str) -> Incident | None:
        """Give the head of an incident."""
        with reading(self._engine) as connection:
            return find_head(connection, incident)

    def numbered(self, number: str) -> Incident | None:
        """Give the head of the incident that has a number."""
        with reading(self._engine) as connection:
            row = connection.execute(text(_NUMBERED), {"number": number}).one_or_none()
        return None if row is None else head_of(row)

    def parties(self, incident: str) -> tuple[str, ...]:
        """Give the codes of those that lead or were called to it."""
        with reading(self._engine) as connection:
            head = find_head(connection, incident)
            return () if head is None else parties_of(connection, [head])[incident]

    def changes(self, incident: str, since: int, *, most: int) -> Changes | None:
        """Give what changed behind a `seq`: parts, and the newest `most` lines, oldest first."""
        asked = {"incident": incident, "since": since, "most": most + 1}
        with reading(self._engine) as connection:
            head = find_head(connection, incident)
            if head is None:
                return None
            parts = connection.execute(text(_PARTS_SINCE), asked).all()
            lines = connection.execute(text(_LINES_SINCE), asked).all()
        shown = [line_of(row) for row in lines[:most]][::-1]
        return Changes(head, [part_of(row) for row in parts], shown, len(lines) <= most)

    def lines(self, incident: str, *, before: int, most: int) -> list[Line]:
        """Give the lines before a `seq`, the newest first."""
        asked = {"incident": incident, "before": before, "most": most}
        with reading(self._engine) as connection:
            return [line_of(row) for row in connection.execute(text(_LINES_BEFORE), asked)]

    def line(self, incident: str, seq: int) -> Line | None:
        """Give one line."""
        asked = {"incident": incident, "seq": seq}
        with reading(self._engine) as connection:
            row = connection.execute(text(_LINE), asked).one_or_none()
        return None if row is None else line_of(row)

    def board(
        self, now_us: int, *, living: bool, most: int, behind: Incident | None = None
    ) -> list[Row]:
        """Give the incidents somebody is at work on, or the others, the newest first."""
        last = {"opened": 2**62, "id": ""}
        if behind is not None:
            last = {"opened": behind.opened_us, "id": behind.id}
        with reading(self._engine) as connection:
            statement = text(_LIVING if living else _ENDED)
            found = connection.execute(statement, {"most": most, **last}).all()
            heads = [head_of(row) for row in found]
            if not heads:
                return []
            parties = parties_of(connection, heads)
            asked = {"ids": [head.id for head in heads], "now": now_us}
            due: dict[str, list[Any]] = {head.id: [] for head in heads}
            for row in connection.execute(_DUE, asked):
                due[row.incident_id].append(row)
        return [
            Row(
                head, parties[head.id], row.tickets,
                min((Due(one.next_us, one.kind) for one in due[head.id] if one.next_us is not None),
                    default=None),
                sum(one.overdue for one in due[head.id]),
            )
            for head, row in zip(heads, found, strict=True)
        ]  # fmt: skip

    def seqs(self, incidents: Sequence[str]) -> dict[str, int]:
        """Tell how far each of some incidents has come."""
        if not incidents:
            return {}
        with reading(self._engine) as connection:
            found = connection.execute(_SEQS, {"ids": list(incidents)}).all()
        return {row.id: row.seq for row in found}

    def of_cluster(self, cluster: str) -> Incident | None:
        """Find the incident somebody is at work on for a cluster; never an exercise."""
        with reading(self._engine) as connection:
            return find_of_cluster(connection, cluster)

    def following(self) -> dict[str, str]:
        """Give the clusters whose tickets join an incident by themselves, and which one."""
        with reading(self._engine) as connection:
            return {row.cluster: row.id for row in connection.execute(text(_FOLLOWING))}

    def of_ticket(self, ticket: Identity) -> list[Incident]:
        """Give the incidents a ticket is in, the newest first."""
        asked = {"source": ticket[0], "external_id": ticket[1]}
        with reading(self._engine) as connection:
            return [head_of(row) for row in connection.execute(text(_OF_TICKET), asked)]

    def tickets(self, incident: str, *, most: int) -> list[Joined]:
        """Give the tickets of an incident, the last to join first."""
        asked = {"incident": incident, "most": most}
        with reading(self._engine) as connection:
            found = connection.execute(text(_TICKETS), asked).all()
        return [
            Joined((row.source, row.external_id), row.joined_us, row.joined_by, bool(row.out),
                   row.why)
            for row in found
        ]  # fmt: skip

    def count_tickets(self, incident: str) -> int:
        """Count the tickets of an incident."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_COUNTED), {"incident": incident}).scalar()
        return int(found or 0)


def find_head(connection: Connection, incident: str) -> Incident | None:
    """Find a head."""
    if "\0" in incident:  # PostgreSQL has no place for it
        return None
    row = connection.execute(text(_HEAD), {"incident": incident}).one_or_none()
    return None if row is None else head_of(row)


def find_of_cluster(connection: Connection, cluster: str | None) -> Incident | None:
    """Find the incident somebody is at work on for a cluster."""
    row = connection.execute(text(_OF_CLUSTER), {"cluster": cluster}).one_or_none()
    return None if row is None else head_of(row)


def line_by_key(connection: Connection, incident: str, key: str) -> Line | None:
    """Find the line of an act by its key."""
    asked = {"incident": incident, "key": key}
    row = connection.execute(text(_BY_KEY), asked).one_or_none()
    return None if row is None else line_of(row)


def ticket_id(connection: Connection, ticket: Identity) -> int | None:
    """Find a ticket's own number."""
    asked = {"source": ticket[0], "external_id": ticket[1]}
    return connection.execute(text(_TICKET), asked).scalar_one_or_none()


def parties_of(connection: Connection, heads: Sequence[Incident]) -> dict[str, tuple[str, ...]]:
    """Give who leads each of them, then who was called to it."""
    found: dict[str, dict[str, None]] = {head.id: {head.lead: None} for head in heads}
    rows: Any = connection.execute(_PARTIES, {"ids": list(found)})
    for row in rows:
        found[row.incident_id][part_of(row).body["code"]] = None
    return {incident: tuple(codes) for incident, codes in found.items()}


HEAD_COLUMNS = "body, seq, reported_us, cluster, tickets"
_HEADS = f"SELECT {HEAD_COLUMNS} FROM incidents"  # noqa: S608
_HEAD = f"{_HEADS} WHERE id = :incident"
_NUMBERED = f"{_HEADS} WHERE number = :number"
_OF_CLUSTER = f"{_HEADS} WHERE cluster = :cluster AND closed_us IS NULL AND NOT exercise"
_PART_COLUMNS = "SELECT incident_id, kind, number, version, seq, due_us, body FROM incident_parts"
_PARTS = f"{_PART_COLUMNS} WHERE incident_id = :incident ORDER BY kind, number"
_ONE_PART = f"{_PART_COLUMNS} WHERE incident_id = :incident AND kind = :kind AND number = :number"
_PARTS_SINCE = f"{_PART_COLUMNS} WHERE incident_id = :incident AND seq > :since ORDER BY seq"
_PARTIES = text(
    f"{_PART_COLUMNS} WHERE incident_id IN :ids AND kind = 'party' ORDER BY incident_id, number"
).bindparams(bindparam("ids", expanding=True))
_LINE_COLUMNS = (
    "SELECT seq, key, at_us, typed_us, actor, verified, act, kind, number, detail, reason"
    " FROM incident_lines WHERE incident_id = :incident"
)
_BY_KEY = f"{_LINE_COLUMNS} AND key = :key"
_LINE = f"{_LINE_COLUMNS} AND seq = :seq"
_LINES_SINCE = f"{_LINE_COLUMNS} AND seq > :since ORDER BY seq DESC LIMIT :most"
_LINES_BEFORE = f"{_LINE_COLUMNS} AND seq < :before ORDER BY seq DESC LIMIT :most"
_BEHIND = (
    " AND opened_us <= :opened AND (opened_us < :opened OR id > :id)"
    " ORDER BY opened_us DESC, id LIMIT :most"
)
_LIVING = f"{_HEADS} WHERE closed_us IS NULL{_BEHIND}"
_ENDED = f"{_HEADS} WHERE closed_us IS NOT NULL{_BEHIND}"
_DUE = text(
    "SELECT incident_id, kind, MIN(CASE WHEN due_us >= :now THEN due_us END) AS next_us,"
    " SUM(CASE WHEN due_us < :now THEN 1 ELSE 0 END) AS overdue FROM incident_parts"
    " WHERE due_us IS NOT NULL AND incident_id IN :ids GROUP BY incident_id, kind"
).bindparams(bindparam("ids", expanding=True))
_SEQS = text("SELECT id, seq FROM incidents WHERE id IN :ids").bindparams(
    bindparam("ids", expanding=True)
)
_FOLLOWING = (
    "SELECT cluster, id FROM incidents"
    " WHERE cluster IS NOT NULL AND closed_us IS NULL AND NOT exercise"
)
_TICKETS = (
    "SELECT source, external_id, joined_us, joined_by, out, why FROM incident_tickets"
    " JOIN tickets ON tickets.id = ticket_id WHERE incident_id = :incident"
    " ORDER BY joined_us DESC, ticket_id DESC LIMIT :most"
)
_OF_TICKET = (
    f"{_HEADS} WHERE id IN (SELECT incident_id FROM incident_tickets JOIN tickets"  # noqa: S608
    " ON tickets.id = ticket_id WHERE source = :source AND external_id = :external_id AND NOT out)"
    " ORDER BY opened_us DESC, id"
)
_COUNTED = "SELECT tickets FROM incidents WHERE id = :incident"
_TICKET = "SELECT id FROM tickets WHERE source = :source AND external_id = :external_id"
