"""Escalation in SQL: what is due by an index, each step in one transaction."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Engine, bindparam, text

from data_sources.audit_log import SqlAudit
from data_sources.database import reading, writing
from data_sources.escalation_rows import COLUMNS, SqlLadderRows, row_of, standing_of
from data_sources.incident_book import APPEND, GROW, locked
from data_sources.incident_reads import HEAD_COLUMNS
from data_sources.incident_rows import head_of, line_row, part_of
from operations.people.ports import Audit
from operations.response import escalation
from operations.response.escalation import Ladders, Standing, commander_of
from operations.response.escalation_following import follow
from operations.response.incident import Line
from operations.response.incident_deed import incident_deed
from operations.response.ports_escalation import Climbed


class SqlEscalationBook:
    """`ports_escalation.EscalationBook` on SQLite or PostgreSQL; `migrate` must have run before."""

    def __init__(self, engine: Engine, ladders: Ladders, audit: Audit | None = None) -> None:
        self._engine, self._ladders = engine, ladders
        self._audit = audit or SqlAudit(engine)

    def due(self, now_us: int, *, most: int) -> list[Standing]:
        """Give the ladders whose next step is due, the longest due first."""
        asked = {"now": now_us, "most": most}
        with reading(self._engine) as connection:
            return [standing_of(row) for row in connection.execute(text(_DUE), asked)]

    def fire(self, seen: Standing, now_us: int) -> Line | None:
        """Fire the next step of a ladder; None where it is not due any more."""
        with writing(self._engine) as connection:
            head = locked(connection, seen.incident)
            rows = SqlLadderRows(connection, seen.incident)
            if seen not in rows.standing((seen.kind, seen.number)):
                return None  # somebody else was first, or the cause is gone
            roles = [part_of(row) for row in connection.execute(text(_ROLES), {"id": head.id})]
            fired = escalation.fire(seen, self._ladders, head, commander_of(roles), now_us)
            if fired is None:  # the ladders of this start are others
                rows.put(escalation.timed(seen, self._ladders, head.severity))
                return None
            line = replace(escalation.line_of(fired, now_us), seq=head.seq + 1)
            step = {"step": fired.number, "whom": fired.whom.value, "now": now_us, "seq": line.seq}
            if not connection.execute(text(_STEP), row_of(seen) | step).rowcount:
                return None
            rows.put(fired.after)
            connection.execute(text(APPEND), line_row(head.id, line))
            connection.execute(text(GROW), {"id": head.id, "seq": line.seq, "reported": None})
            self._audit.append(incident_deed(head, head, (), line), within=connection)
        self._audit.hand_on()
        return line

    def standing(self, incident: str) -> list[Standing]:
        """Give the ladders of an incident that have climbed."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_CLIMBED), {"incident": incident})
            return [standing_of(row) for row in found]

    def counts(self, incidents: Sequence[str]) -> dict[str, int]:
        """Count, of some incidents, the ladders that have climbed."""
        if not incidents:
            return {}
        with reading(self._engine) as connection:
            found = connection.execute(_COUNTS, {"ids": list(incidents)}).all()
        return {row.incident_id: int(row.climbed) for row in found}

    def for_leaders(self, *, most: int) -> list[Climbed]:
        """Give what has climbed to the leaders; never of an exercise."""
        return self._with_heads(_FOR_LEADERS, {"most": most})

    def for_supervisors(self, *, most: int) -> list[Climbed]:
        """Give what supervisors were told of on its occasion, exercises last."""
        return self._with_heads(_FOR_SUPERVISORS, {"most": most})

    def late_reports(self, now_us: int, *, most: int) -> list[Climbed]:
        """Give the situation reports that are late; never of an exercise."""
        return self._with_heads(_LATE_REPORTS, {"most": most, "now": now_us})

    def _with_heads(self, statement: str, asked: dict[str, int]) -> list[Climbed]:
        with reading(self._engine) as connection:
            found = connection.execute(text(statement), asked).all()
        return [Climbed(head_of(row), standing_of(row)) for row in found]

    def reckon(self, incident: str) -> None:
        """Bring the ladders of one incident to the rules of this start, from its parts."""
        with writing(self._engine) as connection:
            head = locked(connection, incident)
            follow(SqlLadderRows(connection, incident), self._ladders, None, head, ())

    def living(self) -> list[str]:
        """Name the incidents somebody is at work on."""
        with reading(self._engine) as connection:
            return list(connection.execute(text(_LIVING)).scalars())


_DUE = (
    f"SELECT {COLUMNS} FROM incident_ladders WHERE at_us <= :now"  # noqa: S608
    " ORDER BY at_us, incident_id LIMIT :most"
)
_ROLES = (
    "SELECT incident_id, kind, number, version, seq, due_us, body FROM incident_parts"
    " WHERE incident_id = :id AND kind = 'role'"
)
_STEP = (
    "INSERT INTO incident_steps (incident_id, kind, number, cause, occasion_us, step, whom, at_us,"
    " seq) SELECT :incident_id, :kind, :number, :cause, :occasion_us, :step, :whom, :now, :seq"
    " WHERE NOT EXISTS (SELECT 1 FROM incident_steps WHERE incident_id = :incident_id"
    " AND kind = :kind AND number = :number AND cause = :cause AND occasion_us = :occasion_us"
    " AND step = :step)"
    " ON CONFLICT (incident_id, kind, number, cause, occasion_us, step) DO NOTHING"
)
_CLIMBED = (
    f"SELECT {COLUMNS} FROM incident_ladders WHERE incident_id = :incident AND climbed > 0"  # noqa: S608
    " ORDER BY kind, number, cause"
)
_COUNTS = text(
    "SELECT incident_id, COUNT(*) AS climbed FROM incident_ladders"
    " WHERE climbed > 0 AND incident_id IN :ids GROUP BY incident_id"
).bindparams(bindparam("ids", expanding=True))
_LADDER = ", ".join(f"incident_ladders.{name}" for name in COLUMNS.split(", "))
_ALL_JOINED = (
    f"SELECT {HEAD_COLUMNS}, {_LADDER} FROM incident_ladders"  # noqa: S608
    " JOIN incidents ON incidents.id = incident_id WHERE"
)
_JOINED = f"{_ALL_JOINED} NOT exercise"
_ORDER = " ORDER BY incident_ladders.since_us, incident_id LIMIT :most"
_FOR_LEADERS = f"{_JOINED} AND reached = 'leader'{_ORDER}"
_FOR_SUPERVISORS = (
    f"{_ALL_JOINED} climbed > 0 AND EXISTS (SELECT 1 FROM incident_steps AS step"  # noqa: S608
    " WHERE step.incident_id = incident_ladders.incident_id AND step.kind = incident_ladders.kind"
    " AND step.number = incident_ladders.number AND step.cause = incident_ladders.cause"
    " AND step.occasion_us = incident_ladders.occasion_us AND step.whom = 'supervisor')"
    " ORDER BY exercise, incident_ladders.since_us, incident_id LIMIT :most"
)
_LATE_REPORTS = f"{_JOINED} AND cause = 'report_late' AND since_us <= :now{_ORDER}"
_LIVING = (
    "SELECT id FROM incidents WHERE closed_us IS NULL"
    " OR id IN (SELECT incident_id FROM incident_ladders) ORDER BY opened_us, id"
)
