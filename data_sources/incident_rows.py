"""Incidents, their parts and lines as rows of plain values, and back."""

import json
from dataclasses import asdict, replace
from typing import Any

from operations.response.incident import Closing, Incident, Kind, Line, Part

Row = dict[str, Any]


def head_row(head: Incident, *, tickets: int = 0) -> Row:
    """Put a head into a row; `seq` and `reported_us` in it grow without its version."""
    named = ("id", "number", "version", "seq", "state", "severity", "exercise", "lead")
    more = ("category", "district", "cluster", "opened_us", "closed_us", "reported_us")
    columns = {name: getattr(head, name) for name in (*named, *more)}
    return columns | {"tickets": tickets, "body": json.dumps(asdict(head))}


def head_of(row: Any) -> Incident:
    """Take a head out of a row."""
    body: Row = json.loads(row.body)
    closing = body["closing"]
    body["closing"] = None if closing is None else Closing(**closing)
    return replace(Incident(**body), seq=row.seq, reported_us=row.reported_us, cluster=row.cluster)


def part_row(incident: str, part: Part) -> Row:
    """Put a part into a row."""
    return {
        "incident_id": incident,
        "kind": part.kind.value,
        "number": part.number,
        "version": part.version,
        "seq": part.seq,
        "due_us": part.due_us,
        "body": json.dumps(dict(part.body)),
    }


def part_of(row: Any) -> Part:
    """Take a part out of a row."""
    return Part(
        kind=Kind(row.kind),
        number=row.number,
        version=row.version,
        seq=row.seq,
        due_us=row.due_us,
        body=json.loads(row.body),
    )


def line_row(incident: str, line: Line) -> Row:
    """Put a line into a row."""
    return asdict(line) | {"incident_id": incident}


def line_of(row: Any) -> Line:
    """Take a line out of a row."""
    return Line(
        at_us=row.at_us,
        actor=row.actor,
        verified=bool(row.verified),
        act=row.act,
        key=row.key,
        seq=row.seq,
        kind=row.kind,
        number=row.number,
        detail=row.detail,
        reason=row.reason,
        typed_us=row.typed_us,
    )
