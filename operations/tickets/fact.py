"""What the running city needs to know of a ticket, and no more: a row of plain values."""

from typing import NamedTuple

US_PER_S = 1_000_000


class Fact(NamedTuple):
    """One ticket as the running city counts it.

    Times are whole microseconds since 1970-01-01 UTC. `cell` is the H3 index (resolution 7)
    of a ticket whose place is exact or known to the street, else None; latitude and longitude
    are WGS84. `caller` is the caller's key; a ticket without one counts as a caller of its own.
    `merged` tells that it was joined to another ticket, its parent. `triage` is its class.
    `updated_us` is when its source last told of it; `repeats` that it repeats an earlier one.
    `supervision` is how it is supervised, if it is; `ring` holds it.
    """

    source: str
    external_id: str
    created_us: int
    dispatched_us: int | None
    due_us: int | None
    closed_us: int | None
    called_back_us: int | None
    status: str
    urgent: bool
    channel: str
    category: str
    district: str | None
    town: str | None
    department: str | None
    cell: int | None
    caller: str | None
    resolved: bool | None
    satisfied: bool | None
    reported_on_time: bool | None
    latitude: float | None
    longitude: float | None
    geo_quality: str
    merged: bool
    triage: str
    updated_us: int
    reassignments: int
    reopenings: int
    repeats: bool
    supervision: str | None
    ring: str
