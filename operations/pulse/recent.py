"""What came in last, by scope: time, category, district and urgency, nothing else."""

from operations.pulse.rows import CATEGORY, CREATED, DEPARTMENT, DISTRICT, FLAGS, URGENT, FactRows
from operations.pulse.volumes import ALL, Scope
from operations.pulse.windows import HOUR_US, Ints

SPAN_US = 48 * HOUR_US
KEPT = 200

Arrival = tuple[int, str, str, bool]
"""(came in, category, district or "", urgent); the newest is the greatest"""


class Recent:
    """The newest arrivals of the last 48 hours, for the city and each scope.

    Of every scope at least the newest `KEPT` are held: what is later than the newest one
    dropped is complete, what is not is ignored.
    """

    def __init__(self, names: FactRows, now_us: int) -> None:
        self._names, self._now_us = names, now_us
        self._scopes: dict[tuple[int, int], dict[Arrival, int]] = {}
        self._dropped: dict[tuple[int, int], Arrival] = {}

    def add(self, rows: Ints, signs: Ints) -> None:
        """Count arrivals, or take them back."""
        late = rows[:, CREATED] > self._now_us - SPAN_US
        rows, signs = rows[late], signs[late]
        categories, districts = self._names.categories.names, self._names.districts.names
        for row, sign in zip(rows.tolist(), signs.tolist(), strict=True):
            arrival = (
                row[CREATED],
                str(categories[row[CATEGORY]]),
                str(districts[row[DISTRICT]] or ""),
                bool(row[FLAGS] & URGENT),
            )
            for key in (
                (ALL, 0),
                (DISTRICT, row[DISTRICT]),
                (DEPARTMENT, row[DEPARTMENT]),
            ):
                self._put(key, arrival, sign)

    def advance(self, now_us: int) -> None:
        """Move on to a later moment."""
        self._now_us = now_us

    def merge(self, other: "Recent", here: dict[int, Ints]) -> None:
        """Add the arrivals of another city at the same clock."""
        for (kind, code), arrivals in other._scopes.items():
            key = (kind, int(here[kind][code]) if kind in here else code)
            if (kind, code) in other._dropped:
                self._drop(key, other._dropped[kind, code])
            for arrival, times in arrivals.items():
                self._put(key, arrival, times)

    def newest(self, scope: Scope, most: int) -> list[Arrival]:
        """Give a scope's newest arrivals, newest first."""
        arrivals = self._scopes.get((scope.kind, scope.code), {})
        floor = self._now_us - SPAN_US
        found: list[Arrival] = []
        for arrival in sorted(arrivals, reverse=True):
            if arrival[0] <= floor or len(found) >= most:
                break
            found += [arrival] * arrivals[arrival]
        return found[:most]

    def _put(self, key: tuple[int, int], arrival: Arrival, sign: int) -> None:
        if key in self._dropped and arrival <= self._dropped[key]:
            return
        arrivals = self._scopes.setdefault(key, {})
        if times := arrivals.get(arrival, 0) + sign:
            arrivals[arrival] = times
        else:
            del arrivals[arrival]
        if len(arrivals) >= 2 * KEPT:
            self._drop(key, sorted(arrivals)[-KEPT - 1])

    def _drop(self, key: tuple[int, int], last: Arrival) -> None:
        self._dropped[key] = max(last, self._dropped.get(key, last))
        floor, arrivals = self._dropped[key], self._scopes.get(key, {})
        self._scopes[key] = {one: times for one, times in arrivals.items() if one > floor}
