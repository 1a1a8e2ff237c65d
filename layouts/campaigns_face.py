"""What the pages of campaigns must be told: plain values, no source behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from layouts.ticket_face import Reader, Step

Choice = tuple[str, str]
"""A code and its name."""


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign in a list: names, no codes; `target` and `now` in words, `behind` its line."""

    number: str
    state: str
    name: str
    owner: str
    period: str
    target: str
    now: str
    measures: str
    behind: bool = False


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure; `state` is open, late, done or dropped, `about` who did it or why it is not."""

    number: int
    title: str
    owner: str
    due: str
    state: str
    about: str = ""
    may_finish: bool = False


@dataclass(frozen=True, slots=True)
class BurndownFace:
    """The days of a campaign: what is, what should be, and the first and last day's names.

    A day to come is None. `share`: values are shares; else open tickets. `told` says in words
    where it stands, `ahead` where it leads, empty where nothing honest can be said.
    """

    actual: Sequence[float | None]
    wanted: Sequence[float]
    first: str
    last: str
    share: bool
    told: str
    ahead: str = ""
    flow: str = ""


@dataclass(frozen=True, slots=True)
class PlanFace:
    """The form of a new campaign: what can be chosen, and the usual days."""

    categories: Sequence[Choice]
    districts: Sequence[Choice]
    departments: Sequence[Choice]
    first: str
    last: str
    district: str = ""


@dataclass(frozen=True, slots=True)
class CampaignsFace:
    """The list of campaigns, and the form for who may plan one."""

    reader: Reader
    rows: Sequence[CampaignRow] = ()
    after: str = ""
    first: bool = True
    plan: PlanFace | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class CampaignFace:
    """One campaign. `scope` says in words what it is about."""

    reader: Reader
    row: CampaignRow
    version: int
    cooperating: Sequence[str]
    scope: Sequence[str]
    planned_by: str
    planned_at: datetime
    burndown: BurndownFace | None = None
    measures: Sequence[MeasureRow] = ()
    lessons: str = ""
    acts: frozenset[str] = frozenset()
    departments: Sequence[Choice] = ()
    last: str = ""
    steps: Sequence[Step] = ()
