"""What the city's own people decided on a ticket, kept apart from what its source delivers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from operations.tickets.ruling import Ruling
from operations.tickets.supervision import UNWATCHED, Watch
from operations.tickets.ticket import Triage


@dataclass(frozen=True, slots=True)
class Pause:
    """A time for which a ticket's clock stood; without `until` it still does."""

    since: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """The decisions on one ticket as they stand; version 0 is a ticket nobody decided on.

    `triage` overrides the table's class. `extension_d` are the working days granted. `watch` is
    what was done to see the ticket through, `ruling` the final opinion that binds it.
    """

    version: int = 0
    changed_at: datetime | None = None
    triage: Triage | None = None
    triage_reason: str = ""
    extension_d: int = 0
    extension_reason: str = ""
    pauses: tuple[Pause, ...] = ()
    watch: Watch = UNWATCHED
    ruling: Ruling | None = None

    @property
    def stands_still(self) -> bool:
        """Tell whether the ticket's clock is stopped."""
        return bool(self.pauses) and self.pauses[-1].until is None


UNTOUCHED = Handling()

SUBJECT = "handling"
"""What the stream calls a decision on a ticket."""


class HandlingAct(StrEnum):
    """What somebody decided."""

    TRIAGE = "triage"
    WITHDRAW_TRIAGE = "withdraw_triage"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    WITHDRAW_EXTENSION = "withdraw_extension"
    REPORT = "report"  # 一键直报
    TAKE_BACK = "take_back"
    SUPERVISE = "supervise"
    LIST = "list"  # 挂牌督办
    REPLY = "reply"
    ACCEPT = "accept"
    SEND_BACK = "send_back"
    WITHDRAW = "withdraw"
    SUMMON = "summon"  # 吹哨报到
    CHECK_IN = "check_in"
    WITHDRAW_SUMMONS = "withdraw_summons"
    REFER = "refer"  # 移送问责
    WITHDRAW_REFERRAL = "withdraw_referral"
    RULE = "rule"  # 终诊


@dataclass(frozen=True, slots=True)
class HandlingLine:
    """One decision: by whom, when and why; `detail` is the class, the working days, or what an act
    of supervision adds, parted by line breaks.

    `verified` says that an account vouches for the actor.
    """

    version: int
    at: datetime
    actor: str
    verified: bool
    act: HandlingAct
    detail: str
    reason: str
