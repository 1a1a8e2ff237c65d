"""What a search asks of a ticket's row, as conditions in SQL with their values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from data_sources.duty_terms import DUTY, ENDS, PENDING, WITHOUT_CALLBACKS
from data_sources.rows import us_of
from data_sources.search_indexes import LARGER, SUPERVISED, UNUSUAL, URGENT
from data_sources.tables import OPEN
from operations.errors import BadInput
from operations.people.person import Ring
from operations.people.sight import Extent, Extents, Sight
from operations.tickets import search
from operations.tickets.duties import Duty
from operations.tickets.loose_ends import AFTER_CALLBACK, LooseEnd
from operations.tickets.search import SOON, TicketSearch
from operations.tickets.ticket import Status, Supervision

Values = dict[str, object]
TELLS_CALLBACKS = "tells_callbacks"
"""Beside the edges: whether anybody answered a callback in the period; without it, yes."""
CODES = ("category", "department", "district")


@dataclass(frozen=True, slots=True)
class Way:
    """An index that leads to a part of the tickets: its condition, and what it is in order of.

    `holds` counts the tickets at its end, as far as was counted.
    """

    where: str
    sorts: str
    holds: int = 0


@dataclass(slots=True)
class Terms:
    """The conditions of one search within one sight.

    On SQLite a plus before a column keeps its index out of it, so that the way that was chosen
    leads. PostgreSQL chooses by its own statistics, inside the same bounds. `edges` are the times
    the duties are told by, see `duty_terms`.
    """

    asked: TicketSearch
    sight: Sight
    now: datetime
    plus: str
    edges: Values = field(default_factory=dict)
    values: Values = field(default_factory=dict)
    conditions: list[str] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Write them down."""
        self._codes()
        self._state()
        self._watch()
        self._duty()
        self._times()
        self._words()
        for column, code in _shared(self.sight.tickets):
            self.values[f"shared_{column}"] = code
            self.ways.append(Way(f"tickets.{column} = :shared_{column}", "created"))
        self.conditions.append(in_sight(self.sight, self.plus, self.values))
        if self.asked.folds:
            self.conditions.append(_under_no_other(self.where))

    @property
    def where(self) -> str:
        """Give all of them, none of which leads."""
        return " AND ".join(self.conditions)

    def _codes(self) -> None:
        for column in CODES:
            code = getattr(self.asked, column)
            if not code:
                continue
            if (column, code) == ("department", search.NOBODY):
                said = "tickets.department IS NULL"
            else:
                said = f"tickets.{column} = :{column}"
                self.values[column] = code
            self.conditions.append(self.plus + said)
            self.ways.append(Way(said, "created"))

    def _state(self) -> None:
        asked = self.asked
        if asked.status and asked.status != search.OPEN:
            self.values["status"] = asked.status
            self.conditions.append(f"{self.plus}tickets.status = :status")
            if asked.status != Status.CLOSED:
                self.ways.append(Way(f"tickets.status = :status AND {UNUSUAL}", "created"))
        if asked.open_only:
            self.conditions.append(f"{self.plus}{OPEN}")
            self.ways.append(Way(OPEN, "created"))
            if asked.department == search.NOBODY:
                self.ways.append(Way(f"tickets.department IS NULL AND {OPEN}", ""))
        if asked.urgency:
            self.conditions.append(f"tickets.{URGENT}")
            if asked.open_only:
                self.ways.append(Way(f"tickets.{URGENT} AND {OPEN}", "created"))

    def _watch(self) -> None:
        asked = self.asked
        if asked.ring:
            self.values["ring"] = asked.ring
            self.conditions.append(f"{self.plus}tickets.ring = :ring")
            if asked.ring != Ring.TOWN:
                self.ways.append(Way(f"tickets.ring = :ring AND {LARGER}", "created"))
        if asked.watched in set(Supervision):
            self.values["supervision"] = asked.watched
            self.conditions.append(f"{self.plus}tickets.supervision = :supervision")
            supervised = f"tickets.supervision = :supervision AND {SUPERVISED}"
            self.ways.append(Way(supervised, "created"))
        elif asked.watched:
            said = _LISTED if asked.watched == search.LISTED else _OVERDUE
            self.values |= {} if said is _LISTED else {"watched_now": us_of(self.now)}
            self.conditions.append(said)
            self.ways.append(Way(f"tickets.{SUPERVISED}", ""))

    def _duty(self) -> None:
        duty = self.asked.duty
        if not duty:
            return
        self.values |= self.edges
        called = self.values.pop(TELLS_CALLBACKS, True)
        if duty in AFTER_CALLBACK and not called:
            raise BadInput("callbacks", "unknown here: the source tells of no callbacks")
        if duty in set(LooseEnd):
            said = ENDS[LooseEnd(duty)]
        else:
            self.values["duty"] = duty
            said = f"{DUTY} = :duty AND {PENDING if called else WITHOUT_CALLBACKS}"
        self.conditions.append(f"({said}) IS TRUE")  # a truth leads no index
        if duty == LooseEnd.UNCARDED:
            self.ways.append(Way(f"tickets.due_us < :late AND {OPEN}", "due"))
        elif duty == Duty.ACCOUNT:
            self.ways.append(Way(f"tickets.supervision = 'referred' AND {SUPERVISED}", "created"))

    def _times(self) -> None:
        since, now_us = self.asked.since(self.now), us_of(self.now)
        if since is not None:
            self.values["since"] = us_of(since)
            self.conditions.append(f"{self.plus}tickets.created_us >= :since")
            self.ways.append(Way("tickets.created_us >= :since", "created"))
        if not self.asked.due:
            return
        self.values["now"] = now_us
        said = "tickets.due_us < :now"
        if self.asked.due == search.DUE_SOON:
            self.values["soon"] = us_of(self.now + SOON)
            said = "tickets.due_us >= :now AND {}tickets.due_us < :soon"
        self.conditions.append(self.plus + said.replace("{}", self.plus))
        self.ways.append(Way(f"{said.replace('{}', '')} AND {OPEN}", "due"))

    def _words(self) -> None:
        # Pairs can stand apart (水质 and 质量 without 水质量): the text itself has the last word.
        for place, word in enumerate(search.words_of(self.asked.words) if self.asked.words else ()):
            self.values[f"word{place}"] = word
            self.conditions.append(_HOLDS.format(place=place))


