"""The door of the room where escalation lives: what its book promises."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from operations.response.escalation import Standing
from operations.response.incident import Incident, Line


class Climbed(NamedTuple):
    """A ladder that has climbed, with the head of its incident."""

    head: Incident
    standing: Standing


class EscalationBook(Protocol):
    """The ladders of incidents; part of the ledger.

    Ladders follow every act within its own transaction. A step is fired whole or not at all: its
    row, its line of the timeline, the audit log's, and where the ladder stands then. A step that
    has fired on an occasion never fires again, whoever asks. Errors: `Unreachable`.
    """

    def due(self, now_us: int, *, most: int) -> list[Standing]:
        """Give the ladders whose next step is due, the longest due first; by an index."""

    def fire(self, seen: Standing, now_us: int) -> Line | None:
        """Fire the next step of a ladder; give its line. None where it is not due any more."""

    def standing(self, incident: str) -> list[Standing]:
        """Give the ladders of an incident that have climbed, in the order of their parts."""

    def counts(self, incidents: Sequence[str]) -> dict[str, int]:
        """Count, of some incidents, the ladders that have climbed."""

    def for_leaders(self, *, most: int) -> list[Climbed]:
        """Give what has climbed to the leaders, the longest first; never of an exercise."""

    def for_supervisors(self, *, most: int) -> list[Climbed]:
        """Give what supervisors were told of on its occasion, exercises last, the longest first."""

    def late_reports(self, now_us: int, *, most: int) -> list[Climbed]:
        """Give the situation reports that are late, the longest first; never of an exercise."""

    def reckon(self, incident: str) -> None:
        """Bring the ladders of one incident to the rules of this start, from its parts."""

    def living(self) -> list[str]:
        """Name the incidents somebody is at work on."""
