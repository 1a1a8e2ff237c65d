"""Whose a matter of many departments is, for who asks: a department that is called has its own."""

from collections.abc import Collection
from dataclasses import replace

from operations.people.permissions import Field, Subject
from operations.response.incident import Incident


def subject_of(head: Incident, parties: Collection[str], own: str | None) -> Subject:
    """Give whose an incident is for somebody of the department `own`; `parties` lead it or came."""
    found = Subject(Field.AGGREGATE, department=head.lead, district=head.district)
    return as_called(found, own, parties)


def as_called(found: Subject, own: str | None, called: Collection[str]) -> Subject:
    """Give a subject as the own one of a department, where that is among those called to it."""
    return found if own not in called else replace(found, department=own, called=own)
