"""Acts of supervision; one request a ticket and act: the gate asks for each."""

from collections.abc import Mapping
from typing import Any, Protocol

from flask import Blueprint, Response, request

from api.answers import answer, problem
from api.desk import told
from operations.errors import BadInput
from operations.legible import is_legible
from operations.tickets.supervising import DOORS
from operations.tickets.supervision_actions import Asked

LONGEST = 500
MOST_DEPARTMENTS = 20
MOST_NUMBER = 1_000


class Supervision(Protocol):
    """Acts on tickets; waits beside the event loop."""

    def act(
        self,
        ticket: tuple[str, str],
        act: str,
        asked: Asked,
        reason: str,
        version: int,
        language: str,
        *,
        owing: str | None = None,
    ) -> tuple[bool, str, int] | None: ...


def blueprint(supervision: Supervision) -> Blueprint:
    """Make the routes `/api/v1/supervision/<door>/…/<source>/<external_id>`."""
    routes = Blueprint("supervising", __name__, url_prefix="/api/v1/supervision")

    @routes.post("/report/<source>/<path:external_id>")
    @told
    def report(source: str, external_id: str) -> Response:
        """Report a ticket to the next larger ring, or take that back."""
        return _acted(supervision, "report", source, external_id)

    @routes.post("/watch/<source>/<path:external_id>")
    @told
    def watch(source: str, external_id: str) -> Response:
        """Open, accept, send back or withdraw a record; list a case; summon departments."""
        return _acted(supervision, "watch", source, external_id)

    @routes.post("/refer/<source>/<path:external_id>")
    @told
    def refer(source: str, external_id: str) -> Response:
        """Refer a ticket to accountability, or take that back."""
        return _acted(supervision, "refer", source, external_id)

    @routes.post("/answer/<department>/<source>/<path:external_id>")
    @told
    def answer_(department: str, source: str, external_id: str) -> Response:
        """Reply to a record or check in after a summons, as the department that owes it."""
        return _acted(supervision, "answer", source, external_id, department)

    return routes


def _acted(
    supervision: Supervision, door: str, source: str, external_id: str, owing: str | None = None
) -> Response:
    """Read what is asked, do it, and tell what came of it."""
    said = request.get_json(silent=True)
    if not isinstance(said, dict):
        raise BadInput("body", "a JSON object with act, reason and expected_version")
    act = _text(said, "act")
    if act not in DOORS[door]:
        raise BadInput("act", f"one of {', '.join(DOORS[door])}")
    version = _number(said, "expected_version", 2**31 - 1)
    found = supervision.act(
        (source, external_id), act, _asked(said, owing), _text(said, "reason"), version,
        _text(said, "lang"), owing=owing,
    )  # fmt: skip
    if found is None:
        return problem(404, "external_id", "no such ticket")
    done, words, held = found
    return answer(200 if done else 409, {"done": done, "told": words, "version": held})


def _asked(said: Mapping[str, Any], owing: str | None) -> Asked:
    departments = [owing] if owing is not None else said.get("departments") or []
    if not isinstance(departments, list) or len(departments) > MOST_DEPARTMENTS:
        raise BadInput("departments", f"a list of at most {MOST_DEPARTMENTS} codes")
    return Asked(
        number=_number(said, "number", MOST_NUMBER, usual=0),
        line=_text(said, "line"),
        departments=tuple(_checked("departments", one) for one in departments),
        within=_number(said, "within", MOST_NUMBER, usual=0),
        sign=_text(said, "sign").strip(),
        lister=_text(said, "lister").strip(),
    )


def _text(said: Mapping[str, Any], name: str) -> str:
    return _checked(name, said.get(name) or "")


def _checked(name: str, text: Any) -> str:
    if not isinstance(text, str) or len(text) > LONGEST or not is_legible(text):
        raise BadInput(name, f"at most {LONGEST} characters")
    return text


def _number(said: Mapping[str, Any], name: str, most: int, *, usual: int | None = None) -> int:
    given = said.get(name, usual)
    if type(given) is not int or not 0 <= given <= most:
        raise BadInput(name, f"a whole number from 0 to {most}")
    return given
