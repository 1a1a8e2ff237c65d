"""Which tickets repeat an earlier one: the same category from the same caller or exact place.

A ticket is a repeat where such a ticket came in the 30 days before it, however either ended. So
only the next ticket of a caller or place can be changed by another one: a few looks into two
indexes settle it, whatever the history, and the outcome does not depend on the order of arrival.
"""

import json
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from data_sources.tables import CONTENT

WINDOW_US = 30 * 86_400_000_000

_IDS = {
    "sqlite": "(SELECT value AS id FROM json_each(:ids))",
    "postgresql": "(SELECT unnest(CAST(:ids AS bigint[])) AS id)",
}
_CONTENT = ", ".join(f"t.{name}" for name in CONTENT)
_EXACT = "{}.geo_quality = 'exact'"


class Matter(NamedTuple):
    """What two tickets of one matter share, and when the ticket came in."""

    category: str
    created: int
    caller: str | None
    latitude: float | None
    longitude: float | None


def _same(columns: Collection[str], one: str, other: str) -> str:
    return " AND ".join(f"{other}.{column} = {one}{column}" for column in columns)


def _conditions(one: str, other: str) -> tuple[str, str]:
    """Write what makes two tickets the same matter: by caller, and by place."""
    place = _same(("latitude", "longitude", "category"), one, other)
    exact = [_EXACT.format(name) for name in (one.rstrip("."), other) if name != ":"]
    return _same(("caller_key", "category"), one, other), " AND ".join([*exact, place])


def _next(one: str, source: str) -> str:
    """Write the look for the next tickets of both kinds after one."""
    found = [
        f"SELECT n.id FROM {source} {'' if one == ':' else 'JOIN '}tickets n"  # noqa: S608
        f"{' WHERE' if one == ':' else ' ON'} {near} AND n.created_us ="
        f" (SELECT min(m.created_us) FROM tickets m WHERE {later}"
        f" AND m.created_us > {one}created_us AND m.created_us <= {one}created_us + {WINDOW_US})"
        for near, later in zip(_conditions(one, "n"), _conditions(one, "m"), strict=True)
    ]
    return " UNION ".join(found)


def _statements(ids: str) -> dict[str, str]:
    before = " OR ".join(
        f"EXISTS (SELECT 1 FROM tickets e WHERE {same} AND e.created_us < t.created_us"  # noqa: S608
        f" AND e.created_us >= t.created_us - {WINDOW_US})"
        for same in _conditions("t.", "e")
    )
    return {
        "next": _next("t.", f"{ids} w JOIN tickets t ON t.id = w.id"),
        "next of old": _next(":", ""),
        "found": f"SELECT t.id FROM {ids} w JOIN tickets t ON t.id = w.id WHERE {before}",  # noqa: S608
        "held": f"SELECT ticket_id FROM {ids} w JOIN repeats ON ticket_id = w.id",  # noqa: S608
        "gone": f"DELETE FROM repeats WHERE ticket_id IN {ids}",  # noqa: S608
        "rows": f"SELECT t.id, {_CONTENT} FROM {ids} w JOIN tickets t ON t.id = w.id",  # noqa: S608
        "new": f"INSERT INTO repeats (ticket_id) SELECT w.id FROM {ids} w",  # noqa: S608
    }


_STATEMENTS = {dialect: _statements(ids) for dialect, ids in _IDS.items()}


class Repeats:
    """Looks and writes within one transaction of the ledger."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name

    def next_after(self, ids: Collection[int]) -> set[int]:
        """Give the tickets that come next after some, of the same caller or place."""
        return self._ask("next", ids)

    def next_after_old(self, matters: Iterable[Matter]) -> set[int]:
        """Give the tickets that come next after what some tickets were before a change."""
        statement = text(_STATEMENTS[self._dialect]["next of old"])
        found: set[int] = set()
        for matter in matters:
            values = {
                "category": matter.category,
                "created_us": matter.created,
                "caller_key": matter.caller,
                "latitude": matter.latitude,
                "longitude": matter.longitude,
            }
            found.update(row[0] for row in self._connection.execute(statement, values))
        return found

    def found(self, ids: Collection[int]) -> set[int]:
        """Give those of some tickets that repeat an earlier one."""
        return self._ask("found", ids)

    def held(self, ids: Collection[int]) -> set[int]:
        """Give those of some tickets that are kept as repeats."""
        return self._ask("held", ids)

    def rows(self, ids: Collection[int]) -> list[Any]:
        """Give (id, *content) of some tickets."""
        statement = text(_STATEMENTS[self._dialect]["rows"])
        return list(self._connection.execute(statement, self._values(ids)))

    def keep(self, *, new: Collection[int], gone: Collection[int]) -> None:
        """Write which tickets have become repeats, and which are none any more."""
        for name, ids in (("new", new), ("gone", gone)):
            if ids:
                statement = text(_STATEMENTS[self._dialect][name])
                self._connection.execute(statement, self._values(ids))

    def _ask(self, name: str, ids: Collection[int]) -> set[int]:
        if not ids:
            return set()
        statement = text(_STATEMENTS[self._dialect][name])
        return {row[0] for row in self._connection.execute(statement, self._values(ids))}

    def _values(self, ids: Collection[int]) -> dict[str, object]:
        told = sorted(ids)
        return {"ids": json.dumps(told) if self._dialect == "sqlite" else told}
