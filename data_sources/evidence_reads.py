"""What a piece of evidence points to: whether it is there."""

from sqlalchemy import Engine, text

from data_sources.database import reading


class EvidenceReads:
    """Looks up what somebody names by its number."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def incident(self, number: str) -> str | None:
        """Give the id of an incident by its number."""
        with reading(self._engine) as connection:
            found = connection.execute(text(_INCIDENT), {"number": number}).scalar()
        return None if found is None else str(found)

    def was_attempted(self, opinion: str) -> bool:
        """Tell whether anything was asked against an opinion in vain."""
        with reading(self._engine) as connection:
            return connection.execute(text(_ATTEMPT), {"opinion": opinion}).first() is not None


_INCIDENT = "SELECT id FROM incidents WHERE number = :number"
_ATTEMPT = (
    "SELECT 1 FROM locks JOIN opinions ON opinions.id = opinion_id"
    " JOIN lock_attempts ON lock_attempts.ticket_id = locks.ticket_id"
    " WHERE number = :opinion AND lock_attempts.opinion = :opinion LIMIT 1"
)
"""By the tickets it binds, which are few: attempts have no index of opinions."""
