"""Which living clusters need a person, and how soon."""

from collections.abc import Iterable, Iterator

from operations.detection.cluster import Cluster, Phase
from operations.pulse.alarm import Cause, Reason, Severity, Signal
from operations.pulse.windows import SECOND_US

SETTLE_US = 20 * SECOND_US
"""A cluster is told of when it is this old: by then a batch being typed in is known as one."""
CRITICAL_CALLERS, CRITICAL_D = 10, 365.0
HIGH_CALLERS, HIGH_D = 5, 100.0
"""Orkis and others 2018 judged a recurrence interval above 100 days the best compromise."""


def severity_of(cluster: Cluster) -> Severity | None:
    """Tell how soon somebody has to look at a cluster; None where nobody has to.

    A batch that staff typed in needs nobody; one that quietens is a step less pressing.
    """
    seen, quietens = cluster.evidence, cluster.phase is Phase.QUIETENING
    if seen.bulk or not cluster.is_living:
        return None
    if seen.callers >= CRITICAL_CALLERS and seen.recurrence_d >= CRITICAL_D:
        return Severity.HIGH if quietens else Severity.CRITICAL
    if seen.callers >= HIGH_CALLERS and seen.recurrence_d >= HIGH_D:
        return Severity.MEDIUM if quietens else Severity.HIGH
    return Severity.MEDIUM


def signals_of(clusters: Iterable[Cluster], now_us: int) -> Iterator[Signal]:
    """Give the reasons for alarm among living clusters.

    Clusters of one category in one district are one alarm. One that quietens keeps its reason
    until it has ended: it may rise again.
    """
    for cluster in clusters:
        severity = severity_of(cluster)
        if severity is None or now_us - cluster.born_us < SETTLE_US:
            continue
        seen = cluster.evidence
        yield Signal(
            reason=Reason(Cause.CLUSTER, cluster.id),
            group=f"{cluster.category}|{seen.district or ''}",
            severity=severity,
            category=cluster.category,
            district=seen.district,
            since_us=seen.start_us,
        )
