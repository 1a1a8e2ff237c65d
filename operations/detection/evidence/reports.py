"""The reports of one category around a cluster, and which of them count as a vote."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from operations.detection.cluster import Cluster, Extent
from operations.detection.distance import great_circle_km
from operations.detection.live.windows import LONGEST_US
from operations.places import Zone
from operations.pulse.windows import Ints

Reals = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

TOUCH_KM = 0.001  # a report on the very edge of a circle lies in it


@dataclass(frozen=True, eq=False)
class Reports:
    """Reports of one category that can be counted, in order of time; every array is (reports,).

    `time_us`: microseconds since 1970 UTC; coordinates: degrees of WGS84; `caller`: a number
    for each caller, another one for each report that came without. `district` and `town` are
    codes or None, `identity` is (source, external id). The ledger knows everything from
    `since_us` on: a quiet past is quiet, not unknown.
    """

    time_us: Ints
    latitude: Reals
    longitude: Reals
    caller: Ints
    district: npt.NDArray[np.object_]
    town: npt.NDArray[np.object_]
    identity: tuple[tuple[str, str], ...]
    since_us: int

    def __len__(self) -> int:
        return len(self.time_us)

    @cached_property
    def votes(self) -> Mask:
        """Tell which reports are votes: (reports,).

        As for the scan (`votes.Votes`), a caller has one vote in thirty days: a report counts
        when the same caller's report before it is that much older.
        """
        order = np.lexsort((self.time_us, self.caller))
        caller, time_us = self.caller[order], self.time_us[order]
        again = np.zeros(len(order), np.bool_)
        again[1:] = (caller[1:] == caller[:-1]) & (time_us[1:] - time_us[:-1] < LONGEST_US)
        votes = np.empty(len(order), np.bool_)
        votes[order] = ~again
        return votes

    def until(self, us: int) -> "Reports":
        """Give the reports up to a moment, it included."""
        end = int(np.searchsorted(self.time_us, us, side="right"))
        return Reports(
            time_us=self.time_us[:end],
            latitude=self.latitude[:end],
            longitude=self.longitude[:end],
            caller=self.caller[:end],
            district=self.district[:end],
            town=self.town[:end],
            identity=self.identity[:end],
            since_us=self.since_us,
        )

    def distance_km(self, latitude: float, longitude: float) -> Reals:
        """Give each report's distance from a point, along the sphere: (reports,), km."""
        return great_circle_km(self.latitude, self.longitude, latitude, longitude)

    def among(self, identities: Iterable[tuple[str, str]]) -> Mask:
        """Tell which reports are of a set: (reports,)."""
        wanted = set(identities)
        return np.fromiter((one in wanted for one in self.identity), np.bool_, len(self))


def area_of(cluster: Cluster, reports: Reports, zones: Iterable[Zone]) -> Mask:
    """Tell which reports lie in a cluster's shape: (reports,).

    A zone nobody knows any more is taken as the circle the cluster gives.
    """
    said = cluster.evidence
    if said.extent is Extent.CITY:
        return np.ones(len(reports), np.bool_)
    if said.extent is Extent.TOWN:
        here = reports.town == said.place
        if said.district is not None:  # the same town code may stand in two districts
            here &= reports.district == said.district
        return np.asarray(here, np.bool_)
    if said.extent is Extent.DISTRICT:
        return np.asarray(reports.district == said.place, np.bool_)
    outline = next((one.outline for one in zones if one.code == said.place), None)
    if said.extent is Extent.ZONE and outline is not None:
        inside: Mask = shapely.intersects_xy(outline, reports.longitude, reports.latitude)
        return inside
    within: Mask = reports.distance_km(said.latitude, said.longitude) <= said.radius_km + TOUCH_KM
    return within
