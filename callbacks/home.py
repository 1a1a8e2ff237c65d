"""The start page."""

from typing import Any
from urllib.parse import quote

from dash.development.base_component import Component

from callbacks.desk import Desk
from callbacks.login import demo_roles
from callbacks.names import city_name, department_names, district_names
from callbacks.report_scopes import reports_page
from layouts.home import Visitor, home, outside
from layouts.leader_face import LEADER
from layouts.wording import Language
from operations.people.permissions import Act, Field, Subject


def draw(sources: Any, desk: Desk, language: Language) -> Component:
    """Draw the choice of screens of this city that are for who asks."""
    reference, demo = sources.reference, sources.settings.demo
    visitor = visitor_of(desk)
    if desk.people is not None and visitor is None:
        return outside(
            city_name(reference), language=language, demo=demo, roles=demo_roles(sources)
        )

    def seen(**where: str) -> bool:
        return desk.allows(Act.LOOK, Subject(Field.AGGREGATE, **where))

    departments = [one for one in department_names(reference) if seen(department=one.code)]
    return home(
        city_name(reference),
        [one for one in district_names(reference) if seen(district=one.code)],
        departments,
        figures=seen() or bool(departments),
        language=language,
        demo=demo,
        city_wall=seen(),
        leader=leader_page(desk),
        clusters=desk.allows(Act.STUDY, Subject(Field.AGGREGATE)),
        incidents=desk.allows(Act.ATTEND, Subject()),
        accountability=visitor is not None and desk.allows(Act.SEE_ACCOUNTABILITY, Subject()),
        search=desk.allows(Act.SEARCH, Subject(Field.TICKET)),
        reports=reports_page(sources, desk, language),
        visitor=visitor,
    )


def leader_page(desk: Desk) -> str | None:
    """Give the address of the leader's page of who asks; None where there is none for them."""
    if desk.allows(Act.LOOK, Subject(Field.AGGREGATE)):
        return LEADER
    who = desk.who()
    own = None if who is None else who.person.department
    if own and desk.allows(Act.LOOK, Subject(Field.AGGREGATE, department=own)):
        return f"{LEADER}/department-{quote(own, safe='')}"
    return None


def visitor_of(desk: Desk) -> Visitor | None:
    """Tell the start page who looks; None where nobody is signed in."""
    who = desk.who()
    if who is None:
        return None
    person = who.person
    own = desk.allows(Act.KEEP_ACCOUNT, Subject())
    roles, demo = tuple(sorted(person.roles)), who.account.demo
    return Visitor(person.name, roles, person.as_role, demo, own, desks_of(desk))


def desks_of(desk: Desk) -> tuple[str, ...]:
    """Name the administrators' pages that are for who asks."""
    doors = {"people": Act.SEE_PEOPLE, "audit": Act.READ_AUDIT, "screens": Act.KEEP_SCREENS}
    return tuple(name for name, act in doors.items() if desk.allows(act, Subject()))
