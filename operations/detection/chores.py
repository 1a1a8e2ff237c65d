"""Work of the watch that takes too long to be done between two tickets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from operations.detection.lookout import Scene, scan
from operations.detection.nulls import REPLICATES, Ordinary, Tail
from operations.detection.reach import Found
from operations.detection.region import Region, inside, region_of


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
