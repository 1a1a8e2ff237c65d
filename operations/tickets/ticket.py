"""A ticket (工单): what a resident told the hotline, and how far the city has come with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

from operations.people.person import Ring


class Status(StrEnum):
    """How far a ticket has come."""

    ACCEPTED = "accepted"  # 受理
    DISPATCHED = "dispatched"  # 派单
    SIGNED = "signed"  # 签收
    HANDLING = "handling"  # 办理中
    RETURNED = "returned"  # 退单
    CONSULTING = "consulting"  # 会商
    REPLIED = "replied"  # 答复
    CLOSED = "closed"  # 办结
    REOPENED = "reopened"  # 重办
    ARCHIVED = "archived"  # 归档
    WITHDRAWN = "withdrawn"  # 撤回


ENDED = frozenset({Status.CLOSED, Status.ARCHIVED, Status.WITHDRAWN})
"""A ticket in none of these is open."""


class Kind(StrEnum):
    """What the resident wants; the field is called `type` on the wire."""

    INQUIRY = "inquiry"  # 咨询
    HELP = "help"  # 求助
    COMPLAINT = "complaint"  # 投诉
    REPORT = "report"  # 举报
    SUGGESTION = "suggestion"  # 建议
    PRAISE = "praise"  # 表扬
    OTHER = "other"  # 其他


class Channel(StrEnum):
    """The way a ticket came in."""

    PHONE = "phone"
    WECHAT = "wechat"
    APP = "app"
    WEB = "web"
    LETTER = "letter"
    GRID = "grid"
    ENTERPRISE = "enterprise"
    POLICE = "110"
    MEDIA = "media"
    STAFF = "staff"
    OTHER = "other"


class Urgency(StrEnum):
    """How soon somebody has to move."""

    ROUTINE = "routine"  # 一般
    URGENT = "urgent"  # 紧急
    CRITICAL = "critical"  # 特急


class Triage(StrEnum):
    """Which of four ways a ticket goes (四维定责); `triage.sort` says which."""

    ORDINARY = "ordinary"  # 常规
    URGENT = "urgent"  # 紧急
    DISPUTED = "disputed"  # 争议: nobody wants it
    HARD = "hard"  # 疑难


class Supervision(StrEnum):
    """How a ticket is supervised, where it is; `supervision.Watch` says by whom."""

    OPEN = "open"  # 督办: a record waits for a reply or for a word on it
    REFERRED = "referred"  # 移送问责


class GeoQuality(StrEnum):
    """How well a ticket's place is known."""

    EXACT = "exact"
    STREET = "street"
    DISTRICT = "district"
    FALLBACK = "fallback"  # a point that means "unknown", such as the city hall
    NONE = "none"


class Satisfaction(StrEnum):
    """What the caller said when called back."""

    VERY_SATISFIED = "very_satisfied"  # 非常满意
    SATISFIED = "satisfied"  # 满意
    FAIR = "fair"  # 基本满意
    DISSATISFIED = "dissatisfied"  # 不满意


SATISFIED = frozenset({Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED, Satisfaction.FAIR})


@dataclass(frozen=True, slots=True)
class Callback:
    """The call back (回访); `resolved` and `satisfaction` are None without a valid answer."""

    at: datetime
    reached: bool
    resolved: bool | None = None
    satisfaction: Satisfaction | None = None


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is kept of a ticket's people and of the words as delivered, in one sealed message.

    `body` names its key (`data_sources.sealing`). `phone_key` and `id_key` are keyed hashes, by
    which a ticket is found from a whole number.
    """

    body: str
    phone_key: str | None = None
    id_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One ticket in its present state; every time is aware and in UTC.

    `category`, `district`, `town` and `department` are codes of the reference tables.
    Where the source used a word the tables do not know, the code is `other` and the word
    stands in `category_as_given` or `department_as_given`. `caller_key` is a keyed hash,
    never the caller. `title`, `text` and `address` are the masked copies; the words as delivered
    are in `sealed`, and `sealed_mark` is a keyed hash of what is in it, the same whatever the
    key it is sealed with. `return_reason` is why it was given back the last time, in the masked
    words of who did. `reported_on_time` is the source's own flag, where it has one.
    `triage`, `due_by`, `ring`, `ring_by`, `supervision` and `ruled_by` are never delivered:
    `reckoning` gives them. `due_by` says what the due times rest on (`reckoning.Basis`) where they
    are not the source's own; `ring_by` is the rule that chose the ring, empty before the first
    reckoning; `ruled_by` is the number of the final opinion that binds it.
    """

    source: str
    external_id: str
    created_at: datetime
    updated_at: datetime
    received_at: datetime
    status: Status
    category: str
    kind: Kind = Kind.OTHER
    channel: Channel = Channel.OTHER
    urgency: Urgency = Urgency.ROUTINE
    confidential: bool = False
    title: str = ""
    text: str = ""
    occurred_at: datetime | None = None
    dispatched_at: datetime | None = None
    signed_at: datetime | None = None
    due_at: datetime | None = None
    original_due_at: datetime | None = None
    replied_at: datetime | None = None
    closed_at: datetime | None = None
    address: str = ""
    district: str | None = None
    town: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geo_quality: GeoQuality = GeoQuality.NONE
    department: str | None = None
    cooperating: tuple[str, ...] = ()
    returns: int = 0
    reassignments: int = 0
    extensions: int = 0
    reopenings: int = 0
    return_reason: str = ""
    callback: Callback | None = None
    caller_key: str | None = None
    parent: str | None = None
    category_as_given: str | None = None
    department_as_given: str | None = None
    reported_on_time: bool | None = None
    sealed_mark: str | None = None
    sealed: Sealed | None = None
    triage: Triage = Triage.ORDINARY
    due_by: str | None = None
    ring: Ring = Ring.TOWN
    ring_by: str = ""
    supervision: Supervision | None = None
    ruled_by: str | None = None

    @property
    def identity(self) -> tuple[str, str]:
        """What makes two deliveries the same ticket."""
        return (self.source, self.external_id)

    @property
    def is_open(self) -> bool:
        """True until the ticket is closed, archived or withdrawn."""
        return self.status not in ENDED

    def reckoned(self, **values: Any) -> "Ticket":
        """Give the ticket with such values; `replace` in a third of the time.

        Every delivery passes here on its way into the ledger.
        """
        made: Ticket = object.__new__(Ticket)
        for put, value in zip(_PUTS.values(), _everything(self), strict=True):
            put(made, value)
        for name, value in values.items():
            _PUTS[name](made, value)
        return made


_PUTS: dict[str, Callable[[Ticket, Any], None]] = {
    name: getattr(Ticket, name).__set__ for name in Ticket.__slots__
}
_everything = attrgetter(*_PUTS)
