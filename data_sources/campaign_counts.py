"""How many tickets of a campaign's scope were open when each of some days ended.

What is open now is found by the indexes of open tickets, what was open then and is closed now by
that of closings since the first of those days. So a day that has just ended costs a day of
closings, whatever the number of tickets.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, text

from data_sources.database import reading
from data_sources.tables import OPEN
from operations.response.campaign import Scope


class CampaignCounts:
    """`ports_campaign.CampaignCounts` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open_at(self, scope: Scope, ends: Sequence[tuple[date, int]]) -> dict[date, int]:
        """Count what was open when each of some days ended (`ends`: day, microseconds)."""
        if not ends:
            return {}
        first_us, last_us = min(end for _, end in ends), max(end for _, end in ends)
        values = {"first": first_us, "last": last_us}
        with reading(self._engine) as connection:
            opened = [row.created_us for row in _found(connection, _OPEN, scope, values)]
            closed = [
                (row.created_us, row.closed_us)
                for row in _found(connection, _CLOSED, scope, values)
            ]
        opened.sort()
        begun = sorted(one for one, _ in closed)
        over = sorted(one for _, one in closed)
        # Of those closed since, the ones begun by then less the ones closed by then.
        return {
            day: bisect_left(opened, end) + bisect_left(begun, end) - bisect_right(over, end - 1)
            for day, end in ends
        }


def _found(
    connection: Connection, base: str, scope: Scope, values: dict[str, Any]
) -> Sequence[Any]:
    """Give the tickets of a scope that a walk finds.

    Joined to nothing, a code is found by no index: the walk is that of open or closed tickets,
    never that of all there ever were of a category.
    """
    lists: dict[str, tuple[str, Sequence[Any]]] = {
        "categories": ("category || '' IN :categories", scope.categories),
        "districts": ("district || '' IN :districts", scope.districts),
        "tickets": ("(source, external_id) IN :tickets", scope.tickets),
    }
    asked = {name: one for name, one in lists.items() if one[1]}
    wanted = text(base.replace("<scope>", " AND ".join(words for words, _ in asked.values())))
    wanted = wanted.bindparams(*(bindparam(name, expanding=True) for name in asked))
    given = {name: list(codes) for name, (_, codes) in asked.items()}
    return connection.execute(wanted, values | given).all()


_OPEN = f"SELECT created_us FROM tickets WHERE {OPEN} AND created_us < :last AND <scope>"  # noqa: S608
_CLOSED = (
    "SELECT created_us, closed_us FROM tickets WHERE closed_us >= :first"  # noqa: S608
    f" AND created_us + 0 < :last AND NOT ({OPEN}) AND status <> 'withdrawn' AND <scope>"
)
