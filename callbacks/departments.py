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
from callbacks.lean import Written, plain
from callbacks.names import place_name
from layouts.departments import departments, figured
from layouts.departments_face import DepartmentsFace, FiguresFace
from layouts.wording import Language
from operations.errors import BadInput, Unreachable


def draw(
    sources: Any, desk: Desk, department: str | None, query: str, language: Language
) -> Component | None:
    """Draw a step; nothing for what is not there, or has no row for who asks."""
    try:
        step = step_of(sources, desk, department, everything_asked(query), language)
        return None if step is None else departments(*_drawn(sources, desk, step))
    except BadInput as error:
        step = Step(sources, desk, language, {}, department)
        return departments(step.refused(step.wrong(error)))
    except Unreachable:
        step = Step(sources, desk, language, everything_asked(query), department)
        return departments(step.refused(step.said["departments_away"]))


def step_of(
    sources: Any, desk: Desk, department: str | None, asked: Mapping[str, str], language: Language
) -> Step | None:
    """Give the step that is asked for, None for what is not there or not for who asks.

    Raises BadInput for what cannot be asked.
    """
    if department is not None and place_name(sources.reference, f"department-{department}") is None:
        return None
    step = Step(sources, desk, language, asked, department)
    return None if step.units == frozenset() else step


def shown(sources: Any, desk: Desk, step: Step) -> tuple[DepartmentsFace, FiguresFace]:
    """Give what a step shows, its page and its figures; raises Unreachable."""
    assert desk.figures is not None  # reads that wait beside the loop, and are kept
    figures = step.figures(read(desk.figures.moment(), step.drill, step.axes(), step.units))
    return _around(sources, desk, step, figures.live), figures


def _drawn(sources: Any, desk: Desk, step: Step) -> tuple[DepartmentsFace, list[Written]]:
    """Give a step's page and its figures written down, which are kept while they stay the same.

    Nothing that tells of single tickets, of the moment or of who looks is in what is kept.
    """
    assert desk.figures is not None
    moment = desk.figures.moment()

    def draw() -> dict[str, Any]:
        figures = step.figures(read(moment, step.drill, step.axes(), step.units))
        return {"live": figures.live, "parts": plain(figured(figures))}

    kept = moment.drawn(step.drill.slice, step.decided_by(), draw)
    return _around(sources, desk, step, kept["live"]), list(map(Written, kept["parts"]))


def _around(sources: Any, desk: Desk, step: Step, live: str) -> DepartmentsFace:
    face = step.face(live, counted=desk.beside(sources.figures.counted_share))
    listed = step.listed()
    if listed is None:
        return face
    lists = lists_of(sources, desk, listed, step.language)
    return replace(face, lists=lists, search=search_of(desk, listed, step.language))
