"""The routes of Open311 GeoReport v2; each with an extension, or by what the caller accepts."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import structlog
from flask import Blueprint, Response, request

from api.open311.answers import Refusal, answer, form_of, refusal, refused
from api.open311.counter import Asked, Counter, Intake, kept
from operations.errors import BadInput, Unreachable

log = structlog.get_logger()

URL = "/open311/v2"
ENDS = (".<any(json, xml):form>", "")
FORM_TYPE = "application/x-www-form-urlencoded"
POSTS = tuple(f"{URL}/requests{end}" for end in ("", ".json", ".xml"))
"""Where requests are handed in: opened by a key in the form, and by no cookie."""


def blueprint(
    counter: Counter,
    intake: Intake,
    *,
    shown: Callable[[], Collection[int]],
    discovery: Callable[[str], dict[str, Any]],
    in_thread: Callable[..., Any],
) -> Blueprint:
    """Make the routes.

    `shown` gives the cells of the city's map, `discovery(address)` what is offered at an address
    of this server. `in_thread` runs what waits for a database outside the event loop.
    """
    routes = Blueprint("open311", __name__)
    views = Views(Speaker(counter, in_thread), intake, shown, discovery)
    for path, method, view in (
        ("discovery", "GET", views.discover),
        ("services", "GET", views.get_services),
        ("services/<path:code>", "GET", views.get_service),
        ("requests", "GET", views.get_requests),
        ("requests/<number>", "GET", views.get_request),
        ("tokens/<token>", "GET", views.get_token),
        ("requests", "POST", views.post_request),
    ):
        for end in ENDS:
            name = f"{view.__name__}{'_as' if end else ''}"
            routes.add_url_rule(f"{URL}/{path}{end}", name, view, methods=[method])
    routes.add_url_rule("/open311/<path:_rest>", "get_nothing", views.get_nothing, methods=["GET"])
    return routes


@dataclass(frozen=True, slots=True)
class Views:
    """What each route does."""

    speaker: "Speaker"
    intake: Intake
    shown: Callable[[], Collection[int]]
    discovery: Callable[[str], dict[str, Any]]

    def discover(self, form: str | None = None) -> Response:
        """Give what is offered here."""
        address = f"{request.host_url.rstrip('/')}{URL}"
        return self.speaker.say(form, "discovery", lambda _asked: self.discovery(address))

    def get_services(self, form: str | None = None) -> Response:
        """Give the list of services."""
        return self.speaker.say(form, "services", self.speaker.counter.listed)

    def get_service(self, code: str, form: str | None = None) -> Response:
        """Give what is asked for a service."""
        return self.speaker.say(form, "service_definition", self.speaker.counter.defined, code)

    def get_requests(self, form: str | None = None) -> Response:
        """Give the requests that are asked for."""
        counter = self.speaker.counter
        return self.speaker.say(form, "service_requests", counter.requests, self.shown())

    def get_request(self, number: str, form: str | None = None) -> Response:
        """Give one request."""
        counter = self.speaker.counter
        return self.speaker.say(form, "service_requests", counter.request, number, self.shown())

    def get_token(self, token: str, form: str | None = None) -> Response:
        """Give the number a token stands for."""
        return self.speaker.say(form, "service_requests", self.speaker.counter.numbered, token)

    def post_request(self, form: str | None = None) -> Response:
        """Take a request."""
        return self.speaker.take(form, self.intake)

    def get_nothing(self, _rest: str) -> Response:
        """Refuse every other address as GeoReport prescribes."""
        no = refusal(404, f"there is no such resource; see {URL}/discovery.json")
        return refused(form_of(request), no)


class Speaker:
    """Reads calls and answers them, refusals too, in the form they are to be answered in."""

    def __init__(self, counter: Counter, in_thread: Callable[..., Any]) -> None:
        self.counter, self._in_thread = counter, in_thread

    def say(self, said: str | None, root: str, give: Callable[..., Any], *more: Any) -> Response:
        """Answer a call that reads."""
        form, asked = form_of(request, said), _asked()

        def made() -> Response:
            return answer(form, root, give(asked, *more))

        try:
            self.counter.terms.check(asked)
            answered: Response = self._in_thread(made)
        except (Refusal, BadInput, Unreachable) as error:
            return refused(form, _as_refusal(error))
        return answered

    def take(self, said: str | None, intake: Intake) -> Response:
        """Take a request that is handed in."""
        form, asked, counter = form_of(request, said), _asked(), self.counter
        try:
            handed_in = _form()
            counter.terms.check({**asked, **_single(handed_in, "jurisdiction_id")})
            key = self._in_thread(counter.key, handed_in)
            counter.terms.allow(key)
            record = self._in_thread(counter.read, handed_in, asked)
            # The stream's connections belong to this thread's event loop and stay in it.
            body = kept(intake, record, counter.now())
        except (Refusal, BadInput, Unreachable) as error:
            return refused(form, _as_refusal(error))
        log.info("open311_taken", key=key.id, category=record["category"])
        return answer(form, "service_requests", body)


def _as_refusal(error: Refusal | BadInput | Unreachable) -> Refusal:
    if isinstance(error, Refusal):
        return error
    if isinstance(error, BadInput):
        return refusal(400, f"{error.field}: {error.reason}")
    log.warning("open311_unreachable", error=str(error))
    return refusal(503, "cannot be answered now; try again", retry_after_s=2)


def _asked() -> Asked:
    """Give what stands in the address; what is given several times is one list."""
    return {name: ",".join(given) for name, given in request.args.lists()}


def _form() -> dict[str, list[str]]:
    if request.mimetype != FORM_TYPE:
        raise refusal(400, f"send the request as {FORM_TYPE}; charset=utf-8")
    return {name: list(given) for name, given in request.form.lists()}


def _single(form: dict[str, list[str]], name: str) -> dict[str, str]:
    return {name: form[name][0]} if form.get(name) else {}
