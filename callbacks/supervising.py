"""Acts of supervision from a ticket's page, the desk's table and the list of what is owed."""

from datetime import time
from typing import Any

from callbacks.books import StoreBeside
from callbacks.desk import Desk
from callbacks.notices import tell
from callbacks.ticket_history import Look, act_in_words
from callbacks.ticket_rows import reader_of
from layouts.ticket_face import Reader
from layouts.wording import language_of
from operations.errors import BadInput, Conflict, OperationsError, Unreachable
from operations.tickets.handling import HandlingAct
from operations.tickets.owed import debts_of
from operations.tickets.supervising import Office, see_through
from operations.tickets.supervision_actions import Asked
from operations.work_clock import WorkClock

OPENS, CLOSES = time(8, 30), time(17, 30)
"""The offices' hours where no rules name any."""
OF_THE_TICKET = frozenset({HandlingAct.SUPERVISE, HandlingAct.LIST})
"""Acts that mean the department a ticket is with where none is named."""


class Supervising:
    """Does what the gate let pass; it has asked whether who acts may."""

    def __init__(self, sources: Any, desk: Desk) -> None:
        self._sources, self._desk = sources, desk

    def act(
        self,
        ticket: tuple[str, str],
        act: str,
        asked: Asked,
        reason: str,
        version: int,
        language: str,
        *,
        owing: str | None = None,
    ) -> tuple[bool, str, int] | None:
        """Act; tell whether it is done, in words, and the version then. None: no such ticket.

        `owing` acts as a department that owes something: to any other there is no such ticket.
        """
        sources, desk = self._sources, self._desk
        life = desk.beside(sources.history.life, *ticket)
        if life is None:
            return None
        found = Look(sources, desk, life)
        if owing is not None and not _owes(found, owing):
            return None
        reader = reader_of(sources, desk, language_of(language, sources.settings.language))
        wanted = HandlingAct(act)
        if wanted in OF_THE_TICKET and not asked.departments and found.ticket.department:
            asked = Asked(
                line=asked.line, departments=(found.ticket.department,), within=asked.within,
                sign=asked.sign, lister=asked.lister,
            )  # fmt: skip
        office = _office(sources, desk)
        try:
            after = see_through(
                office, found.ticket, found.handling, wanted, asked, reason=reason,
                expected_version=version, now=desk.now(), **desk.signed_by(None),
            )  # fmt: skip
        except OperationsError as error:
            held = office.book.handling(*ticket)
            written = isinstance(error, Unreachable) and held.version > found.handling.version
            return written, self._refusal(error, found, reader, written), held.version
        return True, reader.words["clock_told"].format(version=after.version), after.version

    def _refusal(self, error: OperationsError, found: Look, reader: Reader, written: bool) -> str:
        """Say why an act was not done, in the person's language, and who came first."""
        said, sources = reader.words, self._sources
        if isinstance(error, Conflict):
            lines = self._desk.beside(sources.handling_book.lines, *found.ticket.identity)
            act = act_in_words(lines[-1], sources, reader) if lines else ""
            return said["clock_conflict"].format(actor=lines[-1].actor if lines else "", act=act)
        if isinstance(error, Unreachable):
            return said["clock_later" if written else "clock_away"]
        if isinstance(error, BadInput):
            return said[f"supervision_bad_{error.field}"]
        tell(error)
        return said["went_wrong"]


def _owes(found: Look, department: str) -> bool:
    return any(debt.department == department for debt in debts_of(found.handling.watch))


def _office(sources: Any, desk: Desk) -> Office:
    reference, deadlines = sources.reference, sources.reckoner.deadlines
    clock = (
        WorkClock(reference.calendar, reference.zone, OPENS, CLOSES)
        if deadlines is None
        else deadlines.clock
    )
    known = sources.names.departments
    book: Any = StoreBeside(sources.handling_book, desk)
    return Office(book, desk.stream, clock, known.__contains__)
