"""One question after tickets, while one snapshot of the database answers it."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from data_sources.rows import ticket_of
from data_sources.search_indexes import UNUSUAL
from data_sources.search_order import DUE, WITHOUT_DUE, Leg, Sorting
from data_sources.search_terms import Terms, Values, Way
from data_sources.tables import CONTENT, OPEN
from data_sources.word_index import matching
from operations.people.sight import Sight
from operations.tickets.search import After, TicketSearch, words_of
from operations.tickets.ticket import Status, Ticket

FEW = 3_000
THOUGHT_MANY = 10 * FEW
COUNTED = 6_000
A_STEP = 1_000
A_WALK = 20_000
A_WALK_OF_WORDS = 8_000  # each ticket is read whole
Found = list[tuple[int, Ticket]]
Edges = Callable[[datetime], Values]
"""Gives the times the duties are told by at a moment, see `duty_terms`."""


class Question:
    """Finds the way that leads to fewest tickets, and goes it.

    `few` is the condition on so few tickets that they can be gathered; None where the order
    has to be walked.
    """

    def __init__(
        self,
        connection: Connection,
        asked: TicketSearch,
        sight: Sight,
        now: datetime,
        edges: Edges,
    ) -> None:
        self._connection, self._asked = connection, asked
        self._sqlite = connection.dialect.name == "sqlite"
        self._plus = "+" if self._sqlite else ""
        self._terms = Terms(asked, sight, now, self._plus, edges(now) if asked.duty else {})
        self._walk = A_WALK_OF_WORDS if asked.words else A_WALK
        self._ways: list[Way] = []
        self.few: str | None = None
        if asked.number:
            self.few = self._among(self._numbered())
        else:
            self._choose()

    def _numbered(self) -> list[int]:
        """Give the tickets of a number, and what is merged into them where each is wanted."""
        ids = [row[0] for row in self._rows(_OF_NUMBER, number=self._asked.number)]
        if self._asked.merged and ids:
            among = self._among(ids).replace("tickets.id", "main_id")
            ids += [row[0] for row in self._rows(f"SELECT ticket_id FROM merges WHERE {among}")]  # noqa: S608
        return ids

    def _choose(self) -> None:
        ids = self._holding() if self._asked.words else None
        self._ways = sorted(
            (self._counted(one) for one in self._terms.ways), key=lambda one: one.holds
        )
        least = self._ways[0] if self._ways and self._ways[0].holds <= FEW else None
        if least is not None and (ids is None or least.holds < len(ids)):
            self.few = least.where
        elif ids is not None:
            self.few = self._among(ids)

    def _holding(self) -> list[int] | None:
        """Give the tickets whose pairs hold those of the words, None where they are not few."""
        statement, values = matching(words_of(self._asked.words), self._sqlite)
        if not self._sqlite and self._thought(statement, values) > THOUGHT_MANY:
            return None  # all entries of the words would be gone through to count a few
        if not self._sqlite:  # where many are thought to match it would read one after the other
            self._connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        ids = [row[0] for row in self._rows(f"{statement} LIMIT {FEW + 1}", **values)]
        if not self._sqlite:
            self._connection.exec_driver_sql("SET LOCAL enable_seqscan = on")
        return ids if len(ids) <= FEW else None

    def _thought(self, statement: str, values: Values) -> int:
        """Tell how many rows PostgreSQL's statistics expect. Where they err an order is walked."""
        plan = self._rows(f"EXPLAIN (FORMAT JSON) {statement}", **values)[0][0]
        return int(plan[0]["Plan"]["Plan Rows"])

    def _counted(self, way: Way) -> Way:
        found = self._one(f"SELECT count(*) FROM (SELECT 1 FROM tickets WHERE {way.where}"  # noqa: S608
                          f" LIMIT {COUNTED}) AS counted")  # fmt: skip
        return Way(way.where, way.sorts, int(found))

    def _among(self, ids: Sequence[int]) -> str:
        self._terms.values["ids"] = json.dumps(ids) if self._sqlite else list(ids)
        return "tickets.id IN (SELECT value FROM json_each(:ids))" if self._sqlite else (
            "tickets.id = ANY(CAST(:ids AS bigint[]))"
        )  # fmt: skip

    def gathered(self, legs: Sorting, most: int, after: After | None) -> tuple[Found, After | None]:
        """Gather few tickets and sort them; give a page of them and where the next one begins."""
        columns = ", ".join(f"tickets.{name}" for name in _KEYS)
        rows = self._rows(
            f"SELECT {columns} FROM tickets WHERE {self.few} AND {self._terms.where}"  # noqa: S608
            f" LIMIT {FEW}"  # no more than that were counted
        )
        keys = sorted(legs.key(dict(zip(_KEYS, row, strict=True))) for row in rows)
        if after is not None:
            place = legs.at(after).key(after.at_us, after.ticket_id)
            keys = [key for key in keys if key > place]
        page = [(legs.legs[n], abs(at), abs(ticket_id)) for n, at, ticket_id in keys[:most]]
        found = self._read([ticket_id for _, _, ticket_id in page])
        if len(keys) <= most or not page:
            return found, None
        leg, at_us, ticket_id = page[-1]
        return found, leg.place(at_us, ticket_id)

    def _read(self, ids: Sequence[int]) -> Found:
        if not ids:
            return []
        among = self._among(ids)
        rows = self._rows(f"SELECT {_TICKET} FROM tickets WHERE {among}")  # noqa: S608
        read = {row[0]: ticket_of(tuple(row[1:])) for row in rows}
        return [(one, read[one]) for one in ids]

    def walked(self, leg: Leg, after: After | None, most: int) -> tuple[Found, After | None]:
        """Walk a leg; give what was found and where to go on, None where the leg has ended.

        A page is mostly full after a short step; only then is the long one gone.
        """
        found: Found = []
        if leg.by == WITHOUT_DUE and self._asked.due:
            return found, None
        for length in (min(A_STEP, self._walk), self._walk):
            where, stop = self._stretch(leg, after, length)
            order = self._order(leg)
            rows = self._rows(
                f"SELECT tickets.{leg.column}, {_TICKET} FROM tickets"  # noqa: S608
                f" WHERE {where} {order} LIMIT {most - len(found):d}"
            )
            found += [(row[1], ticket_of(tuple(row[2:]))) for row in rows]
            if len(found) == most:
                return found, leg.place(rows[-1][0], rows[-1][1])
            if stop is None:
                return found, None
            after = stop
        return found, after

    def counted(self, leg: Leg, most: int) -> tuple[int, bool]:
        """Count what is found, as far as one walk goes; tell whether that was all."""
        where, stop = f"{self.few} AND {self._terms.where}", None
        if self.few is None:
            where, stop = self._stretch(leg, None, self._walk)
        found = self._one(
            f"SELECT count(*) FROM (SELECT 1 FROM tickets WHERE {where}"  # noqa: S608
            f" LIMIT {most:d}) AS found"
        )
        return int(found), stop is None

    def fresh(self, since: int, most: int) -> int:
        """Count what came after a number, of the next so many tickets."""
        self._terms.values |= {"since_id": since, "until_id": since + A_WALK}
        found = self._one(
            "SELECT count(*) FROM (SELECT 1 FROM tickets WHERE tickets.id > :since_id"  # noqa: S608
            f" AND tickets.id <= :until_id AND {self._terms.where} LIMIT {most:d}) AS found"
        )
        return int(found)

    def held(self, column: str) -> list[str]:
        """Give the codes of a column, each by one step in its index."""
        return [row[0] for row in self._rows(_HELD.replace("code", column))]

    def _stretch(self, leg: Leg, after: After | None, length: int) -> tuple[str, After | None]:
        """Write which tickets a walk looks for on a leg, from a place on; tell where it stops."""
        lead, said = self._lead(leg), []
        if after is not None:
            said.append(_beside(leg, after, "after", self._terms.values))
        over = " AND ".join(filter(None, [lead, *said])) or "1 = 1"
        stop = self._stop(leg, over, length)
        if stop is not None:
            over += f" AND {_beside(leg, stop, 'stop', self._terms.values, last=True)}"
        return f"{over} AND {self._narrow(leg)}", stop

    def _narrow(self, leg: Leg) -> str:
        """Write what a leg asks of each ticket on it."""
        if leg.by == WITHOUT_DUE:
            return f"{self._plus}tickets.due_us IS NULL AND {self._terms.where}"
        if leg.by == "status" and leg.group == Status.CLOSED:
            return f"{self._plus}tickets.status = :group AND {self._terms.where}"
        return self._terms.where

    def _lead(self, leg: Leg) -> str:
        """Choose the index a leg is walked by: the shortest one that is in its order."""
        if leg.column == "updated_us":
            return ""
        if leg.by is not None and leg.by != WITHOUT_DUE:
            return self._lead_to_group(leg.by, leg.group)
        if leg.group == DUE:
            late = next((one.where for one in self._ways if one.sorts == DUE), None)
            return late or f"tickets.due_us IS NOT NULL{f' AND {OPEN}' * self._asked.open_only}"
        ways = [one.where for one in self._ways if one.sorts == "created"]
        return ways[0] if ways else ""

    def _lead_to_group(self, by: str, group: str | None) -> str:
        if group is None:
            return f"tickets.{by} IS NULL"
        self._terms.values["group"] = group
        if by != "status":
            return f"tickets.{by} = :group"
        return "" if group == Status.CLOSED else f"tickets.status = :group AND {UNUSUAL}"

    def _stop(self, leg: Leg, where: str, length: int) -> After | None:
        """Find the ticket a walk ends at, None where the leg ends before."""
        rows = self._rows(
            f"SELECT tickets.{leg.column}, tickets.id FROM tickets WHERE {where}"  # noqa: S608
            f" {self._order(leg)} LIMIT 1 OFFSET {length - 1:d}"
        )
        return leg.place(*rows[0]) if rows else None

    def _order(self, leg: Leg) -> str:
        """Write a leg's order, as the index it is led by has it.

        PostgreSQL knows that tickets of one code are alike in it; of no code it has to be told.
        """
        way = "DESC" if leg.down else "ASC"
        named, none, _ = self._lead(leg).partition(" IS NULL")
        first = f"{named} {way}, " if none and not self._sqlite else ""
        return f"ORDER BY {first}tickets.{leg.column} {way}, tickets.id {way}"

    def _rows(self, statement: str, **more: Any) -> Sequence[Any]:
        return self._connection.execute(text(statement), self._terms.values | more).all()

    def _one(self, statement: str) -> Any:
        return self._rows(statement)[0][0]


