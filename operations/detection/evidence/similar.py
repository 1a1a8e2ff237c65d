"""Past clusters like this one: the same category, near by or in the same zone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from operations.detection.cluster import Cluster, ClusterLine, Turn
from operations.detection.distance import great_circle_km

NEAR_KM = 5.0
MOST = 60


@dataclass(frozen=True, slots=True)
class Similar:
    """One of them, from its first window's start to its end; `callers` at its largest.

    `distance_km` lies between the centres as they are now.
    """

    cluster: Cluster
    start_us: int
    end_us: int
    callers: int
    distance_km: float
    same_zone: bool


def like(cluster: Cluster, others: Iterable[Cluster]) -> list[tuple[Cluster, float, bool]]:
    """Choose the clusters like one, the newest first: (cluster, km, same zone).

    Near is within 5 km or where the two circles touch. What only merged into another is left
    out: its callers are counted there.
    """
    mine, zones = cluster.evidence, _zones(cluster)
    found = []
    for other in others:
        if other.id == cluster.id or other.category != cluster.category or other.into is not None:
            continue
        its = other.evidence
        km = float(great_circle_km(its.latitude, its.longitude, mine.latitude, mine.longitude))
        same_zone = bool(zones & _zones(other))
        if same_zone or km <= max(NEAR_KM, mine.radius_km + its.radius_km):
            found.append((other, km, same_zone))
    found.sort(key=lambda one: -one[0].evidence.start_us)
    return found[:MOST]


def similar(
    cluster: Cluster, others: Iterable[Cluster], lines: Mapping[str, Sequence[ClusterLine]]
) -> tuple[Similar, ...]:
    """Describe the clusters like one; `lines` gives the history of each by its id."""
    return tuple(
        _similar(other, lines.get(other.id, ()), km, same_zone=same_zone)
        for other, km, same_zone in like(cluster, others)
    )


def _similar(
    other: Cluster, lines: Sequence[ClusterLine], km: float, *, same_zone: bool
) -> Similar:
    said = other.evidence
    starts = [line.start_us for line in lines] or [said.start_us]
    end_us = said.newest_us if other.ended_us is None else other.ended_us
    return Similar(other, min(starts), end_us, largest(other, lines), km, same_zone)


def largest(cluster: Cluster, lines: Sequence[ClusterLine]) -> int:
    """Tell how many callers a cluster had at its largest."""
    return max([cluster.evidence.callers, *(line.callers for line in lines)])


def peak(lines: Sequence[ClusterLine]) -> ClusterLine | None:
    """Give the line of a history in which the cluster was largest, the first of equals."""
    told = [line for line in lines if line.turn is not Turn.MERGED]
    return max(told, key=lambda line: line.callers, default=None)


def _zones(cluster: Cluster) -> set[str]:
    said = cluster.evidence
    zones = {one.zone for one in said.coverage if one.share >= 0.5}
    return zones | {said.place} if said.extent == "zone" and said.place else zones
