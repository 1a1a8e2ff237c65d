"""Looking for tickets in SQL: by words of the masked copies, number, codes, state and time.

What somebody may not see is left out by the statements themselves. Every call does bounded work,
however many tickets there are:

1. A way that leads to few tickets (a rare word, a small department, a number) is found by
   counting a few entries of its index. The tickets at its end are gathered, narrowed and sorted.
2. Where every way leads to many, the index that is in the order asked for is walked from where
   the page before ended, and each ticket on it is asked the rest. What most tickets hold fills a
   page within a few hundred of them. After `A_WALK` the walk stops, and the page says from where
   the next one goes on, though it is not full.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, bindparam, text

from data_sources.database import reading
from data_sources.duty_terms import usual_edges
from data_sources.search_folds import Fold, folds
from data_sources.search_order import CODES, Leg, sorting
from data_sources.search_question import Edges, Question, newest
from operations.people.sight import Sight
from operations.tickets.search import MOST_COUNTED, NOBODY, OPEN, After, Order, TicketSearch
from operations.tickets.ticket import Ticket

A_PAGE = 1_000
FRESH = 100
LEGS_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class Page:
    """Tickets in order with the ledger's numbers; `after`: where the next page begins, if any."""

    tickets: list[tuple[int, Ticket]]
    after: After | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many were found; not `whole`: at least so many."""

    found: int
    whole: bool


class TicketFinder:
    """Finds tickets in one database; `table` gives the codes of a kind in the city's order.

    `edges` gives the times by which duties are told.
    """

    def __init__(
        self,
        engine: Engine,
        table: Callable[[str], Sequence[str]] = lambda _kind: (),
        edges: Edges = usual_edges,
    ) -> None:
        self._engine, self._table, self._edges = engine, table, edges

    def page(
        self,
        asked: TicketSearch,
        order: Order,
        sight: Sight,
        now: datetime,
        *,
        most: int,
        after: After | None = None,
    ) -> Page:
        """Give what somebody sees of the tickets looked for, in order, from a place in it.

        Words are two or more characters each and may be a part of a longer one; every one of
        them is held. A ticket is found by its words soon after it came, when the index has
        caught up. A page may hold fewer than `most`, or none, and yet have a next one. Raises
        BadInput for words too short, and for who waits for a callback where none are told of.
        """
        with reading(self._engine) as connection:
            question = Question(connection, asked, sight, now, self._edges)
            held = self._held(question, order.by) if order.by in CODES else ()
            legs = sorting(order, held, _only(asked, order.by))
            if question.few is not None:
                return Page(*question.gathered(legs, most, after))
            return self._walked(question, list(legs.from_place(after)), most, after)

    @staticmethod
    def _walked(question: Question, legs: list[Leg], most: int, after: After | None) -> Page:
        """Walk one leg after the other until a page is full or the walk is long enough."""
        found: list[tuple[int, Ticket]] = []
        for leg in legs[:LEGS_A_PAGE]:
            rows, stop = question.walked(leg, after, most - len(found))
            found += rows
            if stop is not None:
                return Page(found, stop)
            after = None
        left = legs[LEGS_A_PAGE:]
        return Page(found, left[0].start if left else None)

    def every(
        self, asked: TicketSearch, order: Order, sight: Sight, now: datetime, *, most: int
    ) -> Iterator[Ticket]:
        """Give all that is found, page by page, up to so many."""
        after: After | None = None
        while most > 0:
            page = self.page(asked, order, sight, now, most=min(most, A_PAGE), after=after)
            yield from (ticket for _, ticket in page.tickets)
            most, after = most - len(page.tickets), page.after
            if after is None:
                return

    def count(self, asked: TicketSearch, sight: Sight, now: datetime) -> Count:
        """Count what somebody sees of the tickets looked for, as far as bounded work goes."""
        with reading(self._engine) as connection:
            question = Question(connection, asked, sight, now, self._edges)
            found, whole = question.counted(sorting(Order(), ()).legs[0], MOST_COUNTED + 1)
        most = min(found, MOST_COUNTED)
        return Count(most, whole and found == most)

    def fresh(self, asked: TicketSearch, sight: Sight, now: datetime, *, since: int) -> Count:
        """Count the tickets looked for that came after a number of the ledger, up to a hundred."""
        with reading(self._engine) as connection:
            found = Question(connection, asked, sight, now, self._edges).fresh(since, FRESH)
        return Count(found, found < FRESH)

    def versions(self, numbers: Sequence[int]) -> dict[int, int]:
        """Give the versions of what people decided on tickets; 0 where nobody did."""
        held = text("SELECT ticket_id, version FROM handling WHERE ticket_id IN :numbers")
        with reading(self._engine) as connection:
            found = connection.execute(
                held.bindparams(bindparam("numbers", expanding=True)), {"numbers": list(numbers)}
            )
            return dict.fromkeys(numbers, 0) | {row[0]: row[1] for row in found}

    def folds(self, numbers: Sequence[int], sight: Sight) -> dict[int, Fold]:
        """Tell how tickets stand among their duplicates, as far as somebody sees them."""
        with reading(self._engine) as connection:
            return folds(connection, numbers, sight)

    def newest(self) -> int:
        """Give the number of the ticket that came last, 0 where there is none."""
        with reading(self._engine) as connection:
            return newest(connection)

    def _held(self, question: Question, column: str) -> list[str]:
        """Give the codes the ledger's tickets have, in the order of the city's table."""
        place = {code: n for n, code in enumerate(self._table(column))}
        return sorted(question.held(column), key=lambda code: (place.get(code, len(place)), code))


def _only(asked: TicketSearch, column: str) -> str:
    """Give the one code that a search leaves of those its order goes by."""
    code = str(getattr(asked, column, "")) if column in (*CODES, "status") else ""
    return "" if code in (NOBODY, OPEN) else code
