"""The doors of the rooms where people's matters live: what each store promises."""

from collections.abc import Iterator
from typing import Protocol

from operations.people.audit import AuditLine, AuditSearch, Deed, Head, KeptLine
from operations.people.screens import Contact, Screen


class Audit(Protocol):
    """The append-only log of what people did, in one unbroken chain.

    A line is never changed or removed. Writers take turns: of any number at once each gets a
    number of its own, without a gap. Errors: `Unreachable` when the database does not answer.
    """

    def append(self, deed: Deed, *, within: object | None = None) -> AuditLine:
        """Write a deed down, and hand it on to what keeps the log beside the database.

        `within` is the caller's transaction, if there is one: the line is then kept or lost with
        it, and the caller calls `hand_on` when it is kept. Such a caller takes every other row
        before this, so that two writers never wait for each other.
        """

    def hand_on(self) -> None:
        """Hand what is kept on to the keepings beside the database; one that fails waits."""

    def head(self) -> Head:
        """Tell where the log ends."""

    def lines(self, *, after: int = 0) -> Iterator[KeptLine]:
        """Give every line behind a number, in order; raises `Unfit` at one that is none."""

    def find(self, search: AuditSearch, *, most: int, skip: int = 0) -> list[AuditLine]:
        """Give the newest lines that are looked for, leaving out the first `skip`."""

    def count(self, search: AuditSearch) -> int:
        """Count the lines that are looked for."""


class AuditKeeping(Protocol):
    """A keeping of the audit log beside the database, so that a rewritten database is found out.

    Errors: `Unreachable` when it cannot be written.
    """

    def take(self, log: Audit) -> None:
        """Take every line it does not have yet, in order; one taker at a time."""


class Screens(Protocol):
    """The walls: those that show a code, those let in, those shut out; part of the ledger.

    Errors: `Unreachable` when the database does not answer.
    """

    def add(self, screen: Screen, contact: Contact, *, forget_before_us: int, most: int) -> bool:
        """Keep a wall that shows a code; forget those whose code nobody typed in before a time.

        Gives False, and keeps nothing, where another wall shows the same code or `most` show one.
        """

    def change(self, screen: Screen, deed: Deed | None = None) -> None:
        """Write a wall's next version, with the audit log's line where there is a deed.

        Raises `Conflict` with what the wall is now where its version is not the next one.
        """

    def heard(self, identity: str, contact: Contact) -> None:
        """Note when a wall was last heard of; never changes its version."""

    def find(self, identity: str) -> tuple[Screen, Contact] | None:
        """Find one wall."""

    def by_code(self, code: str) -> Screen | None:
        """Find the wall that shows a code."""

    def known(self) -> list[tuple[Screen, Contact]]:
        """Give the walls that are or were let in, those let in first before others."""
