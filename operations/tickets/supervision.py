"""What is done to see a ticket through: reports upward, supervision, listed cases, summonses.

Three lines watch (三线督办); a listed case (挂牌督办) is watched in public, under a number and a
name. A record ends by an outcome, and an outcome needs a reply.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from operations.people.person import Ring
from operations.tickets.ticket import Supervision


class Line(StrEnum):
    """Who watches."""

    INTERNAL = "internal"  # 内部督办
    GOVERNMENT = "government"  # 政府督查
    PUBLIC = "public"  # 社会监督
    LISTED = "listed"  # 挂牌督办


class Outcome(StrEnum):
    """How a record ended."""

    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"  # taken back, and never of a listed case


@dataclass(frozen=True, slots=True)
class Report:
    """A report upward (一键直报): to which ring, and why."""

    at: datetime
    ring: Ring
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of supervision: the department owes a reply by `due_at`.

    `sign` and `lister` are the number of a listed case and who lists it. A reply that was sent back
    is gone from here, and counted; what it said stands in the lines. `ruling` is what the outcome
    was, in words.
    """

    number: int
    line: Line
    department: str
    opened_at: datetime
    due_at: datetime
    reason: str
    sign: str = ""
    lister: str = ""
    reply: str = ""
    replied_at: datetime | None = None
    sent_back: int = 0
    outcome: Outcome | None = None
    ruling: str = ""
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for something: a reply, or a word on it."""
        return self.ended_at is None

    def is_late(self, now: datetime) -> bool:
        """Tell whether the reply is overdue, or came so."""
        return (self.replied_at or self.ended_at or now) > self.due_at


@dataclass(frozen=True, slots=True)
class Called:
    """A department that was summoned, and when it came."""

    department: str
    came_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summons:
    """A ring summons departments to a ticket (吹哨报到); each checks in by `due_at`."""

    number: int
    ring: Ring
    called_at: datetime
    due_at: datetime
    reason: str
    called: tuple[Called, ...]
    withdrawn_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether somebody is still waited for."""
        return self.withdrawn_at is None and any(one.came_at is None for one in self.called)


@dataclass(frozen=True, slots=True)
class Referral:
    """A ticket referred to accountability (移送问责)."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Watch:
    """Everything of these on one ticket, as it stands; each list oldest first."""

    reports: tuple[Report, ...] = ()
    records: tuple[Record, ...] = ()
    summonses: tuple[Summons, ...] = ()
    referral: Referral | None = None

    @property
    def state(self) -> Supervision | None:
        """Give how the ticket is supervised: referred goes before open."""
        if self.referral is not None:
            return Supervision.REFERRED
        return Supervision.OPEN if any(one.is_open for one in self.records) else None

    def record(self, number: int) -> Record | None:
        """Find a record by its number on the ticket."""
        return next((one for one in self.records if one.number == number), None)

    def summons(self, number: int) -> Summons | None:
        """Find a summons by its number on the ticket."""
        return next((one for one in self.summonses if one.number == number), None)


UNWATCHED = Watch()
