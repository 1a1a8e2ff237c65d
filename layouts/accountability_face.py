"""What the pages of accountability must be told: plain values, no source behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from layouts.ticket_face import Reader, Step

Choice = tuple[str, str]
"""A code and its name."""


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A matter in a list: names, no codes; `next` says what comes next in words."""

    number: str
    state: str
    department: str
    step: str
    why: str
    evidence: int
    proposed_at: datetime
    next: str
    mine: bool = False


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the city's ladder: what it asks, and whether it may be taken now."""

    code: str
    name: str
    asks: str
    about: str
    possible: bool = True


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A piece of evidence in words; `href` leads to it where who reads may look at it."""

    kind: str
    told: str
    about: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class ProposalFace:
    """The form of a proposal against one department: its steps, what stands, what to attach."""

    code: str
    name: str
    steps: Sequence[StepRow]
    standing: Sequence[str]
    figures: Sequence[Choice]
    first: str
    last: str
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class MattersFace:
    """The list. `counts` are the matters by state, `departments` whom one may propose against."""

    reader: Reader
    chosen: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    rows: Sequence[MatterRow] = ()
    after: str = ""
    first: bool = True
    steps: Sequence[StepRow] = ()
    departments: Sequence[Choice] = ()
    proposal: ProposalFace | None = None
    ticket: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class MatterFace:
    """One matter as who reads sees it. `acts` are those that may be done next, and by them.

    `approved` are who approved and when, `held_back` says why who reads may not approve.
    `papers` are the numbers issued on it, the newest first.
    """

    reader: Reader
    row: MatterRow
    version: int
    asks: str
    evidence: Sequence[EvidenceRow]
    proposed_by: str
    approved: Sequence[tuple[str, datetime]] = ()
    appeal: str = ""
    decision: tuple[str, str, str] | None = None
    papers: Sequence[str] = ()
    acts: frozenset[str] = frozenset()
    held_back: str = ""
    below: Sequence[Choice] = ()
    figures: Sequence[Choice] = ()
    period: tuple[str, str] = ("", "")
    steps: Sequence[Step] = ()
