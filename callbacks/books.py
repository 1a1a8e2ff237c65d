"""The books of disputes as pages and acts use them: every call waits beside the event loop."""

from collections.abc import Callable
from functools import partial
from typing import Any

from callbacks.desk import Desk


class StoreBeside:
    """A store whose every call waits beside the event loop; who asks is known in it alone.

    Not for the stream, whose connection belongs to the loop.
    """

    def __init__(self, store: Any, desk: Desk) -> None:
        self._store, self._desk = store, desk

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self._store, name)
        return lambda *given, **more: self._desk.beside(partial(call, *given, **more))


class Books:
    """What disputes are read from and written to."""

    def __init__(self, sources: Any, desk: Desk) -> None:
        self.disputes: Any = StoreBeside(sources.dispute_book, desk)
        self.clinics: Any = StoreBeside(sources.clinic_book, desk)
        self.opinions: Any = StoreBeside(sources.opinion_book, desk)
        self.ledger: Any = StoreBeside(sources.ledger, desk)
