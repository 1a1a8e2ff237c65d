"""What the pages of the library of cases must be told: plain values, no source behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from layouts.ticket_face import Reader, Step

Choice = tuple[str, str]
"""A code and its name."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list: names, no codes; `lasted` in words."""

    number: str
    state: str
    title: str
    summary: str
    category: str
    lead: str
    month: str
    lasted: str


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """An incident that was reviewed and has no case yet."""

    id: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class CasesFace:
    """The library: what was asked for, what was found, and what its keepers have to do.

    `whole` tells whether anything stands in it. `drafts` and `reviewed` are for keepers.
    """

    reader: Reader
    asked: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Sequence[Choice]] = field(default_factory=dict)
    rows: Sequence[CaseRow] = ()
    after: str = ""
    whole: bool = False
    drafts: Sequence[CaseRow] = ()
    reviewed: Sequence[ReviewedRow] = ()
    told: str = ""


@dataclass(frozen=True, slots=True)
class MeasureSeen:
    """A measure: what it was, who did it when, and what went along with it."""

    title: str
    about: str
    effect: str = ""


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """A link of the chain; `verdict` is failed, cleared or unknown. A finding: measured, said."""

    name: str
    owner: str
    verdict: str
    cleared: bool
    began_here: bool
    findings: Sequence[tuple[str, str]] = ()
    measures: Sequence[MeasureSeen] = ()


@dataclass(frozen=True, slots=True)
class DaySeen:
    """A day after the opening: complaints, and whether they were above what is usual.

    `count` is None where the day is unknown.
    """

    day: int
    count: int | None
    above: bool


@dataclass(frozen=True, slots=True)
class PassageSeen:
    """A text of a draft: its key, what it is, what may still tell who or where."""

    key: str
    name: str
    text: str
    longest: int
    doubts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class CaseFace:
    """One case. `passages` are there while it is a draft; `source` is its incident, for keepers.

    `alike` are others of its category or chain. `withdrawn` says why it was taken out.
    """

    reader: Reader
    row: CaseRow
    version: int
    facts: Sequence[tuple[str, str]]
    links: Sequence[LinkSeen]
    elsewhere: Sequence[MeasureSeen]
    decisions: Sequence[str]
    lessons: Sequence[str]
    days: Sequence[DaySeen] = ()
    days_told: str = ""
    passages: Sequence[PassageSeen] = ()
    acts: frozenset[str] = frozenset()
    source: tuple[str, str] | None = None
    published: tuple[str, datetime] | None = None
    withdrawn: str = ""
    alike: Sequence[CaseRow] = ()
    steps: Sequence[Step] = ()
