"""What is gathered on the watch at one moment, and the sections of a picture that tell of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from operations.detection.cluster import Cluster, Extent, Phase
from operations.pulse.alarm import RANK, Alarm, Cause, Reason, Seen, Severity
from operations.pulse.alarm_words import says
from operations.pulse.rows import DEPARTMENT, DISTRICT
from operations.pulse.view import Data, Names, View, capped, named, names_of
from operations.pulse.windows import iso

MOST_CLUSTERS = MOST_ALARMS = 30
MOST_OF_ONE = 0.8
"""Share of a cluster's callers inside a zone from which on the zone says where it is."""
LONGEST_RECURRENCE_D = 36_500.0
"""Beyond a century a recurrence interval says nothing more."""


@dataclass(frozen=True, slots=True)
class Told:
    """A living cluster as screens may see it: callers by hour of the last 24, its severity."""

    cluster: Cluster
    hours: tuple[int, ...]
    severity: Severity | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the watch knows: living clusters, alarms not cleared, how it watches and how well.

    `ready` of `wanted` categories are watched; `fallback` and `unplaced` are shares of today's
    tickets without a place of their own; `late` counts those that came an hour late today.
    `seen` is how far above their usual the counts among the reasons are at this moment.
    """

    clusters: tuple[Told, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    alerts_per_week: float = 1.0
    ready: int = 0
    wanted: int = 0
    fallback: float = 0.0
    unplaced: float = 0.0
    late: int = 0
    seen: Mapping[Reason, Seen] = field(default_factory=dict)

    @property
    def is_watching(self) -> bool:
        """True once at least one category is watched."""
        return self.ready > 0


def clusters(view: View, gathered: Gathered) -> Data:
    """Give the living clusters of a scope, the most pressing first."""
    alarms = {
        reason.subject: alarm
        for alarm in gathered.alarms
        for reason in alarm.reasons
        if reason.cause is Cause.CLUSTER
    }
    shown = sorted((one for one in gathered.clusters if _is_in(view, one.cluster)), key=_pressing)
    rows = [_cluster(one, alarms.get(one.cluster.id), view) for one in shown]
    bulk = sum(one.cluster.evidence.tickets for one in shown if one.cluster.evidence.bulk)
    return {
        **capped(rows, MOST_CLUSTERS),
        "budget": {
            "false_alarms_per_week": gathered.alerts_per_week,
            "categories": gathered.wanted,
        },
        "quality": {
            "fallback_share": round(gathered.fallback, 4),
            "no_place_share": round(gathered.unplaced, 4),
            "bulk_today": bulk,
            "late_feeds": gathered.late,
            "watching": gathered.is_watching,
            "ready": gathered.ready,
            "wanted": gathered.wanted,
        },
    }


def alarms(view: View, gathered: Gathered) -> Data:
    """Give the alarms of a scope that are not cleared, in the order they press."""
    scope = view.scope.kind
    own = _own_code(view)
    shown = [
        one
        for one in gathered.alarms
        if scope not in (DISTRICT, DEPARTMENT) or (scope == DISTRICT and one.district == own)
    ]
    raised = sum(one.state == "raised" and not one.flooded for one in shown)
    return {
        **capped([_alarm(one, view, gathered) for one in shown], MOST_ALARMS),
        "raised": raised,
    }


def _own_code(view: View) -> object:
    """Give a district's code; "" for one no ticket ever named, which holds nothing."""
    names = view.city.names.districts.names
    return names[view.scope.code] if view.scope.code < len(names) else ""


def _is_in(view: View, cluster: Cluster) -> bool:
    """Tell whether a cluster belongs to a scope; a department's own are not told apart yet."""
    if view.scope.kind == DISTRICT:
        return cluster.evidence.district == _own_code(view)
    return view.scope.kind != DEPARTMENT


