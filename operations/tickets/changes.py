"""What happened to a ticket, worked out from one delivered state to the next."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """The kinds of change in a ticket's history."""

    ACCEPTED = "accepted"  # 受理
    DISPATCHED = "dispatched"  # 派单
    SIGNED = "signed"  # 签收
    RETURNED = "returned"  # 退单
    REASSIGNED = "reassigned"  # 改派
    CONSULTED = "consulted"  # 会商
    EXTENDED = "extended"  # 延期
    REPLIED = "replied"  # 答复
    CLOSED = "closed"  # 办结
    CALLED_BACK = "called_back"  # 回访
    REOPENED = "reopened"  # 重办
    ARCHIVED = "archived"  # 归档
    WITHDRAWN = "withdrawn"  # 撤回
    CORRECTED = "corrected"  # 更正: category, place or another field was put right


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a ticket's history; `was` and `now` are set where a value moved."""

    at: datetime
    step: Step
    was: str | None = None
    now: str | None = None
