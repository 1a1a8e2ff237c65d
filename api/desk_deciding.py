"""Decisions on tickets from the desk's table; one request a ticket: the gate asks for each."""

from typing import Protocol

from flask import Blueprint, Response, request

from api.answers import answer, problem
from api.desk import told
from operations.errors import BadInput
from operations.legible import is_legible

LONGEST = 500


class Decisions(Protocol):
    """Sends tickets another way; waits beside the event loop."""

    def triage(
        self, source: str, external_id: str, way: str, reason: str, version: int, language: str
    ) -> tuple[bool, str, int] | None: ...


def blueprint(decisions: Decisions) -> Blueprint:
    """Make the route `/api/v1/desk/triage/<source>/<external_id>`."""
    routes = Blueprint("desk_deciding", __name__, url_prefix="/api/v1/desk")

    @routes.post("/triage/<source>/<path:external_id>")
    @told
    def triage(source: str, external_id: str) -> Response:
        """Send a ticket another way, as it was seen at `expected_version`; else 409."""
        said = request.get_json(silent=True)
        if not isinstance(said, dict):
            raise BadInput("body", "a JSON object with triage, reason and expected_version")
        version = said.get("expected_version")
        if type(version) is not int or not 0 <= version < 2**31:
            raise BadInput("expected_version", "the number the table showed")
        texts = {name: said.get(name) or "" for name in ("triage", "reason", "lang")}
        for name, text in texts.items():
            if not isinstance(text, str) or len(text) > LONGEST or not is_legible(text):
                raise BadInput(name, f"at most {LONGEST} characters")
        found = decisions.triage(
            source, external_id, texts["triage"], texts["reason"], version, texts["lang"]
        )
        if found is None:
            return problem(404, "external_id", "no such ticket")
        done, words, held = found
        return answer(200 if done else 409, {"done": done, "told": words, "version": held})

    return routes
