"""The running city: every figure of the pictures, as sums over the present tickets."""

from collections.abc import Hashable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from operations.calendar import WorkCalendar
from operations.pulse.cells import OpenCells
from operations.pulse.expected import Almanac
from operations.pulse.handled_tickets import HandledTickets
from operations.pulse.ladder import Ladder
from operations.pulse.open_tickets import AXES, TOWN_AXES, OpenTickets
from operations.pulse.performance import DayFigures
from operations.pulse.recent import Recent
from operations.pulse.responsibility import Responsibility
from operations.pulse.rows import (
    CALLED,
    CELL,
    CLOSED,
    CREATED,
    DEPARTMENT,
    DISTRICT,
    DUE,
    FLAGS,
    NEVER,
    NO_CELL,
    OPEN,
    FactRows,
)
from operations.pulse.volumes import CITY, Scope, Volumes
from operations.pulse.windows import Ints, LocalTime, from_us, to_us
from operations.tickets.cards import Cards
from operations.tickets.fact import Fact
from operations.tickets.loose_ends import Patience, Thresholds

_CAME_IN = 100  # kind of what waits on the ladder; the others are the columns of their times
_KINDS = ((DISTRICT, "district"), (DEPARTMENT, "department"))


class City:
    """The figures of all present tickets at one moment of a clock that only moves on.

    Everything is a sum over tickets: folding a ticket's former state out and its present one
    in leaves what a city made anew from the present tickets would have, in whatever order
    they come. An event counts once the clock has reached its time; a ticket that says it
    came in later than now counts nowhere until then.
    """

    def __init__(
        self,
        zone: ZoneInfo,
        *,
        now: datetime,
        figures_d: int = 30,
        baseline_weeks: int = 8,
        cards: Cards | None = None,
        thresholds: Thresholds | None = None,
    ) -> None:
        self.figures_d, self.baseline_weeks = figures_d, baseline_weeks
        self._now_us = to_us(now)
        self.local = LocalTime(zone, self._now_us, days=max(figures_d, 7), weeks=baseline_weeks)
        self.names = FactRows()
        self.volumes = Volumes(self.local, baseline_weeks=baseline_weeks)
        self.open = OpenTickets(AXES, self.names)
        self.open_towns = OpenTickets(TOWN_AXES, self.names)
        self.handled = HandledTickets(self.names, cards, self._now_us)
        silence = thresholds or Thresholds(Patience(), WorkCalendar(), zone, cards)
        self.duties = Responsibility(self.local, self.handled, silence, days=figures_d)
        self.cells = OpenCells()
        self.days = DayFigures(self.local, self.names, days=figures_d)
        self.recent = Recent(self.names, self._now_us)
        self._ladder = Ladder()
        self._changed: set[str] = {"city"}
        self._changes: dict[str, int] = {}
        self._almanac: Almanac | None = None

    @property
    def now(self) -> datetime:
        """The moment the figures are of."""
        return from_us(self._now_us)

    @property
    def now_us(self) -> int:
        """The moment the figures are of, in microseconds since 1970 UTC."""
        return self._now_us

    def fold(self, before: Sequence[Fact], after: Sequence[Fact]) -> None:
        """Take tickets' former states out and put their present ones in."""
        if before or after:
            signs = np.ones(len(before) + len(after), np.int64)
            signs[: len(before)] = -1
            self._take(self.names.encode([*before, *after]), signs)

    def advance(self, now: datetime) -> None:
        """Move the clock on; what it passes counts from its own moment. Never moves back."""
        now_us = to_us(now)
        if now_us <= self._now_us:
            return
        hour = self.local.hour_of(self._now_us)
        self._now_us = now_us
        self.local.advance(now_us)
        self.volumes.advance(now_us)
        self.days.advance()
        self.duties.begin_day()
        self.recent.advance(now_us)
        if self.local.hour_of(now_us) > hour:
            self._touch(self.scopes())
            self._almanac = None
        for kind, rows, signs in self._ladder.take(now_us):
            self._come(kind, rows, signs)
        # Only then the cards: what turns red has fallen due before.
        for is_red, rows, signs in self.handled.advance(now_us):
            if is_red:
                self.duties.turned_red(rows, signs)
            self._note(rows)
        for rows in self.duties.advance():
            self._note(rows)

    def merge(self, other: "City") -> None:
        """Add the tickets of another city at the same clock."""
        here = self.names.translation(other.names)
        self.volumes.merge(other.volumes, here)
        self.open.merge(other.open, here)
        self.open_towns.merge(other.open_towns, here)
        self.handled.merge(other.handled, here)
        self.duties.merge(other.duties, here)
        self.cells.merge(other.cells, here)
        self.days.merge(other.days, here)
        self.recent.merge(other.recent, here)
        for kind, moments, rows, signs in other._ladder.rows():
            mine = rows.copy()
            for column, codes in here.items():
                mine[:, column] = codes[rows[:, column]]
            self._ladder.add(kind, moments, mine, signs)
        self._almanac = None
        self._touch(self.scopes())

    @property
    def almanac(self) -> Almanac:
        """The past of the counts, read anew only when tickets or the hour have changed."""
        if self._almanac is None:
            self._almanac = Almanac(self.volumes, self.local)
        return self._almanac

    def scope(self, name: str) -> Scope | None:
        """Find a scope by its name; None where no ticket has named it yet."""
        kind, _, code = name.partition("-")
        if kind == "city":
            return CITY
        column, codes = (
            (DISTRICT, self.names.districts)
            if kind == "district"
            else (DEPARTMENT, self.names.departments)
        )
        return Scope(column, codes[code]) if code in codes else None

    def scopes(self) -> set[str]:
        """Name every scope that has had a ticket."""
        codes = (self.names.districts, self.names.departments)
        return {"city"} | {
            f"{kind}-{name}"
            for (_, kind), names in zip(_KINDS, codes, strict=True)
            for name in names
            if name is not None
        }

    def take_changed(self) -> set[str]:
        """Name the scopes whose figures changed since this was last asked."""
        changed, self._changed = self._changed, set()
        return changed

    def changes(self, scope: str) -> int:
        """Count how often a scope's figures changed; an hour that begins changes all of them."""
        return self._changes.get(scope, 0)

    def _take(self, rows: Ints, signs: Ints) -> None:
        later = rows[:, CREATED] > self._now_us
        if later.any():
            self._ladder.add(_CAME_IN, rows[later, CREATED], rows[later], signs[later])
            rows, signs = rows[~later], signs[~later]
        if len(rows):
            self._count(rows, signs)

    def _count(self, rows: Ints, signs: Ints) -> None:
        self._almanac = None
        self.volumes.add(rows, signs)
        self.days.came_in(rows, signs)
        self.recent.add(rows, signs)
        self.duties.add(rows, signs)
        still = (rows[:, FLAGS] & OPEN) != 0
        if still.any():
            waiting, marks = rows[still], signs[still]
            overdue = (waiting[:, DUE] < self._now_us).astype(np.int64)
            self.open.add(waiting, overdue, marks)
            self.open_towns.add(waiting, overdue, marks)
            self.handled.add(waiting, marks)
            placed = waiting[:, CELL] != NO_CELL
            self.cells.add(waiting[placed], overdue[placed], marks[placed])
        for column in (CLOSED, CALLED, DUE):
            self._pass(column, rows, signs)
        self._note(rows)

    def _pass(self, column: int, rows: Ints, signs: Ints) -> None:
        """Count what has come to pass, and let the rest wait for its moment.

        A ticket is due at its time and late one microsecond after it.
        """
        moments = rows[:, column] + 1 if column == DUE else rows[:, column]
        passed = moments <= self._now_us
        if passed.any():
            self._happen(column, rows[passed], signs[passed])
        coming = ~passed & (rows[:, column] != NEVER)
        if coming.any():
            self._ladder.add(column, moments[coming], rows[coming], signs[coming])

    def _come(self, kind: int, rows: Ints, signs: Ints) -> None:
        """Count what waited for a moment that has come."""
        if kind == _CAME_IN:
            self._count(rows, signs)
            return
        self._happen(kind, rows, signs)
        self._note(rows)
        still = (rows[:, FLAGS] & OPEN) != 0
        if kind == DUE and still.any():
            rows, signs = rows[still], signs[still]
            self.open.fell_due(rows, signs)
            self.open_towns.fell_due(rows, signs)
            self.duties.fell_due(rows, signs)
            placed = rows[:, CELL] != NO_CELL
            self.cells.fell_due(rows[placed], signs[placed])

    def _happen(self, column: int, rows: Ints, signs: Ints) -> None:
        if column == CLOSED:
            self.days.were_closed(rows, signs)
            self.duties.were_closed(rows, signs)
        elif column == CALLED:
            self.days.were_called_back(rows, signs)
        else:
            self.days.fell_due(rows, signs)

    def _note(self, rows: Ints) -> None:
        scopes = {"city"}
        for column, kind in _KINDS:
            codes = self.names.of(column)
            for code in set(rows[:, column].tolist()):
                name: Hashable = codes.names[code]
                if name is not None:
                    scopes.add(f"{kind}-{name}")
        self._touch(scopes)

    def _touch(self, scopes: set[str]) -> None:
        self._changed |= scopes
        for scope in scopes:
            self._changes[scope] = self._changes.get(scope, 0) + 1
