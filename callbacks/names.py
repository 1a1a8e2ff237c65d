"""Names of the city's places and departments, as screens take them."""

from typing import Any

from layouts.face import Name
from layouts.wording import Language


def city_name(reference: Any) -> Name:
    """Name the city."""
    return Name(reference.city_code, reference.name_zh, reference.name_en)


def district_names(reference: Any) -> tuple[Name, ...]:
    """Name every district that has a code."""
    return tuple(_name(one) for one in reference.districts)


def department_names(reference: Any) -> tuple[Name, ...]:
    """Name every department of the city's table."""
    return tuple(_name(one) for one in reference.departments)


def place_name(reference: Any, scope: str) -> Name | None:
    """Name what a scope shows; None for a scope that is none.

    A city without tables grows its districts and departments from its tickets: there an
    unknown code is its own name.
    """
    if scope == "city":
        return city_name(reference)
    kind, _, code = scope.partition("-")
    known = {"district": district_names, "department": department_names}.get(kind)
    if known is None or not code or not reference.knows(kind, code):
        return None
    return next((name for name in known(reference) if name.code == code), Name(code, code))


def short_names(reference: Any, language: Language) -> dict[str, str]:
    """Give the everyday name (市住建局, Housing) of each department that has one, by code."""
    if language == "en":
        return {
            one.code: one.short_en
            for one in reference.departments
            if one.short_en not in ("", one.name_en)
        }
    short = {}
    for one in reference.departments:
        begins_alike = [alias for alias in one.aliases if alias[:1] == one.name_zh[:1]]
        everyday = min([*begins_alike, one.name_zh], key=len)
        if everyday != one.name_zh:
            short[one.code] = everyday
    return short


def named_days(reference: Any, language: Language) -> dict[str, str]:
    """Name the holidays and make-up working days, by ISO date.

    Of the years the calendar knows the last two are given: a wall runs for weeks, not years.
    """
    calendar = reference.calendar
    days = {*calendar.holidays, *calendar.make_up}
    newest = max((day.year for day in days), default=0)
    names = {day: calendar.day_name(day) for day in days if day.year >= newest - 1}
    return {
        day.isoformat(): name.en if language == "en" else name.zh
        for day, name in sorted(names.items())
        if name is not None
    }


def names_by_kind(reference: Any, language: Language) -> dict[str, dict[str, str]]:
    """Tell what every code is called that the map can be narrowed to."""
    tables = {
        "category": reference.categories,
        "district": reference.districts,
        "department": reference.departments,
    }
    return {
        kind: {one.code: _name(one).told(language) for one in table}
        for kind, table in tables.items()
    }


def _name(one: Any) -> Name:
    return Name(one.code, one.name_zh, one.name_en or "")
