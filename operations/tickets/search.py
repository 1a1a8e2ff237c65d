"""What tickets are looked for: words, a number, codes, a state, a period."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from operations.errors import BadInput
from operations.tickets.ticket import Status

LONGEST_TERM = 128
EVER = 0
PERIODS_D = (7, 30, 365, EVER)
USUAL_D = 30
A_PAGE = 50
MOST_PAGES = 200
MOST_EXPORTED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSearch:
    """A search; what is empty narrows nothing.

    `days` counts back from now by the time of acceptance, 0 is ever. A `number` is looked for
    as a whole and in any period.
    """

    words: str = ""
    number: str = ""
    department: str = ""
    district: str = ""
    category: str = ""
    status: str = ""
    days: int = USUAL_D

    def since(self, now: datetime) -> datetime | None:
        """Give when the period begins, None for ever."""
        if self.number or self.days == EVER:
            return None
        return now - timedelta(days=self.days)

    def asked(self) -> dict[str, str]:
        """Give what was asked for, as an address says it."""
        told = {name: str(value) for name, value in asdict(self).items() if value != ""}
        if self.days == USUAL_D:
            del told["days"]
        return told


def read_search(asked: Mapping[str, str | None]) -> TicketSearch:
    """Read a search from an address's query; raises BadInput."""
    terms: dict[str, str] = {}
    for name in ("words", "number", "department", "district", "category", "status"):
        term = (asked.get(name) or "").strip()
        if len(term) > LONGEST_TERM or "\0" in term:
            raise BadInput(name, f"at most {LONGEST_TERM} characters")
        terms[name] = term
    if terms["status"] and terms["status"] not in set(Status):
        raise BadInput("status", f"one of {', '.join(Status)}")
    days = (asked.get("days") or str(USUAL_D)).strip()
    if days not in map(str, PERIODS_D):
        raise BadInput("days", f"one of {', '.join(map(str, PERIODS_D))}")
    return TicketSearch(**terms, days=int(days))


def read_page(asked: Mapping[str, str | None]) -> int:
    """Read which page of the results is wanted; raises BadInput."""
    given = asked.get("page") or "1"
    if not (given.isascii() and given.isdecimal() and len(given) <= 3):
        raise BadInput("page", f"a number from 1 to {MOST_PAGES}")
    if not 1 <= int(given) <= MOST_PAGES:
        raise BadInput("page", f"a number from 1 to {MOST_PAGES}")
    return int(given)
