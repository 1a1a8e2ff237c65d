"""A campaign (专项攻坚): over many matters, with a scope, a period, a target and measures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from operations.response.dispute import Identity
from operations.response.machine import Machine, Move

MOST_CATEGORIES, MOST_DISTRICTS, MOST_PAIRS = 20, 30, 60
MOST_TICKETS, MOST_MEASURES, MOST_UNITS = 500, 50, 20
LONGEST = timedelta(days=366)
LONGEST_NAME, LONGEST_TEXT = 60, 2_000


class State(StrEnum):
    """How far a campaign has come."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    REVIEWED = "reviewed"
    CALLED_OFF = "called_off"


class Act(StrEnum):
    """What is done to a campaign."""

    PLAN = "plan"
    BEGIN = "begin"
    ADD = "add"  # a measure
    FINISH = "finish"  # a measure
    DROP = "drop"  # a measure
    PROLONG = "prolong"
    END = "end"
    REVIEW = "review"
    CALL_OFF = "call_off"


_LIVING = (State.PLANNED, State.RUNNING)

CAMPAIGN = Machine(
    "campaign",
    State.PLANNED,
    [
        Move(Act.BEGIN, (State.PLANNED,), State.RUNNING),
        *(Move(Act.ADD, (one,), one) for one in _LIVING),
        Move(Act.FINISH, (State.RUNNING,), State.RUNNING),
        *(Move(Act.DROP, (one,), one, needs_reason=True) for one in _LIVING),
        *(Move(Act.PROLONG, (one,), one, needs_reason=True) for one in _LIVING),
        Move(Act.END, (State.RUNNING,), State.ENDED),
        Move(Act.REVIEW, (State.ENDED,), State.REVIEWED),
        Move(Act.CALL_OFF, _LIVING, State.CALLED_OFF, needs_reason=True),
    ],
)


class Goal(StrEnum):
    """What a target is of."""

    OPEN = "open"  # open tickets of the scope, at most so many on the last day
    SOLVED = "solved"  # of callbacks that say whether it is solved, at least this share


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached by the last day."""

    goal: Goal
    value: float


@dataclass(frozen=True, slots=True)
class Scope:
    """Which tickets it is about: those of categories (and districts), or chosen ones."""

    categories: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    tickets: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One thing that is done: by whom, until when."""

    number: int
    title: str
    owner: str
    due: date
    done_at: datetime | None = None
    done_by: str = ""
    dropped: str = ""

    @property
    def is_open(self) -> bool:
        """True until it is done or dropped."""
        return self.done_at is None and not self.dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One campaign as it stands; version 1 is one just planned.

    `district` is set where it is one district's own.
    """

    number: str
    version: int
    state: State
    name: str
    owner: str
    cooperating: tuple[str, ...]
    district: str | None
    scope: Scope
    target: Target
    first: date
    last: date
    planned_by: str
    planned_at: datetime
    changed_at: datetime
    measures: tuple[Measure, ...] = ()
    lessons: str = ""

    @property
    def units(self) -> frozenset[str]:
        """Name every unit that has a part in it."""
        return frozenset({self.owner, *self.cooperating, *(one.owner for one in self.measures)})

    def measure(self, number: int) -> Measure | None:
        """Give a measure."""
        return next((one for one in self.measures if one.number == number), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignLine:
    """One act on a campaign: by whom, when and why; `key` is the client's own name of it."""

    version: int
    at: datetime
    actor: str
    verified: bool
    act: Act
    detail: str = ""
    reason: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks for; what an act does not need is left out."""

    name: str = ""
    owner: str = ""
    cooperating: tuple[str, ...] = ()
    scope: Scope = Scope()
    target: Target | None = None
    first: date | None = None
    last: date | None = None
    title: str = ""
    due: date | None = None
    measure: int = 0
    lessons: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What an act is judged by: the moment, its day in the city, who acts, which codes there are.

    `knows(kind, code)` tells of a "department", "category" or "district".
    """

    now: datetime
    today: date
    actor: str
    knows: Callable[[str, str], bool]
