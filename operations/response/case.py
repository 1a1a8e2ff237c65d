"""A case of the library (案例): what a matter that was solved teaches those who were not in it.

It has figures, and passages of text. No day, place, ticket or person is in it: days are counted
from the opening, offices stand by their codes, whoever else took part is only counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from operations.response.machine import Machine, Move


class State(StrEnum):
    """How far a case has come."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


class Act(StrEnum):
    """What is done to a case."""

    BEGIN = "begin"
    REVISE = "revise"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    DISCARD = "discard"


CASE = Machine(
    "case",
    State.DRAFT,
    [
        Move(Act.REVISE, (State.DRAFT,), State.DRAFT),
        Move(Act.PUBLISH, (State.DRAFT,), State.PUBLISHED),
        Move(Act.DISCARD, (State.DRAFT,), State.DISCARDED),
        Move(Act.WITHDRAW, (State.PUBLISHED,), State.WITHDRAWN, needs_reason=True),
    ],
)
"""Once it is in the library it is never changed, only taken out with a reason."""


class Of(StrEnum):
    """What a passage is about."""

    TITLE = "title"
    SUMMARY = "summary"
    LINK = "link"
    FINDING = "finding"
    MEASURE = "measure"
    DECISION = "decision"
    LESSON = "lesson"


LOCAL = "local"
"""Stands for whatever office of a district: its name would tell where."""

LONGEST: Mapping[Of, int] = {
    Of.TITLE: 60, Of.SUMMARY: 1_000, Of.LINK: 80, Of.FINDING: 1_000, Of.MEASURE: 120,
    Of.DECISION: 1_000, Of.LESSON: 1_000,
}  # fmt: skip
NEEDED = (Of.TITLE, Of.SUMMARY, Of.LESSON)
"""What a case cannot do without."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a case; `number` tells those of one kind apart. An empty one is left out."""

    of: Of
    number: int
    text: str

    @property
    def key(self) -> str:
        """Name it: `lesson/2`."""
        return f"{self.of}/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLink:
    """A link of the chain in its order; one whose name was typed has its name as a passage.

    `owner` is the code of an office, `LOCAL`, or "" for anybody else. `began_here`: it failed,
    and none nearer the source did.
    """

    number: int
    name_zh: str = ""
    name_en: str = ""
    owner: str = ""
    failed: bool = False
    cleared: bool = False
    began_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFinding:
    """What an inspection measured at a link; what it says is the passage of its number."""

    number: int
    link: int
    quantity: str = ""
    value: float | None = None
    unit: str = ""
    limit: float | None = None
    bound: str = "most"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMeasure:
    """A measure, begun and done so many days after the opening, and what went along with it."""

    number: int
    link: int
    owner: str = ""
    began_d: int | None = None
    done_d: int | None = None
    verdict: str = ""
    ratio: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class CaseDay:
    """A day of the matter, counted from that of the opening: complaints, usual, and up to what.

    `count` is None where the day is unknown.
    """

    day: int
    count: int | None
    usual: float
    bound: float

    @property
    def is_above(self) -> bool:
        """Tell whether it is known to be above what is usual."""
        return self.count is not None and self.count > self.bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is told in figures and codes.

    `month` is that of the opening, as 2026-11. `tickets` is None where they are too few to be told.
    `lead` is the code of an office, or `LOCAL`. `units` are the city's offices that were called,
    `local` counts those of districts, `outside` the parties that are no offices.
    """

    category: str
    chain: str
    severity: int
    month: str
    lead: str
    units: tuple[str, ...]
    local: int
    outside: int
    tickets: int | None
    lasted_h: int
    links: tuple[CaseLink, ...] = ()
    findings: tuple[CaseFinding, ...] = ()
    measures: tuple[CaseMeasure, ...] = ()
    days: tuple[CaseDay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case as it stands; version 1 is one just drafted. `incident` is told to keepers alone."""

    number: str
    version: int
    state: State
    incident: str
    facts: Facts
    passages: tuple[Passage, ...]
    drafted_by: str
    drafted_at: datetime
    read_by: str = ""
    published_at: datetime | None = None

    def text(self, of: Of, number: int = 0) -> str:
        """Give the text of a passage, "" where there is none."""
        found = (one.text for one in self.passages if (one.of, one.number) == (of, number))
        return next(found, "")

    def texts(self, of: Of) -> list[str]:
        """Give the texts of a kind that stand, in their order."""
        return [one.text for one in self.passages if one.of is of and one.text]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One act on a case: by whom, when and why; `key` is the client's own name of it."""

    version: int
    at: datetime
    actor: str
    verified: bool
    act: Act
    reason: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks for: texts by the key of their passage; `read`: they read every one."""

    texts: Mapping[str, str] = field(default_factory=dict)
    read: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a case is looked for by; all of it is to hold, nothing asks for every one."""

    words: Sequence[str] = ()
    category: str = ""
    chain: str = ""
