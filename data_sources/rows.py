"""A ticket as a row of plain values, in the order of `tables.CONTENT`, and back."""

import gc
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from data_sources.tables import CONTENT, OPEN
from operations import places
from operations.people.person import Ring
from operations.tickets.changes import Change, Step
from operations.tickets.fact import Fact
from operations.tickets.ticket import (
    ENDED,
    SATISFIED,
    Callback,
    Channel,
    GeoQuality,
    Kind,
    Satisfaction,
    Status,
    Supervision,
    Ticket,
    Triage,
    Urgency,
)

Row = tuple[Any, ...]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_MOVED_VALUE = 200  # of a history line; a key column must stay short on PostgreSQL

KEPT_ALL = "all"
STATUS = CONTENT.index("status")
SHOWN_WORDS = slice(CONTENT.index("title"), CONTENT.index("text") + 1)
UPDATED = CONTENT.index("updated_us")
_LATITUDE, _PARENT = CONTENT.index("latitude"), CONTENT.index("parent")
_TRIAGE = CONTENT.index("triage")
_SUPERVISION, _RING = CONTENT.index("supervision"), CONTENT.index("ring")
_REASSIGNMENTS, _REOPENINGS = CONTENT.index("reassignments"), CONTENT.index("reopenings")
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
        f"{ticket.return_reason}"
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
    # fmt: off
    return (
        ticket.source, ticket.external_id, us_of(ticket.created_at),
        _us_or_none(ticket.dispatched_at), _us_or_none(ticket.due_at),
        _us_or_none(ticket.closed_at),
        None if ticket.callback is None else us_of(ticket.callback.at),
        ticket.status._value_, ticket.urgency._value_, ticket.channel._value_,
        ticket.category, ticket.district, ticket.town, ticket.department,
        cell_of(ticket), ticket.caller_key,
        *_answer_of(ticket.callback), ticket.reported_on_time,
        us_of(ticket.updated_at),
        None if ticket.callback is None else ticket.callback.reached,
        ticket.kind._value_, ticket.confidential,
        _us_or_none(ticket.occurred_at), _us_or_none(ticket.signed_at),
        _us_or_none(ticket.original_due_at), _us_or_none(ticket.replied_at),
        ticket.latitude, ticket.longitude, ticket.geo_quality._value_,
        json.dumps(ticket.cooperating, ensure_ascii=False) if ticket.cooperating else "[]",
        ticket.returns, ticket.reassignments, ticket.extensions, ticket.reopenings,
        ticket.parent, ticket.category_as_given, ticket.department_as_given,
        ticket.return_reason, ticket.title, ticket.address, ticket.text, ticket.sealed_mark,
        ticket.triage._value_, ticket.due_by, ticket.ring._value_, ticket.ring_by,
        None if ticket.supervision is None else ticket.supervision._value_,
        ticket.ruled_by, us_of(ticket.received_at),
    )
    # fmt: on


def _answer_of(callback: Callback | None) -> tuple[bool | None, str | None]:
    if callback is None:
        return (None, None)
    satisfaction = callback.satisfaction
    return (callback.resolved, None if satisfaction is None else satisfaction._value_)


def sealed_row(ticket_id: int, ticket: Ticket) -> Row | None:
    """Put what a ticket protects into a row of `sealed`, None where there is nothing."""
    sealed = ticket.sealed
    if sealed is None:
        return None
    key_id = sealed.body.partition(".")[0]
    return (ticket_id, key_id, KEPT_ALL, sealed.body, sealed.phone_key, sealed.id_key)


def cell_of(ticket: Ticket) -> int | None:
    """Give the map cell of a ticket whose place is known to the street at least."""
    latitude, longitude = ticket.latitude, ticket.longitude
    if latitude is None or longitude is None or ticket.geo_quality not in _PLACED:
        return None
    return places.cell_of(latitude, longitude)


