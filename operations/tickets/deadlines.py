"""A city's rules of time: how long each class and category of ticket may take for what."""

import json
from collections.abc import Hashable
from dataclasses import asdict, dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from operations.calendar import WorkCalendar
from operations.tickets.cards import CardRule
from operations.tickets.ticket import Ticket, Triage, Urgency
from operations.tickets.triage import USUAL, TriageRule
from operations.work_clock import WorkClock


@dataclass(frozen=True, slots=True)
class Limit:
    """How long something may take: in working days or in hours of the clock, one of the two."""

    working_days: int | None = None
    clock_h: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """One row of limits for tickets of some classes, categories and urgencies; empty is all.

    `dispatch` runs from acceptance to the first hand-over, `sign` from there to the signature,
    `finish` from there to closing. A row that does not name one leaves it to a later row.
    """

    name: str
    triage: frozenset[Triage] = frozenset()
    categories: frozenset[str] = frozenset()
    urgency: frozenset[Urgency] = frozenset()
    dispatch: Limit | None = None
    sign: Limit | None = None
    finish: Limit | None = None

    def applies(self, triage: Triage, category: str, urgency: Urgency) -> bool:
        """Tell whether the row is for such tickets."""
        return (
            (not self.triage or triage in self.triage)
            and (not self.categories or category in self.categories)
            and (not self.urgency or urgency in self.urgency)
        )


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """How often, and by how many working days at most, a due time may be put off."""

    times: int = 1
    working_days: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """The rules of one city; every list is in order, and the first row that applies has it.

    `opens` and `closes` are the offices' hours: a limit in working days of what comes outside of
    them begins when they next open, and a pause is measured by them.
    """

    code: str
    name_zh: str
    name_en: str
    clocks: tuple[ClockRule, ...]
    opens: time = time(8, 30)
    closes: time = time(17, 30)
    triage: tuple[TriageRule, ...] = USUAL
    extension: ExtensionRule = field(default_factory=ExtensionRule)
    return_within: Limit | None = None
    return_needs_reason: bool = False
    cards: CardRule = field(default_factory=CardRule)


@dataclass(frozen=True, slots=True)
class Ruled:
    """A limit and the row it comes from."""

    rule: str
    limit: Limit


CLOCKS = ("dispatch", "sign", "finish")


class Deadlines:
    """One city's rules on its calendar: limits looked up once, due times by them."""

    def __init__(self, rules: RuleSet, calendar: WorkCalendar, zone: ZoneInfo) -> None:
        self.rules = rules
        self.clock = WorkClock(calendar, zone, rules.opens, rules.closes)
        self._known: dict[Hashable, Ruled | None] = {}

    def ruled(self, clock: str, ticket: Ticket, triage: Triage) -> Ruled | None:
        """Give the limit of a ticket's `dispatch`, `sign` or `finish`; None where none is set."""
        key = (clock, triage, ticket.category, ticket.urgency)
        if key not in self._known:
            self._known[key] = self._look_up(clock, triage, ticket.category, ticket.urgency)
        return self._known[key]

    def due(self, start: datetime, limit: Limit) -> datetime:
        """Give when something that began at `start` must be done."""
        if limit.working_days is None:
            return start + timedelta(hours=limit.clock_h or 0.0)
        calendar, zone = self.clock.calendar, self.clock.zone
        begun = self.clock.within_hours(start)
        return calendar.add_working_days(begun, limit.working_days, zone)

    def put_off(self, due: datetime, working_days: int) -> datetime:
        """Give a due time so many working days later."""
        if not working_days:
            return due
        return self.clock.calendar.add_working_days(due, working_days, self.clock.zone)

    def stood_still(
        self, due: datetime, limit: Limit, spans: list[tuple[datetime, datetime]]
    ) -> datetime:
        """Give a due time later by what the clock stood still, each limit in its own measure."""
        if limit.working_days is None:
            return due + sum((end - start for start, end in spans), timedelta())
        paused = sum((self.clock.working_time(*span) for span in spans), timedelta())
        return self.clock.add_working_time(due, paused)

    def _look_up(self, clock: str, triage: Triage, category: str, urgency: Urgency) -> Ruled | None:
        for row in self.rules.clocks:
            limit: Limit | None = getattr(row, clock)
            if limit is not None and row.applies(triage, category, urgency):
                return Ruled(row.name, limit)
        return None

    def told(self) -> str:
        """Tell everything a due time rests on in one text, so that a change of it is noticed."""
        calendar = self.clock.calendar
        days = sorted({*calendar.holidays, *calendar.make_up, *calendar.overrides})
        worked = [[day.isoformat(), calendar.is_working_day(day)] for day in days]
        return told_as_text([asdict(self.rules), worked, self.clock.zone.key])


def told_as_text(value: object) -> str:
    """Write rules as one text, the same in every process: sets have no order of their own."""
    return json.dumps(_plain(value), sort_keys=True)


def _plain(value: object) -> object:
    """Write a value of rules as JSON can hold it, the same in every process."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return str(value)
