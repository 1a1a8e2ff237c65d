"""The doors of the rooms where facts live: what each store promises, whoever keeps the promise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from operations.detection.cluster import Cluster, ClusterLine
from operations.pulse.alarm import Alarm, AlarmLine
from operations.tickets.changes import Change
from operations.tickets.fact import Fact
from operations.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that could not be taken: where it came from, why, and the record itself.

    `record` is the JSON of what may be shown of what was delivered; `sealed` holds all of it,
    cut at 20,000 characters. `key` is the same for the same record from the same feed, so that
    a record delivered twice is set aside once.
    """

    key: str
    feed: str
    field: str
    reason: str
    record: str
    refused_at: datetime
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the stream: tickets, refused records, subjects of actions, or a city's time.

    `actions` names what people acted on ("alarms"): the ledger holds what they did, and the
    worker looks there. `clock` is the time of a city that has its own.
    """

    id: str
    tickets: tuple[Ticket, ...] = ()
    refused: tuple[Refused, ...] = ()
    clock: datetime | None = None
    actions: tuple[str, ...] = ()


class TicketStream(Protocol):
    """The way of the tickets from the feeds to the worker: in order, at least once.

    What `append` returned for survives the end of any process. An entry is handed out again
    until it is acknowledged. Errors: `Unreachable` when the server does not answer.
    """

    def append(self, tickets: Sequence[Ticket]) -> None:
        """Keep tickets for the worker, as entries of at most 100."""

    def append_refused(self, refused: Sequence[Refused]) -> None:
        """Keep refused records for the worker, who writes the set-aside list."""

    def append_clock(self, now: datetime) -> None:
        """Say what time it is in a city that lives on its own time."""

    def append_action(self, subject: str) -> None:
        """Say that a person acted on a subject, after the ledger holds what they did."""

    def read(self, *, most_entries: int, wait_s: float) -> list[Entry]:
        """Give the next entries, first those handed out before and never acknowledged."""

    def acknowledge(self, ids: Sequence[str]) -> None:
        """Drop entries that the ledger holds; the stream is trimmed behind them."""

    def waiting(self) -> int:
        """Count the entries not yet acknowledged."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What one `store` did: the changed tickets before and after, pairwise absent where new."""

    before: list[Fact]
    after: list[Fact]
    unchanged: int
    revision: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line of the set-aside list."""

    id: int
    refused: Refused
    times: int
    sent_again_at: datetime | None


class Ledger(Protocol):
    """The truth: every ticket in its present state, and the append-only history of its changes.

    `store` is one transaction. A ticket is taken when it is newer than what is held
    (`tickets.changes.is_newer`); else it changes nothing. What it holds is reckoned: class and
    due time are given by `tickets.reckoning` from what was delivered last and what people decided.
    `revision` grows by one with every transaction that changed anything. Errors: `Unreachable`
    when the database does not answer.
    """

    def store(self, tickets: Sequence[Ticket], *, clock: datetime) -> Stored:
        """Upsert tickets, append their changes and keep the clock, all or nothing."""

    def reckon(self, *, clock: datetime, most: int) -> Stored | None:
        """Reckon up to `most` tickets anew, in one transaction; None where none waits.

        First those people decided on since they were last reckoned, then, where the rules or the
        calendar are others than they were, every ticket. What moved has its line in the history.
        """

    def set_aside(self, refused: Sequence[Refused]) -> None:
        """Keep refused records; one that is there already is counted, not repeated."""

    def facts(self) -> Iterator[list[Fact]]:
        """Give every ticket as the running city counts it, in batches, from one snapshot."""

    def revision(self) -> int:
        """Tell how many transactions have changed anything."""

    def clock(self) -> datetime | None:
        """Tell the newest clock that was stored, None in an empty ledger."""

    def ticket(self, source: str, external_id: str) -> Ticket | None:
        """Find one ticket."""

    def changes(self, source: str, external_id: str) -> list[Change]:
        """Give the history of one ticket, oldest first."""

    def list_set_aside(self, *, most: int, include_sent: bool = False) -> list[SetAside]:
        """Give the newest lines of the set-aside list."""

    def mark_sent_again(self, ids: Sequence[int], at: datetime) -> None:
        """Note that lines of the set-aside list were sent again."""

    def close(self) -> None:
        """Let go of every connection."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What one look of the worker changed: present states, and new lines of their histories."""

    clusters: tuple[Cluster, ...] = ()
    cluster_lines: tuple[ClusterLine, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    alarm_lines: tuple[AlarmLine, ...] = ()


class Watchbook(Protocol):
    """The kept clusters and alarms, and their append-only histories; part of the ledger.

    The worker raises, changes and clears; people acknowledge and shelve. Both may write the
    same alarm: whoever wrote a version first has it, the other is refused (`Conflict`) and
    looks again. Errors: `Unreachable` when the database does not answer.
    """

    def keep(self, watched: Watched) -> list[Alarm]:
        """Write what changed, in one transaction.

        An alarm is written with its lines where the held version is the one before its own or
        none is held; else neither is, and the held one is given back: the caller works it in.
        The same again, after an answer was lost, changes nothing and gives nothing back. A line
        written twice is there once. A cluster is written unless a later one is held.
        """

    def act(self, alarm: Alarm, line: AlarmLine) -> None:
        """Write an alarm a person changed, its line and the audit log's, in one transaction.

        Raises `Conflict` with what the alarm is now where its version is not the next one. The
        same again, after an answer was lost, changes nothing.
        """

    def living(self) -> tuple[list[Cluster], list[Alarm]]:
        """Give the clusters that live and the alarms that are not cleared, the oldest first."""

    def standing(self) -> list[Alarm]:
        """Give the alarms that are not cleared, the oldest first."""

    def cleared(self, *, most: int) -> list[Alarm]:
        """Give the alarms cleared last, the newest first."""

    def alarm(self, alarm: str) -> Alarm | None:
        """Find one alarm."""

    def alarm_lines(self, alarm: str) -> list[AlarmLine]:
        """Give an alarm's history, oldest version first, within one as it was written."""

    def alarms_of(self, cluster: str) -> list[Alarm]:
        """Give the alarms a cluster is or was a reason of, newest first."""

    def cluster(self, cluster: str) -> Cluster | None:
        """Find one cluster, living or not."""

    def cluster_lines(self, cluster: str) -> list[ClusterLine]:
        """Give a cluster's history, oldest first."""

    def clusters_of(self, category: str, *, most: int) -> list[Cluster]:
        """Give a category's clusters, the newest first."""

    def ended(self, *, since_us: int, most: int) -> list[Cluster]:
        """Give the clusters that ended since a moment, the last first; not what merged."""


@dataclass(frozen=True, slots=True)
class WorkerWord:
    """What the worker says of itself every second.

    `clock` is the city's time at `said_at` (they differ in a replay), `revision` the ledger
    revision its city has folded, `newest_ticket_at` when a ticket last came out of the stream,
    both None until there is one. `history_until` is set while history is still being filled in.
    """

    said_at: datetime
    clock: datetime
    revision: int
    newest_ticket_at: datetime | None
    waiting: int
    started_at: datetime


class Board(Protocol):
    """The newest picture of every scope, and the word that one has changed.

    The worker alone publishes. Frames are JSON bytes. Errors: `Unreachable`.
    """

    def publish(self, frames: dict[str, bytes]) -> None:
        """Put up the newest frames by scope and say that they changed, in one round trip."""

    def newest(self, scope: str) -> bytes | None:
        """Give the newest frame, None where there is none."""

    def scopes(self) -> set[str]:
        """Give the scopes that have a frame."""

    def changed(self, *, wait_s: float) -> set[str]:
        """Wait for scopes whose frame changed since the last call; empty when time ran out.

        The first call subscribes. One caller per process; on `Unreachable` the next call
        subscribes again.
        """

    def watch(self, scope: str, *, for_s: float) -> None:
        """Say that somebody looks at a scope, so that the worker makes its pictures."""

    def watched(self) -> set[str]:
        """Give the scopes somebody looks at."""

    def say(self, word: WorkerWord) -> None:
        """Leave the worker's word of itself."""

    def word(self) -> WorkerWord | None:
        """Read the worker's last word, None where it never spoke."""

    def ask_to_hold(self, *, for_s: float) -> None:
        """Ask the worker to stand still with all pictures fresh, so that they can be compared."""

    def asked_to_hold(self) -> bool:
        """Tell whether the worker is asked to stand still."""

    def say_held(self, revision: int | None) -> None:
        """Say that the worker stands still at this ledger revision (None: no longer)."""

    def held(self) -> int | None:
        """Tell at which revision the worker stands still, None while it moves."""

    def release(self) -> None:
        """Let the worker go on."""


class Audited(Protocol):
    """Takes note of who did what to what; a note is written before the person is answered."""

    def note(
        self, actor: str, act: str, subject: str, before: str, after: str, *, device: str = ""
    ) -> None:
        """Note an act: by whom, on what, how it was and how it is."""
