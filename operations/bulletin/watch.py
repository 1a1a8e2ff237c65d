"""What a bulletin tells of the watch: clusters that lived in its period, and alarms by number."""

from collections import Counter
from collections.abc import Sequence

from operations.bulletin.contents import AlarmCounts, Gathering
from operations.bulletin.ports import Watched
from operations.detection.cluster import Cluster
from operations.pulse.windows import from_us

MOST_GATHERINGS = 12


def gatherings_of(
    clusters: Sequence[Cluster], least_callers: int
) -> tuple[tuple[Gathering, ...], int]:
    """Give the clusters with the most callers, and how many there were.

    What merged into another is told there; what staff entered in bulk is no gathering of callers.
    """
    own = [one for one in clusters if one.into is None and not one.evidence.bulk]
    own.sort(key=lambda one: (-one.evidence.callers, one.born_us, one.id))
    return tuple(_gathering(one, least_callers) for one in own[:MOST_GATHERINGS]), len(own)


def _gathering(cluster: Cluster, least_callers: int) -> Gathering:
    said = cluster.evidence
    told = said.callers >= least_callers
    return Gathering(
        category=cluster.category,
        district=said.district,
        town=said.town if told else None,
        callers=said.callers if told else None,
        expected=round(said.expected, 1) if told else None,
        born_at=from_us(cluster.born_us),
        ended_at=None if cluster.ended_us is None else from_us(cluster.ended_us),
    )


def alarm_counts(watched: Watched) -> AlarmCounts:
    """Count the alarms that were raised."""
    alarms = watched.alarms
    return AlarmCounts(
        raised=dict(Counter(one.severity.value for one in alarms)),
        acknowledged=sum(one.acknowledged_us is not None for one in alarms),
        cleared=sum(one.cleared_us is not None for one in alarms),
        standing=watched.standing,
    )
