"""Clusters and reports for tests: sensible values, of which a test changes only what matters."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from operations.detection.cluster import Cluster, ClusterLine, Evidence, Extent, Phase, Turn
from operations.detection.reports import Reports
from tests.builders import LONGKOU, NOW_US

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
CENTRE = (37.6, 120.48)


def evidence(**changes: Any) -> Evidence:
    """Give the evidence of twelve callers in six hours where 0.9 were expected."""
    values: dict[str, Any] = {
        "extent": Extent.CIRCLE,
        "place": None,
        "latitude": CENTRE[0],
        "longitude": CENTRE[1],
        "radius_km": 0.5,
        "start_us": NOW_US - 6 * HOUR_US,
        "newest_us": NOW_US - 60_000_000,
        "as_of_us": NOW_US,
        "tickets": 13,
        "callers": 12,
        "addresses": 8,
        "expected": 0.9,
        "statistic": 20.0,
        "p": 1e-4,
        "recurrence_d": 900.0,
        "basis": "gumbel",
        "district": LONGKOU,
        "town": None,
    }
    return Evidence(**(values | changes))


def cluster(**changes: Any) -> Cluster:
    """Give a growing cluster; what is not a cluster's own goes into its evidence."""
    own = {name: changes.pop(name) for name in list(changes) if name in Cluster.__slots__}
    values: dict[str, Any] = {
        "id": "c-1",
        "category": "water_yellow",
        "phase": Phase.GROWING,
        "born_us": NOW_US - 3 * HOUR_US,
        "changed_us": NOW_US,
        "threshold": 9.0,
        "evidence": evidence(**changes),
    }
    return Cluster(**(values | own))


def line(turn: Turn = Turn.BORN, **changes: Any) -> ClusterLine:
    """Give a line of a cluster's history."""
    values: dict[str, Any] = {
        "cluster": "c-1",
        "at_us": NOW_US - 3 * HOUR_US,
        "turn": turn,
        "callers": 6,
        "expected": 0.6,
        "statistic": 9.5,
        "radius_km": 0.4,
        "latitude": CENTRE[0],
        "longitude": CENTRE[1],
        "start_us": NOW_US - 6 * HOUR_US,
    }
    return ClusterLine(**(values | changes))


def reports(
    time_us: Sequence[int],
    *,
    km: Sequence[float] | float = 0.0,
    caller: Sequence[int] | None = None,
    since_us: int = NOW_US - 100 * DAY_US,
) -> Reports:
    """Give reports so many kilometres north of `CENTRE`; each from a caller of its own."""
    times = np.array(time_us, np.int64)
    north = np.broadcast_to(np.asarray(km, np.float64), times.shape)
    who = np.arange(len(times)) if caller is None else np.array(caller, np.int64)
    order = np.argsort(times, kind="stable")
    return Reports(
        time_us=times[order],
        latitude=CENTRE[0] + np.degrees(north[order] / 6367.0),
        longitude=np.full(len(times), CENTRE[1]),
        caller=who[order],
        district=np.full(len(times), LONGKOU, np.object_),
        town=np.full(len(times), None, np.object_),
        identity=tuple(("demo", f"T-{n}") for n in order.tolist()),
        since_us=since_us,
    )
