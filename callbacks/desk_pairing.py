"""Merges and what is said of pairs, one ticket at a time: from the desk and the list of pairs."""

from typing import Any

from callbacks.desk import Desk
from callbacks.duplicate_panel import seen_among
from callbacks.ticket_duplicates import merged, said_of
from callbacks.ticket_rows import reader_of
from layouts.ticket_face import Reader
from layouts.wording import language_of
from operations.tickets.merging import Identity

Outcome = tuple[bool, str, int] | None


class DeskPairing:
    """Does what the gate let pass; of the other ticket of a pair it asks itself."""

    def __init__(self, sources: Any, desk: Desk) -> None:
        self._sources, self._desk = sources, desk

    def merge(
        self, ticket: Identity, into: Identity | None, reason: str, version: int, language: str
    ) -> Outcome:
        """Merge a ticket, or take it apart where it goes nowhere."""
        sources, desk = self._sources, self._desk
        if not seen_among(sources, desk, [ticket]):
            return None
        reader = self._reader(language)
        why = reason or reader.words["duplicates_undone" if into is None else "duplicates_usual"]
        done, told, held = merged(sources, desk, reader, ticket, into, version, reason=why)
        return done, told, held.version

    def distinct(
        self, pair: tuple[Identity, Identity], stands: bool, reason: str, version: int,
        language: str,
    ) -> Outcome:  # fmt: skip
        """Say that two tickets are not one matter, or take that back."""
        sources, desk = self._sources, self._desk
        if not seen_among(sources, desk, [pair[0]]):
            return None
        return said_of(
            sources, desk, self._reader(language), *pair, version, stands=stands, reason=reason
        )

    def _reader(self, language: str) -> Reader:
        said = language_of(language, self._sources.settings.language)
        return reader_of(self._sources, self._desk, said)
