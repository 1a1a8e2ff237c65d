"""What the pages of tickets must be told: plain values, no source behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from layouts.wording import Language, words


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads and when, as a watermark says it; `demo`: the city is made up."""

    language: Language
    zone: ZoneInfo
    at: datetime
    name: str
    demo: bool = False
    own: bool = False

    @property
    def words(self) -> Mapping[str, str]:
        """Give every word in this page's language."""
        return words(self.language)

    @property
    def mark(self) -> str:
        """Give the words of the watermark."""
        return f"{self.name} · {self.moment(self.at, seconds=True)} {self.offset}"

    @property
    def offset(self) -> str:
        """Name the zone's distance from UTC: UTC+8."""
        hours = (self.at.astimezone(self.zone).utcoffset() or timedelta()) / timedelta(hours=1)
        return f"UTC{hours:+g}"

    def moment(self, at: datetime, *, seconds: bool = False) -> str:
        """Say when, in the city's zone: 2026-11-24 10:00."""
        return when(at, self.zone, seconds=seconds)


def when(at: datetime, zone: ZoneInfo, *, seconds: bool = False) -> str:
    """Say when, in a zone: 2026-11-24 10:00."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket in a list; codes are told by name, the words are the masked ones."""

    source: str
    external_id: str
    title: str
    status: str
    category: str
    department: str
    district: str
    created_at: datetime
    urgency: str = "routine"
    confidential: bool = False
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A saved view: its id, its name and what it asks for."""

    id: str
    name: str
    asked: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SearchFace:
    """The search: what was asked, what can be chosen, and the views that were saved.

    `choices` gives the codes and names of a condition. `told` says why nothing can be looked for.
    `keeps` tells whether views can be saved; `acts` whether who reads may act on tickets.
    """

    reader: Reader
    asked: Mapping[str, str]
    choices: Mapping[str, Sequence[tuple[str, str]]]
    views: Sequence[View] = ()
    told: str = ""
    keeps: bool = False
    acts: bool = False
    most_exported: int = 10_000


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a ticket's history, in words."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Who has seen a field: a line of the book of reveals."""

    at: datetime
    who: str
    field: str
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class TicketFace:
    """A ticket's page.

    `words` are the masked title, text and address, `person` the masked fields of who called;
    `sealed` names what can be opened, and `unsealable` that it cannot be read. `may_reveal`
    says whether who reads may: else `why_not` is the word that says why.
    """

    reader: Reader
    row: Row
    words: Mapping[str, str]
    person: Mapping[str, str]
    sealed: frozenset[str]
    facts: Sequence[tuple[str, str]]
    times: Sequence[tuple[str, datetime]]
    counts: Mapping[str, int]
    parent: str | None = None
    steps: Sequence[Step] = ()
    seen: Sequence[Opened] = ()
    may_reveal: bool = False
    why_not: str = ""
    unsealable: bool = False
    minutes: Sequence[int] = field(default=(1, 5, 15))
