"""Incidents as whose they are for who asks."""

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from callbacks.desk import Desk
from operations.people.permissions import Act, Subject
from operations.response.attending import subject_of
from operations.response.incident import Incident
from operations.response.ports_incident import Row

A_PAGE, MOST_PAGES = 300, 20
"""What one may look at is looked for in so many pages of so many."""
One = TypeVar("One")


def own_department(desk: Desk) -> str | None:
    """Name the department of who asks."""
    who = desk.who()
    return None if who is None else who.person.department


def whose(sources: Any, desk: Desk, head: Incident) -> Subject:
    """Give whose an incident is: for a department that is called to it, that department's own."""
    own = own_department(desk)
    parties = () if own is None else desk.beside(sources.incident_book.parties, head.id)
    return subject_of(head, parties, own)


def may_look_at(desk: Desk, head: Incident, parties: Collection[str]) -> bool:
    """Tell whether who asks may look: in their ring, or as a party that is called to it."""
    return desk.allows(Act.ATTEND, subject_of(head, parties, own_department(desk)))


def looked_through(
    read: Callable[[One | None, int], list[One]], *, most: int, wanted: Callable[[One], bool]
) -> list[One]:
    """Give the first `most` that are wanted; where they are few, pages are read on.

    `read` gives so many behind the last one of the page before, fewer where there are no more.
    """
    seen: list[One] = []
    page = read(None, A_PAGE)
    for _ in range(MOST_PAGES):
        seen += filter(wanted, page)
        if len(page) < A_PAGE or len(seen) >= most:
            break
        page = read(page[-1], A_PAGE)
    return seen[:most]


def board_of(book: Any, now_us: int, *, living: bool) -> Callable[[Row | None, int], list[Row]]:
    """Give what reads the board page by page."""

    def read(last: Row | None, most: int) -> list[Row]:
        behind = None if last is None else last.head
        rows: list[Row] = book.board(now_us, living=living, most=most, behind=behind)
        return rows

    return read
