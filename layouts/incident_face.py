"""What the pages of incidents must be told: plain values, no source behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from layouts.wording import Language, words

PAGE = "/incidents"
STEPS = (("days", 86_400), ("hours", 3_600), ("minutes", 60))
SEVERITIES = (1, 2, 3, 4)


def limit_said(limit: float, bound: str, said: Mapping[str, str]) -> str:
    """Say what a measured value should be at most, or at least."""
    return said["incident_limit"].format(limit=f"{'≥' if bound == 'least' else '≤'} {limit:g}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an incident as a page shows it, with the files that belong to it.

    `effect` is what went along with it, where it is a measure.
    """

    number: int
    version: int
    body: Mapping[str, Any]
    due_us: int | None = None
    files: "Sequence[Piece]" = ()
    effect: "EffectFace | None" = None
    reached: str = ""  # the highest who was told that it waits too long

    @property
    def state(self) -> str:
        """Tell where it stands."""
        return str(self.body.get("state", ""))


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the timeline; `about` is what the part is called that a step of a ladder is of."""

    seq: int
    at_us: int
    actor: str
    act: str
    detail: str
    reason: str = ""
    about: str = ""
    typed_us: int | None = None
    pinned: int = 0  # the pin's version, 0 where it never had one
    stands: bool = False
    files: Sequence[Piece] = ()


@dataclass(frozen=True, slots=True)
class Own:
    """A ticket of an incident: since when, by whom; `out`: it was taken out, and why."""

    source: str
    external_id: str
    joined_us: int
    by: str
    out: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class DayFace:
    """A whole day of the matter: its complaints, how many are usual, and up to how many.

    `count` is None where nothing came to the city on it: it is neither back nor above.
    """

    day: str
    count: int | None
    usual: float
    bound: float
    is_back: bool
    is_above: bool


@dataclass(frozen=True, slots=True)
class CourseFace:
    """The matter's days since the opening and before it; `back` of the last are at the baseline."""

    days: Sequence[DayFace] = ()
    led_up: Sequence[DayFace] = ()
    back: int = 0


@dataclass(frozen=True, slots=True)
class EffectFace:
    """What went along with a measure: complaints and days on each side, the ratio of the rates.

    `others` names the measures that were taken at the same time.
    """

    verdict: str
    before: tuple[int, int]
    after: tuple[int, int]
    ratio: float | None
    low: float | None
    high: float | None
    by_usual: bool
    others: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an incident. `report_us` is when the next report is due, None for never.

    `category` is the name of the `matter`'s code. `baseline` are the days back at the baseline,
    and how many are wanted. `asked` who asked to close it and why; `closed` what it was closed on.
    `acts` what may be done with it now. `reached` is the highest who was told that a report is
    late, `climbed` counts what somebody was told of as waiting too long. `dues_us` is when each
    open task and measure is due.
    """

    id: str
    number: str
    version: int
    state: str
    severity: int
    exercise: bool
    lead: str
    title: str
    category: str
    district: str
    cluster: str | None
    opened_us: int
    report_us: int | None
    tickets: int
    released: str
    matter: str = ""
    reached: str = ""
    climbed: int = 0
    dues_us: Sequence[int] = ()
    closed_us: int | None = None
    acts: Sequence[str] = ()
    baseline: tuple[int, int] | None = None
    asked: tuple[str, str] | None = None
    closed: tuple[int, str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An incident on the board; `climbed` counts what somebody was told of as waiting too long.

    `due_us` is when something is due next, a task, a measure or the report as `due_of` says; what
    is late is not it.
    """

    head: Head
    parties: int
    due_us: int | None
    due_of: str
    overdue: int
    climbed: int = 0


@dataclass(frozen=True, slots=True)
class RemainingRow:
    """A task of an incident that ended; `matter` is what the incident is called."""

    id: str
    incident: str
    matter: str
    title: str
    owner: str
    state: str
    due_us: int
    of_lesson: bool = False
    exercise: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """What an incident would be opened from: the address says it, the form is filled with it.

    `category` is its matter's code where the origin tells it; else the form asks for it. `more` are
    further tickets that join it, as `source/number`; `at_work` the incidents that all of
    them may join instead, each an id and a name.
    """

    origin: Mapping[str, str]
    title: str = ""
    chain: str = ""
    lead: str = ""
    category: str = ""
    more: Sequence[str] = ()
    at_work: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class IncidentFace:
    """Who looks at what, when, and what they may; codes are told by name through `names`.

    `own` is the department of who looks, `incident` the one that is looked at. `choices` are the
    departments, partners, chains, districts and categories that forms offer, each a code and its
    name; `telephones` are those of partners on duty.
    """

    language: Language
    zone: ZoneInfo
    now_us: int
    city: str
    demo: bool = False
    may: frozenset[str] = frozenset()
    own: str = ""
    incident: str = ""
    signed_in: bool = False
    mark: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    telephones: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)

    @property
    def words(self) -> Mapping[str, str]:
        """Give every word in this page's language."""
        return words(self.language)

    def named(self, code: str) -> str:
        """Give what a department or a party from outside is called."""
        return self.names.get(code, code)

    def moment(self, us: int) -> str:
        """Say when, in the city's zone: with its day only where that is another one."""
        at, now = (
            datetime.fromtimestamp(one / 1e6, UTC).astimezone(self.zone)
            for one in (us, self.now_us)
        )
        return at.strftime("%H:%M" if at.date() == now.date() else "%m-%d %H:%M")

    def age(self, us: int) -> str:
        """Say how long ago, or how far ahead, in the largest unit."""
        return self._told(abs(self.now_us - us) // 1_000_000)

    def lasted(self, since_us: int, until_us: int) -> str:
        """Say how long something took that is over."""
        return self.words["incidents_took"].format(
            age=self._told((until_us - since_us) // 1_000_000)
        )

    def _told(self, seconds: int) -> str:
        for name, length in STEPS:
            if seconds >= length:
                return self.words[name].format(n=seconds // length)
        return self.words["seconds"].format(n=seconds)

    def is_late(self, due_us: int | None) -> bool:
        """Tell whether something is overdue."""
        return due_us is not None and due_us < self.now_us
