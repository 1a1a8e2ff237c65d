"""The worker's part in what screens show of incidents: reads what changed, beside the tickets.

1. When somebody acted, and every few seconds for a word that was lost, a thread asks how far each
   open incident has come: one look at an index.
2. Of those that went on it reads the brief, and of the gravest what parts changed; one that is new
   among these is read whole. The complaints by day are read for one incident at a time.
3. The names of partners that may stand on walls are read each time: they are few, and one that is
   taken back is off the walls at the next beat.
4. The worker takes what was read at its next look. It never waits for it: a ticket costs nothing
   more however many incidents are open.

Nothing is kept: a start reads all of it again.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Protocol

import structlog

from data_sources.connect import Sources
from operations.errors import Unreachable
from operations.pulse.windows import from_us
from operations.response.closing import Day, around
from operations.response.course import counted
from operations.response.incident import Changes, Incident, Whole
from operations.response.standing import Brief, Full, OpenIncidents, gravity, link_names

log = structlog.get_logger()

MOST_STANDING = 1_000
MOST_FULL = 40
BEAT_S = 5.0
GAP_S = 0.2
"""However fast people act, reads leave the worker so long in between."""


class Book(Protocol):
    """What of the book of incidents is read."""

    def standing(self, *, most: int) -> list[tuple[str, int]]: ...

    def briefs(self, incidents: Sequence[str]) -> list[Brief]: ...

    def whole(self, incident: str) -> Whole | None: ...

    def changes(self, incident: str, since: int, *, most: int) -> Changes | None: ...


class IncidentTelling:
    """Follows the open incidents; `days` gives an incident's complaints by day at a moment.

    `blank` carries the city's settings, `partners` gives the released names of partners by code.
    """

    def __init__(
        self,
        book: Book,
        days: Callable[[Incident, int], tuple[Day, ...]],
        blank: OpenIncidents,
        *,
        partners: Callable[[], Mapping[str, tuple[str, str]]] = dict,
        thread: ThreadPoolExecutor | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._reader = _Reader(book, days, blank, partners)
        self._thread = thread or ThreadPoolExecutor(1, thread_name_prefix="incidents")
        self._monotonic = monotonic
        self._doing: Future[OpenIncidents] | None = None
        self._told: OpenIncidents | None = None
        self._acted, self._read_s = True, -BEAT_S

    def acted(self) -> None:
        """Note that somebody acted on an incident."""
        self._acted = True

    def look(self, now_us: int) -> OpenIncidents | None:
        """Give what was read last, the same value while nothing changed; None before the first.

        What cannot be read now is read at the next beat; until then the last stands.
        """
        if self._doing is not None and self._doing.done():
            self._take(self._doing)
            self._doing = None
        since_s = self._monotonic() - self._read_s
        if self._doing is None and since_s >= (GAP_S if self._acted else BEAT_S):
            self._acted, self._read_s = False, self._monotonic()
            self._doing = self._thread.submit(self._reader.read, now_us)
        return self._told

    def close(self) -> None:
        """Let the thread end."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _take(self, doing: "Future[OpenIncidents]") -> None:
        try:
            self._told = doing.result()
        except Unreachable as error:
            log.warning("incidents_untold", error=str(error))
        except Exception:  # an incident nobody can read costs its scene, not the wall
            log.exception("incidents_not_read")


class _Reader:
    """What is held of the open incidents between two reads; lives in the thread alone."""

    def __init__(
        self,
        book: Book,
        days: Callable[[Incident, int], tuple[Day, ...]],
        blank: OpenIncidents,
        partners: Callable[[], Mapping[str, tuple[str, str]]],
    ) -> None:
        self._book, self._days, self._blank, self._partners = book, days, blank, partners
        self._last, self._is_stale = blank, True
        self._seqs: dict[str, int] = {}
        self._briefs: dict[str, Brief] = {}
        self._full: dict[str, Full] = {}
        self._turns: list[str] = []

    def read(self, now_us: int) -> OpenIncidents:
        """Read what changed; give the last value again where nothing did."""
        seqs = dict(self._book.standing(most=MOST_STANDING))
        moved = [one for one, seq in seqs.items() if self._seqs.get(one) != seq]
        if moved or self._seqs.keys() != seqs.keys():
            self._is_stale = True  # until it is told: what breaks after this is not forgotten
            self._follow(seqs, moved)
        self._read_days(now_us)
        named = self._partners()
        if named != self._blank.partners:
            self._blank, self._is_stale = replace(self._blank, partners=named), True
        if self._is_stale:
            briefs = sorted(self._briefs.values(), key=lambda one: gravity(one.head))
            self._last = replace(self._blank, briefs=tuple(briefs), full=dict(self._full))
            self._is_stale = False
        return self._last

    def _follow(self, seqs: dict[str, int], moved: list[str]) -> None:
        """Read those that went on, the gravest in full; forget what is no longer open.

        How far each has come is noted last: a read that breaks half-way is done again.
        """
        briefs = {one.head.id: one for one in self._book.briefs(moved)}
        held = {**self._briefs, **briefs}
        self._briefs = {one: held[one] for one in seqs if one in held}
        gravest = list(self._briefs)[:MOST_FULL]
        self._full = {one: full for one in gravest if (full := self._read_full(one, seqs[one]))}
        self._seqs = seqs

    def _read_full(self, incident: str, seq: int) -> Full | None:
        held = self._full.get(incident)
        if held is None:
            whole = self._book.whole(incident)
            return None if whole is None else Full(whole)
        if held.whole.head.seq >= seq:
            return held
        found = self._book.changes(incident, held.whole.head.seq, most=0)
        if found is None:
            return None
        parts = {(part.kind, part.number): part for part in found.parts}
        return Full(Whole(found.head, {**held.whole.parts, **parts}), held.days)

    def _read_days(self, now_us: int) -> None:
        """Read the complaints of what is new, else of the one whose turn it is."""
        fresh = [one for one in self._full if one not in self._turns]
        waiting = [one for one in self._turns if one in self._full]
        asked, rest = (fresh, waiting) if fresh else (waiting[:1], waiting[1:])
        for incident in asked:
            held = self._full[incident]
            days = self._days(held.whole.head, now_us)
            if days != held.days:
                self._full[incident], self._is_stale = Full(held.whole, days), True
        self._turns = rest + asked


def telling_of(sources: Sources) -> IncidentTelling:
    """Make the worker's follower of the city's incidents."""
    blank = OpenIncidents(
        report_every_min=sources.settings.report_every_min,
        baseline_d=sources.settings.incident_baseline_d,
        links=link_names(sources.chains),
    )
    days, partners = partial(_days, sources), sources.partner_book.released
    return IncidentTelling(sources.incident_book, days, blank, partners=partners)


def _days(sources: Sources, head: Incident, now_us: int) -> tuple[Day, ...]:
    """Count an incident's complaints by day, today's so far as the last."""
    found = counted(head, sources.figures, from_us(now_us), sources.reference.zone)
    return () if found is None else around(found.counts, found.opened, found.today)
