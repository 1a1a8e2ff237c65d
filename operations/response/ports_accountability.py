"""The door of the book of accountability."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from operations.response.accountability import AccountabilityLine, Matter, State
from operations.response.accountability_paper import AccountabilityPaper
from operations.response.accountability_steps import Standing

Guard = Callable[[Sequence[Standing]], None]
"""Refuses, within the transaction, what may not stand beside the papers that do."""


@dataclass(frozen=True, slots=True)
class Within:
    """Whose matters somebody sees: all, those of a district, those issued to a department."""

    everywhere: bool = False
    district: str | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class MatterPage:
    """Matters of a list, and where it goes on; None at its end."""

    rows: list[Matter]
    after: int | None


class AccountabilityBook(Protocol):
    """Matters of accountability; a version each: whoever writes one first has it.

    An act whose key is written down already changes nothing and gives what is held; one that
    is another matter's or another act's is refused. Errors: `Unreachable`; `BadInput`; `Conflict`
    with the matter as it is.
    """

    def matter(self, number: str) -> Matter | None:
        """Give a matter."""

    def lines(self, number: str) -> list[AccountabilityLine]:
        """Give what was done in a matter, oldest first."""

    def listed(
        self, states: Collection[State], within: Within, *, most: int, after: int | None = None
    ) -> MatterPage:
        """Give matters in such states, the newest first, from a place on."""

    def counts(self, within: Within) -> dict[State, int]:
        """Count the matters by state."""

    def paper(self, number: str) -> AccountabilityPaper | None:
        """Give a paper."""

    def standing(self, department: str, now: datetime) -> list[Standing]:
        """Give the papers that stand for a department."""

    def begin(self, matter: Matter, line: AccountabilityLine, year: int, guard: Guard) -> Matter:
        """Write a new matter; gives it with its number, the next of the year."""

    def act(
        self,
        matter: Matter,
        line: AccountabilityLine,
        *,
        paper: AccountabilityPaper | None = None,
        year: int = 0,
        guard: Guard | None = None,
    ) -> Matter:
        """Write the next version, its line, its paper and the audit's line, in one transaction.

        Gives the matter as it is then, with the number of its paper.
        """
