"""The worker's watch: looks after every batch, and does what takes longer in a thread.

The thread imports and compiles the scan, lives through ordinary times and goes the rounds; it
touches nothing of the watch but the arrays handed to it. A start is not kept waiting: until
the thread is ready and the past is read, pictures say that nothing is watched yet.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import structlog

from incident_watch import IncidentWatch
from list_watch import ListWatch
from operations.detection.live.quality import Quality
from operations.detection.live.signals import severity_of
from operations.errors import Unreachable
from operations.ports import Watchbook, Watched
from operations.pulse.alarms import Alarms
from operations.pulse.city import City
from operations.pulse.gathered import Gathered, Told
from report_watch import ReportWatch
from unwatched import Facts

if TYPE_CHECKING:
    from operations.detection.live.chores import Chore
    from operations.detection.live.city_watch import CityWatch as Watch
    from operations.detection.live.forecast import Forecast
    from operations.detection.live.tracking import Turns
    from operations.pulse.alarm import Signal

log = structlog.get_logger()

MOST_CLEARED = 200
"""Alarms cleared lately that are read at a start: those within the guard are among them."""

BUSY_EVERY_S = 1.0
RETRY_US = 60_000_000
"""How long nothing is watched after something broke, before all is begun anew."""


class Vigil:
    """Keeps the watch of one worker.

    `make` imports, compiles and gives a watch; it is called in the thread. `read` gives every
    ticket of the ledger in batches, from one snapshot. `remember` keeps what a watch has lived
    through for the next one. `lists` watches the lists of loose ends, `reports` those of
    incidents; `incidents` lets tickets join theirs.
    """

    def __init__(
        self,
        book: Watchbook,
        alarms: Callable[[], Alarms],
        *,
        make: Callable[[], "Watch"],
        read: Callable[[], Iterator[Facts]],
        remember: Callable[["Watch"], None] = lambda _watch: None,
        lists: ListWatch | None = None,
        reports: ReportWatch | None = None,
        incidents: IncidentWatch | None = None,
        thread: ThreadPoolExecutor | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monotonic, self._looked_s = monotonic, 0.0
        self._last: Gathered | None = None
        self._book, self._new_alarms, self._make, self._read = book, alarms, make, read
        self._remember, self._lists = remember, lists or ListWatch()
        self._incidents, self._reports = incidents, reports or ReportWatch()
        self._thread = thread or ThreadPoolExecutor(1, thread_name_prefix="watch")
        self._making: Future[Watch] | None = None
        self._watch: Watch | None = None
        self._alarms = alarms()
        self._past: Iterator[Facts] | None = None
        self._meanwhile: list[tuple[Facts, Facts]] = []
        self._doing: tuple[Chore | Forecast, Future[Any]] | None = None
        self._unwritten: list[Watched] = []
        self._quality = Quality(0)
        self._now_us = 0
        self._again_us: int | None = None  # when to begin anew after something broke
        self._stale = True  # what people did to the alarms has to be read
        self._lost = False  # what they are is not known: they are to be begun anew

    def begin(self) -> None:
        """Start anew from the ledger, at the next look."""
        self._making = self._thread.submit(self._make)
        self._watch, self._past, self._meanwhile = None, None, []
        self._doing, self._again_us, self._stale = None, None, True

    def fold(self, before: Facts, after: Facts) -> None:
        """Follow the ledger; what changes while the past is read waits until it is."""
        if self._past is not None:
            self._meanwhile.append((before, after))
        elif self._watch is not None:
            self._take(before, after)

    def acted(self) -> None:
        """Note that a person did something to an alarm, or to an incident."""
        self._stale = True
        if self._incidents is not None:
            self._incidents.acted()

    def look(self, city: City, *, busy: bool = False) -> Gathered | None:
        """Look at the city as it is now; None while nothing is watched yet.

        While the worker is `busy` with a burst it looks once a second and catches up afterwards:
        the ledger comes first.
        Whatever breaks in the watch costs the watch alone: the rest of the picture goes on,
        and all is begun anew from the ledger. Raises Unreachable when a store does not answer.
        """
        if busy and self._monotonic() - self._looked_s < BUSY_EVERY_S:
            return self._last
        self._looked_s, self._now_us = self._monotonic(), city.now_us
        if self._again_us is not None and city.now_us >= self._again_us:
            self.begin()
        try:
            self._last = self._look(city)
        except Unreachable:
            if self._past is not None:  # what was read of it is cut off
                self.begin()
            raise
        except Exception:
            log.exception("watch_failed", retry_s=RETRY_US // 1_000_000)
            self._making = self._watch = self._past = self._doing = None
            self._meanwhile, self._unwritten = [], []
            self._again_us, self._last = city.now_us + RETRY_US, None
        return self._last

    def _look(self, city: City) -> Gathered | None:
        if self._making is not None and self._making.done():
            self._meet(self._making.result())
        watch = self._watch
        if watch is None:
            return None
        if self._past is not None:
            self._read_on(watch, self._past)
        self._work(watch)
        turns = watch.look(city.now_us)
        self._lists.look(city)
        self._reports.look(city.now_us)
        signals = [
            *watch.signals(city.now_us), *self._lists.signals(), *self._reports.signals()
        ]  # fmt: skip
        self._keep(turns, signals, city.now_us)
        if self._incidents is not None:
            self._incidents.look(turns.clusters.values(), city.now_us)
        return self._gathered(watch, city)

    @property
    def is_behind(self) -> bool:
        """Tell whether the past, or what a burst left, is still being worked in."""
        return self._past is not None or (self._watch is not None and self._watch.waiting > 0)

    def close(self) -> None:
        """Let the thread end; what it does is made again at the next start."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _meet(self, watch: "Watch") -> None:
        """Take a new watch: it goes on with the clusters and alarms the ledger holds.

        The snapshot of the past is opened in this very look, so that it holds all that was
        folded before, and nothing of what will be folded meanwhile.
        """
        self._write()
        clusters, standing = self._book.living()
        watch.adopt(clusters)
        watch.adopt_alarms(standing)
        self._lists.adopt(standing)
        watch.is_loading = True
        self._watch, self._making, self._past = watch, None, self._read()
        self._meanwhile = []
        self._quality = Quality(self._now_us)
        self._renew_alarms()

    def _read_on(self, watch: "Watch", past: Iterator[Facts]) -> None:
        """Read one batch of the past; at its end, take what changed meanwhile."""
        if watch.waiting:
            return
        batch = next(past, None)
        if batch is not None:
            self._take((), batch)
            return
        self._past = None
        for before, after in self._meanwhile:
            self._take(before, after)
        self._meanwhile = []
        watch.is_loading = False
        log.info("watch_begun", categories=len(watch.registry.lookouts))

    def _take(self, before: Facts, after: Facts) -> None:
        if self._watch is not None:
            self._watch.fold(before, after)
            self._quality.fold(before, after, self._now_us)

    def _work(self, watch: "Watch") -> None:
        """Hand a finished chore's answer to the watch, and the next chore to the thread."""
        if self._doing is not None and self._doing[1].done():
            chore, future = self._doing
            self._doing = None
            if (error := future.exception()) is None:
                watch.answer(chore, future.result(), self._now_us)
                self._try_to_remember(watch)
            else:
                log.error("chore_failed", category=chore.category, error=repr(error))
                watch.failed(chore, self._now_us)
        if self._doing is None and (next_one := watch.chore(self._now_us)) is not None:
            self._doing = (next_one, self._thread.submit(next_one.run))

    def _try_to_remember(self, watch: "Watch") -> None:
        try:
            self._remember(watch)
        except OSError as error:  # a full disk costs the next start some minutes, not this watch
            log.warning("watch_not_remembered", error=str(error))

    def _renew_alarms(self) -> None:
        """Begin anew with the alarms the ledger holds."""
        self._alarms = self._new_alarms()
        self._read_alarms()

    def _read_alarms(self) -> None:
        """Take what people did to them; how long a reason has been gone is not forgotten."""
        self._alarms.adopt([*self._book.standing(), *self._book.cleared(most=MOST_CLEARED)])
        self._stale = self._lost = False

    def _keep(self, turns: "Turns", signals: "Sequence[Signal]", now_us: int) -> None:
        """Write what changed, and let the alarms follow; what cannot be written now waits."""
        if turns.clusters or turns.lines:
            changed = tuple(turns.clusters.values())
            self._unwritten.append(Watched(clusters=changed, cluster_lines=tuple(turns.lines)))
        try:
            if self._lost:
                self._renew_alarms()
            elif self._stale:
                self._read_alarms()
            alarms, lines = self._alarms.look(signals, now_us)
            if alarms or lines:
                self._unwritten.append(Watched(alarms=tuple(alarms), alarm_lines=tuple(lines)))
            self._write()
        except Unreachable:
            # A person may have acted while nobody could be told: the alarms are read again and
            # follow anew from there; what waits to be written is of clusters alone.
            self._lost = True
            waiting = [Watched(one.clusters, one.cluster_lines) for one in self._unwritten]
            self._unwritten = [one for one in waiting if one != Watched()]
            raise

    def _write(self) -> None:
        while self._unwritten:
            self._alarms.adopt(self._book.keep(self._unwritten[0]))
            del self._unwritten[0]

    def _gathered(self, watch: "Watch", city: City) -> Gathered:
        ready, wanted = watch.ready
        fallback, unplaced, late = self._quality.since(city.local.midnight_us)
        return Gathered(
            clusters=tuple(
                Told(cluster, sight.hours, severity_of(cluster))
                for cluster, sight in watch.living()
            ),
            alarms=tuple(self._alarms.standing()),
            alerts_per_week=watch.alerts_per_week,
            ready=ready,
            wanted=wanted,
            fallback=fallback,
            unplaced=unplaced,
            late=late,
            seen={**watch.excesses.seen(), **self._lists.seen()},
        )
