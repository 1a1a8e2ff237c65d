"""How the tickets of a page stand among their duplicates: two questions, however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, text

from data_sources.search_terms import Values, in_sight, of_main
from operations.people.sight import Sight
from operations.tickets.merging import Identity


@dataclass(frozen=True, slots=True)
class Fold:
    """How one ticket stands.

    `version` is that of its merges. `main`: None where it is not `merged`, or that one is out of
    sight. `under`: how many of those merged into it are seen.
    """

    version: int = 0
    merged: bool = False
    main: Identity | None = None
    under: int = 0


ALONE = Fold()


def folds(connection: Connection, numbers: Sequence[int], sight: Sight) -> dict[int, Fold]:
    """Tell how tickets stand, each by its number in the ledger."""
    values: Values = {}
    seen = in_sight(sight, "", values)
    found = dict.fromkeys(numbers, ALONE)
    for row in _rows(connection, _MERGES.replace(":seen", of_main(seen)), numbers, values):
        main = None if row.source is None else (row.source, row.external_id)
        found[row.ticket_id] = Fold(row.version, row.main_id is not None, main)
    for row in _rows(connection, _UNDER.replace(":seen", seen), numbers, values):
        found[row.main_id] = replace(found[row.main_id], under=row.held)
    return found


def _rows(
    connection: Connection, wanted: str, numbers: Sequence[int], values: Values
) -> Sequence[Any]:
    if not numbers:
        return ()
    named = text(wanted).bindparams(bindparam("numbers", expanding=True))
    return connection.execute(named, values | {"numbers": list(numbers)}).all()


_MERGES = (
    "SELECT merges.ticket_id, merges.version, merges.main_id, main.source, main.external_id"
    " FROM merges LEFT JOIN tickets AS main ON main.id = merges.main_id AND :seen"
    " WHERE merges.ticket_id IN :numbers"
)
_UNDER = (
    "SELECT merges.main_id, count(*) AS held FROM merges"
    " JOIN tickets ON tickets.id = merges.ticket_id"
    " WHERE merges.main_id IN :numbers AND :seen GROUP BY merges.main_id"
)
