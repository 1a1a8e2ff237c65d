"""The door of the library of cases."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from operations.response.case import Case, CaseLine, Sought, State


@dataclass(frozen=True, slots=True)
class CasePage:
    """Cases of a list, and where it goes on; None at its end."""

    rows: list[Case]
    after: int | None


class CaseBook(Protocol):
    """The cases; a version each: whoever writes one first has it.

    What stands in the library is never changed, an incident has one case at most that is a draft
    or stands there. An act whose key is written down already changes nothing and gives what is
    held; one that is another case's or another act's is refused. Errors: `Unreachable`;
    `BadInput`; `Conflict` with the case as it is.
    """

    def case(self, number: str) -> Case | None:
        """Give a case."""

    def lines(self, number: str) -> list[CaseLine]:
        """Give what was done to a case, oldest first."""

    def listed(
        self, states: Collection[State], sought: Sought, *, most: int, after: int | None = None
    ) -> CasePage:
        """Give cases in such states that are looked for, the newest first, from a place on."""

    def of_incidents(self, incidents: Collection[str]) -> dict[str, str]:
        """Give the numbers of the cases, drafts or published, that incidents have."""

    def begin(self, case: Case, line: CaseLine, year: int) -> Case:
        """Write a new draft; gives it with its number. Raises `BadInput` where there is one."""

    def act(self, case: Case, line: CaseLine) -> Case:
        """Write the next version, its line and the audit's, in one transaction."""
