"""The worker's part in incidents: tickets that come to a cluster join its incident by themselves.

Which clusters have an incident is held in memory and read again when somebody acted, and once a
minute for a word that was lost. A cluster without an incident costs one look into a dictionary;
of one that has, only members that never joined are written.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import structlog

from operations.detection.cluster import Cluster
from operations.errors import Conflict, Unreachable

log = structlog.get_logger()

Identity = tuple[str, str]
BY_CLUSTER = "cluster"
AGAIN_S = 60.0


class Book(Protocol):
    """What of the book of incidents the worker uses."""

    def following(self) -> dict[str, str]: ...

    def join(self, incident: str, tickets: Sequence[Identity], *, by: str, at_us: int) -> int: ...

    def follow(self, incident: str, cluster: str, *, at_us: int) -> None: ...

    def seqs(self, incidents: Sequence[str]) -> dict[str, int]: ...


class IncidentWatch:
    """Lets tickets join; what cannot be written now is tried again at the next look.

    `find` gives a cluster as it is kept, `ring` tells the screens.
    """

    def __init__(
        self,
        book: Book,
        find: Callable[[str], Cluster | None],
        ring: Callable[[str, int], None],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._book, self._find, self._ring, self._monotonic = book, find, ring, monotonic
        self._following: dict[str, str] = {}
        self._joined: dict[str, set[Identity]] = {}
        self._waiting: dict[str, Cluster] = {}
        self._read_s: float | None = None

    def acted(self) -> None:
        """Note that somebody acted: it may be that an incident was opened or closed."""
        self._read_s = None

    def look(self, changed: Iterable[Cluster], now_us: int) -> None:
        """Let what is new in clusters join their incidents."""
        try:
            self._read()
            for cluster in changed:
                if cluster.id in self._following:
                    self._waiting[cluster.id] = cluster
            for cluster in list(self._waiting.values()):
                self._take(cluster, now_us)
                del self._waiting[cluster.id]
        except Unreachable as error:
            log.warning("incidents_wait", clusters=len(self._waiting), error=str(error))

    def _read(self) -> None:
        """Read which clusters have an incident; one that is new here is taken as it stands."""
        if self._read_s is not None and self._monotonic() - self._read_s < AGAIN_S:
            return
        found = self._book.following()
        for name in found.keys() - self._following.keys():
            if (cluster := self._find(name)) is not None:
                self._waiting[name] = cluster
        self._following, self._read_s = found, self._monotonic()
        gone = self._joined.keys() - set(found.values())
        for incident in gone:
            del self._joined[incident]

    def _take(self, cluster: Cluster, now_us: int) -> None:
        incident = self._following.get(cluster.id)
        if incident is None:
            return
        known = self._joined.setdefault(incident, set())
        fresh = [one for one in cluster.members if one not in known]
        try:
            joined = 0
            if fresh:
                joined = self._book.join(incident, fresh, by=BY_CLUSTER, at_us=now_us)
            known.update(fresh)
            if cluster.into is not None:
                self._book.follow(incident, cluster.into, at_us=now_us)
                self._read_s = None  # it follows another one from the next look on
        except Conflict:  # it is gone from the ledger that it was read from
            log.warning("incident_gone", incident=incident)
            return
        if joined or cluster.into is not None:
            self._tell(incident)

    def _tell(self, incident: str) -> None:
        try:
            self._ring(incident, self._book.seqs([incident]).get(incident, 0))
        except Unreachable as error:  # the screens ask by themselves
            log.info("incident_not_rung", error=str(error))
