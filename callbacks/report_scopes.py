"""Whose reports are for whom: the city's, a district's, a department's."""

from typing import Any
from urllib.parse import urlencode

from callbacks.desk import Desk
from callbacks.names import city_name, department_names, district_names
from layouts.face import Name
from layouts.wording import Language
from operations.bulletin.issue import CITY
from operations.people.permissions import Act, Field, Subject


def scopes_of(sources: Any, desk: Desk, language: Language) -> dict[str, str]:
    """Name the city, districts and departments whose reports are for who asks."""
    reference = sources.reference
    places: list[tuple[str, Name, dict[str, str]]] = [(CITY, city_name(reference), {})]
    for kind, names in (
        ("district", district_names(reference)),
        ("department", department_names(reference)),
    ):
        places += [(f"{kind}-{one.code}", one, {kind: one.code}) for one in names]
    return {
        scope: name.told(language)
        for scope, name, where in places
        if desk.allows(Act.BRIEF, Subject(Field.AGGREGATE, **where))
    }


def reports_page(sources: Any, desk: Desk, language: Language) -> str | None:
    """Give the address of the first reports that are for who asks; None where none are."""
    first = next(iter(scopes_of(sources, desk, language)), None)
    if first is None:
        return None
    if first == CITY:
        return "/reports"
    return f"/reports?{urlencode({'scope': first})}"
