"""An incident as it is held: one head, its parts, and the lines of its timeline.

A change carries what it makes of the head and of parts, each the next version of what was seen,
and one line. Only two who change the same part come in each other's way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from operations.errors import Conflict
from operations.response.content import Content
from operations.response.machine import Machine, Move

SUBJECT = "incident"
"""What the stream calls an act on an incident."""

SEVERITIES = (1, 2, 3, 4)
"""特别重大, 重大, 较大, 一般."""

LIFE = Machine(
    "incident",
    "watching",
    (
        Move("assess", ("watching",), "assessing"),
        Move("respond", ("assessing",), "responding"),
        Move("control", ("responding",), "controlled"),
        Move("relapse", ("controlled",), "responding", needs_reason=True),
        Move("ask_close", ("controlled",), "controlled", needs_reason=True),
        Move("confirm_close", ("controlled",), "closed"),
        Move("close", ("controlled",), "closed"),
        Move("reopen", ("closed",), "responding", needs_reason=True),
        Move("review", ("closed",), "reviewed"),
    ),
)
"""监测 → 研判 → 响应 → 受控 → 关闭 → 复盘; back only with a reason."""

LIVING = ("watching", "assessing", "responding", "controlled")
"""The states in which somebody is at work on it, and reports are due."""


class Kind(StrEnum):
    """What a part is."""

    LINK = "link"
    FINDING = "finding"
    MEASURE = "measure"
    TASK = "task"
    PARTY = "party"
    ROLE = "role"
    DECISION = "decision"
    REPORT = "report"
    LESSON = "lesson"
    FILE = "file"
    PIN = "pin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Why it may be closed: so many days at the baseline, or a reason somebody else confirmed."""

    days: int = 0
    reason: str = ""
    asked_by: str = ""
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """The head of an incident; `seq` grows with every change of any part.

    `lead` is the code of the one department that leads. `released` is what somebody entitled let
    onto the wall. `reported_us` is when the last situation report was given, `resumed_us` when it
    was last opened again.
    """

    id: str
    number: str
    state: str
    severity: int
    lead: str
    title: str
    opened_us: int
    changed_us: int
    version: int = 1
    seq: int = 1
    exercise: bool = False
    category: str = ""
    district: str | None = None
    cluster: str | None = None
    alarm: str | None = None
    closed_us: int | None = None
    reported_us: int | None = None
    resumed_us: int | None = None
    released: str = ""
    closing: Closing | None = None

    @property
    def is_living(self) -> bool:
        """True until it is closed."""
        return self.state in LIVING


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part; `number` 0 is a new one, which the book numbers within its kind.

    `due_us` is when something of it is due, None where nothing is (any more).
    """

    kind: Kind
    number: int
    body: Mapping[str, Any]
    version: int = 1
    seq: int = 0
    due_us: int | None = None

    @property
    def state(self) -> str:
        """Tell where it stands, "" for what has no states."""
        return str(self.body.get("state", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the timeline; `key` is the client's own name of the act, so that it is one.

    `number` is the part it is about, 0 for the whole. `typed_us` is when it was typed, where that
    was before it arrived.
    """

    at_us: int
    actor: str
    verified: bool
    act: str
    key: str
    seq: int = 0
    kind: str = ""
    number: int = 0
    detail: str = ""
    reason: str = ""
    typed_us: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an act makes of an incident; `seen_seq` where it holds only of the whole as seen.

    `seen_state` is the state it rests on, "" where it rests on none. `kept` are bytes that are kept
    with it from now on, `dropped` the digests of those that go.
    """

    line: Line
    head: Incident | None = None
    parts: tuple[Part, ...] = ()
    seen_seq: int | None = None
    seen_state: str = ""
    kept: tuple[Content, ...] = ()
    dropped: tuple[str, ...] = ()

    def refuse_overtaken(self, held: Incident) -> None:
        """Raise Conflict where what it rests on is no longer so."""
        if self.seen_seq not in (None, held.seq) or self.seen_state not in ("", held.state):
            raise overtaken(held.id, held)


@dataclass(frozen=True, slots=True)
class Signed:
    """Who acts and when; `verified`: an account vouches for the actor."""

    actor: str
    verified: bool
    at_us: int


Name = tuple[Kind, int]


@dataclass(frozen=True, slots=True)
class Whole:
    """An incident with all its parts, by kind and number, as one moment held them."""

    head: Incident
    parts: Mapping[Name, Part] = field(default_factory=dict)

    def of(self, kind: Kind) -> list[Part]:
        """Give the parts of a kind by number."""
        return [self.parts[name] for name in sorted(self.parts) if name[0] is kind]


class Changes(NamedTuple):
    """What changed behind a `seq`; `whole` False: there is more than was asked for."""

    head: Incident
    parts: list[Part]
    lines: list[Line]
    whole: bool


def overtaken(incident: str, held: object) -> Conflict:
    """Say that somebody changed what was seen."""
    return Conflict(f"incident {incident} has changed there since it was seen", held)
