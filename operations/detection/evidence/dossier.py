"""Everything that speaks for or against one cluster, worked out from the ledger's own reports.

The scan says what it found (`cluster.Evidence`); the dossier lets a reader judge it: where the
callers are, what was to be expected, whether the finding hangs on one radius or window, how it
grows, and what was like it before. What of it a screen may know is `disclosure`'s business.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import numpy as np

from operations.detection.cluster import Cluster, ClusterLine, Evidence, Extent
from operations.detection.evidence.course import Course, course, usual_week
from operations.detection.evidence.growth import Growth, growth
from operations.detection.evidence.reports import Mask, Reals, Reports, area_of
from operations.detection.evidence.sensitivity import LONGEST_D, Finding, Sensitivity, sensitivity
from operations.detection.evidence.similar import Similar, largest, peak
from operations.detection.evidence.whereabouts import Estates, Whereabouts, estates_of, shown_places
from operations.places import KM_PER_DEGREE, Zone, ZonePlace

Points = tuple[Reals, Reals]

APART, LEAST_APART_KM = 0.18, 0.06  # of the radius: circles nearer than that hide one another


@dataclass(frozen=True, slots=True)
class Dossier:
    """The evidence on one cluster.

    `evidence` is the cluster's own while it lives; of one that has ended it is that of its
    largest moment, which `at_largest` tells. `members` are the callers counted in it,
    `neighbours` those of the same category who called in its window from elsewhere.
    `unplaced` member tickets have no place the map could show. `largest` is its most callers ever.
    """

    cluster: Cluster
    lines: tuple[ClusterLine, ...]
    evidence: Evidence
    largest: int
    members: Whereabouts
    neighbours: Whereabouts
    unplaced: int
    estates: Estates
    course: Course
    sensitivity: Sensitivity | None
    growth: Growth
    similar: tuple[Similar, ...]

    @property
    def at_largest(self) -> bool:
        """Tell whether the evidence is of the past: the largest moment of what has ended."""
        return self.evidence != self.cluster.evidence


@dataclass(frozen=True, slots=True)
class Terms:
    """What the city says of itself: its time zone, its supply zones, and what it asks for.

    No place may stand for fewer than `least_callers` callers; `raised_d` days lie between two
    false alarms by the city's budget.
    """

    zone: ZoneInfo
    zones: tuple[Zone, ...] = ()
    least_callers: int = 5
    raised_d: float = 7.0

    @property
    def estates(self) -> list[ZonePlace]:
        """Give the estates of all zones."""
        return [place for one in self.zones for place in one.places]


def dossier(
    cluster: Cluster,
    lines: Sequence[ClusterLine],
    reports: Reports,
    terms: Terms,
    similar: Sequence[Similar] = (),
) -> Dossier:
    """Work out a cluster's dossier.

    `reports` are those of its category around it, a year back or as far as there are any.
    """
    shown = shown_evidence(cluster, lines)
    now = replace(cluster, evidence=shown)
    unplaced = 0 if shown != cluster.evidence else _unplaced(cluster, reports)
    reports = reports.until(shown.as_of_us)
    start, end = shown.start_us, shown.as_of_us
    members = _members(now, reports, terms.zones, at_largest=shown != cluster.evidence)
    area = area_of(now, reports, terms.zones) | members
    votes_us = reports.time_us[area & reports.votes]
    abnormal = _windows(similar, start)
    week = usual_week(reports, start_us=start, end_us=end, zone=terms.zone, abnormal=abnormal)
    window = reports.time_us >= start
    inside, outside = _points(reports, members & window), _points(reports, window & ~members)
    apart_km = _apart_km(shown, inside)
    return Dossier(
        cluster=cluster,
        lines=tuple(lines),
        evidence=shown,
        largest=largest(cluster, lines),
        members=shown_places(*inside, terms.least_callers, apart_km=apart_km),
        neighbours=shown_places(*outside, terms.least_callers, apart_km=apart_km),
        unplaced=unplaced,
        estates=estates_of(*inside, terms.estates, terms.least_callers),
        course=course(votes_us, week, start_us=start, end_us=end),
        sensitivity=sensitivity(_finding(now, area, terms.raised_d), reports, week),
        growth=growth(votes_us[votes_us >= start], end),
        similar=tuple(similar),
    )


def _windows(similar: Sequence[Similar], until_us: int) -> list[tuple[int, int]]:
    """Give the stretches of the past in which a cluster like this one was there."""
    return [(one.start_us, min(one.end_us, until_us)) for one in similar]


def _unplaced(cluster: Cluster, reports: Reports) -> int:
    return len(cluster.members) - int(reports.among(cluster.members).sum())


def _apart_km(said: Evidence, points: Points) -> float:
    """Tell how far apart places must be for a map of the cluster to tell them apart."""
    if said.extent in (Extent.CIRCLE, Extent.ZONE) or not len(points[0]):
        return max(LEAST_APART_KM, APART * said.radius_km)
    north_km = float(np.ptp(points[0])) * KM_PER_DEGREE
    return max(LEAST_APART_KM, APART * max(north_km / 2, said.radius_km))


def _finding(cluster: Cluster, area: Mask, raised_d: float) -> Finding:
    said = cluster.evidence
    return Finding(
        latitude=said.latitude,
        longitude=said.longitude,
        radius_km=said.radius_km,
        start_us=said.start_us,
        end_us=said.as_of_us,
        expected=said.expected,
        recurrence_d=said.recurrence_d,
        statistic=said.statistic,
        threshold=cluster.threshold,
        raised_d=raised_d,
        shape=None if said.extent is Extent.CIRCLE else area,
    )


def shown_evidence(cluster: Cluster, lines: Sequence[ClusterLine]) -> Evidence:
    """Give the evidence a page tells: the present one, of an ended cluster its largest.

    A cluster that died away has little left to show; what it was is in its history. p and
    recurrence interval of that moment are told from the statistics' difference, as in
    `sensitivity`.
    """
    said, most = cluster.evidence, peak(lines)
    if cluster.is_living or most is None or most.callers <= said.callers:
        return said
    rarer = math.exp(max(min(most.statistic - said.statistic, 50.0), -50.0))
    return replace(
        said,
        latitude=most.latitude,
        longitude=most.longitude,
        radius_km=most.radius_km,
        start_us=most.start_us,
        newest_us=most.at_us,
        as_of_us=most.at_us,
        tickets=max(said.tickets, most.callers),
        callers=most.callers,
        expected=most.expected,
        statistic=most.statistic,
        p=min(said.p / rarer, 1.0),
        recurrence_d=min(said.recurrence_d * rarer, LONGEST_D),
    )


def _members(
    cluster: Cluster, reports: Reports, zones: Sequence[Zone], *, at_largest: bool
) -> Mask:
    """Tell which reports are counted in the cluster: its own list, else its shape and window."""
    if not at_largest:
        return reports.among(cluster.members)
    recent = reports.time_us >= cluster.evidence.start_us
    inside: Mask = area_of(cluster, reports, zones) & recent
    return inside


def _points(reports: Reports, of: Mask) -> Points:
    """Give where each vote of some reports came from."""
    voted = of & reports.votes
    return reports.latitude[voted], reports.longitude[voted]
