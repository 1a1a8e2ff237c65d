"""How a region of a category looks at one moment: the evidence a person can check."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from operations.detection.cluster import Cluster, Coverage, Evidence, Extent
from operations.detection.live.addresses import Addresses
from operations.detection.live.budget import Budget
from operations.detection.live.lookout import Lookout, Scene
from operations.detection.live.nulls import Tail
from operations.detection.live.reach import DISTRICT, TOWN, ZONE
from operations.detection.live.region import Judged, Region, inside, judge, kilometres
from operations.detection.live.tracking import Sight
from operations.detection.live.votes import Rows
from operations.detection.live.windows import (
    BINS,
    EDGES_US,
    LATELY_BINS,
    RADII2,
    RADII_KM,
    Whole,
    degrees,
    unit_vectors,
)
from operations.pulse.windows import HOUR_US, SECOND_US

EXTENTS = (Extent.CITY, Extent.DISTRICT, Extent.TOWN, Extent.ZONE)
RUN, RUN_US = 5, 5 * SECOND_US
"""Five reports of a category, none more than five seconds after the last and none of a caller, are
one person typing. Callers come as fast in a storm, and where a feed tells only minutes, the
seconds between its reports are not known."""
BULK_SHARE = 0.6
GROWTH_H = 24


@dataclass(frozen=True, slots=True)
class View:
    """What a sight is made from: a category's scene, its lookout, and the city's terms."""

    scene: Scene
    lookout: Lookout
    addresses: Addresses
    tail: Tail
    budget: Budget

    def judge(self, region: Region, windows: int = BINS) -> Judged:
        """Hold a region against what is expected there."""
        centre, cell = self.addresses.points[region.address], self.addresses.cells[region.address]
        return judge(region, self.scene, centre, int(cell), windows=windows)

    def sight(self, region: Region) -> Sight:
        """See a region as it stands."""
        judged = self.judge(region)
        start_us = self.scene.now_us - int(EDGES_US[judged.window])
        within = inside(region, self.scene, self.addresses.points[region.address])
        here = self.scene.rows[within]
        voters = here[here["time_us"] >= start_us]
        everything = self._everything(region, start_us)
        names = self.lookout.names
        members = frozenset(
            ticket
            for one in everything.tolist()
            for ticket in names.get((one[0], one[1], one[2]), ())
        )
        recent = self.judge(region, windows=_lately(voters)).statistic
        hours = _by_hour(here, self.scene.now_us)
        evidence = self._evidence(region, judged, voters, everything)
        return Sight(region, evidence, members, recent, hours)

    def _everything(self, region: Region, start_us: int) -> Rows:
        """Give all reports of a region and window, also those that are no votes."""
        votes, addresses = self.lookout.votes, self.addresses
        rows = votes.rows[votes.since(start_us, self.scene.now_us)]
        if region.kind >= 0:
            here = addresses.areas[rows["address"], region.kind] == region.area
        else:
            apart = addresses.points[rows["address"]] - addresses.points[region.address]
            here = (apart**2).sum(axis=1) <= RADII2[region.ring]
        return np.asarray(rows[here])

    def _evidence(self, region: Region, judged: Judged, voters: Rows, everything: Rows) -> Evidence:
        per_day = self.budget.per_day(self.tail, judged.statistic)
        where, now_us = voters["address"], self.scene.now_us
        latitude, longitude, radius_km = self._circle(region, where)
        return Evidence(
            extent=Extent.CIRCLE if region.kind < 0 else EXTENTS[region.kind],
            place=None if region.kind < 0 else self.addresses.area(region.area)[1],
            latitude=latitude,
            longitude=longitude,
            radius_km=radius_km,
            start_us=int(voters["time_us"].min()) if len(voters) else now_us,
            newest_us=int(voters["time_us"].max()) if len(voters) else now_us,
            as_of_us=now_us,
            tickets=len(everything),
            callers=len(voters),
            addresses=len(np.unique(where)),
            expected=judged.expected,
            statistic=judged.statistic,
            p=-float(np.expm1(-per_day)),
            recurrence_d=self.budget.recurrence_d(self.tail, judged.statistic),
            basis=self.tail.basis(judged.statistic),
            district=self._most(where, DISTRICT),
            town=self._most(where, TOWN),
            coverage=self._coverage(where),
            bulk=_is_bulk(everything),
        )

    def _circle(self, region: Region, where: Whole) -> tuple[float, float, float]:
        """Give centre and radius: of a circle as found, of an area as its callers lie."""
        points = self.addresses.points
        if not len(where) or region.kind < 0:
            centre = points[region.address]
        else:
            centre = points[where].mean(axis=0)
            centre = centre / np.linalg.norm(centre)
        apart = kilometres(points[where], centre) if len(where) else np.zeros(1)
        return (*degrees(centre), max(float(apart.max()), RADII_KM[0]))

    def _most(self, where: Whole, column: int) -> str | None:
        areas = Counter(self.addresses.areas[where, column].tolist())
        for area, count in areas.most_common(1):
            if area >= 0 and 2 * count > len(where):
                return self.addresses.area(area)[1]
        return None

    def _coverage(self, where: Whole) -> tuple[Coverage, ...]:
        zones = Counter(self.addresses.areas[where, ZONE].tolist())
        return tuple(
            Coverage(str(self.addresses.area(zone)[1]), count / len(where))
            for zone, count in zones.most_common()
            if zone >= 0
        )


def region_again(cluster: Cluster, addresses: Addresses) -> Region:
    """Find the region of a cluster that is known by its evidence alone."""
    seen = cluster.evidence
    at = unit_vectors(np.array([seen.latitude]), np.array([seen.longitude]))
    address = int(np.argmin(((addresses.points - at) ** 2).sum(axis=1)))
    if seen.extent is Extent.CIRCLE:
        ring = int(np.searchsorted(RADII_KM, seen.radius_km * (1 - 1e-6)))
        return Region(address, min(ring, len(RADII_KM) - 1))
    kind = EXTENTS.index(seen.extent)
    district = seen.district if seen.extent is Extent.TOWN else None
    return Region(address, 0, kind, addresses.area_number((kind, seen.place, district)))


def _lately(rows: Rows) -> int:
    """Tell how many windows speak of now: six hours, or half of how long it has gone on."""
    if not len(rows):
        return LATELY_BINS
    lasting_us = int(rows["time_us"].max() - rows["time_us"].min())
    return max(LATELY_BINS, int(np.searchsorted(EDGES_US, lasting_us // 2, side="right")))


def _by_hour(rows: Rows, now_us: int) -> tuple[int, ...]:
    ago = (now_us - rows["time_us"]) // HOUR_US
    counts = np.bincount(ago[ago < GROWTH_H], minlength=GROWTH_H)[::-1]
    return tuple(counts.tolist())


def _is_bulk(rows: Rows) -> bool:
    """Tell whether most of it was entered by staff, or typed in one after another."""
    if not len(rows):
        return False
    times = rows["time_us"]
    telling = rows["nobody"] & (times % (60 * SECOND_US) != 0)
    quick = (np.diff(times) <= RUN_US) & telling[1:] & telling[:-1]
    typed = np.zeros(len(rows), np.bool_)
    start = 0
    for end in [*np.flatnonzero(~quick).tolist(), len(rows) - 1]:
        if end - start + 1 >= RUN:
            typed[start : end + 1] = True
        start = end + 1
    return bool((typed | rows["staff"]).mean() >= BULK_SHARE)
