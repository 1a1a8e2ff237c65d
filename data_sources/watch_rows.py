"""Clusters, alarms and the lines of their histories as JSON text, and back.

A field that a later version adds with a default is read from older text as that default.
"""

import json
from dataclasses import asdict
from hashlib import blake2b
from typing import Any

from operations.detection.cluster import (
    Cluster,
    ClusterLine,
    Coverage,
    Evidence,
    Extent,
    Phase,
    Turn,
)
from operations.pulse.alarm import (
    Alarm,
    AlarmLine,
    AlarmState,
    AlarmStep,
    Cause,
    Reason,
    Seen,
    Severity,
)

Row = dict[str, Any]


def body_of(value: Cluster | ClusterLine | Alarm | AlarmLine) -> str:
    """Write a value as JSON; ASCII alone, so that any text a person pastes can be kept."""
    return json.dumps(asdict(value))


def digest_of(body: str) -> str:
    """Give what tells two lines of a history apart, short enough for an index."""
    return blake2b(body.encode(), digest_size=16).hexdigest()


def cluster_of(body: str) -> Cluster:
    """Read a cluster."""
    row: Row = json.loads(body)
    evidence: Row = row["evidence"]
    evidence |= {
        "extent": Extent(evidence["extent"]),
        "coverage": tuple(Coverage(**one) for one in evidence["coverage"]),
    }
    row |= {
        "phase": Phase(row["phase"]),
        "evidence": Evidence(**evidence),
        "members": tuple((source, external_id) for source, external_id in row["members"]),
    }
    return Cluster(**row)


def cluster_line_of(body: str) -> ClusterLine:
    """Read a line of a cluster's history."""
    row: Row = json.loads(body)
    return ClusterLine(**row | {"turn": Turn(row["turn"])})


def alarm_of(body: str) -> Alarm:
    """Read an alarm."""
    row: Row = json.loads(body)
    told = row["told"]
    row |= {
        "reasons": tuple(map(_reason_of, row["reasons"])),
        "severity": Severity(row["severity"]),
        "state": AlarmState(row["state"]),
        "told": None if told is None else Severity(told),
    }
    return Alarm(**row)


def _reason_of(row: Row) -> Reason:
    seen: Row | None = row.get("seen")
    if seen is not None:
        most = tuple((str(code), int(n)) for code, n in seen.get("most", ()))
        return Reason(Cause(row["cause"]), row["subject"], Seen(**seen | {"most": most}))
    return Reason(Cause(row["cause"]), row["subject"])


def alarm_line_of(body: str) -> AlarmLine:
    """Read a line of an alarm's history."""
    row: Row = json.loads(body)
    return AlarmLine(
        **row | {"step": AlarmStep(row["step"]), "severity": Severity(row["severity"])}
    )


def cluster_row(cluster: Cluster) -> Row:
    """Put a cluster into a row of its table."""
    return {
        "id": cluster.id,
        "category": cluster.category,
        "living": cluster.is_living,
        "born_us": cluster.born_us,
        "changed_us": cluster.changed_us,
        "body": body_of(cluster),
    }


def cluster_line_row(line: ClusterLine) -> Row:
    """Put a line of a cluster's history into a row."""
    body = body_of(line)
    return {"cluster": line.cluster, "at_us": line.at_us, "digest": digest_of(body), "body": body}


def alarm_row(alarm: Alarm) -> Row:
    """Put an alarm into a row of its table."""
    return {
        "id": alarm.id,
        "version": alarm.version,
        "state": alarm.state.value,
        "raised_us": alarm.raised_us,
        "cleared_us": alarm.cleared_us,
        "body": body_of(alarm),
    }


def alarm_line_row(line: AlarmLine) -> Row:
    """Put a line of an alarm's history into a row."""
    body = body_of(line)
    return {
        "alarm": line.alarm,
        "version": line.version,
        "at_us": line.at_us,
        "digest": digest_of(body),
        "body": body,
    }
