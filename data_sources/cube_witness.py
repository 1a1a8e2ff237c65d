"""The independent count of the cubes: every sum again, by plain SQL over the tickets.

Nothing here knows how the cubes are kept. The definitions are those of `docs/figures.md`, written
down a second time; `check` and the tests compare the two.
"""

from bisect import bisect_right
from collections import Counter

import numpy as np
from sqlalchemy import Connection, text

from data_sources.repeats import WINDOW_US
from operations.pulse.durations import BOUNDS_MIN, MINUTE_US
from operations.pulse.local_days import DAY_US, HOUR_US, LocalDays
from operations.pulse.sums import CALLED, CLOSED, COUNTERS, DISPATCHED, DUE, OPENED

Key = tuple[int, str, str, str]
"""(day or hour, department, district, category)."""
Counts = dict[Key, tuple[int, ...]]
Took = dict[Key, tuple[Counter[int], Counter[int]]]
"""How many handled tickets took how long: buckets by the clock and in working time."""

_ENDED = "status IN ('closed', 'archived')"
_DIRECT = "dispatched_us IS NULL AND department IS NULL"
_BACK = "(returns > 0 OR status = 'returned')"
_AGAIN = "(reopenings > 0 OR status = 'reopened')"
_VALID = "(resolved IS NOT NULL OR satisfaction IS NOT NULL)"
_BEFORE = (
    "EXISTS (SELECT 1 FROM tickets e WHERE e.category = t.category AND {same}"  # noqa: S608
    f" AND e.created_us < t.created_us AND e.created_us >= t.created_us - {WINDOW_US})"
)
_SAME_PLACE = (
    "e.geo_quality = 'exact' AND t.geo_quality = 'exact'"
    " AND e.latitude = t.latitude AND e.longitude = t.longitude"
)
_REPEAT = " OR ".join(
    _BEFORE.format(same=same) for same in ("e.caller_key = t.caller_key", _SAME_PLACE)
)
_CONDITIONS = {
    "opened": "1 = 1",
    "repeats": "is_repeat = 1",
    "targets": "due_us IS NOT NULL",
    "flagged": "due_us IS NOT NULL AND reported_on_time IS NOT NULL",
    "flagged_on_time": "due_us IS NOT NULL AND reported_on_time",
    "dispatched": "1 = 1",
    "misdirected": f"{_BACK} OR reassignments > 0",
    "returned": _BACK,
    "returns_accepted": f"{_BACK} AND reassignments > 0",
    "returns_refused": "returns > 0 AND reassignments = 0 AND status <> 'returned'"
    " AND department IS NOT NULL",
    "due": "status <> 'withdrawn'",
    "on_time": f"{_ENDED} AND closed_us <= due_us",
    "closed": _ENDED,
    "direct": f"{_ENDED} AND {_DIRECT}",
    "handled": f"{_ENDED} AND NOT ({_DIRECT})",
    "once": f"{_ENDED} AND NOT ({_DIRECT}) AND NOT {_AGAIN} AND NOT {_BACK}"
    " AND reassignments = 0 AND is_repeat = 0",
    "concluded": f"({_ENDED} AND NOT ({_DIRECT})) OR (status <> 'withdrawn' AND {_AGAIN})",
    "reopened": f"status <> 'withdrawn' AND {_AGAIN}",
    "by_first": f"{_ENDED} AND NOT ({_DIRECT}) AND reassignments = 0",
    "lasting": f"{_ENDED} AND NOT ({_DIRECT}) AND NOT {_AGAIN} AND is_repeat = 0",
    "callbacks": "1 = 1",
    "reached": "callback_reached",
    "valid": _VALID,
    "responded": f"{_VALID} AND replied_us <= called_back_us",
    "answers": "resolved IS NOT NULL",
    "solved": "resolved",
    "opinions": "satisfaction IS NOT NULL",
    "satisfied": "satisfaction <> 'dissatisfied'",
    "served": f"{_VALID} AND callback_reached AND (resolved IS NULL OR resolved)"
    " AND (satisfaction IS NULL OR satisfaction <> 'dissatisfied')",
}
_EVENTS = (
    ("created_us", OPENED),
    ("dispatched_us", DISPATCHED),
    ("due_us", DUE),
    ("closed_us", CLOSED),
    ("called_back_us", CALLED),
)
_COLUMNS = (
    "id, created_us, dispatched_us, due_us, closed_us, called_back_us, replied_us, status, returns,"
    " reassignments, reopenings, reported_on_time, resolved, satisfaction, callback_reached,"
    " department, district, category"
)
FIRST, LAST = -1_000_000, 1_000_000
_CODES = "coalesce(department, ''), coalesce(district, ''), category"


