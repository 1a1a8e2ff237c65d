"""The registry of partners: its page, and what it speaks to."""

from collections.abc import Mapping
from typing import Any, Protocol

from flask import Blueprint, Response, request

from api.answers import answer, problem
from api.desk import told
from api.tables import MARK, written
from operations.errors import BadInput
from operations.legible import is_legible

PAGE, API = "/partners", "/api/v1/partners"
LONGEST_CSV = 1_000_000
NO_STORE = {"Cache-Control": "no-store"}
CSV_HEADERS = {**NO_STORE, "Content-Disposition": 'attachment; filename="partners.csv"'}


class Partners(Protocol):
    """The partners as who asks may see them; waits beside the event loop."""

    def page(self, query: str) -> str: ...

    def told(self) -> list[Mapping[str, Any]]: ...

    def table(self, language: str) -> tuple[str, list[list[str]]]: ...

    def keep(self, said: Mapping[str, Any], language: str) -> tuple[bool, Mapping[str, Any]]: ...

    def take_in(self, words: str, language: str) -> tuple[bool, Mapping[str, Any]]: ...

    def release(
        self, code: str, said: Mapping[str, Any], language: str
    ) -> tuple[bool, Mapping[str, Any]] | None: ...


def blueprint(partners: Partners) -> Blueprint:
    """Make the page `/partners`, and the interfaces below `/api/v1/partners`."""
    routes = Blueprint("partners", __name__)

    @routes.get(PAGE)
    def get_page() -> Response:
        """Give the page."""
        drawn = partners.page(request.query_string.decode("utf-8", "replace"))
        return Response(drawn, mimetype="text/html", headers=NO_STORE)

    @routes.get(API)
    @told
    def get_list() -> Response:
        """Give every partner."""
        return answer(200, {"partners": partners.told()}, **NO_STORE)

    @routes.get(f"{API}.csv")
    @told
    def get_table() -> Response:
        """Give the registry as a table, in the form in which it is taken in."""
        mark, rows = partners.table(request.args.get("lang", ""))
        body = MARK + written([[f"# {mark}"], *rows])
        return Response(body, mimetype="text/csv", headers=CSV_HEADERS)

    _add_writes(routes, partners)
    return routes


def _add_writes(routes: Blueprint, partners: Partners) -> None:
    @routes.post(API)
    @told
    def post_one() -> Response:
        """Write one partner, as it was seen at `version`."""
        return _answered(*partners.keep(_said(), request.args.get("lang", "")))

    @routes.post(f"{API}.csv")
    @told
    def post_table() -> Response:
        """Take in a registry: what a table names is written, what it does not name stays."""
        words = _said().get("csv")
        if not isinstance(words, str) or len(words) > LONGEST_CSV or not is_legible(words):
            raise BadInput("csv", f"a table as text, of at most {LONGEST_CSV} characters")
        return _answered(*partners.take_in(words, request.args.get("lang", "")))

    @routes.post(f"{API}/<partner>/release")
    @told
    def post_release(partner: str) -> Response:
        """Let a partner's names onto walls, or take them off."""
        found = partners.release(partner, _said(), request.args.get("lang", ""))
        if found is None:
            return problem(404, "partner", "no such partner")
        return _answered(*found)


def _answered(done: bool, body: Mapping[str, Any]) -> Response:
    return answer(200 if done else 409, body, **NO_STORE)


def _said() -> dict[str, Any]:
    said = request.get_json(silent=True)
    if not isinstance(said, dict):
        raise BadInput("body", "a JSON object")
    return said
