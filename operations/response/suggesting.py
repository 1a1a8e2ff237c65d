"""Who should own a ticket (归口建议): candidates, best first, each with its reasons as data.

What speaks for a unit is added up in points. A duty decided by a word of the ticket tells most, the
category's own duty and who finished tickets like it here come next. Who holds or held it gets no
points for that; who sent it back comes after everybody who did not, and is said so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from operations.departments import DepartmentTable
from operations.names import plain
from operations.pulse.sums import NOBODY, Period, Slice, Sums
from operations.response.catalogue import Catalogue, Duty, Found, Words
from operations.tickets.changes import Change, Step
from operations.tickets.ticket import Ticket

MOST = 6
"""How many candidates there are at most."""
HISTORY_D = 90
FEW = 5
"""So many tickets finished by nobody stand beside the past, so that a single one is no rule."""
WORD_POINTS, DUTY_POINTS, COOPERATING_POINTS, NAMED_POINTS = 100, 20, 5, 10
HISTORY_POINTS = 100
"""What a unit would get that finished every one of very many tickets like it."""


class Why(StrEnum):
    """What speaks for a unit."""

    WORD = "word"  # a duty decided by a word of the ticket
    DUTY = "duty"  # a duty of its category
    COOPERATING = "cooperating"  # named beside the lead
    HISTORY = "history"  # it finished tickets like it
    NAMED = "named"  # the ticket names it
    HOLDS = "holds"
    HELD = "held"
    RETURNED = "returned"  # it sent it back


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit is suggested; `duty` for the first three, `word` as it stands in plain form.

    HISTORY: `times` of `among` tickets of the category in the district were finished by it
    in `days` days.
    """

    why: Why
    duty: Duty | None = None
    word: str = ""
    times: int = 0
    among: int = 0
    days: int = 0


def as_text(reason: Reason) -> str:
    """Write a reason in one line, to be kept: a duty by its code."""
    duty = "" if reason.duty is None else reason.duty.code
    told = (reason.why.value, duty, reason.word, reason.times, reason.among, reason.days)
    return "|".join(map(str, told))


