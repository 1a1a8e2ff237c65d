"""What the public may read of tickets, in SQL: spans and numbers, each by an index of its own."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, TextClause, bindparam, text

from data_sources.database import reading
from data_sources.rows import us_of
from data_sources.tables import OPEN
from operations.open311.query import RequestQuery
from operations.open311.request import PublicTicket

Values = dict[str, Any]


class PublicTickets:
    """Reads tickets for the public: none that is confidential, none of a hidden category."""

    def __init__(self, engine: Engine, hidden: Sequence[str] = ()) -> None:
        self._engine = engine
        self._hidden = list(hidden)

    def find(self, asked: RequestQuery) -> list[PublicTicket]:
        """Give a page of what is asked for, the newest first."""
        statement, values = self.statement(asked)
        with reading(self._engine) as connection:
            return [PublicTicket(*row) for row in connection.execute(statement, values)]

    def by_number(self, number: int) -> PublicTicket | None:
        """Find one ticket by the ledger's number of it."""
        statement, values = self._numbered([number])
        with reading(self._engine) as connection:
            found = connection.execute(statement, values).one_or_none()
        return None if found is None else PublicTicket(*found)

    def number_of(self, source: str, external_id: str) -> int | None:
        """Find the number of a ticket by its identity, confidential or not."""
        values = {"source": source, "external_id": external_id}
        with reading(self._engine) as connection:
            number = connection.execute(text(_NUMBER_OF), values).scalar_one_or_none()
        return None if number is None else int(number)

    def statement(self, asked: RequestQuery) -> tuple[TextClause, Values]:
        """Give the SQL of a query and its values."""
        if asked.numbers is not None:
            return self._numbered(asked.numbers)
        column = _COLUMN[asked.clock]
        where = [f"{column} >= :since", f"{column} <= :until", "NOT confidential"]
        values: Values = {"since": us_of(asked.since), "until": us_of(asked.until)}
        lists = {}
        if asked.open is not None:
            where.append(OPEN if asked.open else _ENDED)
        if asked.codes:
            where.append("category IN :codes")
            lists["codes"] = list(asked.codes)
        return self._made(
            f"{' AND '.join(where)}{{hidden}} ORDER BY {column} DESC, id DESC"
            " LIMIT :most OFFSET :skip",
            values | {"most": asked.page_size, "skip": asked.skip},
            lists,
        )

    def _numbered(self, numbers: Sequence[int]) -> tuple[TextClause, Values]:
        where = "id IN :numbers AND NOT confidential{hidden} ORDER BY created_us DESC, id DESC"
        return self._made(where, {}, {"numbers": list(numbers)})

    def _made(self, where: str, values: Values, lists: Values) -> tuple[TextClause, Values]:
        if self._hidden:
            lists = lists | {"hidden": self._hidden}
        where = where.format(hidden=" AND category NOT IN :hidden" if self._hidden else "")
        statement = text(_SELECT + where)
        marks: list[Any] = [bindparam(name, expanding=True) for name in lists]
        return statement.bindparams(*marks), values | lists


_COLUMN = {"created": "created_us", "updated": "updated_us"}
_ENDED = "status IN ('closed', 'archived', 'withdrawn')"
_SELECT = (
    "SELECT id, status, category, department, district, cell, created_us, updated_us, closed_us,"
    " due_us, text FROM tickets WHERE "
)
_NUMBER_OF = "SELECT id FROM tickets WHERE source = :source AND external_id = :external_id"
