"""Work of the watch that takes too long to be done between two tickets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from operations.detection.live.addresses import Addresses
from operations.detection.live.expectation import Expectation
from operations.detection.live.lookout import Scene, scan
from operations.detection.live.nulls import LEAST_CALLERS, REPLICATES, Ordinary, Tail
from operations.detection.live.reach import Found, Past, Reports, Terms
from operations.detection.live.region import Region, inside, judge, region_of
from operations.detection.live.votes import rows_of
from operations.detection.live.windows import BINS, unit_vectors
from operations.pulse.windows import WEEK_H


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Work for another thread: an ordinary time of a category, lived through many times."""

    category: str
    ordinary: Ordinary
    seed: int
    replicates: int = REPLICATES

    def run(self) -> Tail:
        """Do it; takes a second or so, nearly all of it outside the interpreter's lock."""
        return self.ordinary.tail(self.replicates, self.seed)


@dataclass(frozen=True, slots=True)
class Round:
    """Work for another thread: a category looked through from every place of the last month."""

    category: str
    scene: Scene
    least: float

    def run(self) -> list[Region]:
        """Give the regions that stand out, the strongest first, none sharing a report."""
        _, first = np.unique(self.scene.reports.places[::-1], return_index=True)
        mine = len(self.scene.rows) - 1 - first
        found = [scan(self.scene, int(one)) for one in mine]
        return apart([one for one in found if one.statistic >= self.least], self.scene)


Chore = Rehearsal | Round


def apart(found: Sequence[Found], scene: Scene) -> list[Region]:
    """Give the regions of findings, the strongest first, leaving out what shares a report."""
    taken = np.zeros(len(scene.rows), np.bool_)
    regions: list[Region] = []
    for one in sorted(found, key=lambda found: -found.statistic):
        region = region_of(one, scene)
        centre = scene.reports.points[one.centre]
        within = inside(region, scene, centre)
        if not (within & taken).any():
            taken |= within
            regions.append(region)
    return regions


def warm_up() -> None:
    """Compile everything the watch runs, or read it from where it was kept."""
    points = unit_vectors(np.zeros(3), np.array([0.0, 0.001, 0.002]))
    addresses = Addresses()
    numbers = addresses.numbers(np.zeros(3), np.array([0.0, 0.001, 0.002]), [None] * 3, [None] * 3)
    addresses.counts[numbers] += 1
    addresses.survey()
    ordinary = Ordinary(
        usual=Expectation(1.0, np.arange(WEEK_H + 1.0), 1.0),
        points=points,
        areas=addresses.areas,
        cells=addresses.cells,
        chance=np.full(3, 1 / 3),
        past=3,
        around=addresses.around,
        area_shares=addresses.area_shares,
    )
    ordinary.maxima(1, 1)
    reports = Reports(points, numbers, np.zeros(3, np.int64), addresses.areas, addresses.cells)
    past = Past(points, np.full(3, 0.1), addresses.around, addresses.area_shares)
    terms = Terms(np.ones(BINS), BINS, 0.0, 0.1, LEAST_CALLERS)
    none = numbers > 9
    scene = Scene(0, rows_of(numbers, numbers, numbers, none, none), reports, past, terms, none)
    judge(region_of(scan(scene, 0), scene), scene, points[0], 0)
