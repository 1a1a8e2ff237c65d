"""How far somebody sees tickets, as conditions that a store can narrow its rows by.

`may` answers for one ticket; a list of millions cannot ask it for each. What follows here is the
same tables read the other way round, and a test holds both to the same answers.
"""

from dataclasses import dataclass

from operations.people.permissions import GRANTS, Act, Field, Grant, Reach, Subject
from operations.people.person import Person, Ring
from operations.people.roles import Role


@dataclass(frozen=True, slots=True)
class Extent:
    """Tickets with these codes; None is any. `placeless`: with neither district nor town."""

    department: str | None = None
    district: str | None = None
    town: str | None = None
    placeless: bool = False

    def holds(self, subject: Subject) -> bool:
        """Tell whether a ticket is among them."""
        if self.placeless and (subject.district is not None or subject.town is not None):
            return False
        return (
            self.department in (None, subject.department)
            and self.district in (None, subject.district)
            and self.town in (None, subject.town)
        )


Extents = tuple[tuple[Extent, ...], ...]
"""A ticket is seen that is in one extent of every group; a group of none sees nothing."""

EVERYWHERE: Extents = ((Extent(),),)
NOWHERE: Extents = ((),)


@dataclass(frozen=True, slots=True)
class Sight:
    """Which tickets somebody sees: those that are not confidential, and those that are.

    A confidential ticket has to be in both.
    """

    tickets: Extents
    confidential: Extents

    def holds(self, subject: Subject, *, confidential: bool = False) -> bool:
        """Tell whether a ticket is seen."""
        groups = (*self.tickets, *(self.confidential if confidential else ()))
        return all(any(extent.holds(subject) for extent in group) for group in groups)


NOTHING = Sight(NOWHERE, NOWHERE)
WITHOUT_ACCOUNTS = Sight(EVERYWHERE, NOWHERE)
"""Where nobody signs in nobody is known, so that confidential tickets stay shut."""


def sight_of(person: Person) -> Sight:
    """Give how far a person sees tickets."""
    return Sight(extents(person, Act.LOOK, Field.TICKET), extents(person, Act.LOOK, Field.CALLER))


def extents(person: Person, act: Act, field: Field) -> Extents:
    """Give where a person may do something with such a field; see `permissions.may`."""
    own = _of_roles(person.roles, person, act, field)
    if person.as_role is None:
        return (own,)
    return (own, _of_roles({person.as_role}, person, act, field))


def _of_roles(
    roles: frozenset[Role] | set[Role], person: Person, act: Act, field: Field
) -> tuple[Extent, ...]:
    grants = [grant for role in sorted(roles) for grant in GRANTS[role]]
    wanted = [grant for grant in grants if (grant.act, grant.field) == (act, field)]
    return tuple(extent for grant in wanted for extent in _of_grant(grant, person))


def _of_grant(grant: Grant, person: Person) -> tuple[Extent, ...]:
    if grant.reach is Reach.CITY:
        return (Extent(),)
    ring = _ring(person)
    if grant.reach is Reach.RING:
        return ring
    if person.department is None:
        return ()
    whose = person.department
    here = tuple(Extent(whose, one.district, one.town) for one in ring)
    return (*here, Extent(whose, placeless=True))


def _ring(person: Person) -> tuple[Extent, ...]:
    if person.ring is Ring.CITY:
        return (Extent(),)
    if person.place is None:
        return ()
    if person.ring is Ring.COUNTY:
        return (Extent(district=person.place),)
    return (Extent(town=person.place),)
