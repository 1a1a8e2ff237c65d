"""A ticket as a row of plain values, in the order of `tables.CONTENT`, and back."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import h3.api.basic_int as h3

from data_sources.tables import CONTENT
from operations.tickets.changes import Change, Step
from operations.tickets.fact import Fact
from operations.tickets.ticket import (
    SATISFIED,
    Callback,
    Channel,
    GeoQuality,
    Kind,
    Satisfaction,
    Status,
    Ticket,
    Urgency,
)

Row = tuple[Any, ...]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CELL_RESOLUTION = 7
LONGEST_MOVED_VALUE = 200  # of a history line; a key column must stay short on PostgreSQL

STATUS = CONTENT.index("status")
UPDATED = CONTENT.index("updated_us")
_PLACED = frozenset({GeoQuality.EXACT, GeoQuality.STREET})
_SATISFIED = frozenset(answer.value for answer in SATISFIED)
_ROUTINE = Urgency.ROUTINE.value


def us_of(at: datetime) -> int:
    """Count the microseconds since 1970-01-01 UTC."""
    since = at - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def time_of(us: int) -> datetime:
    """Give the time so many microseconds after 1970-01-01 UTC."""
    return EPOCH + timedelta(microseconds=us)


def _us_or_none(at: datetime | None) -> int | None:
    if at is None:
        return None
    since = at - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _time_or_none(us: int | None) -> datetime | None:
    return None if us is None else EPOCH + timedelta(microseconds=us)


def _flag(value: Any) -> bool | None:
    return None if value is None else bool(value)


def without_nul(ticket: Ticket) -> Ticket:
    """Take NUL characters out of a ticket's texts: PostgreSQL has no place for them.

    The readers do so too; this keeps a ticket that came another way from stopping a batch.
    """
    everything = (
        f"{ticket.text}{ticket.title}{ticket.address}{ticket.source}{ticket.external_id}"
        f"{ticket.category}{ticket.department}{ticket.district}{ticket.town}{ticket.caller_key}"
        f"{ticket.parent}{ticket.category_as_given}{ticket.department_as_given}"
    )
    if "\0" not in everything and not any("\0" in name for name in ticket.cooperating):
        return ticket
    texts = {
        name: value.replace("\0", "")
        for name in ticket.__slots__
        if type(value := getattr(ticket, name)) is str
    }
    cooperating = tuple(name.replace("\0", "") for name in ticket.cooperating)
    return replace(ticket, **texts, cooperating=cooperating)  # type: ignore[arg-type]


def row_of(ticket: Ticket) -> Row:
    """Put a ticket into a row. Twenty thousand a second depend on this being plain."""
    callback = ticket.callback
    latitude, longitude = ticket.latitude, ticket.longitude
    satisfaction = callback.satisfaction if callback is not None else None
    return (
        ticket.source,
        ticket.external_id,
        us_of(ticket.created_at),
        _us_or_none(ticket.dispatched_at),
        _us_or_none(ticket.due_at),
        _us_or_none(ticket.closed_at),
        us_of(callback.at) if callback is not None else None,
        ticket.status._value_,
        ticket.urgency._value_,
        ticket.channel._value_,
        ticket.category,
        ticket.district,
        ticket.town,
        ticket.department,
        cell_of(ticket),
        ticket.caller_key,
        callback.resolved if callback is not None else None,
        satisfaction._value_ if satisfaction is not None else None,
        ticket.reported_on_time,
        us_of(ticket.updated_at),
        callback.reached if callback is not None else None,
        ticket.kind._value_,
        ticket.confidential,
        _us_or_none(ticket.occurred_at),
        _us_or_none(ticket.signed_at),
        _us_or_none(ticket.original_due_at),
        _us_or_none(ticket.replied_at),
        latitude,
        longitude,
        ticket.geo_quality._value_,
        json.dumps(ticket.cooperating, ensure_ascii=False) if ticket.cooperating else "[]",
        ticket.returns,
        ticket.reassignments,
        ticket.extensions,
        ticket.reopenings,
        ticket.parent,
        ticket.category_as_given,
        ticket.department_as_given,
        ticket.title,
        ticket.address,
        ticket.text,
        us_of(ticket.received_at),
    )


def cell_of(ticket: Ticket) -> int | None:
    """Give the map cell of a ticket whose place is known to the street at least."""
    latitude, longitude = ticket.latitude, ticket.longitude
    if latitude is None or longitude is None or ticket.geo_quality not in _PLACED:
        return None
    cell: int = h3.latlng_to_cell(latitude, longitude, CELL_RESOLUTION)
    return cell


def ticket_of(row: Row) -> Ticket:
    """Take a ticket out of a row."""
    value = dict(zip(CONTENT, row, strict=True))
    return Ticket(
        source=value["source"],
        external_id=value["external_id"],
        created_at=time_of(value["created_us"]),
        updated_at=time_of(value["updated_us"]),
        received_at=time_of(value["received_us"]),
        status=Status(value["status"]),
        category=value["category"],
        kind=Kind(value["kind"]),
        channel=Channel(value["channel"]),
        urgency=Urgency(value["urgency"]),
        confidential=bool(value["confidential"]),
        title=value["title"],
        text=value["text"],
        occurred_at=_time_or_none(value["occurred_us"]),
        dispatched_at=_time_or_none(value["dispatched_us"]),
        signed_at=_time_or_none(value["signed_us"]),
        due_at=_time_or_none(value["due_us"]),
        original_due_at=_time_or_none(value["original_due_us"]),
        replied_at=_time_or_none(value["replied_us"]),
        closed_at=_time_or_none(value["closed_us"]),
        address=value["address"],
        district=value["district"],
        town=value["town"],
        latitude=value["latitude"],
        longitude=value["longitude"],
        geo_quality=GeoQuality(value["geo_quality"]),
        department=value["department"],
        cooperating=tuple(json.loads(value["cooperating"])),
        returns=value["returns"],
        reassignments=value["reassignments"],
        extensions=value["extensions"],
        reopenings=value["reopenings"],
        callback=_callback_of(value),
        caller_key=value["caller_key"],
        parent=value["parent"],
        category_as_given=value["category_as_given"],
        department_as_given=value["department_as_given"],
        reported_on_time=_flag(value["reported_on_time"]),
    )


def _callback_of(value: dict[str, Any]) -> Callback | None:
    if value["called_back_us"] is None:
        return None
    satisfaction = value["satisfaction"]
    return Callback(
        at=time_of(value["called_back_us"]),
        reached=bool(value["callback_reached"]),
        resolved=_flag(value["resolved"]),
        satisfaction=None if satisfaction is None else Satisfaction(satisfaction),
    )


FACT_COLUMNS = (
    *CONTENT[:8],
    f"urgency <> '{_ROUTINE}'",
    *CONTENT[9:17],
    f"satisfaction IN ({', '.join(repr(answer) for answer in sorted(_SATISFIED))})",
    "reported_on_time",
)
"""What to select so that a row is a `Fact`; SQLite answers 0 and 1 for False and True."""


def fact_of(row: Row) -> Fact:
    """Give what the running city needs of a row."""
    satisfaction = row[17]
    satisfied = None if satisfaction is None else satisfaction in _SATISFIED
    return Fact._make((*row[:8], row[8] != _ROUTINE, *row[9:17], satisfied, row[18]))


def change_row(ticket_id: int, change: Change) -> Row:
    """Put a line of history into a row of `changes`."""
    return (
        ticket_id,
        us_of(change.at),
        change.step._value_,
        (change.was or "")[:LONGEST_MOVED_VALUE].replace("\0", ""),
        (change.now or "")[:LONGEST_MOVED_VALUE].replace("\0", ""),
    )


def change_of(row: Row) -> Change:
    """Take a line of history out of (at_us, step, was, now)."""
    at_us, step, was, now = row
    return Change(time_of(at_us), Step(step), was or None, now or None)
