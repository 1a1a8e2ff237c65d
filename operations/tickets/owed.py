"""What is owed on tickets under supervision: by whom, until when, to whom it is shown."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from operations.errors import BadInput
from operations.people.permissions import Field, Subject
from operations.people.sight import Sight
from operations.pulse.windows import from_us, to_us
from operations.tickets.supervision import Line, Watch

LONGEST_PLACE = 1_200

SUMMONS = "summons"
"""What stands for a line where a check-in is owed."""

CONDITIONS = ("line", "department", "standing")
"""What narrows the list, as an address names it."""

LINES = (*(line.value for line in Line), SUMMONS)


class Standing(StrEnum):
    """How one debt stands."""

    LATE = "late"
    DUE = "due"
    REPLIED = "replied"  # it waits for a word on the reply


@dataclass(frozen=True, slots=True)
class Debt:
    """One open debt of a ticket: a reply to a record, or a check-in after a summons."""

    number: int
    department: str
    line: str
    opened_at: datetime
    due_at: datetime
    replied_at: datetime | None = None
    sign: str = ""
    lister: str = ""

    def standing(self, now: datetime) -> Standing:
        """Tell how it stands; what was replied to in time or late waits for a word alike."""
        if self.replied_at is not None:
            return Standing.REPLIED
        return Standing.LATE if now > self.due_at else Standing.DUE


def debts_of(watch: Watch) -> list[Debt]:
    """Give what is owed on a ticket."""
    found = [
        Debt(
            one.number, one.department, one.line.value, one.opened_at, one.due_at, one.replied_at,
            one.sign, one.lister,
        )
        for one in watch.records
        if one.is_open
    ]  # fmt: skip
    return found + [
        Debt(one.number, called.department, SUMMONS, one.called_at, one.due_at)
        for one in watch.summonses
        if one.withdrawn_at is None
        for called in one.called
        if called.came_at is None
    ]


Place = tuple[datetime, str, str, int, str]
"""Where a debt stands in a list: due, source, number of the ticket, number and who owes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A debt with what a list tells of its ticket; `version` is that of the decisions on it."""

    debt: Debt
    source: str
    external_id: str
    title: str
    category: str
    department: str | None
    district: str | None
    town: str | None
    confidential: bool
    version: int

    @property
    def place(self) -> Place:
        """Where it stands in a list: what is due first comes first."""
        debt = self.debt
        return (debt.due_at, self.source, self.external_id, debt.number, debt.department)

    def is_seen(self, sight: Sight) -> bool:
        """Tell whether somebody sees it: by the ticket, or by the department that owes it."""
        return any(
            sight.holds(
                Subject(Field.TICKET, department, self.district, self.town),
                confidential=self.confidential,
            )
            for department in (self.department, self.debt.department)
        )


@dataclass(frozen=True, slots=True)
class OwedPage:
    """Debts in order; `after`: the place behind which the next ones begin, None at the end.

    A page may hold fewer than were asked for, or none, and yet have a next one.
    """

    rows: list[Owed]
    after: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedSearch:
    """What of it is looked for; what is empty narrows nothing."""

    line: str = ""
    department: str = ""
    standing: str = ""

    def takes(self, debt: Debt, now: datetime) -> bool:
        """Tell whether a debt is looked for."""
        return (
            self.line in ("", debt.line)
            and self.department in ("", debt.department)
            and self.standing in ("", debt.standing(now))
        )


def read_owed(asked: Callable[[str], str]) -> OwedSearch:
    """Read a search from what an address asks; raises BadInput."""
    line, department, standing = map(asked, CONDITIONS)
    if line not in ("", *LINES):
        raise BadInput("line", f"one of {', '.join(LINES)}")
    if standing not in ("", *Standing):
        raise BadInput("standing", f"one of {', '.join(Standing)}")
    if len(department) > 128 or "\0" in department:
        raise BadInput("department", "a department's code")
    return OwedSearch(line=line, department=department, standing=standing)


def write_place(place: Place) -> str:
    """Write a place as an address carries it."""
    told = json.dumps([to_us(place[0]), *place[1:]], ensure_ascii=False)
    return urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read_place(given: str) -> Place | None:
    """Read a place from an address, None for the head of the list; raises BadInput."""
    if not given:
        return None
    try:
        said = json.loads(urlsafe_b64decode(given[:LONGEST_PLACE] + "=" * (-len(given) % 4)))
        due_us, source, external_id, number, department = said
        due_at = from_us(due_us)
    except (ValueError, TypeError, OverflowError, binascii.Error) as error:
        raise BadInput("after", "as the page before gave it") from error
    texts = all(
        isinstance(one, str) and "\0" not in one for one in (source, external_id, department)
    )
    if not texts or type(number) is not int or not 0 <= number < 2**31:
        raise BadInput("after", "as the page before gave it")
    return (due_at, source, external_id, number, department)
