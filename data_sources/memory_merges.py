"""Merged tickets in plain Python, for tests: the same promises, kept by dictionaries."""

import threading

from data_sources.memory_audit import MemoryAudit
from operations.errors import Conflict
from operations.people.ports import Audit
from operations.tickets.merging import (
    APART,
    MOST_LINES,
    MOST_UNDER,
    Identity,
    Merge,
    MergeLine,
    merge_deed,
)


class MemoryMergeBook:
    """`operations.tickets.merging.MergeBook` for one process; every ticket is there."""

    def __init__(self, audit: Audit | None = None) -> None:
        self._audit = audit or MemoryAudit()
        self._held: dict[Identity, Merge] = {}
        self._lines: dict[Identity, list[MergeLine]] = {}
        self._one_writer = threading.Lock()

    def merge(self, source: str, external_id: str) -> Merge:
        """Give under which main a ticket stands."""
        return self._held.get((source, external_id), APART)

    def under(self, source: str, external_id: str) -> list[Identity]:
        """Give what stands under a ticket, in order of its number."""
        main = (source, external_id)
        return sorted(one for one, held in self._held.items() if held.main == main)[:MOST_UNDER]

    def lines(self, source: str, external_id: str) -> list[MergeLine]:
        """Give the merges of a ticket and their ends, oldest first."""
        return list(self._lines.get((source, external_id), ()))

    def under_lines(self, source: str, external_id: str) -> list[tuple[Identity, MergeLine]]:
        """Give what stands under a ticket, each with the line that put it there."""
        return [(one, self._lines[one][-1]) for one in self.under(source, external_id)]

    def lines_into(self, source: str, external_id: str) -> list[tuple[Identity, MergeLine]]:
        """Give merges into a ticket and their ends, oldest first."""
        main = (source, external_id)
        told = [(one, line) for one, lines in self._lines.items() for line in lines]
        about = [(one, line) for one, line in told if line.main == main]
        return sorted(about, key=lambda pair: (pair[1].at, pair[0], pair[1].version))[-MOST_LINES:]

    def act(self, source: str, external_id: str, merge: Merge, line: MergeLine) -> None:
        """Write a merge or its end, with its line and the audit's."""
        ticket = (source, external_id)
        with self._one_writer:
            before = self.merge(*ticket)
            if before == merge:
                return
            if before.version != merge.version - 1 or (merge.main and self._bent(ticket, merge)):
                raise Conflict(f"ticket {external_id} has changed since it was seen", before)
            self._held[ticket] = merge
            self._lines.setdefault(ticket, []).append(line)
            self._audit.append(merge_deed(ticket, before, merge, line))

    def _bent(self, ticket: Identity, merge: Merge) -> bool:
        """Tell whether a merge would make a chain or a circle."""
        assert merge.main is not None
        over = self.merge(*merge.main).main is not None
        return ticket == merge.main or over or bool(self.under(*ticket))