def reason_of(text: str, catalogue: Catalogue) -> Reason | None:
    """Read a reason that was kept; None for what is none. A duty may be gone since."""
    why, *more = text.split("|")
    if why not in set(Why) or len(more) != 5:
        return None
    duty, word, *numbers = more
    return Reason(Why(why), catalogue.get(duty), word, *map(int, numbers))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may own the ticket; `cooperating` are those its first duty names beside it."""

    department: str
    points: float
    reasons: tuple[Reason, ...]
    cooperating: tuple[str, ...] = ()

    @property
    def returned(self) -> bool:
        """Tell whether it sent the ticket back."""
        return any(one.why is Why.RETURNED for one in self.reasons)


@dataclass(frozen=True, slots=True)
class Told:
    """What a suggestion is made of.

    `finished` counts by unit the tickets of the category in the district that it finished.
    `named` are units the ticket's words name, with the name; `holder`, `held` and `returned`
    units that have it, had it, sent it back.
    """

    found: tuple[Found, ...] = ()
    finished: Mapping[str, int] = field(default_factory=dict)
    days: int = HISTORY_D
    named: Mapping[str, str] = field(default_factory=dict)
    holder: str | None = None
    held: frozenset[str] = frozenset()
    returned: frozenset[str] = frozenset()


class Finished(Protocol):
    """Reads of the sums; `api.kept_figures` for pages."""

    def by(self, axis: str, slice_: Slice, period: Period) -> Mapping[str, Sums]: ...


def suggest(told: Told, catalogue: Catalogue, district: str | None) -> list[Candidate]:
    """Give the candidates, best first, at most six; units of equal points by their code."""
    reasons: dict[str, list[Reason]] = {}
    beside: dict[str, tuple[str, ...]] = {}
    for why, unit, one in _of_duties(told.found, catalogue, district):
        if why is not Why.COOPERATING and unit not in beside:
            helpers = (catalogue.unit(kind, one.duty, district) for kind in one.duty.cooperating)
            beside[unit] = tuple(dict.fromkeys(code for code in helpers if code and code != unit))
        if all(known.why is not why for known in reasons.get(unit, ())):
            reasons.setdefault(unit, []).append(Reason(why, one.duty, one.word))
    among = sum(told.finished.values())
    for unit, times in told.finished.items():
        if unit != NOBODY and times:
            past = Reason(Why.HISTORY, times=times, among=among, days=told.days)
            reasons.setdefault(unit, []).append(past)
    for unit, name in told.named.items():
        reasons.setdefault(unit, []).append(Reason(Why.NAMED, word=name))
    for why, units in _hands(told):
        for unit in units:
            reasons.setdefault(unit, []).append(Reason(why))
    made = [
        Candidate(unit, points(why), tuple(why), beside.get(unit, ()))
        for unit, why in reasons.items()
    ]
    return sorted(made, key=lambda one: (one.returned, -one.points, one.department))[:MOST]


def points(reasons: Iterable[Reason]) -> float:
    """Add up what speaks for a unit; of its duties the one that tells most."""
    duty, rest = 0.0, 0.0
    for one in reasons:
        match one.why:
            case Why.WORD:
                duty = max(duty, WORD_POINTS)
            case Why.DUTY:
                duty = max(duty, DUTY_POINTS)
            case Why.COOPERATING:
                duty = max(duty, COOPERATING_POINTS)
            case Why.HISTORY:
                rest += HISTORY_POINTS * one.times / (one.among + FEW)
            case Why.NAMED:
                rest += NAMED_POINTS
    return duty + rest


def _of_duties(
    found: Iterable[Found], catalogue: Catalogue, district: str | None
) -> Iterable[tuple[Why, str, Found]]:
    """Give the units of duties: who leads, then who cooperates."""
    rows = list(found)
    for one in rows:
        if (lead := catalogue.lead(one.duty, district)) is not None:
            yield (Why.WORD if one.word else Why.DUTY), lead, one
    for one in rows:
        for kind in one.duty.cooperating:
            if (unit := catalogue.unit(kind, one.duty, district)) is not None:
                yield Why.COOPERATING, unit, one


def _hands(told: Told) -> Iterable[tuple[Why, Iterable[str]]]:
    """Give through whose hands the ticket went: a unit that has it is not said to have had it."""
    holder = frozenset(filter(None, [told.holder]))
    yield Why.HOLDS, sorted(holder)
    yield Why.HELD, sorted(told.held - holder - told.returned)
    yield Why.RETURNED, sorted(told.returned)


class Suggester:
    """Gathers what a suggestion is made of: a bounded number of look-ups for each ticket."""

    def __init__(self, catalogue: Catalogue, units: DepartmentTable, zone: ZoneInfo) -> None:
        self.catalogue, self._units, self._zone = catalogue, list(units), zone
        self._names = Words(
            (name, place)
            for place, one in enumerate(self._units)
            for name in (one.name_zh, one.name_en, *one.aliases)
        )

    def candidates(
        self,
        ticket: Ticket,
        changes: Iterable[Change],
        now: datetime,
        figures: Finished | None = None,
    ) -> list[Candidate]:
        """Give who should own a ticket, best first; without `figures` the past does not speak."""
        told = self.told(ticket, changes, now.astimezone(self._zone).date(), figures)
        return suggest(told, self.catalogue, ticket.district)

    def told(
        self, ticket: Ticket, changes: Iterable[Change], day: date, figures: Finished | None
    ) -> Told:
        """Gather everything that speaks for a unit."""
        words = plain("|".join((ticket.title, ticket.text, ticket.category_as_given or "")))
        held, returned = hands_of(changes)
        return Told(
            found=tuple(self.catalogue.speaking_of(ticket.category, words, day)),
            finished={} if figures is None else _finished(figures, ticket, day),
            named={self._units[place].code: name
                   for place, name in self._names.found(words).items()},
            holder=ticket.department,
            held=held,
            returned=returned,
        )  # fmt: skip


def hands_of(changes: Iterable[Change]) -> tuple[frozenset[str], frozenset[str]]:
    """Give the units that had a ticket, and of them those that sent it back, by its history."""
    held: set[str] = set()
    returned: set[str] = set()
    for one in changes:
        if one.step in (Step.DISPATCHED, Step.REASSIGNED):
            held.update(filter(None, (one.was, one.now)))
        elif one.step is Step.RETURNED and one.was:
            held.add(one.was)
            returned.add(one.was)
    return frozenset(held), frozenset(returned)


def _finished(figures: Finished, ticket: Ticket, day: date) -> dict[str, int]:
    """Count who finished tickets like it in the days that are over, which answers are kept of."""
    last = day - timedelta(days=1)
    period = Period(last - timedelta(days=HISTORY_D - 1), last)
    like = Slice(district=ticket.district or NOBODY, category=ticket.category)
    found = figures.by("department", like, period)
    return {code: sums["handled"] for code, sums in found.items() if sums["handled"]}
