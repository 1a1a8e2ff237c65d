"""The watchbook in plain Python, for tests: the same promises, kept by dictionaries."""

import threading
from collections.abc import Iterable

from data_sources.memory_audit import MemoryAudit
from operations.detection.cluster import Cluster, ClusterLine
from operations.errors import Conflict
from operations.people.ports import Audit
from operations.ports import Watched
from operations.pulse.alarm import Alarm, AlarmLine, AlarmState, Cause
from operations.pulse.alarm_actions import alarm_deed
from operations.pulse.alarm_turns import age


class MemoryWatchbook:
    """`operations.ports.Watchbook` for one process and as long as it lives."""

    def __init__(self, audit: Audit | None = None) -> None:
        self._audit = audit or MemoryAudit()
        self._clusters: dict[str, Cluster] = {}
        self._cluster_lines: dict[ClusterLine, None] = {}
        self._alarms: dict[str, Alarm] = {}
        self._alarm_lines: dict[AlarmLine, None] = {}
        self._reasons: dict[str, set[str]] = {}  # by cluster: the alarms it was a reason of
        self._one_writer = threading.Lock()

    def keep(self, watched: Watched) -> list[Alarm]:
        """Write what changed; give back the alarms that somebody else wrote first."""
        with self._one_writer:
            for cluster in watched.clusters:
                known = self._clusters.get(cluster.id)
                if known is None or known.changed_us <= cluster.changed_us:
                    self._clusters[cluster.id] = cluster
            self._cluster_lines |= dict.fromkeys(watched.cluster_lines)
            others = [held for alarm in watched.alarms if (held := self._write(alarm)) is not None]
            refused = {alarm.id for alarm in others}
            lines = (line for line in watched.alarm_lines if line.alarm not in refused)
            self._alarm_lines |= dict.fromkeys(lines)
            return others

    def act(self, alarm: Alarm, line: AlarmLine) -> None:
        """Write an alarm a person changed, with its line and the audit's."""
        with self._one_writer:
            before = self._alarms.get(alarm.id)
            if before is None:
                raise Conflict(f"alarm {alarm.id} is not there", None)
            held = self._write(alarm)
            if held is not None:
                raise Conflict(f"alarm {alarm.id} has changed since it was seen", held)
            self._alarm_lines[line] = None
            if before != alarm:
                self._audit.append(alarm_deed(before, alarm, line))

    def _write(self, alarm: Alarm) -> Alarm | None:
        """Write an alarm where it is the next version of the held one, else give that."""
        held = self._alarms.get(alarm.id)
        if held is not None and held != alarm and held.version != alarm.version - 1:
            return held
        self._alarms[alarm.id] = alarm
        for reason in alarm.reasons:
            if reason.cause is Cause.CLUSTER:
                self._reasons.setdefault(reason.subject, set()).add(alarm.id)
        return None

    def living(self) -> tuple[list[Cluster], list[Alarm]]:
        """Give the clusters that live and the alarms that are not cleared, the oldest first."""
        living = [cluster for cluster in self._clusters.values() if cluster.is_living]
        return _oldest_first(living), self.standing()

    def standing(self) -> list[Alarm]:
        """Give the alarms that are not cleared, the oldest first."""
        standing = [one for one in self._alarms.values() if one.state is not AlarmState.CLEARED]
        return sorted(standing, key=age)

    def cleared(self, *, most: int) -> list[Alarm]:
        """Give the alarms cleared last, the newest first."""
        cleared = [one for one in self._alarms.values() if one.state is AlarmState.CLEARED]
        return sorted(cleared, key=lambda one: (one.cleared_us or 0, age(one)), reverse=True)[:most]

    def alarm(self, alarm: str) -> Alarm | None:
        """Find one alarm."""
        return self._alarms.get(alarm)

    def alarm_lines(self, alarm: str) -> list[AlarmLine]:
        """Give an alarm's history, oldest version first, within one as it was written."""
        lines = [line for line in self._alarm_lines if line.alarm == alarm]
        return sorted(lines, key=lambda line: (line.version, line.at_us))

    def alarms_of(self, cluster: str) -> list[Alarm]:
        """Give the alarms a cluster is or was a reason of, newest first."""
        found = [self._alarms[alarm] for alarm in self._reasons.get(cluster, ())]
        return sorted(found, key=age, reverse=True)

    def cluster(self, cluster: str) -> Cluster | None:
        """Find one cluster, living or not."""
        return self._clusters.get(cluster)

    def cluster_lines(self, cluster: str) -> list[ClusterLine]:
        """Give a cluster's history, oldest first."""
        lines = [line for line in self._cluster_lines if line.cluster == cluster]
        return sorted(lines, key=lambda line: line.at_us)

    def clusters_of(self, category: str, *, most: int) -> list[Cluster]:
        """Give a category's clusters, the newest first."""
        found = [cluster for cluster in self._clusters.values() if cluster.category == category]
        return _oldest_first(found)[::-1][:most]

    def ended(self, *, since_us: int, most: int) -> list[Cluster]:
        """Give the clusters that ended since a moment, the last first; not what merged."""
        found = [
            one
            for one in self._clusters.values()
            if not one.is_living and one.into is None and (one.ended_us or 0) >= since_us
        ]
        return sorted(found, key=lambda one: (one.ended_us or 0, one.id), reverse=True)[:most]


def _oldest_first(clusters: Iterable[Cluster]) -> list[Cluster]:
    return sorted(clusters, key=lambda cluster: (cluster.born_us, cluster.id))
