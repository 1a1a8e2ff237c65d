"""The door of the room where incidents live: what their book promises."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from operations.response.content import Content
from operations.response.incident import Change, Changes, Incident, Kind, Line, Part, Whole
from operations.response.standing import Brief, Due

Identity = tuple[str, str]


class Row(NamedTuple):
    """An incident on the board: its head, its parties, and how it stands.

    `due` is the task or measure that is due next and not late; `overdue` counts those that are.
    """

    head: Incident
    parties: tuple[str, ...]
    tickets: int
    due: Due | None
    overdue: int


class Remaining(NamedTuple):
    """A task of an incident that ended: it is still to be done."""

    head: Incident
    parties: tuple[str, ...]
    task: Part


class Joined(NamedTuple):
    """A ticket of an incident: since when, by whom, and whether it was taken out, and why."""

    ticket: Identity
    joined_us: int
    joined_by: str
    out: bool
    why: str


class Place(NamedTuple):
    """Where a ticket of an incident lies (WGS84, None where that is not known) and whose it is."""

    ticket: Identity
    point: tuple[float, float] | None
    department: str | None
    district: str | None
    town: str | None
    confidential: bool


class IncidentFiles(Protocol):
    """The bytes of incidents' files, by incident and digest; sealed where they rest.

    Kept and dropped by the book, in the transaction (`within`) that writes the act. The same bytes
    are there once for each incident, so that what one drops another still has. Errors:
    `Unreachable`.
    """

    def keep(self, incident: str, content: Content, *, within: object | None = None) -> None:
        """Keep the bytes; the same again changes nothing."""

    def drop(self, incident: str, digest: str, *, within: object | None = None) -> None:
        """Let the bytes go for good."""

    def read(self, incident: str, digest: str, *, small: bool = False) -> bytes | None:
        """Give the bytes, or the small picture of them; None where there are none."""


class IncidentBook(Protocol):
    """The incidents; part of the ledger.

    An act is written whole or not at all: the parts it makes, its line and the audit log's. Of two
    writers of one version the second is told so (`Conflict` with what is held). An act with a key
    that is written already changes nothing and gives that line. Lines are never changed or
    removed. Errors: `Unreachable`.
    """

    def begin(self, change: Change, tickets: Sequence[Identity], *, year: int) -> Incident:
        """Write a new incident, numbered within its year, with the tickets that are its own.

        The same again gives what is held. Raises `Conflict` with the incident that is open for
        the same cluster already. Exercises are numbered by themselves.
        """

    def act(self, incident: str, change: Change) -> Line:
        """Write a change; give its line as it is kept. Raises `Conflict`."""

    def done(self, incident: str, key: str) -> Line | None:
        """Give the line of an act that is written already."""

    def whole(self, incident: str) -> Whole | None:
        """Give an incident with all its parts, as one moment held them."""

    def part(self, incident: str, kind: Kind, number: int) -> Part | None:
        """Give one part."""

    def head(self, incident: str) -> Incident | None:
        """Give the head of an incident."""

    def numbered(self, number: str) -> Incident | None:
        """Give the head of the incident that has a number."""

    def parties(self, incident: str) -> tuple[str, ...]:
        """Give the codes of those that lead or were called to it."""

    def changes(self, incident: str, since: int, *, most: int) -> Changes | None:
        """Give what changed behind a `seq`: parts, and the newest `most` lines, oldest first."""

    def lines(self, incident: str, *, before: int, most: int) -> list[Line]:
        """Give the lines before a `seq`, the newest first."""

    def line(self, incident: str, seq: int) -> Line | None:
        """Give one line."""

    def board(
        self, now_us: int, *, living: bool, most: int, behind: Incident | None = None
    ) -> list[Row]:
        """Give the incidents somebody is at work on, or the others, the newest first.

        `behind` is the last one of the page before.
        """

    def standing(self, *, most: int) -> list[tuple[str, int]]:
        """Give the open incidents and how far each has come, in the order of `gravity`."""

    def briefs(self, incidents: Sequence[str]) -> list[Brief]:
        """Give some incidents in brief, in no order."""

    def seqs(self, incidents: Sequence[str]) -> dict[str, int]:
        """Tell how far each of some incidents has come."""

    def of_cluster(self, cluster: str) -> Incident | None:
        """Find the incident somebody is at work on for a cluster; never an exercise."""

    def following(self) -> dict[str, str]:
        """Give the clusters whose tickets join an incident by themselves, and which one."""

    def join(self, incident: str, tickets: Sequence[Identity], *, by: str, at_us: int) -> int:
        """Let tickets join; give how many did. What was taken out or is unknown does not."""

    def follow(self, incident: str, cluster: str, *, at_us: int) -> None:
        """Let an incident follow the cluster that its own has merged into."""

    def take_in(self, incident: str, ticket: Identity, change: Change) -> Line:
        """Let a ticket in by hand, also one that was taken out. Raises `BadInput` where it is in
        it already, or where there is no such ticket."""

    def of_ticket(self, ticket: Identity) -> list[Incident]:
        """Give the incidents a ticket is in, the newest first."""

    def take_out(self, incident: str, ticket: Identity, change: Change) -> Line:
        """Take a ticket out for good. Raises `BadInput` where it is not in it."""

    def tickets(self, incident: str, *, most: int) -> list[Joined]:
        """Give the tickets of an incident, the last to join first."""

    def count_tickets(self, incident: str) -> int:
        """Count the tickets of an incident."""
