"""The views somebody saved at the desk: kept, named anew, forgotten."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request

from api.answers import answer, problem
from api.desk import told
from operations.people.person import Person
from operations.pulse.windows import to_us
from operations.tickets.views import SavedView, Views, read_asked, read_name


def blueprint(
    views: Views,
    in_thread: Callable[..., Any],
    *,
    now: Callable[[], datetime],
    who: Callable[[], Person | None],
) -> Blueprint:
    """Make the routes below `/api/v1/desk/views`.

    `who` gives who asks, None where nobody signs in: then a view lives in its address alone.
    """
    routes = Blueprint("desk_views", __name__, url_prefix="/api/v1/desk/views")

    @routes.post("")
    @told
    def save() -> Response:
        """Keep a view."""
        person, said = who(), _said()
        name, asked = read_name(said.get("name")), read_asked(said.get("asked"))
        if person is None:
            return _nobody()
        made = SavedView(secrets.token_urlsafe(9), person.id, name, asked, to_us(now()))
        in_thread(views.save, made)
        return answer(200, {"id": made.id, "name": made.name, "asked": made.asked})

    @routes.post("/<view>/<act>")
    @told
    def change(view: str, act: str) -> Response:
        """Name a view anew, or forget it."""
        if act not in ("rename", "drop"):
            return problem(404, "act", "rename or drop")
        name = read_name(_said().get("name")) if act == "rename" else ""
        if (person := who()) is None:
            return _nobody()
        given = (views.rename, person.id, view, name) if name else (views.drop, person.id, view)
        return answer(200, {"id": view}) if in_thread(*given) else _gone()

    return routes


def _nobody() -> Response:
    return problem(403, "account", "views are kept for people who sign in")


def _gone() -> Response:
    return problem(404, "view", "no such view")


def _said() -> dict[str, Any]:
    said = request.get_json(silent=True)
    return said if isinstance(said, dict) else {}
