"""Answers that are worked out once: kept under what they were read from, and waited for by all.

The key of an answer names the version of what it is read from, so that an answer is never older
than the moment it is asked for: where the version has moved, the key is another one. However
many ask at the same moment, in this process or another, one of them works it out.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from threading import Lock
from typing import Any, Protocol

from prometheus_client import Counter

LONGEST_WORK_S = 15.0
"""After which another process may work the same out, in case the first one is gone."""
LOOK_EVERY_S = 0.02

ANSWERS = Counter(
    "lianxin_answers", "Answers by what was read and how they were come by", ["read", "how"]
)
"""How: `kept` from before, `asked` of the database, `shared` with others who asked meanwhile."""


class Shelf(Protocol):
    """Where answers are kept for all web processes; while it is away everything is asked anew."""

    def get(self, key: str) -> Any:
        """Give a kept answer, None where there is none."""

    def set(self, key: str, value: Any) -> Any:
        """Keep an answer for a while."""

    def claim(self, key: str, *, for_s: float) -> AbstractContextManager[bool]:
        """Tell whether the caller alone works an answer out, until it leaves or time is up."""


class KeptAnswers:
    """Gives answers by name and key; what is kept is plain: lists, dictionaries, numbers, text.

    `in_thread` runs what waits for the database without stopping the streams; the shelf's
    connections stay in the loop.
    """

    def __init__(self, shelf: Shelf, in_thread: Callable[..., Any]) -> None:
        self._shelf, self._in_thread = shelf, in_thread
        self._lock = Lock()
        self._working: dict[str, Future[Any]] = {}

    def answer(self, read: str, key: str, ask: Callable[[], Any]) -> Any:
        """Give the answer of a key, asking where nobody has.

        `read` names what is read, for the counters; it is part of the key. What `ask` raises
        reaches everybody who waited for it, and nothing is kept.
        """
        key = f"{read}:{key}"
        with self._lock:
            mine = self._working.get(key)
            is_first = mine is None
            if mine is None:
                mine = self._working[key] = Future()
        if not is_first:
            ANSWERS.labels(read, "shared").inc()
            return mine.result()
        try:
            found = self._kept_or_asked(read, key, ask)
        except BaseException as error:
            mine.set_exception(error)
            raise
        else:
            mine.set_result(found)
            return found
        finally:
            with self._lock:
                del self._working[key]

    def _kept_or_asked(self, read: str, key: str, ask: Callable[[], Any]) -> Any:
        until = time.monotonic() + LONGEST_WORK_S
        how = "kept"
        while True:
            kept = self._shelf.get(key)
            if kept is not None:
                ANSWERS.labels(read, how).inc()
                return kept[0]
            with self._shelf.claim(key, for_s=LONGEST_WORK_S) as is_ours:
                if is_ours or time.monotonic() > until:
                    return self._asked(read, key, ask)
            how = "shared"
            time.sleep(LOOK_EVERY_S)

    def _asked(self, read: str, key: str, ask: Callable[[], Any]) -> Any:
        kept = self._shelf.get(key)  # who had the claim may have answered between look and claim
        if kept is not None:
            ANSWERS.labels(read, "shared").inc()
            return kept[0]
        found = self._in_thread(ask)
        self._shelf.set(key, [found])
        ANSWERS.labels(read, "asked").inc()
        return found
