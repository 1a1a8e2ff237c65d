"""Decisions from the desk's table: the way of one ticket, as it was seen there."""

from typing import Any

from callbacks.books import StoreBeside
from callbacks.desk import Desk
from callbacks.ticket_clocks import refusal
from callbacks.ticket_history import Look
from callbacks.ticket_rows import reader_of
from layouts.wording import language_of
from operations.errors import OperationsError, Unreachable
from operations.tickets.handling import HandlingAct
from operations.tickets.handling_actions import decide


class DeskDecisions:
    """Sends tickets another way; the gate has asked before whether who acts may."""

    def __init__(self, sources: Any, desk: Desk) -> None:
        self._sources, self._desk = sources, desk

    def triage(
        self, source: str, external_id: str, way: str, reason: str, version: int, language: str
    ) -> tuple[bool, str, int] | None:
        """Decide; tell whether it is done, in words, and the version then. None: no such ticket."""
        sources, desk = self._sources, self._desk
        life = desk.beside(sources.history.life, source, external_id)
        if life is None:
            return None
        found = Look(sources, desk, life)
        reader = reader_of(sources, desk, language_of(language, sources.settings.language))
        case, signed = found.case(desk.now()), desk.signed_by(None)
        book: Any = StoreBeside(sources.handling_book, desk)
        try:
            after = decide(
                book, desk.stream, case, HandlingAct.TRIAGE,
                expected_version=version, **signed, detail=way, reason=reason,
            )  # fmt: skip
        except OperationsError as error:
            told = refusal(error, desk, sources, found, reader)
            held = book.handling(source, external_id)
            written = isinstance(error, Unreachable) and held.version > found.handling.version
            return written, told, held.version
        told = reader.words["clock_told"].format(version=after.version)
        return True, told, after.version
