"""A cluster's identity over time: it is born, grows, moves, splits, merges, quietens and ends."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from operations.detection.cluster import Cluster, ClusterLine, Evidence, Phase, Turn
from operations.detection.distance import EARTH_KM
from operations.detection.live.lookout import Identity
from operations.detection.live.region import Region
from operations.pulse.windows import HOUR_US

QUIET_SHARE = 1 / 3
RISE_SHARE = 1 / 2
"""It quietens under a third of the threshold and rises again from half of it: it never flaps."""
QUIET_US = 24 * HOUR_US
SAME_SHARE = 0.3
"""Share of the smaller's members from which on two findings are of the same cluster."""
GROWTH = 1.5
MOVED_KM = 0.3


@dataclass(frozen=True, slots=True)
class Sight:
    """A cluster as it looks at one moment: region, evidence, members, and how lively it is.

    `recent` is the region's highest statistic in windows of at most six hours, or of half the time
    from its first to its newest report; `hours` are callers in each of the last 24 hours,
    oldest first.
    """

    region: Region
    evidence: Evidence
    members: frozenset[Identity]
    recent: float
    hours: tuple[int, ...]

    @property
    def is_growing(self) -> bool:
        """True while more come in than before: the last three hours against the three before."""
        last, before = sum(self.hours[-3:]), sum(self.hours[-6:-3])
        return last >= 2 and last >= before


@dataclass(slots=True)
class Followed:
    """A living cluster with what it was last seen as, and what its history last told.

    `had` are all members it ever had: those too old for its best window stay in view with them,
    or a window that reaches further back could never be its best.
    """

    cluster: Cluster
    sight: Sight
    told: ClusterLine
    had: frozenset[Identity]


@dataclass(slots=True)
class Turns:
    """What changed: clusters by id, and lines of history in order."""

    clusters: dict[str, Cluster] = field(default_factory=dict)
    lines: list[ClusterLine] = field(default_factory=list)


class Tracker:
    """Follows the clusters of one category. `new_id` names the next cluster at a moment."""

    def __init__(self, category: str, new_id: Callable[[int], str]) -> None:
        self._category, self._new_id = category, new_id
        self.living: dict[str, Followed] = {}
        self.turns = Turns()

    def adopt(self, cluster: Cluster, sight: Sight) -> None:
        """Go on following a cluster that lived before a restart."""
        line = _line(cluster, cluster.changed_us, Turn.BORN)
        had = sight.members | frozenset(cluster.members)
        self.living[cluster.id] = Followed(cluster, sight, line, had)

    def end(self, cluster: Cluster, at_us: int) -> None:
        """End a cluster of before a restart that nothing is left of."""
        ended = replace(cluster, phase=Phase.ENDED, changed_us=at_us, ended_us=at_us)
        self.turns.clusters[ended.id] = ended
        self.turns.lines.append(_line(ended, at_us, Turn.ENDED))

    def take_turns(self) -> Turns:
        """Give what changed since this was last asked."""
        turns, self.turns = self.turns, Turns()
        return turns

    def found(self, sight: Sight, threshold: float) -> None:
        """Take a finding: it is of a cluster that lives, joins several, or is a new one."""
        same = [one for one in self._oldest_first() if _overlap(one.sight.members, sight.members)]
        if not same:
            if sight.evidence.statistic >= threshold and not _is_quiet(sight, threshold):
                self._born(sight, threshold)
            return
        # A finding that explains more than each of them alone is what they all are.
        if any(sight.evidence.statistic <= one.sight.evidence.statistic for one in same):
            return
        for other in same[1:]:
            self._merge(other, same[0], sight.evidence.as_of_us)
        self.seen(same[0].cluster.id, sight)

    def split(self, cluster: str, sight: Sight, threshold: float) -> None:
        """Let a finding apart from what a cluster is now become a cluster of its own."""
        apart = not any(_overlap(one.sight.members, sight.members) for one in self.living.values())
        if not apart or sight.evidence.statistic < threshold or _is_quiet(sight, threshold):
            self.found(sight, threshold)
            return
        parent = self.living[cluster]
        child = self._born(sight, threshold, parent=cluster)
        at_us = sight.evidence.as_of_us
        self.turns.lines.append(_line(parent.cluster, at_us, Turn.SPLIT, child))

    def seen(self, cluster: str, sight: Sight) -> None:
        """Take how a living cluster looks now, and tell its turns."""
        one = self.living[cluster]
        held, now_us = one.cluster, sight.evidence.as_of_us
        phase, quiet_us, turn = _phase(held, sight)
        same = phase is held.phase and sight.evidence == replace(
            held.evidence, as_of_us=now_us, newest_us=sight.evidence.newest_us
        )
        fresh = replace(
            held,
            phase=phase,
            evidence=sight.evidence,
            members=tuple(sorted(sight.members)),
            quiet_since_us=quiet_us,
            changed_us=held.changed_us if same else now_us,
            ended_us=now_us if phase is Phase.ENDED else None,
        )
        one.cluster, one.sight, one.had = fresh, sight, one.had | sight.members
        if not same:
            self.turns.clusters[fresh.id] = fresh
        told_of = (turn, _growth(one.told, sight), _move(one.told, sight))
        if phase is Phase.ENDED:  # nothing is told of it after that
            told_of = (turn, None, None)
        for told in filter(None, told_of):
            one.told = _line(fresh, now_us, told)
            self.turns.lines.append(one.told)
        if phase is Phase.ENDED:
            del self.living[fresh.id]

    def _born(self, sight: Sight, threshold: float, parent: str | None = None) -> str:
        at_us = sight.evidence.as_of_us
        cluster = Cluster(
            id=self._new_id(at_us),
            category=self._category,
            phase=Phase.GROWING,
            born_us=at_us,
            changed_us=at_us,
            threshold=threshold,
            evidence=sight.evidence,
            members=tuple(sorted(sight.members)),
            parent=parent,
        )
        line = _line(cluster, at_us, Turn.BORN, parent)
        self.living[cluster.id] = Followed(cluster, sight, line, sight.members)
        self.turns.clusters[cluster.id] = cluster
        self.turns.lines.append(line)
        return cluster.id

    def _merge(self, gone: Followed, into: Followed, at_us: int) -> None:
        ended = replace(
            gone.cluster,
            phase=Phase.MERGED,
            into=into.cluster.id,
            changed_us=at_us,
            ended_us=at_us,
        )
        self.turns.clusters[ended.id] = ended
        self.turns.lines.append(_line(ended, at_us, Turn.MERGED, into.cluster.id))
        del self.living[ended.id]

    def _oldest_first(self) -> Iterable[Followed]:
        return sorted(self.living.values(), key=lambda one: (one.cluster.born_us, one.cluster.id))