_RECORD = "EXISTS (SELECT 1 FROM supervisions WHERE ticket_id = tickets.id AND "
_LISTED = f"{_RECORD}line = 'listed')"
_OVERDUE = (
    f"{_RECORD}line <> 'summons' AND supervisions.replied_us IS NULL"
    " AND supervisions.due_us < :watched_now)"
)
_HOLDS = (
    "lower(tickets.title || ' ' || tickets.address || ' ' || tickets.text)"
    " LIKE '%' || :word{place} || '%'"
)


def in_sight(sight: Sight, plus: str, values: Values) -> str:
    """Write what somebody sees as a condition on `tickets`, and put its values beside others."""
    seen = _seen(sight.tickets, "t", plus, values)
    confidential = _seen(sight.confidential, "c", plus, values)
    return f"{seen} AND (NOT tickets.confidential OR ({confidential}))"


def of_main(condition: str) -> str:
    """Ask of a main ticket, which goes by the name `main`, what is asked of `tickets`."""
    return condition.replace("tickets.", "main.")


def _under_no_other(condition: str) -> str:
    """Write that a ticket stands under no main that is found as well.

    A main that is not found, or not seen, hides nothing. The parentheses make it a look for each
    ticket by two keys: a join would let PostgreSQL read all merges there are.
    """
    return (
        "(SELECT merges.main_id FROM merges JOIN tickets AS main ON main.id = merges.main_id"  # noqa: S608
        f" WHERE merges.ticket_id = tickets.id AND {of_main(condition)}) IS NULL"
    )


def _shared(extents: Extents) -> Iterator[tuple[str, str]]:
    """Give the codes that every ticket in sight has, by which an index can lead."""
    for group in extents:
        for column in ("department", "district", "town"):
            codes = {getattr(one, column) for one in group}
            if len(codes) == 1 and (code := codes.pop()) is not None:
                yield column, code


def _seen(extents: Extents, name: str, plus: str, values: Values) -> str:
    """Write who sees what as a condition on a ticket's columns."""
    groups = []
    for number, group in enumerate(extents):
        ways = [_way(one, f"{name}{number}_{n}", plus, values) for n, one in enumerate(group)]
        groups.append(f"({' OR '.join(ways) or '1 = 0'})")
    return " AND ".join(groups)


def _way(extent: Extent, name: str, plus: str, values: Values) -> str:
    said = ["tickets.district IS NULL AND tickets.town IS NULL"] if extent.placeless else []
    for column in ("department", "district", "town"):
        code = getattr(extent, column)
        if code is not None:
            said.append(f"{plus}tickets.{column} = :{name}_{column}")
            values[f"{name}_{column}"] = code
    return f"({' AND '.join(said)})" if said else "1 = 1"
