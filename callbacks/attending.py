"""Incidents as whose they are for who asks."""

from collections.abc import Callable, Collection
from typing import Any

from callbacks.desk import Desk
from operations.people.permissions import Act, Subject
from operations.response.attending import subject_of
from operations.response.incident import Incident
from operations.response.ports_incident import Row

A_PAGE, MOST_PAGES = 300, 20
"""What one may look at is looked for in so many pages of so many incidents."""


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
    book: Any, now_us: int, *, living: bool, most: int, wanted: Callable[[Row], bool]
) -> list[Row]:
    """Give the first `most` rows of the board that are wanted; for few, pages are read on."""
    seen: list[Row] = []
    page = book.board(now_us, living=living, most=A_PAGE)
    for _ in range(MOST_PAGES):
        seen += filter(wanted, page)
        if len(page) < A_PAGE or len(seen) >= most:
            break
        page = book.board(now_us, living=living, most=A_PAGE, behind=page[-1].head)
    return seen[:most]
