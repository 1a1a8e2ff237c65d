"""What the clocks of a ticket's page must be told: plain values, no source behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from layouts.ticket_face import Reader


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One clock: what it times, until when, how it stands, and who says so.

    `working_days` or `clock_h` is how long it may run; `rule` names the row, none for the source;
    `opinion` is the number of the final opinion that set it.
    """

    name: str
    due_at: datetime | None
    state: str
    rule: str = ""
    done_at: datetime | None = None
    working_days: int | None = None
    clock_h: float | None = None
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided, when and why; `verified` says that an account vouches for them."""

    at: datetime
    act: str
    detail: str
    reason: str
    actor: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Warned:
    """An alarm that stands for the ticket's matter: what it says, since when, where more is."""

    what: str
    severity: str
    since: datetime
    href: str


@dataclass(frozen=True, slots=True)
class ClockFace:
    """A ticket's clocks and its way, and what may be decided on them.

    `rules` is what the rules in force are called, empty for none; `rule` the row of the table that
    chose the way, `decided` the person's decision that did. `beyond` is the calendar's last day
    where a due time lies after it. `clock`: running, standing or none, as far as a person may stop
    it. `may_decide` says whether who reads may; `actor` is who signs. `warned` are the alarms that
    stand for its matter.
    """

    reader: Reader
    triage: str
    rule: str
    version: int
    rows: Sequence[ClockRow] = ()
    breaches: Sequence[str] = ()
    card: str = ""
    rules: str = ""
    decided: Decision | None = None
    extended_d: int = 0
    most_d: int = 0
    clock: str = "none"
    beyond: date | None = None
    may_decide: bool = False
    actor: str = ""
    verified: bool = False
    warned: Sequence[Warned] = ()
