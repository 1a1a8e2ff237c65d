"""The one gate: every request passes it, and what no table opens stays shut."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

import flask
import structlog
from flask import Response, g, request

from api.answers import problem
from api.door import Door, Finders, Values
from api.doors import BY_ITSELF, callback_door, page_door, route_doors
from api.signed_in import COOKIE, Doorbook, SignedIn
from api.walls import Walls
from operations.errors import BadInput, Unreachable
from operations.people.permissions import Act, may
from operations.people.person import Person

log = structlog.get_logger()

CALLBACK = "/_dash-update-component"
PAGES = ("/", "/<path:path>")
API = ("/api/", "/_dash", "/open311/", "/metrics", "/account/")
OWN_ACCOUNT = "/account"

Wiring = Callable[[], Mapping[str, tuple[str, ...]]]
"""What each callback is given, in order, by its output."""


def current() -> SignedIn | None:
    """Give who asks, None where nobody is signed in or there are no accounts."""
    return getattr(g, "signed_in", None)


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets through whom the tables let through.

    `refusal_page` makes the page a person is told on what is not for them, `lost_page` on what is
    not there or hidden; `metrics_token` opens the metrics to a program.
    """

    book: Doorbook
    find: Finders
    wiring: Wiring
    refusal_page: Callable[[], str]
    lost_page: Callable[[], str]
    metrics_token: str
    walls: Walls

    def stand_before(self, server: flask.Flask) -> None:
        """Let every request of a server pass here first."""
        doors = route_doors(self.find)

        @server.before_request
        def pass_gate() -> Response | None:
            return self.passes(doors)

    def passes(self, doors: Mapping[tuple[str, str], Door]) -> Response | None:
        """Decide on the request at hand: None lets it through."""
        try:
            token = request.cookies.get(COOKIE)
            g.signed_in = who = self.book.who(token, asks=not _by_itself())
            g.wall = wall = self.walls.who(request) if who is None else None
            if wall is not None:
                g.goes_on = partial(self.walls.still, wall.id)
            else:
                g.goes_on = partial(self.book.still, token)
            found = self._door(doors)
            if found is None:
                return self._unknown(who)
            door, values = found
            if door.act is None or self._is_metrics_reader():
                return None
            return self._may_pass(who, wall, door, values)
        except BadInput as error:
            return problem(400, error.field, error.reason)
        except Unreachable:
            return problem(503, "accounts", "cannot be read now; try again", retry_after_s=2)

    def _door(self, doors: Mapping[tuple[str, str], Door]) -> tuple[Door, Values] | None:
        if request.url_rule is None:
            return None
        rule, method = request.url_rule.rule, _method()
        if rule in PAGES:
            # Flask has decoded the path once, and a screen's door is found by the path as sent.
            if method != "GET":
                return None
            return page_door(quote(request.path), self.find, request.query_string.decode("latin-1"))
        if rule == CALLBACK:
            return self._callback_door() if method == "POST" else None
        door = doors.get((method, rule))
        return None if door is None else (door, request.args.to_dict() | (request.view_args or {}))

    def _callback_door(self) -> tuple[Door, Values] | None:
        said = request.get_json(silent=True)
        if not isinstance(said, dict):
            return None
        output = str(said.get("output"))
        given = read_given(said, self.wiring().get(output, ()))
        return None if given is None else callback_door(output, given, self.find)

    def _may_pass(
        self, who: SignedIn | None, wall: Person | None, door: Door, values: Values
    ) -> Response | None:
        person = wall if who is None else who.person
        if person is None:
            return _sign_in_first()
        if who is not None and who.unfinished and door.act is not Act.KEEP_ACCOUNT:
            return _finish_first(who.unfinished)
        assert door.act is not None
        allowed = True
        for subject in door.subjects(values):
            if subject is None:
                return self._not_there()
            allowed = allowed and may(person, door.act, subject)
        if allowed:
            return None
        log.info("refused", login=person.login, act=door.act.value, path=request.path)
        if door.hidden:
            return self._not_there()
        return self._not_for_you()

    def _not_for_you(self) -> Response:
        if is_api():
            return problem(403, "account", "this account may not do that; ask an administrator")
        return Response(self.refusal_page(), 403, mimetype="text/html")

    def _not_there(self) -> Response:
        if is_api():
            return problem(404, "external_id", "no such ticket")
        return Response(self.lost_page(), 404, mimetype="text/html")

    def _unknown(self, who: SignedIn | None) -> Response | None:
        """Refuse what no table names; who is signed in is told as much, and by Flask what is not.

        An address Flask knows and the tables do not is refused to everybody.
        """
        if who is None:
            return _sign_in_first()
        return None if request.url_rule is None else self._not_for_you()

    def _is_metrics_reader(self) -> bool:
        if request.path != "/metrics":
            return False
        said = request.headers.get("Authorization", "")
        return hmac.compare_digest(said.encode(), f"Bearer {self.metrics_token}".encode())


def read_given(said: Mapping[str, Any], wired: tuple[str, ...]) -> dict[str, Any] | None:
    """Read what a callback is given by name; None where that is not in its order.

    Dash hands values over by place and does not look at their names, so a name out of place
    would let the gate decide on one value and the callback work with another.
    """
    listed = [*(said.get("inputs") or ()), *(said.get("state") or ())]
    if len(listed) != len(wired):
        return None
    given: dict[str, Any] = {}
    for one, name in zip(listed, wired, strict=True):
        if isinstance(one, list):  # one of many components, by pattern
            if not name.startswith("{"):
                return None
            continue
        if not isinstance(one, dict) or f"{one.get('id')}.{one.get('property')}" != name:
            return None
        given[name] = one.get("value")
    return given


def _by_itself() -> bool:
    """Tell whether a page asks by itself, as it would with nobody before it."""
    if request.url_rule is None or request.url_rule.rule != CALLBACK:
        return False
    said = request.get_json(silent=True)
    return isinstance(said, dict) and said.get("output") in BY_ITSELF


def is_api() -> bool:
    """Tell whether a program asks, which is answered in JSON."""
    return request.path.startswith(API) or request.method not in ("GET", "HEAD")


def _method() -> str:
    return "GET" if request.method == "HEAD" else request.method


def _sign_in_first() -> Response:
    if is_api():
        return problem(401, "session", "sign in at /login")
    asked = request.full_path.rstrip("?")
    language = request.args.get("lang")
    more = f"&lang={quote(language, safe='')}" if language else ""
    return flask.redirect(f"/login?next={quote(asked, safe='')}{more}")  # type: ignore[return-value]


def _finish_first(lacking: str) -> Response:
    if is_api():
        return problem(403, "account", f"set a {lacking} at /account first")
    return flask.redirect(f"{OWN_ACCOUNT}?told=set_{lacking}")  # type: ignore[return-value]