def ticket_of(row: Row) -> Ticket:
    """Take a ticket out of a row."""
    # fmt: off
    (source, external_id, created, dispatched, due, closed, called_back, status, urgency, channel,
     category, district, town, department, _cell, caller_key, resolved, satisfaction, on_time,
     updated, reached, kind, confidential, occurred, signed, original_due, replied,
     latitude, longitude, geo_quality, cooperating, returns, reassignments, extensions, reopenings,
     parent, category_as_given, department_as_given, return_reason, title, address, text,
     sealed_mark, triage, due_by, ring, ring_by, supervision, ruled_by, received) = row
    callback = None if called_back is None else Callback(
        time_of(called_back), bool(reached), _flag(resolved),
        None if satisfaction is None else Satisfaction(satisfaction),
    )
    return Ticket(
        source=source, external_id=external_id, created_at=time_of(created),
        updated_at=time_of(updated), received_at=time_of(received), status=Status(status),
        category=category, kind=Kind(kind), channel=Channel(channel), urgency=Urgency(urgency),
        confidential=bool(confidential), title=title, text=text,
        occurred_at=_time_or_none(occurred), dispatched_at=_time_or_none(dispatched),
        signed_at=_time_or_none(signed), due_at=_time_or_none(due),
        original_due_at=_time_or_none(original_due), replied_at=_time_or_none(replied),
        closed_at=_time_or_none(closed), address=address, district=district, town=town,
        latitude=latitude, longitude=longitude, geo_quality=GeoQuality(geo_quality),
        department=department,
        cooperating=() if cooperating == "[]" else tuple(json.loads(cooperating)),
        returns=returns, reassignments=reassignments, extensions=extensions,
        reopenings=reopenings, return_reason=return_reason, callback=callback,
        caller_key=caller_key, parent=parent,
        category_as_given=category_as_given, department_as_given=department_as_given,
        reported_on_time=_flag(on_time), sealed_mark=sealed_mark,
        triage=Triage(triage), due_by=due_by, ring=Ring(ring), ring_by=ring_by,
        supervision=None if supervision is None else Supervision(supervision),
        ruled_by=ruled_by,
    )
    # fmt: on


FACT_COLUMNS = (
    *CONTENT[:8],
    f"urgency <> '{_ROUTINE}'",
    *CONTENT[9:17],
    f"satisfaction IN ({', '.join(repr(answer) for answer in sorted(_SATISFIED))})",
    *("reported_on_time", "latitude", "longitude", "geo_quality", "parent IS NOT NULL"),
    *("triage", "updated_us", "reassignments", "reopenings"),
    f"{OPEN} AND EXISTS (SELECT 1 FROM repeats WHERE ticket_id = tickets.id)",  # noqa: S608
    *("supervision", "ring"),
)
"""What to select so that a row is a `Fact`; SQLite answers 0 and 1 for False and True."""


def fact_of(row: Row, *, repeats: bool = False) -> Fact:
    """Give what the running city needs of a row; `repeats` is asked of open tickets alone."""
    satisfaction = row[17]
    satisfied = None if satisfaction is None else satisfaction in _SATISFIED
    place, moves = row[_LATITUDE : _LATITUDE + 3], (row[_REASSIGNMENTS], row[_REOPENINGS])
    more = (*place, row[_PARENT] is not None, row[_TRIAGE], row[UPDATED], *moves)
    more = (*more, repeats and row[STATUS] not in ENDED, row[_SUPERVISION], row[_RING])
    return Fact._make((*row[:8], row[8] != _ROUTINE, *row[9:17], satisfied, row[18], *more))


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep Python's cycle collector out of a block that makes many rows and no cycles.

    Looking through half-made batches again and again was a third of the time of a start.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def facts_of(rows: Sequence[Row]) -> list[Fact]:
    """Give rows of `FACT_COLUMNS` as facts."""
    return [Fact._make(row) for row in rows]


def change_row(ticket_id: int, change: Change) -> Row:
    """Put a line of history into a row of `changes`."""
    return (
        ticket_id,
        us_of(change.at),
        change.step._value_,
        (change.was or "")[:LONGEST_MOVED_VALUE].replace("\0", ""),
        (change.now or "")[:LONGEST_MOVED_VALUE].replace("\0", ""),
        change.why,
    )


def change_of(row: Row) -> Change:
    """Take a line of history out of (at_us, step, was, now, why)."""
    at_us, step, was, now, why = row
    return Change(time_of(at_us), Step(step), was or None, now or None, why)
