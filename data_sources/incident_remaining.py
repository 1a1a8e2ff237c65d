"""What is still to be done in incidents that ended."""

from sqlalchemy import Engine, bindparam, text

from data_sources.database import reading
from data_sources.incident_reads import HEAD_COLUMNS, parties_of
from data_sources.incident_rows import head_of, part_of
from operations.response.ports_incident import Remaining


class IncidentRemaining:
    """Reads the tasks that outlive their incidents; walks what is due, never what is done."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def tasks(self, *, most: int, behind: Remaining | None = None) -> list[Remaining]:
        """Give the tasks that are still to be done in incidents that ended, the first due first.

        `behind` is the last one of the page before.
        """
        last = {"due": -1, "incident": "", "number": 0}
        if behind is not None:
            last = {"due": behind.task.due_us, "incident": behind.head.id,
                    "number": behind.task.number}  # fmt: skip
        with reading(self._engine) as connection:
            tasks = connection.execute(text(TASKS), {"most": most, **last}).all()
            if not tasks:
                return []
            asked = {"ids": list({row.incident_id for row in tasks})}
            heads = {head.id: head for head in map(head_of, connection.execute(_HEADS, asked))}
            parties = parties_of(connection, list(heads.values()))
        return [
            Remaining(heads[row.incident_id], parties[row.incident_id], part_of(row))
            for row in tasks
        ]


TASKS = (
    "SELECT incident_id, kind, number, version, seq, due_us, body FROM incident_parts"
    " WHERE kind = 'task' AND due_us IS NOT NULL"
    " AND (due_us, incident_id, number) > (:due, :incident, :number)"
    " AND EXISTS (SELECT 1 FROM incidents WHERE id = incident_id AND closed_us IS NOT NULL)"
    " ORDER BY due_us, incident_id, number LIMIT :most"
)
_HEADS = text(
    f"SELECT {HEAD_COLUMNS} FROM incidents WHERE id IN :ids"  # noqa: S608
).bindparams(bindparam("ids", expanding=True))
