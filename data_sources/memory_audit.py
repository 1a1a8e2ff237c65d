"""The audit log in plain Python, for tests: the same promises, kept by a list."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress

from operations.errors import OperationsError
from operations.people.audit import (
    EMPTY,
    AuditLine,
    AuditSearch,
    Deed,
    Head,
    KeptLine,
    chained,
    head_of,
    line_of,
)
from operations.people.ports import AuditKeeping


class MemoryAudit:
    """`operations.people.ports.Audit` for one process and as long as it lives."""

    def __init__(self, keepings: Sequence[AuditKeeping] = ()) -> None:
        self._lines: list[KeptLine] = []
        self._keepings = keepings
        self._one_writer = threading.Lock()

    def append(self, deed: Deed, *, within: object | None = None) -> AuditLine:  # noqa: ARG002
        """Write a deed down."""
        with self._one_writer:
            before = self.head()
            kept = chained(line_of(deed, before.number + 1), before.hash)
            self._lines.append(kept)
        self.hand_on()
        return kept.line

    def hand_on(self) -> None:
        """Hand what is kept on to the keepings; one that fails waits."""
        for keeping in self._keepings:
            with suppress(OperationsError):
                keeping.take(self)

    def head(self) -> Head:
        """Tell where the log ends."""
        return head_of(self._lines[-1]) if self._lines else EMPTY

    def lines(self, *, after: int = 0) -> Iterator[KeptLine]:
        """Give every line behind a number, in order."""
        yield from self._lines[after:]

    def find(self, search: AuditSearch, *, most: int, skip: int = 0) -> list[AuditLine]:
        """Give the newest lines that are looked for, leaving out the first `skip`."""
        return self._found(search)[::-1][skip : skip + most]

    def count(self, search: AuditSearch) -> int:
        """Count the lines that are looked for."""
        return len(self._found(search))

    def _found(self, search: AuditSearch) -> list[AuditLine]:
        return [kept.line for kept in self._lines if search.finds(kept.line)]
