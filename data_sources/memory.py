"""The stream and the board in plain Python: the same promises, within one process."""

import itertools
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from operations.ports import Entry, Refused, WorkerWord
from operations.tickets.ticket import Ticket

TICKETS_AN_ENTRY = 100


class MemoryStream:
    """Keeps the promises of `operations.ports.TicketStream`, until the process ends."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._handed_out: set[str] = set()
        self._numbers = itertools.count(1)
        self._came = threading.Condition()

    def append(self, tickets: Sequence[Ticket]) -> None:
        """Keep tickets for the worker."""
        for start in range(0, len(tickets), TICKETS_AN_ENTRY):
            self._add(Entry("", tickets=tuple(tickets[start : start + TICKETS_AN_ENTRY])))

    def append_refused(self, refused: Sequence[Refused]) -> None:
        """Keep refused records for the worker."""
        if refused:
            self._add(Entry("", refused=tuple(refused)))

    def append_clock(self, now: datetime) -> None:
        """Say what time it is in the city."""
        self._add(Entry("", clock=now))

    def append_action(self, subject: str) -> None:
        """Say that a person acted on a subject."""
        self._add(Entry("", actions=(subject,)))

    def _add(self, entry: Entry) -> None:
        with self._came:
            name = f"{next(self._numbers)}-0"
            self._entries[name] = replace(entry, id=name)
            self._came.notify_all()

    def read(self, *, most_entries: int, wait_s: float) -> list[Entry]:
        """Give the next entries not handed out since the last `restart`."""
        with self._came:
            self._came.wait_for(lambda: len(self._entries) > len(self._handed_out), wait_s)
            waiting = (entry for key, entry in self._entries.items() if key not in self._handed_out)
            found = list(itertools.islice(waiting, most_entries))
            self._handed_out.update(entry.id for entry in found)
            return found

    def restart(self) -> None:
        """Behave as to a new consumer: what was never acknowledged is handed out again."""
        with self._came:
            self._handed_out.clear()

    def acknowledge(self, ids: Sequence[str]) -> None:
        """Drop entries that the ledger holds."""
        with self._came:
            for key in ids:
                self._entries.pop(key, None)
                self._handed_out.discard(key)

    def waiting(self) -> int:
        """Count the entries not yet acknowledged."""
        return len(self._entries)


class MemoryBoard:
    """Keeps the promises of `operations.ports.Board`, within one process."""

    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._frames: dict[str, bytes] = {}
        self._news: set[str] = set()
        self._listening = False
        self._changed = threading.Condition()
        self._watched: dict[str, float] = {}
        self._word: WorkerWord | None = None
        self._hold_until = 0.0
        self._held: int | None = None

    def publish(self, frames: dict[str, bytes]) -> None:
        """Put up the newest frames and say that they changed."""
        with self._changed:
            self._frames.update(frames)
            if self._listening:
                self._news.update(frames)
            self._changed.notify_all()

    def newest(self, scope: str) -> bytes | None:
        """Give the newest frame of a scope."""
        return self._frames.get(scope)

    def scopes(self) -> set[str]:
        """Give the scopes that have a frame."""
        return set(self._frames)

    def changed(self, *, wait_s: float) -> set[str]:
        """Wait for scopes whose frame changed since the last call."""
        with self._changed:
            self._listening = True
            self._changed.wait_for(lambda: bool(self._news), wait_s)
            news, self._news = self._news, set()
            return news

    def watch(self, scope: str, *, for_s: float) -> None:
        """Say that somebody looks at a scope."""
        self._watched[scope] = self._clock() + for_s

    def watched(self) -> set[str]:
        """Give the scopes somebody looks at."""
        now = self._clock()
        return {scope for scope, until in self._watched.items() if until > now}

    def say(self, word: WorkerWord) -> None:
        """Leave the worker's word of itself."""
        self._word = word

    def word(self) -> WorkerWord | None:
        """Read the worker's last word."""
        return self._word

    def ask_to_hold(self, *, for_s: float) -> None:
        """Ask the worker to stand still."""
        self._hold_until = self._clock() + for_s

    def asked_to_hold(self) -> bool:
        """Tell whether the worker is asked to stand still."""
        return self._hold_until > self._clock()

    def say_held(self, revision: int | None) -> None:
        """Say that the worker stands still at this revision, or no longer."""
        self._held = revision

    def held(self) -> int | None:
        """Tell at which revision the worker stands still."""
        return self._held

    def release(self) -> None:
        """Let the worker go on."""
        self._hold_until = 0.0