class CubeWitness:
    """Counts the tickets of one moment of the ledger, for the days from `first` to `last`."""

    def __init__(self, connection: Connection, local: LocalDays) -> None:
        self._connection, self._local = connection, local
        copied = f"SELECT {_COLUMNS}, CASE WHEN {_REPEAT} THEN 1 ELSE 0 END AS is_repeat"
        statement = f"CREATE TEMPORARY TABLE asked AS {copied} FROM tickets t"
        connection.execute(text(statement))
        self._between = self._first_and_last()

    def close(self) -> None:
        """Forget what was copied."""
        self._connection.execute(text("DROP TABLE asked"))

    def span(self) -> tuple[int, int]:
        """Give the first and the last local day of anything that is counted."""
        first, last = self._between
        return self._local.day_at(first), self._local.day_at(last)

    def _first_and_last(self) -> tuple[int, int]:
        found = [
            us
            for column, _ in _EVENTS
            for us in self._connection.execute(
                text(f"SELECT min({column}), max({column}) FROM asked")  # noqa: S608
            ).one()
            if us is not None
        ]
        return min(found, default=0), max(found, default=0)

    def days(self, first: int = FIRST, last: int = LAST) -> Counts:
        """Count by local day and all codes."""
        return self._counted(DAY_US, first, last)

    def hours(self, first: int = FIRST, last: int = LAST) -> Counts:
        """Count by local hour and all codes."""
        return self._counted(HOUR_US, first, last)

    def durations(self, first: int = FIRST, last: int = LAST) -> Took:
        """Count how long handled tickets took, by the local day of their closing and all codes."""
        found: Took = {}
        day = f"({self._local_time('closed_us')}) / {DAY_US}"
        statement = (
            f"SELECT {day}, {_CODES}, created_us, closed_us FROM asked"  # noqa: S608
            f" WHERE {_CONDITIONS['handled']} AND closed_us >= created_us"
            f" AND {day} BETWEEN {first} AND {last}"
        )
        for *key, created, closed in self._connection.execute(text(statement)):
            worked = self._local.worked_us(np.array([created]), np.array([closed]))
            held = found.setdefault((key[0], key[1], key[2], key[3]), (Counter(), Counter()))
            for counter, took_us in zip(held, (closed - created, int(worked[0])), strict=True):
                counter[bisect_right(BOUNDS_MIN, took_us // MINUTE_US) - 1] += 1
        return found

    def _counted(self, width_us: int, first: int, last: int) -> Counts:
        found: dict[Key, dict[str, int]] = {}
        for column, counters in _EVENTS:
            counts = ", ".join(
                f"count(CASE WHEN {_CONDITIONS[name]} THEN 1 END)" for name in counters
            )
            # Whole numbers divide towards zero, which is down for every time since 1970.
            local = self._local_time(column)
            statement = (
                f"SELECT ({local}) / {width_us}, {_CODES}, {counts} FROM asked"  # noqa: S608
                f" WHERE {column} IS NOT NULL AND ({local}) / {DAY_US} BETWEEN {first} AND {last}"
                " GROUP BY 1, 2, 3, 4"
            )
            for row in self._connection.execute(text(statement)):
                held = found.setdefault(tuple(row[:4]), dict.fromkeys(COUNTERS, 0))
                held |= dict(zip(counters, row[4:], strict=True))
        counted = {key: tuple(counts.values()) for key, counts in found.items()}
        return {key: counts for key, counts in counted.items() if any(counts)}

    def _local_time(self, column: str) -> str:
        """Write what the city's clocks show at a time, from the table of their changes."""
        changes, offsets = self._local.offsets
        first, last = self._between
        whens = "".join(
            f" WHEN {column} < {change} THEN {offset}"
            for change, offset in zip(changes, offsets, strict=False)
            if first < change <= last  # an arm that no time can take is gone through for every row
        )
        after = offsets[bisect_right(changes, last)]
        return f"{column} + CASE{whens} ELSE {after} END" if whens else f"{column} + {after}"
