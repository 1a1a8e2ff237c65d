"""What the pages of disputes and clinics must be told: plain values, no source behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from layouts.ticket_face import Reader, Row, Step

Choice = tuple[str, str]
"""A code and its name."""


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A dispute in a list; `next` says what comes next in words, `late` that its time is over."""

    number: str
    state: str
    matter: str
    tickets: int
    age_h: float
    said: int
    asked: int
    next: str
    late: bool


@dataclass(frozen=True, slots=True)
class Note:
    """What was written beside the minutes of a clinic later."""

    at: datetime
    actor: str
    said: str


@dataclass(frozen=True, slots=True)
class ClinicRow:
    """A clinic in a list, or above its agenda."""

    number: str
    state: str
    at: datetime
    chair: str
    place: str
    agenda: int
    version: int = 0
    minutes: str = ""
    notes: Sequence[Note] = ()


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """A final opinion; names, no codes."""

    number: str
    dispute: str
    lead: str
    cooperating: Sequence[str]
    due_at: datetime
    basis: str
    decision: str
    signed_at: datetime
    signed_by: str
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """What was asked against an opinion, in words."""

    path: str
    external_id: str
    opinion: str
    asked: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Gathering:
    """Tickets chosen for a dispute; `into` are those they may join, each with its version."""

    tickets: Sequence[Row]
    hidden: int
    into: Sequence[tuple[DisputeRow, int]]


@dataclass(frozen=True, slots=True)
class DocketFace:
    """The docket. `counts` are the disputes by state, `attempts_n` those of 30 days.

    `waiting_n` are tickets that are not yet with the lead a consultation agreed on.
    """

    reader: Reader
    chosen: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    rows: Sequence[DisputeRow] = ()
    after: str = ""
    first: bool = True
    coming: Sequence[ClinicRow] = ()
    past: Sequence[ClinicRow] = ()
    opinions: Sequence[OpinionRow] = ()
    attempts: Sequence[AttemptRow] = ()
    attempts_n: int = 0
    waiting_n: int = 0
    may_convene: bool = False
    usual_at: str = ""
    told: str = ""
    gathering: Gathering | None = None


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A department that is asked: why, and what it said; `may_say` for who reads."""

    code: str
    name: str
    reasons: Sequence[str]
    votes: int
    stance: str = ""
    said: str = ""
    votes_for: str = ""
    at: datetime | None = None
    actor: str = ""
    may_say: bool = False


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What is about to be signed, as it stands in the form: codes, and the due time in words."""

    lead: str = ""
    cooperating: Sequence[str] = ()
    due: str = ""
    basis: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class DisputeFace:
    """One dispute. `acts` may be done by who reads, as it stands now; `states` is its way so far.

    `suggested` are departments to invite with the reasons; `others` all the rest by name.
    """

    reader: Reader
    row: DisputeRow
    version: int
    cause: str
    why: str
    opened_at: datetime
    opened_by: str
    tickets: Sequence[Row]
    hidden: int
    candidates: Sequence[CandidateRow]
    acts: frozenset[str]
    deadline: datetime | None = None
    outcome: Sequence[str] = ()
    clinic: ClinicRow | None = None
    opinion: OpinionRow | None = None
    suggested: Sequence[tuple[str, str, Sequence[str]]] = ()
    others: Sequence[Choice] = ()
    clinics: Sequence[ClinicRow] = ()
    steps: Sequence[Step] = ()
    usual_deadline: str = ""
    draft: DraftRow = DraftRow()


@dataclass(frozen=True, slots=True)
class ClinicFace:
    """One clinic with its agenda."""

    reader: Reader
    clinic: ClinicRow
    agenda: Sequence[DisputeRow]
    may_convene: bool


@dataclass(frozen=True, slots=True)
class RulingFace:
    """What stands on a ticket's page: the opinion that binds it, its disputes, who may open one.

    `disputes` are number and state in words. `agreed` says that the ticket is not with the lead a
    consultation agreed on. `gather` is where it joins a dispute there is, `incident` where an
    incident is opened on it, empty where that is not for who reads.
    """

    reader: Reader
    path: str
    opinion: OpinionRow | None = None
    disputes: Sequence[tuple[str, str]] = ()
    may_open: bool = False
    living: bool = False
    incident: str = ""
    agreed: str = ""
    gather: str = ""
