"""The watch over the whole city: every ticket re-scans what lies within its reach."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np

from operations.detection.cluster import Cluster, Extent
from operations.detection.live.budget import Budget
from operations.detection.live.chores import Chore, Rehearsal, Round
from operations.detection.live.expectation import busyness, expectation
from operations.detection.live.lessons import Lessons
from operations.detection.live.lookout import Hours, Members, scan
from operations.detection.live.memory import Memory
from operations.detection.live.naming import Naming
from operations.detection.live.nulls import LEAST_CALLERS, Tail
from operations.detection.live.region import Region, region_of
from operations.detection.live.registry import Arrived, Registry
from operations.detection.live.sighting import View, region_again
from operations.detection.live.tracking import Sight, Tracker, Turns
from operations.detection.live.windows import BINS, Reals
from operations.places import Zone
from operations.pulse.windows import HOUR_US, SECOND_US, from_us
from operations.tickets.fact import Fact

MOST_SCANNED = 200
WIDE = (Extent.CITY, Extent.DISTRICT)  # what lies in so large a cluster speaks of the rest
FRESH_US = HOUR_US
"""An older report that comes late is counted, and seen by the next round instead of at once."""
REFRESH_US = 60 * SECOND_US
ROUND_US = 300 * SECOND_US
HISTORY_H = 72
"""Hours of past without which nothing can be called unusual."""
REST_US = 600 * SECOND_US
"""How long a category is left alone whose chore failed."""


class Watch:
    """Watches every category of a city and follows its clusters.

    `alerts_per_week` is the budget of false alarms for the whole city, shared equally by the
    categories. Fold tickets in as they change, `look` as often as wanted, and let somebody run
    its chores and hand the answers back. The same tickets, looks and answers give the same
    clusters for the same `seed`.
    """

    def __init__(
        self,
        zone: ZoneInfo,
        *,
        zones: Sequence[Zone] = (),
        alerts_per_week: float = 1.0,
        seed: int = 1,
    ) -> None:
        self._zone, self._seed, self._naming = zone, seed, Naming(zone)
        self.alerts_per_week = alerts_per_week
        self.registry = Registry(zones)
        self.is_loading = False  # while the past is read nothing is called unusual
        self.trackers: dict[str, Tracker] = {}
        self._hours: Hours | None = None
        self._busy: Reals = np.ones(BINS)
        self._surveyed_h = -1
        self._refreshed_us = self._hours_us = 0
        self._rounds_us: dict[str, int] = {}
        self._resting_us: dict[str, int] = {}
        self._adopted: list[Cluster] = []
        self.memory = Memory()
        self._lessons = Lessons(self.registry, self.memory)

    def fold(self, before: Sequence[Fact], after: Sequence[Fact]) -> None:
        """Take tickets' former states out and put their present ones in, at the next looks."""
        self.registry.fold(before, after)

    def adopt(self, clusters: Sequence[Cluster]) -> None:
        """Go on following clusters that lived before a restart."""
        self._adopted += [one for one in clusters if one.is_living]
        for one in self._adopted:
            self._naming.note(one.id)

    @property
    def waiting(self) -> int:
        """Count the reports not yet worked in."""
        return self.registry.waiting

    @property
    def ready(self) -> tuple[int, int]:
        """Tell how many categories are watched, and how many there are."""
        lookouts = self.registry.lookouts.values()
        return sum(one.tail is not None for one in lookouts), len(lookouts)

    def living(self) -> Iterator[tuple[Cluster, Sight]]:
        """Give the clusters that live, with how they look."""
        for tracker in self.trackers.values():
            for one in tracker.living.values():
                yield one.cluster, one.sight

    def standing(self) -> list[Cluster]:
        """Give the clusters that live, also those of before a restart not seen again yet."""
        return [*self._adopted, *(cluster for cluster, _ in self.living())]

    def look(self, now_us: int) -> Turns:
        """Work in what was folded, scan around what is new, and tell what changed."""
        arrived, touched = self.registry.digest(now_us)
        if self.is_loading or self.waiting:
            self._hours_us = 0  # they are counted anew at the next look that scans
            return self._take_turns()
        hours = self._clock(now_us, much=len(arrived) > MOST_SCANNED)
        if hours.now_h - hours.first_h >= HISTORY_H:
            self._survey(hours)
            self._take_adopted(now_us, hours)
            fresh = [one for one in arrived if one.time_us > now_us - FRESH_US]
            for one in sorted(fresh, key=lambda one: one.time_us)[-MOST_SCANNED:]:
                self._scan(one, now_us, hours)
            self._refresh(touched, now_us, hours)
            self._lessons.next(now_us, hours, is_quiet=not fresh)
        return self._take_turns()

    def chore(self, now_us: int) -> Chore | None:
        """Give the most pressing work for another thread; answer it before asking again."""
        if self._hours is None or self._surveyed_h < 0 or self.is_loading:
            return None
        unknown = [
            one
            for name, one in self.registry.lookouts.items()
            if one.has_drifted and self._resting_us.get(name, now_us) <= now_us
        ]
        for lookout in sorted(unknown, key=lambda one: -one.liveliness(now_us)):
            ordinary = lookout.ordinary_time(self.registry.addresses)
            if ordinary is not None:
                return Rehearsal(lookout.category, ordinary, self._seed)
        return self._round(now_us, self._hours)

    def answer(self, chore: Chore, result: Tail | list[Region], now_us: int) -> None:
        """Take what a chore gave."""
        lookout = self.registry.lookouts[chore.category]
        if isinstance(result, Tail):
            lookout.tail = result
            lookout.lived = (chore.ordinary.usual.rate_h, chore.ordinary.past)  # type: ignore[union-attr]
            self._rounds_us.pop(chore.category, None)
        elif self._hours is not None:
            self._take_round(chore.category, result, now_us, self._hours)

    def failed(self, chore: Chore, now_us: int) -> None:
        """Take that a chore gave nothing; its category rests a while before the next."""
        self._resting_us[chore.category] = now_us + REST_US
        self._rounds_us[chore.category] = now_us

    def _round(self, now_us: int, hours: Hours) -> Round | None:
        """Give the round of the category that waits longest for one."""
        lookouts = self.registry.lookouts
        category = min(lookouts, key=lambda one: self._rounds_us.get(one, 0), default=None)
        if category is None or now_us - self._rounds_us.get(category, 0) < ROUND_US:
            return None
        self._rounds_us[category] = now_us
        view = self._view(category, now_us, hours)
        if view is None or len(view.scene.rows) < LEAST_CALLERS:
            return None
        return Round(category, view.scene, self._budget.threshold(view.tail))

    def _clock(self, now_us: int, *, much: bool) -> Hours:
        """Count the hours anew once a minute and when much came in, and how busy the city is."""
        hours = self._hours
        if hours is None or now_us - self._hours_us >= REFRESH_US or much:
            offset = from_us(now_us).astimezone(self._zone).utcoffset() or timedelta()
            offset_us = offset // timedelta(microseconds=1)
            hours = self._hours = self.registry.hours(now_us, offset_us)
            self._hours_us = now_us
            kept = hours.everything[-min(len(hours.everything), hours.now_h - hours.first_h + 1) :]
            first_h = hours.now_h - len(kept) + 1
            usual = expectation(kept, kept, hours.now_h, first_h)
            self._busy = busyness(usual, hours.everything, hours.now_h, hours.local_h(now_us))
        return hours

    def _survey(self, hours: Hours) -> None:
        """Once an hour, and when much came in, see anew what comes from where."""
        if self._surveyed_h < hours.now_h:
            self._surveyed_h = hours.now_h
            self.registry.addresses.survey()

    def _view(self, category: str, now_us: int, hours: Hours) -> View | None:
        """Look at a category as it stands; None while nothing can be said of it."""
        lookout = self.registry.lookouts.get(category)
        if lookout is None:
            return None
        self._lessons.first(category, now_us, hours)
        if lookout.tail is None:
            return None
        scene = lookout.scene(self.registry.addresses, hours, self._busy, now_us)
        if scene is None:
            return None
        return View(scene, lookout, self.registry.addresses, lookout.tail, self._budget)

    def _note_clusters(self, category: str) -> None:
        """Tell a lookout what the clusters of its category are made of, adopted ones included."""
        wide, near = Members(), Members()
        living = self._tracker(category).living.values()
        for extent, members in (
            *((one.cluster.evidence.extent, one.had) for one in living),
            *((one.evidence.extent, frozenset(one.members)) for one in self._adopted
              if one.category == category),
        ):  # fmt: skip
            if extent in WIDE:
                wide |= members
            else:
                near |= members
        if (lookout := self.registry.lookouts.get(category)) is not None:
            lookout.note_clusters(wide, near)

    @property
    def _budget(self) -> Budget:
        return Budget(self.alerts_per_week, len(self.registry.lookouts))

    def _tracker(self, category: str) -> Tracker:
        if category not in self.trackers:
            self.trackers[category] = Tracker(category, self._naming.next)
        return self.trackers[category]

    def _scan(self, arrived: Arrived, now_us: int, hours: Hours) -> None:
        if (view := self._view(arrived.category, now_us, hours)) is None:
            return
        rows = view.scene.rows
        mine = np.flatnonzero(
            (rows["time_us"] == arrived.time_us)
            & (rows["address"] == arrived.address)
            & (rows["caller"] == arrived.voter)
        )
        if not len(mine):  # it is no vote
            return
        found, threshold = scan(view.scene, int(mine[-1])), self._budget.threshold(view.tail)
        tracker = self._tracker(arrived.category)
        if found.statistic >= threshold or (tracker.living and found.statistic > 0):
            tracker.found(view.sight(region_of(found, view.scene)), threshold)
        if view.scene.told.any():  # what a larger one would draw to itself may be one of its own
            found = scan(view.scene.untold, int(mine[-1]))
            if found.statistic >= threshold:
                tracker.found(view.sight(region_of(found, view.scene)), threshold)

    def _refresh(self, touched: set[str], now_us: int, hours: Hours) -> None:
        """See every living cluster anew, once a minute and when its category changed."""
        everybody = now_us - self._refreshed_us >= REFRESH_US
        if everybody:
            self._refreshed_us = now_us
        for category, tracker in self.trackers.items():
            if everybody:
                self._note_clusters(category)
            if not tracker.living or not (everybody or category in touched):
                continue
            view = self._view(category, now_us, hours)
            if view is None:
                continue
            for name, followed in list(tracker.living.items()):
                if followed.sight.evidence.as_of_us < now_us:  # else the scan has just seen it
                    tracker.seen(name, view.sight(followed.sight.region))

    def _take_round(self, category: str, regions: list[Region], now_us: int, hours: Hours) -> None:
        """Take a round's findings: what is apart from a cluster they both touch splits off."""
        self._take_adopted(now_us, hours)
        if (view := self._view(category, now_us, hours)) is None:
            return
        tracker, threshold = self._tracker(category), self._budget.threshold(view.tail)
        before = {name: one.sight.members for name, one in tracker.living.items()}
        taken: set[str] = set()
        for region in regions:
            sight = view.sight(region)
            if sight.evidence.statistic < threshold:
                continue
            touching = {name for name, members in before.items() if members & sight.members}
            whole = next(
                (name for name in before if name in touching & tracker.living.keys()), None
            )
            if whole is not None and touching <= taken:
                tracker.split(whole, sight, threshold)
            else:
                tracker.found(sight, threshold)
            taken |= touching

    def _take_adopted(self, now_us: int, hours: Hours) -> None:
        """Follow clusters of before a restart as soon as their category can be seen."""
        later: list[Cluster] = []
        for cluster in self._adopted:
            if cluster.category not in self.registry.lookouts:  # none of its reports is left
                self._tracker(cluster.category).end(cluster, now_us)
                continue
            self._note_clusters(cluster.category)  # or its older reports were a past event
            view = self._view(cluster.category, now_us, hours)
            if view is None:
                later.append(cluster)
                continue
            region = region_again(cluster, view.addresses)
            self._tracker(cluster.category).adopt(cluster, view.sight(region))
        self._adopted = later

    def _take_turns(self) -> Turns:
        turns = Turns()
        for tracker in self.trackers.values():
            some = tracker.take_turns()
            turns.clusters |= some.clusters
            turns.lines += some.lines
        return turns
