"""The evidence on clusters: read beside the event loop, kept under the ledger's revision."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Literal, Protocol

from api.kept_answers import KeptAnswers
from operations.detection.cluster import Cluster, ClusterLine, Extent
from operations.detection.evidence.disclosure import disclosed, summary
from operations.detection.evidence.dossier import Terms, dossier, shown_evidence
from operations.detection.evidence.reports import Reports
from operations.detection.evidence.similar import like, similar
from operations.errors import Unreachable
from operations.ports import Watchbook
from operations.pulse.alarm import Alarm, Cause
from operations.pulse.alarm_told import told_alarm, told_line

DAY_US = 86_400_000_000
PAST_US = 366 * DAY_US
AROUND_KM = 6.0  # a little more than the widest radius of the sensitivity table
MOST_PAST_CLUSTERS = 300
ENDED_US = 30 * DAY_US
MOST_LISTED = 300

Data = dict[str, Any]


class Reads(Protocol):
    """The reads a dossier rests on."""

    def revision(self) -> int: ...

    def around(
        self,
        category: str,
        *,
        latitude: float,
        longitude: float,
        within_km: float | None,
        since_us: int,
        until_us: int,
    ) -> Reports: ...

    def holders(self, members: Sequence[tuple[str, str]]) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a cluster gave; with `state` "unknown" or "away" nothing else is set.

    `evidence` is what `disclosure` tells, `holders` are (department or None, open, ended),
    `alarm` the one a person can act on, else the last one; its `lines` and those of every
    other alarm of the cluster are in `alarm_lines`. `version` changes when any of it does.
    """

    state: Literal["found", "unknown", "away"]
    version: str = ""
    evidence: Data = field(default_factory=dict)
    holders: tuple[tuple[str | None, int, int], ...] = ()
    alarm: Data | None = None
    alarm_lines: tuple[Data, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """The clusters of a list, and the version that changes when any of them does.

    `counts` are the alarms that stand because a count is far above its usual.
    """

    rows: tuple[Data, ...]
    version: str
    counts: tuple[Alarm, ...] = ()


class Dossiers:
    """Looks at clusters for screens and programs. A database that is away is told, not raised."""

    def __init__(
        self,
        book: Watchbook,
        reads: Reads,
        kept: KeptAnswers,
        terms: Terms,
        *,
        in_thread: Callable[..., Any],
    ) -> None:
        self._book, self._reads, self._kept = book, reads, kept
        self._terms, self._least_callers = terms, terms.least_callers
        self._in_thread = in_thread

    def version(self, cluster: str) -> str | None:
        """Tell the version of what a look would give, None for an unknown cluster.

        Two small reads: pages ask every few seconds. Raises Unreachable.
        """
        found = self._in_thread(self._present, cluster)
        return None if found is None else _version(*found)

    def look(self, cluster: str) -> Look:
        """Give all there is to see of a cluster."""
        try:
            found = self._in_thread(self._present, cluster)
            if found is None:
                return Look("unknown")
            held, alarms = found
            version = _version(held, alarms)
            revision = self._in_thread(self._reads.revision)
            key = f"{revision}:{_digest(_seen(held))}:{self._least_callers}"
            told: Data = self._kept.answer("dossier", key, partial(self._tell, held))
            lines = self._in_thread(partial(self._alarm_lines, alarms))
        except Unreachable:
            return Look("away")
        return Look(
            "found",
            version=version,
            evidence=told["evidence"],
            holders=tuple((name, open_, ended) for name, open_, ended in told["holders"]),
            alarm=told_alarm(alarms),
            alarm_lines=lines,
        )

    def listed(self, now_us: int) -> Listing | None:
        """Give the living clusters and those ended in the last 30 days, None when away.

        Each is what `disclosure.summary` tells, with the state of its `alarm`.
        """
        try:
            return self._in_thread(partial(self._listed, now_us))  # type: ignore[no-any-return]
        except Unreachable:
            return None

    def list_version(self, now_us: int) -> str:
        """Tell the version of what `listed` would give, by two reads. Raises Unreachable."""
        return _list_version(*self._in_thread(partial(self._known, now_us)))

    def _known(self, now_us: int) -> tuple[list[Cluster], list[Cluster], list[Alarm]]:
        living, alarms = self._book.living()
        ended = self._book.ended(since_us=now_us - ENDED_US, most=MOST_LISTED)
        living.sort(key=lambda one: (-one.evidence.recurrence_d, one.evidence.start_us, one.id))
        return living[:MOST_LISTED], ended, alarms

    def _listed(self, now_us: int) -> Listing:
        living, ended, alarms = self._known(now_us)
        states = _states(alarms)
        found = [*living, *(self._at_largest(one) for one in ended)]
        told = (
            summary(one, one.evidence.callers, self._least_callers) | {"alarm": states.get(one.id)}
            for one in found
        )
        return Listing(
            tuple(told), _list_version(living, ended, alarms), tuple(filter(_is_of_counts, alarms))
        )

    def _at_largest(self, ended: Cluster) -> Cluster:
        shown = shown_evidence(ended, self._book.cluster_lines(ended.id))
        return replace(ended, evidence=shown)

    def _present(self, cluster: str) -> tuple[Cluster, list[Alarm]] | None:
        held = self._book.cluster(cluster)
        return None if held is None else (held, self._book.alarms_of(cluster))

    def _tell(self, cluster: Cluster) -> Data:
        lines = self._book.cluster_lines(cluster.id)
        holders = [list(one) for one in self._reads.holders(cluster.members)]
        if shown_evidence(cluster, lines).callers < self._least_callers:
            callers = shown_evidence(cluster, lines).callers
            return {"evidence": summary(cluster, callers, self._least_callers), "holders": []}
        others = self._book.clusters_of(cluster.category, most=MOST_PAST_CLUSTERS)
        histories = {
            one.id: self._book.cluster_lines(one.id) for one, _, _ in like(cluster, others)
        }
        alike = similar(cluster, others, histories)
        made = dossier(cluster, lines, self._reports(cluster, lines), self._terms, alike)
        return {"evidence": disclosed(made, self._least_callers), "holders": holders}

    def _reports(self, cluster: Cluster, lines: Sequence[ClusterLine]) -> Reports:
        said = shown_evidence(cluster, lines)
        wide = said.extent in (Extent.CITY, Extent.DISTRICT)
        return self._reads.around(
            cluster.category,
            latitude=said.latitude,
            longitude=said.longitude,
            within_km=None if wide else max(AROUND_KM, 1.5 * said.radius_km),
            since_us=said.start_us - PAST_US,
            until_us=said.as_of_us,
        )

    def _alarm_lines(self, alarms: Sequence[Alarm]) -> tuple[Data, ...]:
        found = [line for one in alarms for line in self._book.alarm_lines(one.id)]
        return tuple(told_line(line) for line in sorted(found, key=lambda line: line.at_us))


def _seen(cluster: Cluster) -> tuple[Any, ...]:
    """Give what of a cluster a reader would notice."""
    said = cluster.evidence
    return (
        cluster.id, cluster.phase.value, cluster.into, cluster.ended_us, said.callers,
        said.tickets, said.start_us, round(said.radius_km, 2), round(said.expected, 2), said.bulk,
        len(cluster.members),
    )  # fmt: skip


def _version(cluster: Cluster, alarms: Sequence[Alarm]) -> str:
    return _digest((_seen(cluster), [(one.id, one.version) for one in alarms]))


def _list_version(
    living: Sequence[Cluster], ended: Sequence[Cluster], alarms: Sequence[Alarm]
) -> str:
    counts = sorted((one.id, one.version) for one in alarms if _is_of_counts(one))
    states = sorted(_states(alarms).items())
    return _digest(([_seen(one) for one in [*living, *ended]], states, counts))


def _states(alarms: Sequence[Alarm]) -> dict[str, str]:
    """Give the state of the alarm each cluster is a reason of."""
    return {
        reason.subject: alarm.state.value
        for alarm in alarms
        for reason in alarm.reasons
        if reason.cause is Cause.CLUSTER
    }


def _is_of_counts(alarm: Alarm) -> bool:
    return any(reason.cause is not Cause.CLUSTER for reason in alarm.reasons)


def _digest(seen: object) -> str:
    return hashlib.blake2s(repr(seen).encode(), digest_size=8).hexdigest()
