"""Who may do what with whose data: tables, and one question asked of them.

A permission is role × act × class of fields × reach; what no row grants is refused.
"""

from dataclasses import dataclass
from enum import StrEnum

from operations.people.person import Person, Ring
from operations.people.roles import Role


class Act(StrEnum):
    """What somebody does."""

    ENTER = "enter"  # the start page, the map's outlines
    LOOK = "look"  # at pictures, lists and records
    STUDY = "study"  # the evidence on clusters
    BRIEF = "brief"  # make and take the reports of days, weeks and months
    SEARCH = "search"  # for tickets, among those one may look at
    HANDLE = "handle"  # alarms: acknowledge, shelve, take back
    DECIDE = "decide"  # on a ticket: its way, a pause of its clock, an extension
    REPORT = "report"  # a ticket to the next larger ring
    SUPERVISE = "supervise"  # a ticket: records, listed cases, summonses
    ANSWER = "answer"  # what a department owes: a reply, a check-in
    REFER = "refer"  # a ticket to accountability
    CONSULT = "consult"  # open and run disputes on tickets
    OPINE = "opine"  # say what a department holds of a dispute
    CONVENE = "convene"  # clinics
    SIGN = "sign"  # final opinions
    PROPOSE = "propose"  # matters of accountability, and see them through
    APPROVE = "approve"  # them, and decide on appeals
    APPEAL = "appeal"  # against one, as the department
    SEE_ACCOUNTABILITY = "see_accountability"
    CAMPAIGN = "campaign"  # plan and run campaigns; a department: its own measures of one
    KEEP_CASES = "keep_cases"  # the library: draft cases, publish them, take them out
    ATTEND = "attend"  # look at incidents
    COMMAND = "command"  # open and run incidents
    REPORT_IN = "report_in"  # what a party does on its own tasks and links of an incident
    RELEASE = "release"  # words on an incident to the wall
    KEEP_PARTNERS = "keep_partners"  # utilities and plants that incidents call
    KEEP_ACCOUNT = "keep_account"  # one's own
    SEE_PEOPLE = "see_people"  # who has an account here
    MAKE_ACCOUNTS = "make_accounts"  # make, lock, reset, retire
    GIVE_ROLES = "give_roles"
    VIEW_AS = "view_as"  # look through another role
    READ_AUDIT = "read_audit"
    KEEP_SCREENS = "keep_screens"  # let walls in, rename them, shut them out
    OPERATE = "operate"  # metrics, the system's own state


class Field(StrEnum):
    """What is in it, from what hangs on a wall to who called."""

    NONE = "none"  # nothing of the city's people
    AGGREGATE = "aggregate"  # counts, rates, cells of enough callers
    TICKET = "ticket"  # one ticket without who called
    CALLER = "caller"  # who called, from where, in which words


class Reach(StrEnum):
    """How far a permission goes."""

    CITY = "city"  # everywhere
    RING = "ring"  # in one's own ring: the city, one's district, one's town
    OWN = "own"  # one's own department, in one's own ring or where it is called


@dataclass(frozen=True, slots=True)
class Subject:
    """What an act is done to: whose department, where, and what is in it.

    None says that it belongs to no one department or place: it is the whole city's. `called` names
    a department that may do what is its own there, wherever that one lies.
    """

    field: Field = Field.NONE
    department: str | None = None
    district: str | None = None
    town: str | None = None
    called: str | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """One row: this act on this class of fields, so far."""

    act: Act
    field: Field
    reach: Reach


def _grants(reach: Reach, field: Field, *acts: Act) -> tuple[Grant, ...]:
    return tuple(Grant(act, field, reach) for act in acts)


_HERE = _grants(Reach.CITY, Field.NONE, Act.ENTER, Act.KEEP_ACCOUNT)
_CITY_FIGURES = _grants(Reach.CITY, Field.AGGREGATE, Act.LOOK, Act.STUDY)
_REPORTS = _grants(Reach.CITY, Field.AGGREGATE, Act.BRIEF)
_CITY_PICTURES = _grants(Reach.CITY, Field.AGGREGATE, Act.LOOK)
# Whoever searches finds what they may look at, no more: see `sight`.
_SEARCH = _grants(Reach.CITY, Field.TICKET, Act.SEARCH)
# The list of incidents holds what one may look at, no more.
_INCIDENTS = _grants(Reach.CITY, Field.NONE, Act.ATTEND)
_ATTENDING = (*_INCIDENTS, *_grants(Reach.RING, Field.AGGREGATE, Act.ATTEND))
_COMMANDING = (*_ATTENDING, *_grants(Reach.RING, Field.AGGREGATE, Act.COMMAND, Act.REPORT_IN))

# The list holds the matters one may see. A department sees what was issued to it, no sooner.
_ACCOUNTED = _grants(Reach.CITY, Field.NONE, Act.SEE_ACCOUNTABILITY)
_ACCOUNTING = (*_ACCOUNTED, *_grants(Reach.RING, Field.AGGREGATE, Act.SEE_ACCOUNTABILITY))

# Who watches also notes what a department told otherwise: a reply by phone, a check-in on site.
_WATCHING = (Act.REPORT, Act.SUPERVISE, Act.ANSWER)
# The clarifying group's office: it invites, notes what is said, plans who hears what is left.
_CLARIFYING = (
    *_grants(Reach.RING, Field.TICKET, Act.CONSULT, Act.OPINE),
    *_grants(Reach.CITY, Field.NONE, Act.CONVENE),
)