def _overlap(ours: frozenset[Identity], theirs: frozenset[Identity]) -> bool:
    common = len(ours & theirs)
    return common > 0 and common >= SAME_SHARE * min(len(ours), len(theirs))


def _is_quiet(sight: Sight, threshold: float) -> bool:
    return sight.recent < QUIET_SHARE * threshold


def _phase(held: Cluster, sight: Sight) -> tuple[Phase, int | None, Turn | None]:
    """Tell the next phase, since when it is quiet, and the turn to tell."""
    lively = Phase.GROWING if sight.is_growing else Phase.STEADY
    now_us, quiet_us = sight.evidence.as_of_us, held.quiet_since_us
    if quiet_us is None:
        if _is_quiet(sight, held.threshold):
            return Phase.QUIETENING, now_us, Turn.QUIETENED
        return lively, None, None
    if sight.recent >= RISE_SHARE * held.threshold:
        return lively, None, Turn.ROSE_AGAIN
    if now_us - quiet_us >= QUIET_US:
        return Phase.ENDED, quiet_us, Turn.ENDED
    return Phase.QUIETENING, quiet_us, None


def _growth(told: ClusterLine, sight: Sight) -> Turn | None:
    return Turn.GREW if sight.evidence.callers >= GROWTH * told.callers else None


def _move(told: ClusterLine, sight: Sight) -> Turn | None:
    """Tell a move: the centre left the circle that was last told of."""
    seen = sight.evidence
    north = np.radians(seen.latitude - told.latitude)
    east = np.radians(seen.longitude - told.longitude) * np.cos(np.radians(seen.latitude))
    moved_km = EARTH_KM * float(np.hypot(north, east))
    return Turn.MOVED if moved_km > max(told.radius_km, MOVED_KM) else None


def _line(cluster: Cluster, at_us: int, turn: Turn, other: str | None = None) -> ClusterLine:
    seen = cluster.evidence
    return ClusterLine(
        cluster=cluster.id,
        at_us=at_us,
        turn=turn,
        callers=seen.callers,
        expected=seen.expected,
        statistic=seen.statistic,
        radius_km=seen.radius_km,
        latitude=seen.latitude,
        longitude=seen.longitude,
        start_us=seen.start_us,
        other=other,
    )