def _pressing(told: Told) -> tuple[int, bool, float, str]:
    rank = RANK[told.severity] if told.severity else len(RANK)
    return (
        rank,
        told.cluster.phase is Phase.QUIETENING,
        -told.cluster.evidence.statistic,
        told.cluster.id,
    )


def _cluster(told: Told, alarm: Alarm | None, view: View) -> Data:
    cluster, seen = told.cluster, told.cluster.evidence
    return {
        "id": cluster.id,
        "category": cluster.category,
        **_named_both("name", cluster.category, view.names.categories),
        **_where(cluster, view),
        "callers": seen.callers,
        "tickets": seen.tickets,
        "expected": round(seen.expected, 2),
        "since": iso(seen.start_us),
        "newest": iso(seen.newest_us),
        "p": float(f"{seen.p:.3g}"),
        "recurrence_d": round(min(seen.recurrence_d, LONGEST_RECURRENCE_D), 1),
        "basis": seen.basis,
        "phase": cluster.phase.value,
        "hours": list(told.hours),
        "bulk": seen.bulk,
        "severity": told.severity.value if told.severity else None,
        "alarm": alarm.id if alarm else None,
        "alarm_state": alarm.state.value if alarm else None,
    }


def _where(cluster: Cluster, view: View) -> Data:
    """Say where a cluster is; of one of too few callers only its district."""
    seen, names = cluster.evidence, view.names
    hidden = seen.callers < view.least_callers
    place = ("", "") if hidden else _place(cluster, names)
    return {
        "district": seen.district,
        **_named_both("district", seen.district, names.districts),
        "place_zh": place[0],
        "place_en": place[1],
        "extent": seen.extent.value,
        "latitude": None if hidden else round(seen.latitude, 5),
        "longitude": None if hidden else round(seen.longitude, 5),
        "radius_km": None if hidden else round(seen.radius_km, 2),
        "zones": [
            {**named(one.zone, names.zones), "share": round(one.share, 3)}
            for one in seen.coverage
            if not hidden
        ],
    }


def _named_both(field: str, code: str | None, names: Mapping[str, tuple[str, str]]) -> Data:
    chinese, english = names_of(code, names) if code else ("", "")
    return {f"{field}_zh": chinese, f"{field}_en": english}


def _place(cluster: Cluster, names: Names) -> tuple[str, str]:
    """Say where a cluster is, finer than its district: a zone, a town, or nothing."""
    seen = cluster.evidence
    if seen.extent is Extent.ZONE and seen.place:
        return names_of(seen.place, names.zones)
    for one in seen.coverage:
        if one.share >= MOST_OF_ONE:
            return names_of(one.zone, names.zones)
    return names_of(seen.town, names.towns) if seen.town else ("", "")


def _alarm(alarm: Alarm, view: View, gathered: Gathered) -> Data:
    until_us, names = alarm.shelved_until_us, view.names
    today = date.fromordinal(view.city.local.today)
    return {
        "id": alarm.id,
        "version": alarm.version,
        "severity": alarm.severity.value,
        "state": alarm.state.value,
        "raised": iso(alarm.raised_us),
        "since": iso(alarm.since_us),
        "shelved_until": None if until_us is None else iso(until_us),
        "flooded": alarm.flooded,
        "category": alarm.category,
        **_named_both("name", alarm.category, names.categories),
        "district": alarm.district,
        **_named_both("district", alarm.district, names.districts),
        "reasons": [_reason(one, names, gathered.seen.get(one), today) for one in alarm.reasons],
    }


def _reason(reason: Reason, names: Names, seen: Seen | None, today: date) -> Data:
    chinese, english = says(reason, names, seen=seen, today=today)
    seen = seen or reason.seen
    return {
        "cause": reason.cause.value,
        "subject": reason.subject,
        "says_zh": chinese,
        "says_en": english,
        "tickets": None if seen is None else seen.tickets,
        "bound": None if seen is None else seen.bound,
    }
