"""The pages of departments: the city's figures, step by step down to the tickets."""

from collections.abc import Mapping
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
from layouts.departments_face import DepartmentsFace
from layouts.wording import Language
from operations.errors import BadInput, Unreachable


def draw(
    sources: Any, desk: Desk, department: str | None, query: str, language: Language
) -> Component | None:
    """Draw a step; nothing for what is not there, or has no row for who asks."""
    try:
        face = face_of(sources, desk, department, everything_asked(query), language)
    except BadInput as error:
        step = Step(sources, desk, language, {}, department)
        return departments(step.refused(step.wrong(error)))
    except Unreachable:
        step = Step(sources, desk, language, everything_asked(query), department)
        return departments(step.refused(step.said["departments_away"]))
    return None if face is None else departments(face)


def face_of(
    sources: Any, desk: Desk, department: str | None, asked: Mapping[str, str], language: Language
) -> DepartmentsFace | None:
    """Give what a step shows; raises BadInput for what cannot be asked, and Unreachable."""
    if department is not None and place_name(sources.reference, f"department-{department}") is None:
        return None
    step = Step(sources, desk, language, asked, department)
    units = step.units()
    if units is not None and not units:
        return None
    assert desk.figures is not None  # reads that wait beside the loop, and are kept
    found = read(desk.figures.moment(), step.drill, step.axes(), units)
    face = step.face(found, counted=desk.beside(sources.figures.counted_share))
    listed = step.listed(units)
    if listed is None:
        return face
    lists = lists_of(sources, desk, listed, language)
    return replace(face, lists=lists, search=search_of(desk, listed, language))
