"""Figures of departments as on screen, as a table: watermarked, written down before it goes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from flask import Blueprint, Response, request

from api.answers import problem
from api.desk import told
from api.sheets import given
from api.ticket_export import headers
from operations.people.audit import Deed
from operations.people.ports import Audit
from operations.pulse.sheet import Sheet
from operations.pulse.windows import to_us

ACT = "departments.export"


class Figures(Protocol):
    """Gives what is on screen for who asks as sheets; waits beside the event loop."""

    def actor(self) -> tuple[str, bool]: ...

    def mark(self, asked: str | None) -> str: ...

    def sheets(
        self, department: str | None, asked: Mapping[str, str]
    ) -> Sequence[Sheet] | None: ...


def blueprint(
    figures: Figures, audit: Audit, in_thread: Callable[..., Any], *, now: Callable[[], datetime]
) -> Blueprint:
    """Make the routes `/api/v1/departments.csv`, `.xlsx`, and those of one department.

    `in_thread(function, *arguments)` runs what takes long outside the event loop.
    """
    routes = Blueprint("figure_export", __name__, url_prefix="/api/v1")

    def taken(department: str | None, form: str) -> Response:
        asked = request.args.to_dict()
        sheets = figures.sheets(department, asked)
        if sheets is None:
            return problem(404, "department", "there is no such department, or none for you")
        mark = figures.mark(asked.get("lang"))
        in_thread(audit.append, deed(department, form, asked, figures.actor(), now()))
        name = "departments" if department is None else f"department-{department}"
        return given(sheets, mark, headers(form, name), in_thread)

    @routes.get("/departments.<any(csv, xlsx):form>")
    @told
    def get_all(form: str) -> Response:
        """Give the figures of all departments one may see."""
        return taken(None, form)

    @routes.get("/departments/<department>.<any(csv, xlsx):form>")
    @told
    def get_one(department: str, form: str) -> Response:
        """Give the figures of one department."""
        return taken(department, form)

    return routes


def deed(
    department: str | None, form: str, asked: Mapping[str, str], actor: tuple[str, bool],
    at: datetime,
) -> Deed:  # fmt: skip
    """Write down who took which figures."""
    step = ", ".join(f"{name} {asked[name]}" for name in sorted(asked) if name != "lang")
    return Deed(
        at_us=to_us(at), actor=actor[0], verified=actor[1], act=ACT,
        subject=department or "departments", after=f"{form}: {step or 'the usual days'}",
    )  # fmt: skip
