"""Pairs of tickets that are two matters, in plain Python, for tests: the same promises."""

import threading

from data_sources.memory_audit import MemoryAudit
from operations.errors import Conflict
from operations.people.ports import Audit
from operations.tickets.distinct import (
    MOST_LINES,
    UNSAID,
    Distinction,
    DistinctLine,
    Pair,
    distinct_deed,
)


class MemoryDistinctBook:
    """`operations.tickets.distinct.DistinctBook` for one process; every ticket is there."""

    def __init__(self, audit: Audit | None = None) -> None:
        self._audit = audit or MemoryAudit()
        self._held: dict[Pair, Distinction] = {}
        self._lines: list[DistinctLine] = []
        self._one_writer = threading.Lock()

    def distinction(self, pair: Pair) -> Distinction:
        """Give how a pair stands."""
        return self._held.get(pair, UNSAID)

    def lines(self, source: str, external_id: str) -> list[DistinctLine]:
        """Give what was said of the pairs of a ticket, oldest first."""
        own = [line for line in self._lines if (source, external_id) in line.pair]
        return sorted(own, key=lambda line: line.at)[-MOST_LINES:]

    def act(self, pair: Pair, distinction: Distinction, line: DistinctLine) -> None:
        """Write what was said, with its line and the audit's."""
        with self._one_writer:
            before = self.distinction(pair)
            if before == distinction:
                return
            if before.version != distinction.version - 1:
                raise Conflict("the pair has changed since it was seen", before)
            self._held[pair] = distinction
            self._lines.append(line)
            self._audit.append(distinct_deed(before, distinction, line))
