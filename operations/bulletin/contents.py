"""What a bulletin says, in plain numbers, codes and names: nothing of a person, place or text.

It is worked out once, when it is made, and kept; whatever is written of it later is the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from operations.bulletin.issue import Issue
from operations.pulse.figure import Value

Names = Mapping[str, tuple[str, str]]
"""Codes by what they are called, in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the period, beside the period before and the same of last year.

    `before` and `last_year` are None where the ledger does not reach back over all of their days.
    """

    code: str
    now: Value
    before: Value | None
    last_year: Value | None
    target: float | None
    band: str
    few: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A department or a district: what came in, its figures by code, what is overdue, its band."""

    code: str
    opened: int
    opened_before: int | None
    values: Mapping[str, Value]
    few: frozenset[str]
    overdue: int
    score: float | None
    band: str


@dataclass(frozen=True, slots=True)
class Sort:
    """A category: how many came in now and before."""

    code: str
    opened: int
    before: int


@dataclass(frozen=True, slots=True)
class Gathering:
    """A cluster that lived in the period; callers and town only where there are enough callers."""

    category: str
    district: str | None
    town: str | None
    callers: int | None
    expected: float | None
    born_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class AlarmCounts:
    """Alarms raised in the period by severity, and what became of them until it was made."""

    raised: Mapping[str, int] = field(default_factory=dict)
    acknowledged: int = 0
    cleared: int = 0
    standing: int = 0
    """Of all, whenever they were raised."""

    @property
    def total(self) -> int:
        """All that were raised."""
        return sum(self.raised.values())


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds tickets that are overdue: how many, and since when the oldest is."""

    code: str
    overdue: int
    oldest_due_at: datetime


@dataclass(frozen=True, slots=True)
class Corrected:
    """By how much the counters of a day have changed since it was last reported, by name."""

    day: date
    counters: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Terms:
    """Whose bulletin it is and how figures are judged in it."""

    city: tuple[str, str]
    zone: str
    hotline: str
    few: int
    ranks: bool
    demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """All that one number of a bulletin says.

    `counted` tells how much of the tickets was in the sums. `course` is what came in by hour of
    a day, or by day; `course_before` the same of the period before, as far as it is known.
    `sorts` are the categories that rose most, `sorts_in_all` how many there were. `known` are the
    corrections as they stood, for the next number to count from.
    """

    issue: Issue
    made_at: datetime
    terms: Terms
    counted: float
    measures: tuple[Measure, ...]
    score: float | None
    score_before: float | None
    course: tuple[int, ...]
    course_before: tuple[int, ...]
    departments: tuple[Unit, ...]
    districts: tuple[Unit, ...]
    sorts: tuple[Sort, ...]
    sorts_in_all: int
    biggest: tuple[Sort, ...]
    gatherings: tuple[Gathering, ...]
    gatherings_in_all: int
    alarms: AlarmCounts
    holders: tuple[Holder, ...]
    corrections: tuple[Corrected, ...]
    known: Mapping[str, tuple[int, ...]]
    names: Mapping[str, Names]

    def measure(self, code: str) -> Measure | None:
        """Give a figure, if it was measured."""
        return next((one for one in self.measures if one.code == code), None)

    def name(self, axis: str, code: str | None) -> tuple[str, str]:
        """Give what a code is called in both languages."""
        return self.names.get(axis, {}).get(code or "", (code or "", code or ""))
