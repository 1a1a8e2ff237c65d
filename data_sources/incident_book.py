"""Incidents in SQL: every act with its parts, its line and the audit log's in one transaction."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from data_sources.audit_log import SqlAudit
from data_sources.database import writing
from data_sources.escalation_rows import SqlLadderRows
from data_sources.incident_reads import (
    BY_CLUSTER,
    find_head,
    find_of_cluster,
    line_by_key,
    ticket_id,
)
from data_sources.incident_rows import head_row, line_row, part_of, part_row
from data_sources.incident_standing import IncidentStanding
from operations.errors import BadInput, Conflict
from operations.people.ports import Audit
from operations.response.escalation import Ladders
from operations.response.escalation_following import follow
from operations.response.incident import Change, Incident, Kind, Line, Part, overtaken
from operations.response.incident_deed import incident_deed
from operations.response.ports_incident import Identity, IncidentFiles

NUMBER_LOCK = 12345_5
"""PostgreSQL: one incident is numbered at a time."""

NO_LADDERS = Ladders()
"""What an incident waits for is kept, and nobody is told."""


class SqlIncidentBook(IncidentStanding):
    """`ports_incident.IncidentBook` on SQLite or PostgreSQL; `migrate` must have run before."""

    def __init__(
        self,
        engine: Engine,
        audit: Audit | None = None,
        files: IncidentFiles | None = None,
        ladders: Ladders = NO_LADDERS,
    ) -> None:
        super().__init__(engine)
        self._files, self._ladders = files, ladders
        self._audit = audit or SqlAudit(engine)

    def begin(self, change: Change, tickets: Sequence[Identity], *, year: int) -> Incident:
        """Write a new incident, numbered within its year, with the tickets that are its own."""
        assert change.head is not None
        with writing(self._engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({NUMBER_LOCK})")
            held = find_head(connection, change.head.id)
            if held is not None:  # the same again, after an answer was lost
                return held
            other = None
            if not change.head.exercise:
                other = find_of_cluster(connection, change.head.cluster)
            if other is not None:
                raise Conflict(f"{other.number} is open for this cluster already", other)
            head = replace(change.head, number=_number(connection, change.head, year))
            connection.execute(text(_NEW_HEAD), head_row(head))
            for part in change.parts:
                _write_part(connection, head.id, replace(part, seq=head.seq))
            line = replace(change.line, seq=head.seq)
            connection.execute(text(APPEND), line_row(head.id, line))
            _join(connection, head.id, tickets, change.line.actor, line.at_us)
            follow(SqlLadderRows(connection, head.id), self._ladders, None, head, ())
            deed = incident_deed(None, head, change.parts, line)
            self._audit.append(deed, within=connection)
        self._audit.hand_on()
        return head

    def act(self, incident: str, change: Change) -> Line:
        """Write a change; give its line as it is kept."""
        with writing(self._engine) as connection:
            held = locked(connection, incident)
            kept = line_by_key(connection, incident, change.line.key)
            if kept is not None:
                return kept
            line = self._written(connection, held, change)
        self._audit.hand_on()
        return line

    def _written(self, connection: Connection, held: Incident, change: Change) -> Line:
        """Write the parts of a change and its line under the next `seq`."""
        incident, seq = held.id, held.seq + 1
        change.refuse_overtaken(held)
        if change.head is not None:
            _set_head(connection, held, change.head)
        parts = tuple(
            _write_part(connection, incident, replace(part, seq=seq)) for part in change.parts
        )
        self._keep_files(connection, incident, change)
        number = parts[0].number if parts and change.line.kind else change.line.number
        line = replace(change.line, seq=seq, number=number)
        connection.execute(text(APPEND), line_row(incident, line))
        reports = [part for part in parts if part.kind is Kind.REPORT]
        grown = {"id": incident, "seq": seq, "reported": line.at_us if reports else None}
        connection.execute(text(GROW), grown)
        reported_us = line.at_us if reports else held.reported_us
        after = replace(change.head or held, reported_us=reported_us)
        follow(SqlLadderRows(connection, incident), self._ladders, held, after, parts)
        deed = incident_deed(held, after, parts, line)
        self._audit.append(deed, within=connection)
        return line

    def _keep_files(self, connection: Connection, incident: str, change: Change) -> None:
        """Keep the bytes that came with a change, and let those go that it takes away."""
        for content in change.kept:
            assert self._files is not None
            self._files.keep(incident, content, within=connection)
        for digest in change.dropped:
            assert self._files is not None
            self._files.drop(incident, digest, within=connection)

    def join(self, incident: str, tickets: Sequence[Identity], *, by: str, at_us: int) -> int:
        """Let tickets join; give how many did. What was taken out or is unknown does not."""
        if not tickets:
            return 0
        with writing(self._engine) as connection:
            held = locked(connection, incident)
            joined = _join(connection, incident, tickets, by, at_us)
            if joined:
                _note(connection, held, "join", str(joined), at_us)
        return joined

    def follow(self, incident: str, cluster: str, *, at_us: int) -> None:
        """Let an incident follow the cluster that its own has merged into."""
        with writing(self._engine) as connection:
            held = locked(connection, incident)
            if held.cluster == cluster or find_of_cluster(connection, cluster) is not None:
                return
            connection.execute(text(_FOLLOW), {"id": incident, "cluster": cluster})
            _note(connection, held, "follow", cluster, at_us)

    def take_in(self, incident: str, ticket: Identity, change: Change) -> Line:
        """Let a ticket in by hand, also one that was taken out."""
        with writing(self._engine) as connection:
            held = locked(connection, incident)
            kept = line_by_key(connection, incident, change.line.key)
            if kept is not None:
                return kept
            number = ticket_id(connection, ticket)
            if number is None:
                raise BadInput("ticket", "there is no such ticket")
            asked = {"id": incident, "ticket": number, "by": change.line.actor}
            if not connection.execute(text(_BACK), asked | {"at": change.line.at_us}).rowcount:
                raise BadInput("ticket", "it is in this incident already")
            connection.execute(text(_COUNT), {"id": incident, "more": 1})
            line = self._written(connection, held, change)
        self._audit.hand_on()
        return line

    def take_out(self, incident: str, ticket: Identity, change: Change) -> Line:
        """Take a ticket out for good."""
        with writing(self._engine) as connection:
            held = locked(connection, incident)
            kept = line_by_key(connection, incident, change.line.key)
            if kept is not None:
                return kept
            asked = {"id": incident, "ticket": ticket_id(connection, ticket)}
            out = {**asked, "why": change.line.reason}
            if not connection.execute(text(_TAKE_OUT), out).rowcount:
                raise BadInput("ticket", "it is not in this incident")
            connection.execute(text(_COUNT), {"id": incident, "more": -1})
            line = self._written(connection, held, change)
        self._audit.hand_on()
        return line


def locked(connection: Connection, incident: str) -> Incident:
    """Give a head as it is held; every other writer of this incident waits from here on."""
    connection.execute(text(_LOCK), {"id": incident})
    held = find_head(connection, incident)
    if held is None:
        raise Conflict(f"incident {incident} is not there", None)
    return held


def _number(connection: Connection, head: Incident, year: int) -> str:
    """Give the next number of a year: 事件, or 演练 for an exercise."""
    prefix = f"{'YL' if head.exercise else 'SJ'}-{year}-"
    given = connection.execute(text(_GIVEN), {"prefix": f"{prefix}%"}).scalar_one()
    return f"{prefix}{given + 1:04d}"


def _set_head(connection: Connection, held: Incident, head: Incident) -> None:
    """Write the next version of a head, by compare and set."""
    row = head_row(head)
    try:
        with connection.begin_nested():
            written = connection.execute(text(_NEXT_HEAD), row).rowcount
    except IntegrityError as error:  # opened again while another is open for the same cluster
        raise overtaken(held.id, find_of_cluster(connection, held.cluster)) from error
    if not written:
        raise overtaken(held.id, held)


def _write_part(connection: Connection, incident: str, part: Part) -> Part:
    """Write a new part, or the next version of one, by compare and set; give it numbered."""
    if part.number == 0:
        asked = {"incident": incident, "kind": part.kind.value}
        last = connection.execute(text(_LAST), asked).scalar_one()
        part = replace(part, number=(last or 0) + 1)
    statement = _NEW_PART if part.version == 1 else _NEXT_PART
    if not connection.execute(text(statement), part_row(incident, part)).rowcount:
        asked = part_row(incident, part)
        found = connection.execute(text(_PART), asked).one_or_none()
        raise overtaken(incident, None if found is None else part_of(found))
    return part


def _join(
    connection: Connection, incident: str, tickets: Sequence[Identity], by: str, at_us: int
) -> int:
    """Let tickets in that are there and never were in it; give how many."""
    joined = 0
    for source, external_id in dict.fromkeys(tickets):
        row = {"id": incident, "source": source, "external_id": external_id, "at": at_us, "by": by}
        joined += connection.execute(text(_JOIN), row).rowcount
    if joined:
        connection.execute(text(_COUNT), {"id": incident, "more": joined})
    return joined


def _note(connection: Connection, held: Incident, act: str, detail: str, at_us: int) -> None:
    """Write a line about what nobody did: it is no deed, and the audit log has none of it."""
    seq = held.seq + 1
    line = Line(
        at_us=at_us, actor=BY_CLUSTER, verified=False, act=act, key=f"{act}{seq}", seq=seq,
        detail=detail,
    )  # fmt: skip
    connection.execute(text(APPEND), line_row(held.id, line))
    connection.execute(text(GROW), {"id": held.id, "seq": seq, "reported": None})


_LOCK = "UPDATE incidents SET seq = seq WHERE id = :id"
_GIVEN = "SELECT COUNT(*) FROM incidents WHERE number LIKE :prefix"
_NEW_HEAD = (
    "INSERT INTO incidents (id, number, version, seq, state, severity, exercise, lead, category,"
    " district, cluster, opened_us, closed_us, reported_us, tickets, body) VALUES (:id, :number,"
    " :version, :seq, :state, :severity, :exercise, :lead, :category, :district, :cluster,"
    " :opened_us, :closed_us, :reported_us, :tickets, :body)"
)
_NEXT_HEAD = (
    "UPDATE incidents SET version = :version, state = :state, severity = :severity, lead = :lead,"
    " category = :category, closed_us = :closed_us, body = :body"
    " WHERE id = :id AND version = :version - 1"
)
GROW = (
    "UPDATE incidents SET seq = :seq, reported_us = COALESCE(:reported, reported_us) WHERE id = :id"
)
_FOLLOW = "UPDATE incidents SET cluster = :cluster WHERE id = :id"
_COUNT = "UPDATE incidents SET tickets = tickets + :more WHERE id = :id"
_LAST = "SELECT MAX(number) FROM incident_parts WHERE incident_id = :incident AND kind = :kind"
_PART = (
    "SELECT incident_id, kind, number, version, seq, due_us, body FROM incident_parts"
    " WHERE incident_id = :incident_id AND kind = :kind AND number = :number"
)
_NEW_PART = (
    "INSERT INTO incident_parts (incident_id, kind, number, version, seq, due_us, body)"
    " VALUES (:incident_id, :kind, :number, :version, :seq, :due_us, :body)"
    " ON CONFLICT (incident_id, kind, number) DO NOTHING"
)
_NEXT_PART = (
    "UPDATE incident_parts SET version = :version, seq = :seq, due_us = :due_us, body = :body"
    " WHERE incident_id = :incident_id AND kind = :kind AND number = :number"
    " AND version = :version - 1"
)
APPEND = (
    "INSERT INTO incident_lines (incident_id, seq, key, at_us, typed_us, actor, verified, act,"
    " kind, number, detail, reason) VALUES (:incident_id, :seq, :key, :at_us, :typed_us, :actor,"
    " :verified, :act, :kind, :number, :detail, :reason)"
)
_JOIN = (
    "INSERT INTO incident_tickets (incident_id, ticket_id, joined_us, joined_by, out, why)"
    " SELECT :id, tickets.id, :at, :by, FALSE, '' FROM tickets"
    " WHERE source = :source AND external_id = :external_id"
    " ON CONFLICT (incident_id, ticket_id) DO NOTHING"
)
_BACK = (
    "INSERT INTO incident_tickets (incident_id, ticket_id, joined_us, joined_by, out, why)"
    " VALUES (:id, :ticket, :at, :by, FALSE, '') ON CONFLICT (incident_id, ticket_id)"
    " DO UPDATE SET joined_us = :at, joined_by = :by, out = FALSE, why = ''"
    " WHERE incident_tickets.out"
)
_TAKE_OUT = (
    "UPDATE incident_tickets SET out = TRUE, why = :why"
    " WHERE incident_id = :id AND ticket_id = :ticket AND NOT out"
)
