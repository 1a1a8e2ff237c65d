"""The pages of departments: the city's figures, step by step down to the tickets."""

from dataclasses import replace
from typing import Any

from dash.development.base_component import Component

from callbacks.asking import everything_asked
from callbacks.department_lists import lists_of, search_of
from callbacks.department_reads import read
from callbacks.department_step import Step
from callbacks.desk import Desk
from callbacks.names import place_name
from layouts.departments import departments
from layouts.wording import Language
from operations.errors import BadInput, Unreachable


def draw(
    sources: Any, desk: Desk, department: str | None, query: str, language: Language
) -> Component | None:
    """Draw a step; nothing for what is not there, or has no row for who asks."""
    if department is not None and place_name(sources.reference, f"department-{department}") is None:
        return None
    asked = everything_asked(query)
    try:
        step = Step(sources, desk, language, asked, department)
    except BadInput as error:
        step = Step(sources, desk, language, {}, department)
        return departments(step.refused(step.wrong(error)))
    units = step.units()
    if units is not None and not units:
        return None
    listed = step.listed(units)
    try:
        assert desk.figures is not None  # reads that wait beside the loop, and are kept
        found = read(desk.figures, step.drill, step.axes(), units)
        face = step.face(found, counted=desk.beside(sources.figures.counted_share))
        if listed is not None:
            lists = lists_of(sources, desk, listed, language)
            face = replace(face, lists=lists, search=search_of(desk, listed, language))
    except Unreachable:
        return departments(step.refused(step.said["departments_away"]))
    return departments(face)
