"""The picture of a scope: everything a screen may know, as one plain versioned value."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from operations.pulse import gathered, sections
from operations.pulse.city import City
from operations.pulse.duty_sections import duties
from operations.pulse.gathered import Gathered
from operations.pulse.incidents import IncidentSection
from operations.pulse.rows import DEPARTMENT, DISTRICT
from operations.pulse.view import UNSEEN, Data, Names, View
from operations.pulse.volumes import Scope
from operations.pulse.windows import iso
from operations.response.standing import OpenIncidents

__all__ = ["LARGEST_BYTES", "SECTIONS", "VERSION", "Draughtsman", "Names"]

VERSION = 1
LARGEST_BYTES = 100_000

_EVERY_TIME: dict[str, Callable[[View], Data]] = {
    "totals": sections.totals,
    "recent": sections.recent,
}
_IN_TURN: dict[str, Callable[[View], Data]] = {
    "volume": sections.volume,
    "categories": sections.categories,
    "districts": sections.districts,
    "towns": sections.towns,
    "channels": sections.channels,
    "cells": sections.cells,
    "departments": sections.departments,
    "duties": duties,
}
_GATHERED: dict[str, Callable[[View, Gathered], Data]] = {
    "clusters": gathered.clusters,
    "alarms": gathered.alarms,
}
_INCIDENTS = "incidents"

# They move with tickets and with what the city says has changed, not with every second.
_STEADY = ("towns", "channels", "cells", "departments", "duties")

SECTIONS = (*_EVERY_TIME, *_IN_TURN, *_GATHERED, _INCIDENTS)
_SHORTENED = ("towns", "categories", "departments", "districts", "channels", "recent",
              _INCIDENTS)  # fmt: skip


class _Drawn(NamedTuple):
    """A section as last drawn: when, and after how many changes of its scope."""

    seq: int
    changes: int
    section: Data


class Draughtsman:
    """Draws pictures of the running city.

    Totals and arrivals are drawn every time; each other section only when its last drawing
    is `every_ms` old (`others_every_ms` for a scope that is not the city) by the pictures'
    `seq`, which is in milliseconds of real time, and carries its own `as_of`. What moves with
    the tickets alone is taken over from the last drawing while its scope has not changed.
    `gathered` is what the watch knows, `incidents` what is known of open incidents; while one is
    None nobody tells of it.
    """

    def __init__(
        self,
        names: Names,
        *,
        least_callers: int,
        every_ms: int = 1000,
        others_every_ms: int = 3000,
    ) -> None:
        self._names, self._least_callers = names, least_callers
        self._every_ms, self._others_every_ms = every_ms, others_every_ms
        self._drawn: dict[str, dict[str, _Drawn]] = {}
        self._incidents = IncidentSection()
        self.gathered: Gathered | None = None
        self.incidents: OpenIncidents | None = None

    def make(
        self, scope: str, city: City, *, now: datetime, seq: int, fresh: bool = False
    ) -> dict[str, Any]:
        """Draw a scope at `now`, to which the city is moved on; `fresh` draws every section."""
        city.advance(now)
        view = View(city, _scope(city, scope), self._names, self._least_callers)
        as_of, changes = iso(city.now_us), city.changes(scope)
        found = {name: _section(as_of, draw(view)) for name, draw in _EVERY_TIME.items()}
        drawn = self._drawn.setdefault(scope, {})
        every_ms = self._every_ms if scope == "city" else self._others_every_ms
        for name, draw in _IN_TURN.items():
            last = drawn.get(name)
            if fresh or last is None or seq - last.seq >= every_ms:
                as_before = last and name in _STEADY and last.changes == changes and not fresh
                data = last.section["data"] if last and as_before else draw(view)
                drawn[name] = _Drawn(seq, changes, _section(as_of, data))
            found[name] = drawn[name].section
        for name, tell in _GATHERED.items():
            told = tell(view, self.gathered or Gathered())
            found[name] = _section(as_of, told, "off" if self.gathered is None else "fresh")
        found[_INCIDENTS] = _section(as_of, {"rows": []}, "off")
        if self.incidents is not None:
            found[_INCIDENTS] = _section(as_of, self._incidents.data(view, self.incidents))
        return {
            "scope": scope,
            "seq": seq,
            "version": VERSION,
            "as_of": as_of,
            "sections": found,
        }

    def encode(self, picture: dict[str, Any]) -> bytes:
        """Write a picture as JSON of at most `LARGEST_BYTES`, leaving out last rows if it must."""
        data = orjson.dumps(picture)
        while len(data) > LARGEST_BYTES:
            picture = picture | {"sections": _shortened(picture["sections"])}
            data = orjson.dumps(picture)
        return data


def _scope(city: City, name: str) -> Scope:
    unseen = Scope(DISTRICT if name.startswith("district-") else DEPARTMENT, UNSEEN)
    return city.scope(name) or unseen


def _section(as_of: str, data: Data, state: str = "fresh") -> Data:
    return {"as_of": as_of, "state": state, "data": data}


def _shortened(found: Data) -> Data:
    """Leave out the last quarter of the rows of the section that takes most room."""
    longest = max(_SHORTENED, key=lambda name: len(orjson.dumps(found[name])))
    data = found[longest]["data"]
    keep = len(data["rows"]) * 3 // 4
    shorter = data | {"rows": data["rows"][:keep]}
    if "left_out" in data:
        shorter["left_out"] = data["left_out"] + len(data["rows"]) - keep
    return found | {longest: found[longest] | {"data": shorter}}