GRANTS: dict[Role, tuple[Grant, ...]] = {
    # No rows of tickets: a wall cannot be asked for a ticket, a list, or its own password.
    Role.WALL: (
        *_grants(Reach.CITY, Field.NONE, Act.ENTER),
        *_grants(Reach.RING, Field.AGGREGATE, Act.LOOK),
        *_grants(Reach.OWN, Field.AGGREGATE, Act.LOOK),
    ),
    Role.CENTRE_STAFF: (
        *_HERE,
        *_SEARCH,
        *_CITY_FIGURES,
        *_REPORTS,
        *_CLARIFYING,
        *_COMMANDING,
        *_grants(
            Reach.RING, Field.AGGREGATE, Act.HANDLE, Act.RELEASE, Act.CAMPAIGN, Act.KEEP_CASES
        ),
        *_grants(Reach.CITY, Field.NONE, Act.KEEP_PARTNERS),
        *_grants(Reach.RING, Field.TICKET, Act.LOOK, Act.DECIDE, *_WATCHING),
        *_grants(Reach.RING, Field.CALLER, Act.LOOK, Act.DECIDE, *_WATCHING),
    ),
    Role.DEPARTMENT_HANDLER: (
        *_HERE,
        *_SEARCH,
        *_grants(Reach.OWN, Field.AGGREGATE, Act.LOOK, Act.BRIEF),
        *_grants(Reach.RING, Field.AGGREGATE, Act.STUDY),
        *_INCIDENTS,
        *_grants(Reach.OWN, Field.AGGREGATE, Act.ATTEND, Act.REPORT_IN),
        *_ACCOUNTED,
        *_grants(Reach.OWN, Field.AGGREGATE, Act.SEE_ACCOUNTABILITY, Act.APPEAL, Act.CAMPAIGN),
        *_grants(Reach.OWN, Field.TICKET, Act.LOOK, Act.REPORT, Act.ANSWER, Act.OPINE),
        *_grants(Reach.OWN, Field.CALLER, Act.LOOK, Act.REPORT, Act.ANSWER),
    ),
    Role.INCIDENT_MEMBER: (
        *_HERE,
        *_SEARCH,
        *_CITY_FIGURES,
        *_COMMANDING,
        *_grants(Reach.RING, Field.TICKET, Act.LOOK),
    ),
    Role.LEADER: (
        *_HERE,
        *_SEARCH,
        *_CITY_FIGURES,
        *_REPORTS,
        *_ATTENDING,
        *_ACCOUNTING,
        *_grants(Reach.RING, Field.AGGREGATE, Act.APPROVE),
        *_grants(Reach.RING, Field.TICKET, Act.LOOK, Act.SIGN),
    ),
    Role.SUPERVISOR: (
        *_HERE,
        *_SEARCH,
        *_CITY_FIGURES,
        *_REPORTS,
        *_ATTENDING,
        *_CLARIFYING,
        *_ACCOUNTING,
        *_grants(Reach.RING, Field.AGGREGATE, Act.PROPOSE, Act.CAMPAIGN, Act.KEEP_CASES),
        *_grants(Reach.RING, Field.TICKET, Act.LOOK, Act.DECIDE, *_WATCHING, Act.REFER),
    ),
    # Administrators keep the house and see of the city what hangs on its walls, or nothing.
    Role.SECURITY_ADMIN: (
        *_HERE,
        *_CITY_PICTURES,
        *_grants(Reach.CITY, Field.NONE, Act.SEE_PEOPLE, Act.GIVE_ROLES, Act.VIEW_AS),
    ),
    Role.AUDIT_ADMIN: (
        *_HERE,
        *_grants(Reach.CITY, Field.NONE, Act.READ_AUDIT),
    ),
    Role.SYSTEM_ADMIN: (
        *_HERE,
        *_CITY_PICTURES,
        *_grants(
            Reach.CITY,
            Field.NONE,
            Act.SEE_PEOPLE,
            Act.MAKE_ACCOUNTS,
            Act.KEEP_SCREENS,
            Act.OPERATE,
            Act.VIEW_AS,
        ),
    ),
}


NO_ROLE = _grants(Reach.CITY, Field.NONE, Act.KEEP_ACCOUNT)
"""What an account may that nobody has given a role yet: set its password, and wait."""


def may(person: Person, act: Act, subject: Subject) -> bool:
    """Tell whether a person may do something; without a row that says so, not.

    Whoever looks through a role may what both may, so that looking never opens anything.
    """
    own = any(
        _allows(grants, person, act, subject)
        for grants in ([GRANTS[role] for role in person.roles] or [NO_ROLE])
    )
    if person.as_role is None or act in (Act.KEEP_ACCOUNT, Act.VIEW_AS):
        return own  # the way back stays open
    return own and _allows(GRANTS[person.as_role], person, act, subject)


def standing(person: Person) -> str:
    """Name all of a person that `may` looks at: whose standing is the same, may the same."""
    roles = sorted(role.value for role in person.roles)
    return repr((roles, person.department, person.ring, person.place, person.as_role))


def _allows(grants: tuple[Grant, ...], person: Person, act: Act, subject: Subject) -> bool:
    return any(
        grant.act is act and grant.field is subject.field and _reaches(grant.reach, person, subject)
        for grant in grants
    )


def _reaches(reach: Reach, person: Person, subject: Subject) -> bool:
    if reach is Reach.CITY:
        return True
    if reach is Reach.RING:
        return _in_ring(person, subject)
    whose = person.department is not None and person.department == subject.department
    placeless = subject.district is None and subject.town is None
    called = subject.called == person.department
    return whose and (placeless or called or _in_ring(person, subject))


def _in_ring(person: Person, subject: Subject) -> bool:
    if person.ring is Ring.CITY:
        return True
    if person.place is None:
        return False
    where = subject.district if person.ring is Ring.COUNTY else subject.town
    return where == person.place
