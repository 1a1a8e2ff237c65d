"""Tickets to be reckoned anew: those people decided on, and all of them where the rules changed."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from data_sources.ledger_batch import Held
from data_sources.rows import Row
from data_sources.tables import CONTENT


def something_waits(connection: Connection, digest: str) -> bool:
    """Tell whether there are tickets to reckon anew."""
    rules, until = connection.exec_driver_sql("SELECT rules, reckoned_id FROM meta").one()
    decided = connection.execute(text(_SOME_DECIDED)).first()
    return decided is not None or until is not None or rules != digest


def waiting(connection: Connection, digest: str, most: int) -> list[Row] | None:
    """Give the next rows (id, *content, decisions) to reckon anew; None where nothing waits.

    `digest` is that of the rules in force. How far they have come is noted in the same
    transaction, so that a start goes on where the last one ended.
    """
    decided = connection.execute(text(_DECIDED), {"most": most}).all()
    if decided:
        return [tuple(row) for row in decided]
    rules, until = connection.exec_driver_sql("SELECT rules, reckoned_id FROM meta").one()
    if rules != digest:
        until = 0
    elif until is None:
        return None
    found = connection.execute(text(_BEHIND), {"until": until, "most": most}).all()
    # What comes in meanwhile is reckoned by the new rules as it comes.
    until = found[-1][0] if len(found) == most else None
    connection.execute(text(_NOTED), {"rules": digest, "until": until})
    return [tuple(row) for row in found]


def note_reckoned(connection: Connection, reckoned: Sequence[Held]) -> None:
    """Note which decisions tickets were reckoned by; newer ones wait again."""
    rows = [
        {"ticket": one.id, "version": one.handling.version}
        for one in reckoned
        if one.handling.version
    ]
    if rows:
        connection.execute(text(_RECKONED), rows)


_WITH_DECISIONS = (
    f"SELECT id, {', '.join(CONTENT)}, body FROM tickets"  # noqa: S608
    " LEFT JOIN handling ON ticket_id = id"
)
_DECIDED = f"{_WITH_DECISIONS} WHERE version <> reckoned ORDER BY id LIMIT :most"
_SOME_DECIDED = "SELECT 1 FROM handling WHERE version <> reckoned LIMIT 1"
_BEHIND = f"{_WITH_DECISIONS} WHERE id > :until ORDER BY id LIMIT :most"
_NOTED = "UPDATE meta SET rules = :rules, reckoned_id = :until"
_RECKONED = "UPDATE handling SET reckoned = :version WHERE ticket_id = :ticket"
