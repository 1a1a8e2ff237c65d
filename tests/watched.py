"""Signals, alarms and clusters for tests: sensible values, of which a test changes what matters."""

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
from operations.pulse.alarm import Alarm, AlarmState, Cause, Reason, Severity, Signal
from tests.builders import LONGKOU, NOW_US

MINUTE_US = 60_000_000
HOUR_US = 60 * MINUTE_US

CLUSTER = Reason(Cause.CLUSTER, "c-1")
CATEGORY = Reason(Cause.CATEGORY, "water_quality")


def signal(group: str = "water", reason: Reason = CLUSTER, **changes: Any) -> Signal:
    """Give a signal of a cluster of yellow water in Longkou, changed as asked."""
    values: dict[str, Any] = {
        "severity": Severity.MEDIUM,
        "category": "water_quality",
        "district": LONGKOU,
        "since_us": NOW_US - HOUR_US,
    }
    return Signal(reason=reason, group=group, **(values | changes))


def alarm(**changes: Any) -> Alarm:
    """Give an alarm raised and announced at NOW for a cluster, changed as asked."""
    values: dict[str, Any] = {
        "id": "a-20261124-020000-1",
        "version": 1,
        "group": "water",
        "reasons": (CLUSTER,),
        "severity": Severity.HIGH,
        "state": AlarmState.RAISED,
        "category": "water_quality",
        "district": LONGKOU,
        "since_us": NOW_US - HOUR_US,
        "raised_us": NOW_US,
        "changed_us": NOW_US,
        "told": Severity.HIGH,
        "announced_us": NOW_US,
    }
    return Alarm(**(values | changes))


def evidence(**changes: Any) -> Evidence:
    """Give what the scan says of twelve callers within half a kilometre, changed as asked."""
    values: dict[str, Any] = {
        "extent": Extent.CIRCLE,
        "place": None,
        "latitude": 37.6461,
        "longitude": 120.4778,
        "radius_km": 0.5,
        "start_us": NOW_US - 3 * HOUR_US,
        "newest_us": NOW_US - MINUTE_US,
        "as_of_us": NOW_US,
        "tickets": 15,
        "callers": 12,
        "addresses": 9,
        "expected": 0.9,
        "statistic": 21.25,
        "p": 1e-5,
        "recurrence_d": 400.0,
        "basis": "gumbel",
        "district": LONGKOU,
        "town": "370681001",
        "coverage": (Coverage("longkou_waterworks", 0.75),),
    }
    return Evidence(**(values | changes))


def cluster(**changes: Any) -> Cluster:
    """Give a growing cluster of yellow water, changed as asked."""
    values: dict[str, Any] = {
        "id": "c-1",
        "category": "water_quality",
        "phase": Phase.GROWING,
        "born_us": NOW_US - HOUR_US,
        "changed_us": NOW_US,
        "threshold": 8.5,
        "evidence": evidence(),
        "members": (("demo", "T-1"), ("demo", "T-2")),
    }
    return Cluster(**(values | changes))


def cluster_line(**changes: Any) -> ClusterLine:
    """Give the line of the birth of that cluster, changed as asked."""
    values: dict[str, Any] = {
        "cluster": "c-1",
        "at_us": NOW_US - HOUR_US,
        "turn": Turn.BORN,
        "callers": 8,
        "expected": 0.5,
        "statistic": 9.125,
        "radius_km": 0.25,
        "latitude": 37.6460,
        "longitude": 120.4779,
        "start_us": NOW_US - 3 * HOUR_US,
    }
    return ClusterLine(**(values | changes))
