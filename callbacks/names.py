"""Names of the city's places and departments, as screens take them."""

from typing import Any

from layouts.face import Name


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

    A city grows districts and departments that its tables do not know (their code is their
    name), so an unknown code is its own name.
    """
    if scope == "city":
        return city_name(reference)
    kind, _, code = scope.partition("-")
    known = {"district": district_names, "department": department_names}.get(kind)
    if known is None or not code:
        return None
    return next((name for name in known(reference) if name.code == code), Name(code, code))


def _name(one: Any) -> Name:
    return Name(one.code, one.name_zh, one.name_en or "")
