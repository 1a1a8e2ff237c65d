"""What the worker does beside its tickets: seal, sum anew, index words, pair, report, forget."""

import threading
import time
from collections.abc import Callable

import structlog

from data_sources.connect import Sources
from data_sources.database import bring_home, truncate_log
from data_sources.likely_pairs import LikelyPairs
from data_sources.redis_server import rewrite_log
from data_sources.word_index import WordIndex
from operations.errors import Unreachable
from operations.people.account import KEPT_AFTER_US
from registering import begin_registry
from reporting import Schedule

log = structlog.get_logger()

BUSY_ENTRIES = 4  # waiting on the stream: tickets go first
IDLE_S = 1.0
RETRY_S = 5.0
FORGET_EVERY_S = 3600.0
HOME_EVERY_S = 5.0


class Housekeeping:
    """A thread of the worker that gives way to tickets; everything it does can be interrupted.

    Tickets of a version that knew no sealing are sealed first: until that is done nothing is
    indexed, so that no plain word comes into the index.
    """

    def __init__(self, sources: Sources, clock_ns: Callable[[], int] = time.time_ns) -> None:
        self._sources, self._clock_ns = sources, clock_ns
        self._forgot_us = self._home_us = 0
        self._book = sources.sealed_book
        self._index = WordIndex(sources.engine)
        self._cubes = sources.cubes.building
        self._likely = LikelyPairs(sources.engine)
        self._reports = Schedule(sources, time.monotonic)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)
        self._sealed = 0

    def start(self) -> None:
        """See whether the sums by day are those of the ledger, and begin."""
        begin_registry(self._sources)
        why = self._cubes.prepare(self._clock_ns() // 1000)
        if why is not None:
            log.info("cubes_made_anew", why=why)
        self._thread.start()

    def close(self) -> None:
        """Finish the batch in hand, then end."""
        self._stop.set()
        self._thread.join(10)

    def _run(self) -> None:
        while not self._stop.is_set():
            started = time.monotonic()
            try:
                self.forget()
                self.bring_home()
                busy = self._sources.stream.waiting() > BUSY_ENTRIES
                pause_s = IDLE_S if busy or not self.tidy() else time.monotonic() - started
            except Unreachable:
                pause_s = RETRY_S
            except Exception:  # a thread that ends is never seen again; the next round tries
                log.exception("housekeeping_failed")
                pause_s = RETRY_S
            self._stop.wait(min(pause_s, RETRY_S))

    def forget(self) -> int:
        """Forget, once an hour, sessions that have long been over; tell how many were.

        And the sums by the hour that are older than they are kept for.
        """
        now_us = self._clock_ns() // 1000
        if now_us - self._forgot_us < FORGET_EVERY_S * 1_000_000:
            return 0
        forgotten = self._sources.accounts.forget_sessions(now_us - KEPT_AFTER_US)
        self._cubes.forget_hours()
        self._forgot_us = now_us
        if forgotten:
            log.info("sessions_forgotten", sessions=forgotten)
        return forgotten

    def bring_home(self) -> None:
        """See to it, every few seconds, that a power cut costs no more than those."""
        now_us = self._clock_ns() // 1000
        if now_us - self._home_us >= HOME_EVERY_S * 1_000_000:
            bring_home(self._sources.engine)
            self._home_us = now_us

    def tidy(self) -> int:
        """Do the next batch of what is most pressing; tell how many were in it."""
        done = self._book.seal_plain() + self._book.seal_plain_refused()
        if done:
            self._sealed += done
            log.info("sealed_plain", so_far=self._sealed)
            return done
        if self._sealed and truncate_log(self._sources.engine):  # else at the next look
            rewrite_log(self._sources.redis)
            log.info("all_sealed", tickets=self._sealed)
            self._sealed = 0
        return (
            self._cubes.step()
            or self._index.catch_up()
            or self._likely.step()
            or self._reports.step()
        )
