"""A ticket as JSON between our own processes: nothing lost, and small, defaults left out."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

from operations.people.person import Ring
from operations.tickets.ticket import (
    Callback,
    Channel,
    GeoQuality,
    Kind,
    Satisfaction,
    Sealed,
    Status,
    Supervision,
    Ticket,
    Triage,
    Urgency,
)

_WORDS: dict[str, type[StrEnum]] = {
    "status": Status,
    "kind": Kind,
    "channel": Channel,
    "urgency": Urgency,
    "geo_quality": GeoQuality,
    "triage": Triage,
    "ring": Ring,
    "supervision": Supervision,
}
_SATISFACTION = {member.value: member for member in Satisfaction}


def _callback_to_wire(callback: Callback) -> list[object]:
    said = callback.satisfaction
    word = None if said is None else said.value
    return [callback.at.isoformat(), callback.reached, callback.resolved, word]


def _callback_from_wire(wire: list[Any]) -> Callback:
    at, reached, resolved, word = wire
    said = None if word is None else _SATISFACTION[word]
    return Callback(datetime.fromisoformat(at), reached, resolved, said)


def _sealed_to_wire(sealed: Sealed) -> list[str | None]:
    return [sealed.body, sealed.phone_key, sealed.id_key]


# One look-up per field: this runs for every ticket on its way through the stream, both ends.
_READERS: dict[str, Callable[[Any], Any]] = {
    **{f.name: datetime.fromisoformat for f in fields(Ticket) if f.name.endswith("_at")},
    **{name: {m.value: m for m in words}.__getitem__ for name, words in _WORDS.items()},
    "cooperating": tuple,
    "callback": _callback_from_wire,
    "sealed": lambda wire: Sealed(*wire),
}
_WRITERS: dict[str, Callable[[Any], object]] = {
    **{f.name: datetime.isoformat for f in fields(Ticket) if f.name.endswith("_at")},
    **dict.fromkeys(_WORDS, attrgetter("value")),
    "cooperating": list,
    "callback": _callback_to_wire,
    "sealed": _sealed_to_wire,
}
_DEFAULTS = tuple(
    (field.name, None if field.default is MISSING else field.default) for field in fields(Ticket)
)


def to_wire(ticket: Ticket) -> dict[str, object]:
    """Give a ticket as a JSON object; `from_wire` gives the same ticket back."""
    wire: dict[str, object] = {}
    for name, default in _DEFAULTS:
        value = getattr(ticket, name)
        if value is not default and value != default:
            write = _WRITERS.get(name)
            wire[name] = value if write is None else write(value)
    return wire


def from_wire(wire: dict[str, Any]) -> Ticket:
    """Make the ticket that `to_wire` wrote; raises KeyError, TypeError or ValueError on another."""
    made: dict[str, Any] = {}
    for name, value in wire.items():
        read = _READERS.get(name)
        made[name] = value if read is None else read(value)
    return Ticket(**made)
