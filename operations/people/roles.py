"""What people are in the house: their roles, and which of them no one person may join."""

from collections.abc import Iterable
from enum import StrEnum

from operations.errors import BadInput


class Role(StrEnum):
    """What somebody is here for."""

    WALL = "wall"
    CENTRE_STAFF = "centre_staff"
    DEPARTMENT_HANDLER = "department_handler"
    INCIDENT_MEMBER = "incident_member"
    LEADER = "leader"
    SUPERVISOR = "supervisor"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    SYSTEM_ADMIN = "system_admin"


ADMINISTRATORS = frozenset({Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.SYSTEM_ADMIN})
"""三员分立 (GB/T 22239-2019, 8.1.5): each of the three watches the other two."""


def read_roles(names: Iterable[str]) -> frozenset[Role]:
    """Read the names of roles; raises BadInput for an unknown one and for a forbidden union.

    The three administrators exclude one another, and a wall is nobody but a wall.
    """
    roles = set()
    for name in names:
        try:
            roles.add(Role(name.strip().lower().replace("-", "_")))
        except ValueError as error:
            known = ", ".join(Role)
            raise BadInput("role", f"there is no role {name!r}; choose from {known}") from error
    if not roles:
        raise BadInput("role", "say at least one role")
    if len(roles & ADMINISTRATORS) > 1:
        both = ", ".join(sorted(roles & ADMINISTRATORS))
        raise BadInput("role", f"{both} exclude one another; give them to different people")
    if Role.WALL in roles and len(roles) > 1:
        raise BadInput("role", "a wall has no other role; make an account of its own for it")
    return frozenset(roles)
