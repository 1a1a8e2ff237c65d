"""What a door is: the act it takes to pass, and how the subject of it is found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from operations.people.permissions import Act, Field, Subject
from operations.response.campaign import Campaign
from operations.response.case import Case

Values = Mapping[str, Any]
Finder = Callable[[Values], Subject | None]
"""From a path's values to the subject; None where there is no such thing."""


@dataclass(frozen=True, slots=True)
class Door:
    """One row. `hidden` answers 404 instead of 403: who may not see it learns not that it is.

    An act that joins two things is asked of both: of the `subject` and of what is `beside` it.
    """

    act: Act | None
    subject: Finder = lambda _values: Subject()
    hidden: bool = False
    beside: Finder | None = None

    def subjects(self, values: Values) -> list[Subject | None]:
        """Find all that the act is asked of; None stands for what is not there."""
        finders = (self.subject, *(() if self.beside is None else (self.beside,)))
        return [find(values) for find in finders]


@dataclass(frozen=True, slots=True)
class Finders:
    """Finds what a name in a path or a callback belongs to.

    A confidential ticket is found as who called, so that whoever may not see that sees nothing.
    `watched` finds where an incident would be opened that names a cluster or an alarm.
    """

    ticket: Callable[[str, str], Subject | None]
    cluster: Callable[[str], Subject | None]
    alarm: Callable[[str], Subject | None]
    watched: Finder
    dispute: Callable[[str], Subject | None]
    incident: Callable[[str], Subject | None]
    accountability: Callable[[str], Subject | None]
    unit: Callable[[str], Subject | None]
    campaign: Callable[[str], Campaign | None]
    case: Callable[[str], Case | None]


def ticket_door(find: Finders, act: Act) -> Door:
    """Give the door of an act on a ticket: where it may not be done there is no such ticket."""
    return Door(act, ticket_finder(find, Field.TICKET), hidden=True)


def ticket_finder(find: Finders, field: Field) -> Finder:
    """Give what finds a ticket by a path's values, as the subject of a look at such a field."""

    def found(values: Values) -> Subject | None:
        ticket = find.ticket(values["source"], values["external_id"])
        if ticket is None or ticket.field is Field.CALLER:
            return ticket
        return replace(ticket, field=field)

    return found
