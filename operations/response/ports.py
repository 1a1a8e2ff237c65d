"""The doors of the books of disputes, clinics and final opinions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from operations.response.clinic import Clinic, ClinicAct
from operations.response.dispute import Dispute, DisputeLine, State
from operations.response.opinion import Opinion
from operations.tickets.ruling import Attempt


@dataclass(frozen=True, slots=True)
class Page:
    """Disputes of a list, and where it goes on; None at its end."""

    rows: list[Dispute]
    after: int | None


class DisputeBook(Protocol):
    """Disputes; a version each: whoever writes one first has it, the other is refused.

    Errors: `Unreachable`; `Conflict` with the dispute as it is.
    """

    def dispute(self, number: str) -> Dispute | None:
        """Give a dispute."""

    def lines(self, number: str) -> list[DisputeLine]:
        """Give what was done to a dispute, oldest first."""

    def listed(self, states: Collection[State], *, most: int, after: int | None = None) -> Page:
        """Give disputes in such states, the oldest first, from a place on."""

    def counts(self) -> dict[State, int]:
        """Count the disputes that are not ended, by state."""

    def waiting_for_lead(self) -> dict[str, int]:
        """Count open tickets that are not with their agreed lead, by the number of the dispute.

        Of the newest agreements alone, so that the work is the same after years.
        """

    def of_ticket(self, source: str, external_id: str) -> list[Dispute]:
        """Give the disputes a ticket is or was in, the newest first."""

    def of_clinic(self, number: str) -> list[Dispute]:
        """Give what is or was on a clinic's agenda, the oldest first."""

    def agenda_sizes(self, clinics: Sequence[str]) -> dict[str, int]:
        """Count what is or was on the agendas of some clinics."""

    def begin(self, dispute: Dispute, line: DisputeLine, year: int) -> Dispute:
        """Write a new dispute; gives it with its number, the next of the year.

        Raises `BadInput` where a ticket is not there, `Conflict` with the other dispute where one
        is in a living dispute.
        """

    def act(self, dispute: Dispute, line: DisputeLine) -> None:
        """Write the next version, its line and the audit's, in one transaction.

        What is put on a clinic's agenda is refused (`BadInput`) where that clinic is not planned.
        """


class ClinicBook(Protocol):
    """Sessions at which leaders hear disputes."""

    def clinic(self, number: str) -> Clinic | None:
        """Give a clinic."""

    def coming(self, *, most: int) -> list[Clinic]:
        """Give the planned clinics, the next one first."""

    def past(self, *, most: int) -> list[Clinic]:
        """Give clinics that were held or called off, the last one first."""

    def plan(self, clinic: Clinic, year: int, *, verified: bool) -> Clinic:
        """Write a new clinic; gives it with its number, the next of the year.

        Where it has a key and one of the newest has the same, that one is given as it is now, and
        nothing is written.
        """

    def act(
        self, clinic: Clinic, act: ClinicAct, *, actor: str, verified: bool, reason: str
    ) -> None:
        """Write the next version and the audit's line, in one transaction.

        Where it is called off, what is on its agenda goes back to wait, each with its line.
        """


class OpinionBook(Protocol):
    """Final opinions, what they bind, and what was asked against them in vain."""

    def opinion(self, number: str) -> Opinion | None:
        """Give an opinion."""

    def opinions(self, *, most: int) -> list[Opinion]:
        """Give the newest opinions."""

    def sign(self, opinion: Opinion, dispute: Dispute, line: DisputeLine, year: int) -> Opinion:
        """Write an opinion and bind its tickets, in one transaction; gives it with its number.

        `dispute` is the next version of what it rules. Raises `Conflict` where somebody came first.
        """

    def attempts(self, *, most: int) -> Sequence[Attempt]:
        """Give what was asked last against opinions."""

    def count_attempts(self, since: datetime) -> int:
        """Count what was asked against opinions from a moment on."""
