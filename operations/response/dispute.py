"""A dispute (争议): a matter nobody wants to own, from the first return to a final opinion.

会商 invites the candidates and collects what each says by a deadline; what they do not settle
goes to a clinic (领导坐诊), whose final opinion (终诊) names exactly one lead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from operations.response.machine import Machine, Move

Identity = tuple[str, str]

MOST_TICKETS = 200
MOST_CANDIDATES = 20


class State(StrEnum):
    """How far a dispute has come."""

    OPEN = "open"  # 待会商
    CONSULTING = "consulting"  # 会商中
    AGREED = "agreed"  # 会商一致
    UNRESOLVED = "unresolved"  # 会商未果
    SCHEDULED = "scheduled"  # 列入坐诊
    RULED = "ruled"  # 终诊
    WITHDRAWN = "withdrawn"  # 撤销


class Act(StrEnum):
    """What is done to a dispute."""

    OPEN = "open"
    JOIN = "join"  # one more ticket of the same matter
    LEAVE = "leave"
    INVITE = "invite"  # 一键会商
    SAY = "say"  # a department's own word
    PROLONG = "prolong"
    AGREE = "agree"
    FAIL = "fail"
    SCHEDULE = "schedule"
    PUT_OFF = "put_off"
    DRAFT = "draft"  # the opinion, prepared for who signs
    RULE = "rule"
    WITHDRAW = "withdraw"


_BEFORE_A_CLINIC = (State.OPEN, State.CONSULTING, State.UNRESOLVED)

DISPUTE = Machine(
    "dispute",
    State.OPEN,
    [
        *(Move(Act.JOIN, (state,), state) for state in _BEFORE_A_CLINIC),
        *(Move(Act.LEAVE, (state,), state, needs_reason=True) for state in _BEFORE_A_CLINIC),
        Move(Act.INVITE, (State.OPEN, State.CONSULTING), State.CONSULTING),
        Move(Act.SAY, (State.CONSULTING,), State.CONSULTING),
        Move(Act.PROLONG, (State.CONSULTING,), State.CONSULTING, needs_reason=True),
        Move(Act.AGREE, (State.CONSULTING,), State.AGREED),
        Move(Act.FAIL, (State.CONSULTING,), State.UNRESOLVED, needs_reason=True),
        Move(Act.SCHEDULE, (State.UNRESOLVED,), State.SCHEDULED),
        Move(Act.PUT_OFF, (State.SCHEDULED,), State.UNRESOLVED, needs_reason=True),
        Move(Act.DRAFT, (State.SCHEDULED,), State.SCHEDULED),
        Move(Act.RULE, (State.SCHEDULED,), State.RULED),
        Move(Act.WITHDRAW, _BEFORE_A_CLINIC, State.WITHDRAWN, needs_reason=True),
    ],
)

ENDED = frozenset({State.AGREED, State.RULED, State.WITHDRAWN})
"""A dispute in none of these is living; a ticket is in one living dispute at most."""


class Cause(StrEnum):
    """By what a dispute opened."""

    RETURN = "return"  # 退单
    BOUNCING = "bouncing"  # 推诿: two or more reassignments
    HAND = "hand"


class Stance(StrEnum):
    """What a department says of a matter."""

    LEAD = "lead"  # 由我牵头
    COOPERATE = "cooperate"  # 可以配合
    NOT_OURS = "not_ours"  # 不属于我


@dataclass(frozen=True, slots=True)
class Candidate:
    """A department that is asked, and why: `reasons` as `suggesting.as_text` writes them."""

    department: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """What a department said; `votes_for` is whom it holds for the one to lead."""

    department: str
    stance: Stance
    said: str
    at: datetime
    actor: str
    votes_for: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a consultation agreed on."""

    lead: str
    cooperating: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is about to be signed: as the office prepares it, as a leader signs it."""

    lead: str = ""
    cooperating: tuple[str, ...] = ()
    due_at: datetime | None = None
    basis: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One dispute as it stands; version 1 is a dispute just opened.

    `words` holds the last word of each department. `clinic` and `opinion` are numbers.
    """

    number: str
    version: int
    state: State
    cause: Cause
    why: str
    tickets: tuple[Identity, ...]
    opened_at: datetime
    opened_by: str
    changed_at: datetime
    candidates: tuple[Candidate, ...] = ()
    words: tuple[Word, ...] = ()
    deadline: datetime | None = None
    outcome: Outcome | None = None
    clinic: str | None = None
    draft: Draft | None = None
    opinion: str | None = None

    @property
    def is_living(self) -> bool:
        """True until it is agreed, ruled or withdrawn."""
        return self.state not in ENDED

    @property
    def invited(self) -> frozenset[str]:
        """Name the departments that are asked."""
        return frozenset(one.department for one in self.candidates)

    @property
    def silent(self) -> list[str]:
        """Name the departments that were asked and said nothing, in the order of asking."""
        said = {one.department for one in self.words}
        return [one.department for one in self.candidates if one.department not in said]

    def word_of(self, department: str) -> Word | None:
        """Give the last word of a department."""
        return next((one for one in self.words if one.department == department), None)

    def votes(self) -> Mapping[str, int]:
        """Count who holds whom for the lead; a department that offers itself votes for itself."""
        found: dict[str, int] = {}
        for one in self.words:
            whom = one.department if one.stance is Stance.LEAD else one.votes_for
            if whom is not None:
                found[whom] = found.get(whom, 0) + 1
        return found


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """One act on a dispute: by whom, when and why; `detail` names departments, numbers, times."""

    version: int
    at: datetime
    actor: str
    verified: bool
    act: Act
    detail: str
    reason: str
