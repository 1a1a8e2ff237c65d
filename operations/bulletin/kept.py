"""A bulletin as JSON text and back, so that a number stays what it was when it was made."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from operations.bulletin.contents import (
    AlarmCounts,
    Bulletin,
    Corrected,
    Gathering,
    Holder,
    Measure,
    Sort,
    Terms,
    Unit,
)
from operations.bulletin.issue import CITY, Issue, Kind
from operations.errors import BadInput
from operations.pulse.figure import Value

VERSION = 1
Data = dict[str, Any]


def written(bulletin: Bulletin) -> str:
    """Write a bulletin."""
    return json.dumps({"version": VERSION, **asdict(bulletin)}, default=_plain, ensure_ascii=False)


def read_back(text: str) -> Bulletin:
    """Read what `written` wrote; raises BadInput for anything else."""
    try:
        said: Data = json.loads(text)
        if said.pop("version") != VERSION:
            raise BadInput("report", "was written by another version")
        return _bulletin(said)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput("report", "is no report of this program") from error


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{value!r} is nothing a bulletin holds")


def _bulletin(said: Data) -> Bulletin:
    issue = said["issue"]
    return Bulletin(
        **said
        | {
            "issue": Issue(
                Kind(issue["kind"]), date.fromisoformat(issue["first"]), issue.get("scope", CITY)
            ),
            "made_at": datetime.fromisoformat(said["made_at"]),
            "terms": Terms(**said["terms"] | {"city": tuple(said["terms"]["city"])}),
            "measures": tuple(map(_measure, said["measures"])),
            "course": tuple(said["course"]),
            "course_before": tuple(said["course_before"]),
            "departments": tuple(map(_unit, said["departments"])),
            "districts": tuple(map(_unit, said["districts"])),
            "sorts": tuple(Sort(**one) for one in said["sorts"]),
            "biggest": tuple(Sort(**one) for one in said["biggest"]),
            "gatherings": tuple(map(_gathering, said["gatherings"])),
            "alarms": AlarmCounts(**said["alarms"]),
            "holders": tuple(map(_holder, said["holders"])),
            "corrections": tuple(
                Corrected(date.fromisoformat(one["day"]), one["counters"])
                for one in said["corrections"]
            ),
            "known": {day: tuple(counts) for day, counts in said["known"].items()},
            "names": {
                axis: {code: tuple(pair) for code, pair in names.items()}
                for axis, names in said["names"].items()
            },
        }
    )


def _value(said: list[Any] | None) -> Value | None:
    return None if said is None else Value(*said)


def _measure(said: Data) -> Measure:
    values = {name: _value(said[name]) for name in ("now", "before", "last_year")}
    return Measure(**said | values)


def _unit(said: Data) -> Unit:
    values = {code: Value(*one) for code, one in said["values"].items()}
    return Unit(**said | {"values": values, "few": frozenset(said["few"])})


def _gathering(said: Data) -> Gathering:
    ended = said["ended_at"]
    return Gathering(
        **said
        | {
            "born_at": datetime.fromisoformat(said["born_at"]),
            "ended_at": None if ended is None else datetime.fromisoformat(ended),
        }
    )


def _holder(said: Data) -> Holder:
    return Holder(**said | {"oldest_due_at": datetime.fromisoformat(said["oldest_due_at"])})
