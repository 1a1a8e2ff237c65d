"""What rings and supervision must be told, on a ticket's page and in the list of what is owed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from layouts.ticket_face import Reader


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record: `standing` is late, due, replied, accepted or withdrawn; `late`: it came so.

    `code` and `department` are who owes the reply. `may_answer`: whether who reads may reply.
    """

    number: int
    line: str
    code: str
    department: str
    standing: str
    late: bool
    opened_at: datetime
    due_at: datetime
    reason: str
    sign: str = ""
    lister: str = ""
    reply: str = ""
    replied_at: datetime | None = None
    sent_back: int = 0
    ruling: str = ""
    ended_at: datetime | None = None
    may_answer: bool = False


@dataclass(frozen=True, slots=True)
class CalledRow:
    """A department that was summoned; `standing` is due, late, came or came_late."""

    code: str
    department: str
    standing: str
    came_at: datetime | None = None
    may_answer: bool = False


@dataclass(frozen=True, slots=True)
class SummonsRow:
    """One summons."""

    number: int
    ring: str
    called_at: datetime
    due_at: datetime
    reason: str
    called: Sequence[CalledRow]
    is_open: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class WatchFace:
    """A ticket's rings and supervision, and what may be done about them.

    `rule` names the row that chose the ring, `reported` whether somebody lifted it. `may` are the
    doors who reads may pass: report, watch, refer. `path` is the ticket's, as addresses write it.
    `choices` are the departments by code. `accountability` is where who reads proposes a matter on
    the ticket, empty where it is not referred or not for them.
    """

    reader: Reader
    path: str
    version: int
    ring: str
    rule: str
    reported: bool
    top: bool
    is_open: bool
    state: str
    referred_because: str = ""
    records: Sequence[RecordRow] = ()
    summonses: Sequence[SummonsRow] = ()
    may: frozenset[str] = frozenset()
    answers: bool = False
    choices: Sequence[tuple[str, str]] = ()
    accountability: str = ""

    @property
    def acts(self) -> bool:
        """Tell whether who reads may do anything here."""
        return bool(self.may) or self.answers


@dataclass(frozen=True, slots=True)
class OwedRow:
    """One line of the list of what is owed; `owner` is who owes it, `standing` as of a record."""

    path: str
    external_id: str
    title: str
    linked: bool
    category: str
    district: str
    holder: str
    number: int
    line: str
    owner_code: str
    owner: str
    standing: str
    opened_at: datetime
    due_at: datetime
    sign: str
    lister: str
    version: int
    may_answer: bool
    may_rule: bool


@dataclass(frozen=True, slots=True)
class ClimbedRow:
    """What an incident waits for so long that the supervisors were told.

    `step` is the number of the last that fired, `whom` the highest who was told by name.
    """

    incident: str
    title: str
    number: str
    category: str
    district: str
    exercise: bool
    cause: str
    step: int
    whom: str
    since: datetime


@dataclass(frozen=True, slots=True)
class OwedFace:
    """A page of what is owed: what was asked, what can be chosen, its rows.

    `after`: where the next page begins, empty at the end. `climbed` is what of incidents has
    climbed to the supervisors, None where that is not for who reads.
    """

    reader: Reader
    asked: Mapping[str, str]
    choices: Mapping[str, Sequence[tuple[str, str]]]
    rows: Sequence[OwedRow] = ()
    after: str = ""
    told: str = ""
    climbed: Sequence[ClimbedRow] | None = None
