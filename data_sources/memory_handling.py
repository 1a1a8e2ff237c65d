"""Decisions on tickets in plain Python, for tests: the same promises, kept by dictionaries."""

import threading

from data_sources.memory_audit import MemoryAudit
from operations.errors import BadInput, Conflict
from operations.people.ports import Audit
from operations.tickets.handling import UNTOUCHED, Handling, HandlingLine
from operations.tickets.handling_deed import handling_deed
from operations.tickets.supervision import Watch

Identity = tuple[str, str]


class MemoryHandlingBook:
    """`operations.tickets.ports.HandlingBook` for one process and as long as it lives."""

    def __init__(self, audit: Audit | None = None) -> None:
        self._audit = audit or MemoryAudit()
        self._held: dict[Identity, Handling] = {}
        self._lines: dict[Identity, dict[int, HandlingLine]] = {}
        self._signs: set[str] = set()
        self._one_writer = threading.Lock()

    def handling(self, source: str, external_id: str) -> Handling:
        """Give the decisions on a ticket as they stand."""
        return self._held.get((source, external_id), UNTOUCHED)

    def lines(self, source: str, external_id: str) -> list[HandlingLine]:
        """Give the decisions on a ticket one by one, oldest first."""
        lines = self._lines.get((source, external_id), {})
        return [lines[version] for version in sorted(lines)]

    def act(self, source: str, external_id: str, handling: Handling, line: HandlingLine) -> None:
        """Write decisions a person changed, with their line and the audit's."""
        identity = (source, external_id)
        with self._one_writer:
            before = self.handling(*identity)
            if before == handling:
                return
            if before.version != handling.version - 1:
                raise Conflict(f"ticket {external_id} has changed since it was seen", before)
            self._give(before.watch, handling.watch)
            self._held[identity] = handling
            self._lines.setdefault(identity, {})[line.version] = line
            self._audit.append(handling_deed(identity, before, handling, line))

    def _give(self, before: Watch, after: Watch) -> None:
        """Give the numbers of cases that are listed now, each once."""
        for one in after.records[len(before.records) :]:
            if one.sign in self._signs:
                raise BadInput("taken", f"the number {one.sign} was given already")
            self._signs |= {one.sign} if one.sign else set()

    def versions(self) -> dict[Identity, int]:
        """Give the version of every ticket's decisions."""
        return {identity: handling.version for identity, handling in self._held.items()}
