"""Pictures for screens and programs: the newest one, or all of them as they change."""

import re
from collections.abc import Callable

from flask import Blueprint, Response, g, request

from api.answers import problem
from api.fanout import Fanout

SCOPE = re.compile(r"city|(?:district|department)-.{1,100}")
VISITORS = "visitors"
"""`?for=visitors`: pictures of what anyone may see."""


def blueprint(
    fanout: Fanout, knows_scope: Callable[[str], bool], *, first_picture_s: float = 5.0
) -> Blueprint:
    """Make the routes `/api/v1/pictures/<scope>` and `/api/v1/live/<scope>`.

    Where there is a gate it leaves in `g.goes_on` what ends a stream whose session has ended.
    """
    routes = Blueprint("live", __name__, url_prefix="/api/v1")

    def unknown(scope: str) -> Response | None:
        if SCOPE.fullmatch(scope) and knows_scope(scope):
            return None
        return problem(
            404, "scope", "no such scope: use city, district-<code> or department-<code>"
        )

    @routes.get("/pictures/<path:scope>")
    def picture(scope: str) -> Response:
        """Give the newest picture of a scope as JSON."""
        refused = unknown(scope)
        if refused is not None:
            return refused
        body = fanout.newest(scope, wait_s=first_picture_s)
        if body is None:
            return problem(503, "scope", "no picture yet: is the worker running?", retry_after_s=2)
        return Response(body, mimetype="application/json", headers={"Cache-Control": "no-store"})

    @routes.get("/live/<path:scope>")
    def live(scope: str) -> Response:
        """Give the event stream of a scope: `picture` at each change, `beat` every second."""
        refused = unknown(scope)
        if refused is not None:
            return refused
        whom = request.args.get("for")
        if whom not in (None, VISITORS):
            return problem(400, "for", f"say {VISITORS}, or nothing")
        return _streamed(fanout, scope, visitors=whom == VISITORS)

    return routes


def _streamed(fanout: Fanout, scope: str, *, visitors: bool) -> Response:
    goes_on = getattr(g, "goes_on", lambda: True)
    gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    headers = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}
    if gzip:
        headers["Content-Encoding"] = "gzip"
    stream = fanout.stream(scope, gzip=gzip, goes_on=goes_on, visitors=visitors)
    return Response(stream, mimetype="text/event-stream", headers=headers)
