"""What sources ask of tickets that a final opinion binds, in SQL, beside the tickets themselves."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, text

from data_sources.rows import us_of
from operations.people.ports import Audit
from operations.tickets.handling_deed import attempt_deed
from operations.tickets.ruling import Attempt, Told
from operations.tickets.ticket import Status


class Locks:
    """Reads and writes within the ledger's own transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def told(self, ids: Sequence[int]) -> dict[int, Told]:
        """Give what sources said last of ruled tickets since they were ruled."""
        found = self._connection.execute(_TOLD, {"ids": list(ids)}).all()
        return {row.ticket_id: Told(row.department, Status(row.status), row.returns)
                for row in found}  # fmt: skip

    def keep(
        self,
        told: Mapping[int, Told],
        attempts: Sequence[tuple[int, Attempt]],
        audit: Audit,
    ) -> None:
        """Write what sources say now, what they asked for in vain, and the audit's lines of it."""
        if told:
            rows = [
                {"ticket": ticket, "department": one.department, "status": one.status.value,
                 "returns": one.returns}
                for ticket, one in told.items()
            ]  # fmt: skip
            self._connection.execute(text(_KEEP), rows)
        for ticket, one in attempts:
            row = {
                "ticket": ticket, "opinion": one.opinion, "lead": one.lead,
                "at_us": us_of(one.at), "asked": one.asked, "reason": one.reason,
            }  # fmt: skip
            self._connection.execute(text(_ATTEMPT), row)
            audit.append(attempt_deed(one), within=self._connection)


_TOLD = text(
    "SELECT ticket_id, department, status, returns FROM lock_told WHERE ticket_id IN :ids"
).bindparams(bindparam("ids", expanding=True))
_KEEP = (
    "INSERT INTO lock_told (ticket_id, department, status, returns)"
    " VALUES (:ticket, :department, :status, :returns) ON CONFLICT (ticket_id) DO UPDATE"
    " SET department = excluded.department, status = excluded.status, returns = excluded.returns"
)
_ATTEMPT = (
    "INSERT INTO lock_attempts (ticket_id, opinion, lead, at_us, asked, reason)"
    " VALUES (:ticket, :opinion, :lead, :at_us, :asked, :reason)"
)
