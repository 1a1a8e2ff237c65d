"""Looking for tickets in SQL: by words of the masked copies, number, codes, state and period.

What somebody may not see is left out by the statement itself, before it is cut into pages.
"""

from datetime import datetime

from sqlalchemy import Engine, text

from data_sources.database import reading
from data_sources.rows import ticket_of, us_of
from data_sources.tables import CONTENT
from data_sources.word_index import WordIndex, words_of
from operations.people.sight import Extent, Extents, Sight
from operations.tickets.search import TicketSearch
from operations.tickets.ticket import Ticket

Values = dict[str, object]


class TicketFinder:
    """Finds tickets in one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._index = WordIndex(engine)
        self._sqlite = engine.dialect.name == "sqlite"

    def find(
        self, asked: TicketSearch, sight: Sight, now: datetime, *, most: int, skip: int = 0
    ) -> list[Ticket]:
        """Find what somebody sees of the tickets looked for, the newest accepted first.

        Words are two or more characters each and may be a part of a longer one; every one of
        them is held. A ticket is found by its words soon after it came, when the index has
        caught up. Raises BadInput for words too short.
        """
        statement, values = self.statement(asked, sight, now)
        limits = {"most": most, "skip": skip}
        with reading(self._engine) as connection:
            found = connection.execute(text(statement), values | limits).all()
        return [ticket_of(tuple(row)) for row in found]

    def statement(self, asked: TicketSearch, sight: Sight, now: datetime) -> tuple[str, Values]:
        """Give the SQL of a search, and its values but for `most` and `skip`."""
        values: Values = {}
        where = [self._words(asked.words, values)] if asked.words else []
        since = asked.since(now)
        # With words their index leads; the plus keeps SQLite from walking another one instead.
        aside = "+" if asked.words and self._sqlite else ""
        if since is not None:
            where.append(f"{aside}tickets.created_us >= :since")
            values["since"] = us_of(since)
        for name in ("department", "district", "category", "status"):
            if getattr(asked, name):
                where.append(f"{aside}tickets.{name} = :{name}")
                values[name] = getattr(asked, name)
        seen = _seen(sight.tickets, "t", values)
        confidential = _seen(sight.confidential, "c", values)
        where += [seen, f"(NOT tickets.confidential OR ({confidential}))"]
        columns = ", ".join(f"tickets.{name}" for name in CONTENT)
        before, tables = "", "tickets"
        if asked.number:
            before, tables = _EVERY_SOURCE, _OF_NUMBER
            values["number"] = asked.number
        statement = (
            f"{before}SELECT {columns} FROM {tables} WHERE {' AND '.join(where)}"  # noqa: S608
            " ORDER BY tickets.created_us DESC, tickets.id DESC LIMIT :most OFFSET :skip"
        )
        return statement, values

    def _words(self, words: str, values: Values) -> str:
        asked = words_of(words)
        matching, pairs = self._index.matching(asked)
        values |= pairs
        # Pairs can stand apart (水质 and 质量 without 水质量): the text itself has the last word.
        for place, word in enumerate(asked):
            values[f"word{place}"] = word
        held = "".join(f" AND {_HOLDS.format(place=place)}" for place in range(len(asked)))
        return f"tickets.id IN ({matching}){held}"


_HOLDS = (
    "lower(tickets.title || ' ' || tickets.address || ' ' || tickets.text)"
    " LIKE '%' || :word{place} || '%'"
)
# The index of identities begins with the source: each source is found by one step in it.
_EVERY_SOURCE = (
    "WITH RECURSIVE every(source) AS (SELECT min(source) FROM tickets UNION ALL"
    " SELECT (SELECT min(source) FROM tickets WHERE source > every.source)"
    " FROM every WHERE every.source IS NOT NULL) "
)
_OF_NUMBER = "every JOIN tickets ON tickets.source = every.source AND tickets.external_id = :number"


def _seen(extents: Extents, name: str, values: Values) -> str:
    """Write who sees what as a condition on a ticket's columns."""
    groups = []
    for number, group in enumerate(extents):
        ways = [_way(one, f"{name}{number}_{n}", values) for n, one in enumerate(group)]
        groups.append(f"({' OR '.join(ways) or '1 = 0'})")
    return " AND ".join(groups)


def _way(extent: Extent, name: str, values: Values) -> str:
    said = ["tickets.district IS NULL AND tickets.town IS NULL"] if extent.placeless else []
    for column in ("department", "district", "town"):
        code = getattr(extent, column)
        if code is not None:
            said.append(f"tickets.{column} = :{name}_{column}")
            values[f"{name}_{column}"] = code
    return f"({' AND '.join(said)})" if said else "1 = 1"
