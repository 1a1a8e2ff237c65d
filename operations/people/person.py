"""A person as the rules see one: who, in which roles, for which department and which ring."""

from dataclasses import dataclass, replace
from enum import StrEnum

from operations.people.roles import Role


class Ring(StrEnum):
    """The three rings of a city: the whole of it, one district or county, one town or street."""

    CITY = "city"
    COUNTY = "county"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acts.

    `place` is the code of the district (ring county) or the town (ring town); None for the
    city. `verified` tells that an account stands behind the name. `as_role` is the role an
    administrator looks through; it only ever takes away.
    """

    id: str
    name: str
    login: str
    roles: frozenset[Role]
    department: str | None = None
    ring: Ring = Ring.CITY
    place: str | None = None
    verified: bool = False
    as_role: Role | None = None


def signature(person: Person) -> str:
    """Give the name a person's acts are signed with: names repeat, logins do not."""
    room = 60 - len(person.login) - 3
    return f"{person.name[: max(room, 0)]} ({person.login})"[:60].strip()


def view_as(person: Person, role: Role | None) -> Person:
    """Let a person look through a role: what that role may not, the person may not meanwhile."""
    return replace(person, as_role=role)
