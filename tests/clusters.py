"""Clusters and reports for tests: sensible values, of which a test changes only what matters."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from operations.detection.cluster import Cluster, ClusterLine, Turn
from operations.detection.evidence.reports import Reports
from tests import watched
from tests.builders import LONGKOU, NOW_US

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
CENTRE = (37.6, 120.48)


def cluster(**changes: Any) -> Cluster:
    """Give a growing cluster at `CENTRE`; what is not a cluster's own goes into its evidence."""
    own = {name: changes.pop(name) for name in list(changes) if name in Cluster.__slots__}
    found: dict[str, Any] = {
        "latitude": CENTRE[0],
        "longitude": CENTRE[1],
        "start_us": NOW_US - 6 * HOUR_US,
        "recurrence_d": 900.0,
        "town": None,
        "coverage": (),
    }
    plain: dict[str, Any] = {"evidence": watched.evidence(**(found | changes)), "members": ()}
    return watched.cluster(**(plain | own))


def line(turn: Turn = Turn.BORN, **changes: Any) -> ClusterLine:
    """Give a line of that cluster's history."""
    return watched.cluster_line(turn=turn, **({"callers": 6} | changes))


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
