"""The web door's part that every request and every answer passes: bounds, refusals, headers."""

from collections.abc import Callable, Collection

import flask
from werkzeug.exceptions import HTTPException

from api.answers import problem
from api.crossing import SAFE_METHODS, Crossing
from api.headers import SafeHeaders
from api.hosts import misled
from api.illegible import unfit
from api.open311.answers import PREFIX, in_its_own_words
from api.rates import Bound, Rates, client_of
from layouts.refusal import lost_page
from operations.errors import Unreachable

INTAKE = "/api/v1/tickets"
UNKEPT = ("/tickets/", "/desk", "/accountability", "/_dash-update-component")
"""What no browser keeps, not for the way back either: it tells of single tickets."""
BODY_LIMIT_BYTES = 1_000_000
"""Of what is no ticket: a form, or what a page tells of itself."""


def refuse_what_harms(
    server: flask.Flask,
    crossing: Crossing,
    rates: Rates,
    bounds: Callable[[flask.Request], list[Bound]],
    names: Collection[str] | None,
) -> None:
    """Let nothing in that is for another, another site caused, nobody can read, or is too much."""

    @server.before_request
    def refuse() -> flask.Response | None:
        asked = flask.request
        if asked.path != "/healthz" and (no := misled(asked, names)) is not None:
            return no
        if asked.path in (INTAKE, "/healthz"):
            return None  # the intake has bounds of its own; who looks after us is always told
        asked.max_content_length = BODY_LIMIT_BYTES
        client = client_of(asked)
        for bound in bounds(asked):
            if (refused := rates.refusal(bound, client)) is not None:
                return refused
        return crossing.refusal(asked) or unfit(asked, lost_page)


def keep_safe(server: flask.Flask, crossing: Crossing, safe: SafeHeaders) -> None:
    """Let nothing go out without the security headers."""

    @server.errorhandler(Unreachable)
    def wait(_error: Unreachable) -> flask.Response:
        return problem(503, "server", "a store cannot be reached now; try again", retry_after_s=2)

    @server.errorhandler(HTTPException)
    def tell(error: HTTPException) -> HTTPException | flask.Response:
        if not flask.request.path.startswith(("/api/", PREFIX)):
            return error
        return problem(error.code or 500, "request", error.description or error.name)

    @server.after_request
    def finish(response: flask.Response) -> flask.Response:
        asked = flask.request
        crossing.hand_out(asked, response)
        in_its_own_words(asked, response)
        if asked.path.startswith(UNKEPT):
            response.headers["Cache-Control"] = "no-store"
        open_to = asked.method in SAFE_METHODS and asked.path.startswith(crossing.for_everybody)
        return safe.put_on(response, secure=asked.is_secure, for_everybody=open_to)
