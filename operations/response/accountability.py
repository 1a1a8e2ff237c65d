"""A matter of accountability (问责) against one department, from its proposal to its end.

A person proposes it on evidence, two others approve it, its paper is issued, and the department
may appeal. Nothing in it happens by itself. It names departments, never a person they employ.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from operations.response.machine import Machine, Move

MOST_EVIDENCE = 50
APPROVERS = 2


class State(StrEnum):
    """How far a matter of accountability has come."""

    PROPOSED = "proposed"  # 待初审
    SECONDED = "seconded"  # 待复审: a first has approved
    APPROVED = "approved"  # 待发出: two have
    ISSUED = "issued"  # 已发出
    APPEALED = "appealed"  # 申诉中
    UPHELD = "upheld"  # 申诉后维持
    CHANGED = "changed"  # 申诉后变更
    DECLINED = "declined"  # 审核不同意
    WITHDRAWN = "withdrawn"  # 撤销
    CLOSED = "closed"  # 了结


class Act(StrEnum):
    """What is done to it."""

    PROPOSE = "propose"
    ATTACH = "attach"  # more evidence, while nobody has approved
    APPROVE = "approve"
    DECLINE = "decline"
    ISSUE = "issue"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    CHANGE = "change"  # to a lower step
    RESCIND = "rescind"  # the paper no longer stands
    WITHDRAW = "withdraw"  # before it was issued
    CLOSE = "close"


_UNISSUED = (State.PROPOSED, State.SECONDED, State.APPROVED)

ACCOUNTABILITY = Machine(
    "accountability",
    State.PROPOSED,
    [
        Move(Act.ATTACH, (State.PROPOSED,), State.PROPOSED),
        Move(Act.APPROVE, (State.PROPOSED,), State.SECONDED),
        Move(Act.APPROVE, (State.SECONDED,), State.APPROVED),
        Move(Act.DECLINE, (State.PROPOSED, State.SECONDED), State.DECLINED, needs_reason=True),
        Move(Act.WITHDRAW, _UNISSUED, State.WITHDRAWN, needs_reason=True),
        Move(Act.ISSUE, (State.APPROVED,), State.ISSUED),
        Move(Act.APPEAL, (State.ISSUED,), State.APPEALED, needs_reason=True),
        Move(Act.UPHOLD, (State.APPEALED,), State.UPHELD, needs_reason=True),
        Move(Act.CHANGE, (State.APPEALED,), State.CHANGED, needs_reason=True),
        Move(Act.RESCIND, (State.APPEALED,), State.WITHDRAWN, needs_reason=True),
        Move(Act.CLOSE, (State.ISSUED, State.UPHELD, State.CHANGED), State.CLOSED),
    ],
)

ENDED = frozenset({State.DECLINED, State.WITHDRAWN, State.CLOSED})


class Kind(StrEnum):
    """What a piece of evidence is."""

    TICKET = "ticket"  # ref: source/number
    INCIDENT = "incident"  # ref: its number
    OPINION = "opinion"  # ref: the number of a final opinion
    ATTEMPT = "attempt"  # ref: the opinion against which a source asked in vain
    FIGURE = "figure"  # ref: the figure's code
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """A figure of the department over a period, worked out by the server when it was attached.

    The definition is kept as it was then, in both languages; `n` tickets are what it rests on.
    """

    first: date
    last: date
    value: float | None
    n: int
    unit: str
    name: tuple[str, str]
    means: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A piece of evidence: what it points to, and what is said of it."""

    kind: Kind
    ref: str = ""
    said: str = ""
    figure: Reckoned | None = None


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who acted: `person` is the account's own id, which no change of a name moves."""

    person: str
    name: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Approval:
    """That somebody approved it as it stands."""

    by: Signatory
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of an appeal: upheld, changed to a lower step, or rescinded."""

    act: Act
    by: Signatory
    at: datetime
    ground: str
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One matter as it stands; version 1 is one just proposed.

    `district` is that of the department, None for one of the whole city. `paper` is the number
    of the paper in force, or that was.
    """

    number: str
    version: int
    state: State
    department: str
    district: str | None
    step: str
    why: str
    evidence: tuple[Evidence, ...]
    proposed_by: Signatory
    proposed_at: datetime
    changed_at: datetime
    approvals: tuple[Approval, ...] = ()
    paper: str | None = None
    issued_at: datetime | None = None
    appeal_until: datetime | None = None
    appeal: str = ""
    appealed_at: datetime | None = None
    decision: Decision | None = None

    @property
    def is_issued(self) -> bool:
        """True once the department was told of it."""
        return self.issued_at is not None

    @property
    def hands(self) -> frozenset[str]:
        """Name who had a hand in it: they decide on no appeal."""
        return frozenset({self.proposed_by.person, *(one.by.person for one in self.approvals)})


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountabilityLine:
    """One act: by whom, when and why; `key` is the client's own name of it."""

    version: int
    at: datetime
    by: Signatory
    act: Act
    detail: str = ""
    reason: str = ""
    key: str = ""