def newest(connection: Connection) -> int:
    """Give the number of the ticket that came last, 0 where there is none."""
    return int(connection.execute(text("SELECT coalesce(max(id), 0) FROM tickets")).scalar_one())


_KEYS = (
    *("id", "created_us", "due_us", "updated_us"),
    *("department", "district", "category", "status"),
)
_TICKET = ", ".join(f"tickets.{name}" for name in ("id", *CONTENT))
# The index of identities begins with the source: each source is found by one step in it.
_OF_NUMBER = (
    "WITH RECURSIVE every(source) AS (SELECT min(source) FROM tickets UNION ALL"
    " SELECT (SELECT min(source) FROM tickets WHERE source > every.source)"
    " FROM every WHERE every.source IS NOT NULL)"
    " SELECT tickets.id FROM every JOIN tickets"
    " ON tickets.source = every.source AND tickets.external_id = :number"
)
_HELD = (
    "WITH RECURSIVE every(code) AS (SELECT min(tickets.code) FROM tickets UNION ALL"
    " SELECT (SELECT min(tickets.code) FROM tickets WHERE tickets.code > every.code)"
    " FROM every WHERE every.code IS NOT NULL)"
    " SELECT code FROM every WHERE code IS NOT NULL"
)


def _beside(leg: Leg, place: After, name: str, values: Values, *, last: bool = False) -> str:
    """Write that tickets lie behind a place; `last`: before it, or at it."""
    values |= {f"{name}_us": place.at_us, f"{name}_id": place.ticket_id}
    sign = (">=" if leg.down else "<=") if last else ("<" if leg.down else ">")
    return f"(tickets.{leg.column}, tickets.id) {sign} (:{name}_us, :{name}_id)"
