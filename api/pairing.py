"""Merging at the desk and from the list of likely pairs; one request a ticket: the gate asks."""

from typing import Any, Protocol
from urllib.parse import unquote

from flask import Blueprint, Response, request

from api.answers import answer, problem
from api.desk import told
from operations.errors import BadInput
from operations.legible import is_legible

LONGEST = 500
LONGEST_PATH = 1_200

Identity = tuple[str, str]
Outcome = tuple[bool, str, int] | None


class Pairing(Protocol):
    """Merges, takes apart, and says what is no duplicate; waits beside the event loop.

    Each tells whether it is done, that in words, and the version then; None: no such ticket.
    """

    def merge(
        self, ticket: Identity, into: Identity | None, reason: str, version: int, language: str
    ) -> Outcome: ...

    def distinct(
        self, pair: tuple[Identity, Identity], stands: bool, reason: str, version: int,
        language: str,
    ) -> Outcome: ...  # fmt: skip


def blueprint(pairing: Pairing) -> Blueprint:
    """Make the routes `/api/v1/desk/merge|distinct/<source>/<external_id>`."""
    routes = Blueprint("pairing", __name__, url_prefix="/api/v1/desk")

    @routes.post("/merge/<source>/<path:external_id>")
    @told
    def merge(source: str, external_id: str) -> Response:
        """Merge a ticket into another, or take it apart."""
        said = _said("merge", "unmerge")
        into = _ticket(said, "into") if said["act"] == "merge" else None
        return _answer(
            pairing.merge((source, external_id), into, said["reason"], said["version"],
                          said["lang"])
        )  # fmt: skip

    @routes.post("/distinct/<source>/<path:external_id>")
    @told
    def distinct(source: str, external_id: str) -> Response:
        """Say that a ticket is no duplicate of another, or take that back."""
        said = _said("distinct", "not_distinct")
        pair = (source, external_id), _ticket(said, "other")
        return _answer(
            pairing.distinct(pair, said["act"] == "distinct", said["reason"], said["version"],
                             said["lang"])
        )  # fmt: skip

    return routes


def _said(*acts: str) -> dict[str, Any]:
    """Read what is asked; raises BadInput."""
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise BadInput("body", "a JSON object with act, reason and expected_version")
    if given.get("act") not in acts:
        raise BadInput("act", f"one of {', '.join(acts)}")
    version = given.get("expected_version")
    if type(version) is not int or not 0 <= version < 2**31:
        raise BadInput("expected_version", "the number the page showed")
    texts = {name: _text(given, name, LONGEST) for name in ("reason", "lang")}
    return {**given, **texts, "version": version}


def _ticket(given: dict[str, Any], name: str) -> Identity:
    """Read a ticket that is named as addresses write it: source/number."""
    source, _, number = _text(given, name, LONGEST_PATH).partition("/")
    if not source or not number:
        raise BadInput(name, "a ticket as addresses write it: source/number")
    return unquote(source), unquote(number)


def _text(given: dict[str, Any], name: str, longest: int) -> str:
    text = given.get(name) or ""
    if not isinstance(text, str) or len(text) > longest or not is_legible(unquote(text)):
        raise BadInput(name, f"at most {longest} characters")
    return text


def _answer(found: Outcome) -> Response:
    if found is None:
        return problem(404, "external_id", "no such ticket")
    done, words, version = found
    return answer(200 if done else 409, {"done": done, "told": words, "version": version})
