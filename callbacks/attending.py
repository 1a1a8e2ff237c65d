"""Incidents as whose they are for who asks."""

from collections.abc import Collection
from typing import Any

from callbacks.desk import Desk
from operations.people.permissions import Act, Subject
from operations.response.attending import subject_of
from operations.response.incident import Incident


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
