"""What tickets are looked for, in which order, and where a page of them begins."""

import binascii
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from operations.errors import BadInput
from operations.people.person import Ring
from operations.tickets.duties import Duty
from operations.tickets.loose_ends import LooseEnd
from operations.tickets.ticket import Status, Supervision

LONGEST_TERM = 128
LONGEST_WORDS = 60
EVER = 0
PERIODS_D = (1, 7, 30, 365, EVER)
MOST_EXPORTED = 10_000
MOST_COUNTED = 10_000
SOON = timedelta(days=1)
"""A ticket is about to be late that is due within this time."""

NOBODY = "-"
"""As a department: held by nobody."""
OPEN = "open"
"""As a state: any that is not closed, archived or withdrawn."""
CLOSED = (Status.CLOSED, Status.ARCHIVED, Status.WITHDRAWN)
LATE, DUE_SOON = "late", "soon"
URGENT = "urgent"
LISTED, OVERDUE = "listed", "late"
WATCHED = (Supervision.OPEN.value, OVERDUE, LISTED, Supervision.REFERRED.value)

EACH = "each"
"""Of merged tickets: each in a row of its own, not under its main."""

DUTIES = (*(one.value for one in Duty), *(one.value for one in LooseEnd))
"""A stage of the five responsibilities, or a list of loose ends."""
_DUTIES_OF_OPEN = frozenset(
    {
        *(Duty.CLARIFY.value, Duty.PERFORM.value, LooseEnd.BOUNCING.value),
        *(LooseEnd.ORPHANS.value, LooseEnd.REPEATS.value, LooseEnd.UNCARDED.value),
    }
)

SORTS = ("created", "due", "updated", "department", "district", "category", "status")
LONGEST_AFTER = 400
_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSearch:
    """A search; what is empty narrows nothing.

    `days` counts back from now by the time of acceptance, 0 is ever. A `number` is looked for
    as a whole and in any period. `due` asks for open tickets by their time: late or soon to be.
    `watched`: with an open record of supervision, one that is late, listed, referred. `duty`:
    what stands unsettled in a stage of the five responsibilities, or on a list of loose ends.
    A merged ticket stands under its main where the search finds that too; `merged` shows each by
    itself, and beside a `number` what is merged into that ticket.
    """

    words: str = ""
    number: str = ""
    department: str = ""
    district: str = ""
    category: str = ""
    status: str = ""
    urgency: str = ""
    due: str = ""
    ring: str = ""
    watched: str = ""
    duty: str = ""
    merged: str = ""
    days: int = EVER

    def since(self, now: datetime) -> datetime | None:
        """Give when the period begins, None for ever."""
        if self.number or self.days == EVER:
            return None
        return now - timedelta(days=self.days)

    @property
    def folds(self) -> bool:
        """Tell whether merged tickets stand under their mains; a number names one ticket."""
        return not self.merged and not self.number

    @property
    def open_only(self) -> bool:
        """Tell whether none but open tickets can be found."""
        of_open = bool(self.due) or self.duty in _DUTIES_OF_OPEN
        return of_open or (self.status != "" and self.status not in CLOSED)

    def asked(self) -> dict[str, str]:
        """Give what was asked for, as an address says it."""
        told = {name: str(value) for name, value in asdict(self).items() if value != ""}
        if self.days == EVER:
            del told["days"]
        return told


@dataclass(frozen=True, slots=True)
class Order:
    """By what tickets are sorted; `down`: the newest, the latest, the last of a table first.

    By a code they stand in groups, the newest accepted first in each; what has no such time or
    code comes last either way.
    """

    by: str = "created"
    down: bool = True


@dataclass(frozen=True, slots=True)
class After:
    """The place between two tickets of an order: the group, the time sorted by, the ticket."""

    group: str | None
    at_us: int
    ticket_id: int

    def told(self) -> str:
        """Write it as an address can carry it."""
        said = json.dumps([self.group, self.at_us, self.ticket_id], ensure_ascii=False)
        return urlsafe_b64encode(said.encode()).decode().rstrip("=")


def words_of(asked: str) -> list[str]:
    """Take the words that are looked for apart; raises BadInput where one is too short."""
    words = [word for word in _BETWEEN.split(asked.casefold()[:LONGEST_WORDS]) if word]
    if not words or any(len(word) < 2 for word in words):
        raise BadInput("words", "give words of at least two characters")
    return words


def read_search(asked: Mapping[str, str | None]) -> TicketSearch:
    """Read a search from an address's query; raises BadInput."""
    terms: dict[str, str] = {}
    for name in ("words", "number", "department", "district", "category", "status"):
        term = (asked.get(name) or "").strip()
        if len(term) > LONGEST_TERM or "\0" in term:
            raise BadInput(name, f"at most {LONGEST_TERM} characters")
        terms[name] = term
    if terms["words"]:
        words_of(terms["words"])
    terms["status"] = _one_of(asked, "status", ("", OPEN, *Status))
    terms["urgency"] = _one_of(asked, "urgency", ("", URGENT))
    terms["due"] = _one_of(asked, "due", ("", LATE, DUE_SOON))
    terms["ring"] = _one_of(asked, "ring", ("", *Ring))
    terms["watched"] = _one_of(asked, "watched", ("", *WATCHED))
    terms["duty"] = _one_of(asked, "duty", ("", *DUTIES))
    terms["merged"] = _one_of(asked, "merged", ("", EACH))
    days = _one_of(asked, "days", tuple(map(str, PERIODS_D)), str(EVER))
    return TicketSearch(**terms, days=int(days))


def read_order(asked: Mapping[str, str | None]) -> Order:
    """Read the order from an address's query; raises BadInput."""
    by = _one_of(asked, "sort", SORTS, "created")
    usual = "desc" if by in ("created", "updated") else "asc"
    return Order(by, _one_of(asked, "order", ("asc", "desc"), usual) == "desc")


def read_after(asked: Mapping[str, str | None]) -> After | None:
    """Read after which ticket a page begins; raises BadInput."""
    given = asked.get("after") or ""
    if not given:
        return None
    try:
        said = json.loads(urlsafe_b64decode(given[:LONGEST_AFTER] + "=" * (-len(given) % 4)))
        group, at_us, ticket_id = said
    except (ValueError, TypeError, binascii.Error) as error:
        raise BadInput("after", "as the page before gave it") from error
    numbers = all(type(one) is int and abs(one) < 2**63 for one in (at_us, ticket_id))
    if not numbers or not isinstance(group, str | None) or "\0" in (group or ""):
        raise BadInput("after", "as the page before gave it")
    return After(group, at_us, ticket_id)


def _one_of(
    asked: Mapping[str, str | None], name: str, known: tuple[str, ...], usual: str = ""
) -> str:
    said = (asked.get(name) or usual).strip()
    if said not in known:
        raise BadInput(name, f"one of {', '.join(filter(None, known))}")
    return said
