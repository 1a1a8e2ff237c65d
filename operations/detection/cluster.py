"""A cluster as the city knows it: what gathers where, since when, against what was expected."""

from dataclasses import dataclass
from enum import StrEnum


class Extent(StrEnum):
    """The shape a cluster was found in."""

    CIRCLE = "circle"  # 圆形范围
    ZONE = "zone"  # 供水、供热等服务区
    TOWN = "town"  # 镇街
    DISTRICT = "district"  # 区市
    CITY = "city"  # 全市


class Phase(StrEnum):
    """Where a cluster stands in its life."""

    GROWING = "growing"  # 上升
    STEADY = "steady"  # 持平
    QUIETENING = "quietening"  # 回落: what comes in lies under a third of the threshold
    ENDED = "ended"  # 平息: it did so for a whole day
    MERGED = "merged"  # 并入 another


LIVING = frozenset({Phase.GROWING, Phase.STEADY, Phase.QUIETENING})


class Turn(StrEnum):
    """The kinds of lines in a cluster's history."""

    BORN = "born"  # 出现
    GREW = "grew"  # 扩大
    MOVED = "moved"  # 移动
    SPLIT = "split"  # 分出: `other` is the new cluster
    MERGED = "merged"  # 并入: `other` is the one that goes on
    QUIETENED = "quietened"  # 回落
    ROSE_AGAIN = "rose_again"  # 再起
    ENDED = "ended"  # 平息


@dataclass(frozen=True, slots=True)
class Coverage:
    """A facility's or network's zone that a cluster touches; `share` of its callers lie inside."""

    zone: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the scan says of a cluster at one moment.

    The window is [start_us, as_of_us], microseconds since 1970 UTC; `newest_us` is when its last
    ticket came in. `callers` (one vote each) are what is counted and compared with `expected`;
    `tickets` are all of theirs. `p` is the chance of a statistic as high on an ordinary day of
    this category, `recurrence_d` how many days of the whole city's alerts pass between two as
    rare; `basis` says whether they rest on the replicates themselves or on the Gumbel tail
    fitted to them. `place` is the code of a zone, town or district, None for circle and city.
    Latitude and longitude are WGS84.
    """

    extent: Extent
    place: str | None
    latitude: float
    longitude: float
    radius_km: float
    start_us: int
    newest_us: int
    as_of_us: int
    tickets: int
    callers: int
    addresses: int
    expected: float
    statistic: float
    p: float
    recurrence_d: float
    basis: str  # "monte_carlo" or "gumbel"
    district: str | None  # where most of its callers are
    town: str | None
    coverage: tuple[Coverage, ...] = ()
    bulk: bool = False  # entered in bulk by staff: not a gathering of callers


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """One cluster in its present state, known by `id` for as long as it lives.

    `members` are the tickets counted in it, (source, external_id). `threshold` is the statistic
    it had to pass to be raised. `into` names the cluster it merged into, `parent` the one it
    split from. `quiet_since_us` is set while it quietens.
    """

    id: str
    category: str
    phase: Phase
    born_us: int
    changed_us: int
    threshold: float
    evidence: Evidence
    members: tuple[tuple[str, str], ...] = ()
    quiet_since_us: int | None = None
    ended_us: int | None = None
    parent: str | None = None
    into: str | None = None

    @property
    def is_living(self) -> bool:
        """True until it has ended or merged into another."""
        return self.phase in LIVING


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """One line of a cluster's append-only history, with the evidence of that moment."""

    cluster: str
    at_us: int
    turn: Turn
    callers: int
    expected: float
    statistic: float
    radius_km: float
    latitude: float
    longitude: float
    start_us: int
    other: str | None = None
