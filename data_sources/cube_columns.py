"""Rows of tickets on their side: one array a column, as the counting of figures takes them."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import numpy as np

from data_sources.repeats import Matter
from data_sources.rows import Row
from data_sources.tables import CONTENT
from operations.pulse.sums import NOBODY
from operations.pulse.ticket_counts import DONE, NEVER, NO, OPEN, UNKNOWN, WITHDRAWN, YES, Ints
from operations.pulse.ticket_counts import TicketColumns as Columns
from operations.tickets.ticket import SATISFIED, Satisfaction, Status

COUNTED = (
    *("created_us", "dispatched_us", "due_us", "closed_us", "called_back_us", "replied_us"),
    *("status", "returns", "reassignments", "reopenings"),
    *("reported_on_time", "resolved", "satisfaction", "callback_reached"),
    *("department", "district", "category"),
)
"""What of a ticket the cubes are made of; a change of anything else changes no figure."""
MATTER = ("category", "created_us", "caller_key", "latitude", "longitude", "geo_quality")

_counted = itemgetter(*map(CONTENT.index, COUNTED))
_matter = itemgetter(*map(CONTENT.index, MATTER))
_PLACES = {name: CONTENT.index(name) for name in COUNTED}

_STATES = {
    status.value: OPEN
    if status not in (Status.CLOSED, Status.ARCHIVED, Status.WITHDRAWN)
    else (WITHDRAWN if status is Status.WITHDRAWN else DONE)
    for status in Status
}
_RETURNED, _REOPENED = Status.RETURNED.value, Status.REOPENED.value
_ANSWERS = {None: UNKNOWN, False: NO, True: YES}
_OPINIONS = {None: UNKNOWN} | {
    answer.value: YES if answer in SATISFIED else NO for answer in Satisfaction
}


def counts_otherwise(was: Row, row: Row) -> bool:
    """Tell whether a change can change a figure."""
    return bool(_counted(was) != _counted(row))


def is_other_matter(was: Row, row: Row) -> bool:
    """Tell whether a change can make or unmake a repeat."""
    return bool(_matter(was) != _matter(row))


def matter_of(row: Row) -> Matter:
    """Give what a ticket is about."""
    return Matter(*_matter(row)[:5])


def codes_of(rows: Sequence[Row]) -> list[tuple[str, str, str]]:
    """Give each ticket's department, district and category."""
    department, district = _PLACES["department"], _PLACES["district"]
    category = _PLACES["category"]
    return [(row[department] or NOBODY, row[district] or NOBODY, row[category]) for row in rows]


def columns_of(rows: Sequence[Row], repeats: Sequence[bool]) -> Columns:
    """Turn rows of `tables.CONTENT` on their side."""

    plain = dict(zip(COUNTED, zip(*map(_counted, rows), strict=True), strict=True))

    def times(name: str) -> Ints:
        return _ints([NEVER if at is None else at for at in plain[name]])

    def looked_up(name: str, known: dict[Any, int]) -> Ints:
        return _ints([known[value] for value in plain[name]])

    statuses = plain["status"]
    return Columns(
        created=_ints(plain["created_us"]),
        dispatched=times("dispatched_us"),
        due=times("due_us"),
        closed=times("closed_us"),
        called=times("called_back_us"),
        replied=times("replied_us"),
        state=_ints([_STATES[status] for status in statuses]),
        returns=_ints(plain["returns"]),
        reassignments=_ints(plain["reassignments"]),
        reopenings=_ints(plain["reopenings"]),
        on_time=looked_up("reported_on_time", _ANSWERS),
        solved=looked_up("resolved", _ANSWERS),
        satisfied=looked_up("satisfaction", _OPINIONS),
        reached=np.array([bool(one) for one in plain["callback_reached"]], bool),
        has_department=np.array([one is not None for one in plain["department"]], bool),
        is_returned=np.array([one == _RETURNED for one in statuses], bool),
        is_reopened=np.array([one == _REOPENED for one in statuses], bool),
        is_repeat=np.array(repeats, bool),
    )


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, np.int64)
