"""Reports: which there are, made on request, taken as files with who takes them on every page."""

from datetime import datetime
from typing import Any, Protocol

from flask import Blueprint, Response, request

from api.answers import answer, problem
from api.desk import told
from api.ticket_export import headers
from operations.bulletin.issue import CITY, Issue

MIMETYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
LANGUAGES = ("zh", "en")


class Room(Protocol):
    """Makes and writes reports, and takes note of who asked; waits beside the event loop."""

    def listed(self, scope: str) -> list[tuple[Issue, datetime]]: ...

    def make(self, kind: str, period: str, scope: str) -> Issue: ...

    def file(
        self, kind: str, period: str, form: str, language: Any, scope: str
    ) -> bytes | None: ...


def blueprint(room: Room, *, language: str) -> Blueprint:
    """Make the routes below `/api/v1/reports`; `language` is that of who says none.

    Whose report it is stands in the address (`?scope=department-…`), where the gate reads it too.
    """
    routes = Blueprint("reports", __name__, url_prefix="/api/v1/reports")

    @routes.get("")
    @told
    def get_list() -> Response:
        """Give the reports of a scope that were made, the newest period first."""
        rows = [row(issue) | {"made_at": at.isoformat()} for issue, at in room.listed(scope())]
        return answer(200, {"reports": rows})

    @routes.post("")
    @told
    def post_made() -> Response:
        """Make one, or make it anew: `{"kind": "daily", "period": "2026-11-23"}`."""
        said = request.get_json(silent=True)
        said = said if isinstance(said, dict) else {}
        kind, period = said.get("kind"), said.get("period")
        if not isinstance(kind, str) or not isinstance(period, str):
            return problem(400, "kind", "say a kind and a period")
        return answer(201, row(room.make(kind, period, scope())))

    @routes.get("/<kind>/<period>.<any(pdf, docx):form>")
    @told
    def get_file(kind: str, period: str, form: str) -> Response:
        """Give one as a file, in the language asked for."""
        asked = request.args.get("lang", language)
        found = room.file(kind, period, form, asked if asked in LANGUAGES else language, scope())
        if found is None:
            return problem(404, "period", "was not made yet; make it first")
        name = "-".join([kind, period, *([] if scope() == CITY else [scope()])])
        return Response(found, mimetype=MIMETYPES[form], headers=headers(form, name))

    return routes


def scope() -> str:
    """Read whose report is asked for."""
    return request.args.get("scope") or CITY


def row(issue: Issue) -> dict[str, Any]:
    """Tell which one it is."""
    period = issue.period
    return {
        "kind": issue.kind.value,
        "period": issue.code,
        "scope": issue.scope,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
    }
