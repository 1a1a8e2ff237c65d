"""Sums of tickets in memory: what the pages of departments read, cell by cell."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from operations.errors import Unreachable
from operations.pulse.sums import AXES, COUNTERS, Period, Slice, Sums, Units, added


def sums(**counts: int) -> Sums:
    """Give sums of which only some counters are not 0."""
    return Sums(tuple(counts.get(name, 0) for name in COUNTERS))


class MemoryFigures:
    """Holds sums by day and codes, and answers as the cubes do."""

    def __init__(self) -> None:
        self._held: list[tuple[date, dict[str, str], Sums]] = []
        self._changed: list[tuple[date, dict[str, str], Sums]] = []
        self.share = 1.0
        self.away = False
        self.drawings: dict[Any, Any] = {}

    def put(self, day: date, held: Sums, **codes: str) -> None:
        """Keep the sums of one day: `put(day, sums, department="water")`."""
        self._held.append((day, {axis: codes.get(axis, "") for axis in AXES}, held))

    def correct(self, day: date, changed: Sums, **codes: str) -> None:
        """Keep by how much a day that was over has changed."""
        self._changed.append((day, {axis: codes.get(axis, "") for axis in AXES}, changed))

    def moment(self) -> "MemoryFigures":
        """Give the reads of one page."""
        return self

    def counted_share(self) -> float:
        """Tell how much is counted."""
        if self.away:
            raise Unreachable("the database does not answer")
        return self.share

    def totals(self, slice_: Slice, period: Period) -> Sums:
        """Give the sums of a slice over a period."""
        return added(one for _, _, one in self._within(self._held, slice_, period))

    def by(self, axis: str, slice_: Slice, period: Period) -> dict[str, Sums]:
        """Give the sums by the codes of an axis."""
        found: dict[str, list[Sums]] = defaultdict(list)
        for _, codes, one in self._within(self._held, slice_, period):
            found[codes[axis]].append(one)
        return {code: added(held) for code, held in found.items()}

    def days(self, slice_: Slice, period: Period, units: Units = None) -> list[tuple[date, Sums]]:
        """Give the sums of each day."""
        days = [period.first + timedelta(days=place) for place in range(period.days)]
        slices = _each(slice_, units)
        return [(day, added(self.totals(one, Period(day, day)) for one in slices)) for day in days]

    def heard(self, period: Period) -> list[date]:
        """Give the days on which any ticket was opened."""
        return [day for day, one in self.days(Slice(), period) if one["opened"]]

    def first_day(self) -> date | None:
        """Give the first day of which anything is kept."""
        return min((day for day, _, _ in self._held), default=None)

    def hours(self, slice_: Slice, period: Period) -> list[tuple[date, int, Sums]]:
        """Give each day's sums at nine in the morning."""
        return [(day, 9, one) for day, one in self.days(slice_, period) if any(one.counts)]

    def corrections(self, slice_: Slice, period: Period, units: Units = None) -> list[Any]:
        """Give what has changed of days that were over."""
        found = [
            row for one in _each(slice_, units) for row in self._within(self._changed, one, period)
        ]
        return [SimpleNamespace(day=day, sums=one, last_at=None) for day, _, one in found]

    def drawn(self, slice_: Slice, decided_by: str, draw: Callable[[], Any]) -> Any:
        """Draw once while nothing is put."""
        key = len(self._held), len(self._changed), slice_, decided_by
        if key not in self.drawings:
            self.drawings[key] = draw()
        return self.drawings[key]

    def _within(
        self, held: list[tuple[date, dict[str, str], Sums]], slice_: Slice, period: Period
    ) -> list[tuple[date, dict[str, str], Sums]]:
        wanted = slice_.codes().items()
        return [
            (day, codes, one)
            for day, codes, one in held
            if period.first <= day <= period.last
            and all(codes[axis] == code for axis, code in wanted)
        ]


def _each(slice_: Slice, units: Units) -> list[Slice]:
    """Give the slices whose sums are added up."""
    return [slice_] if units is None else [replace(slice_, department=one) for one in sorted(units)]
