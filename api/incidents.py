"""Incidents for screens and programs: the list, one of them, what changed, and acts on them."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from flask import Blueprint, Response, g, request

from api.answers import answer, problem
from api.desk import told
from api.incident_live import IncidentLive
from operations.errors import BadInput
from operations.legible import is_legible

MOST_LINES = 100
MOST_GIVEN = 20
LONGEST = 2_000
LONGEST_KEY = 64
LARGEST = 2**53
NO_STORE = {"Cache-Control": "no-store"}
LANGUAGES = ("zh", "en")


class Outcome(Protocol):
    """What came of an act: done or not, in words, how far the incident has come, what is held."""

    @property
    def done(self) -> bool: ...

    def told(self) -> dict[str, Any]: ...


class Incidents(Protocol):
    """The incidents as who asks may see them; waits beside the event loop."""

    def page(self, incident: str | None, query: str) -> str | None: ...

    def board(self, language: str, *, ended: bool) -> dict[str, Any]: ...

    def whole(self, incident: str) -> dict[str, Any] | None: ...

    def changes(self, incident: str, since: int, language: str) -> dict[str, Any] | None: ...

    def lines(self, incident: str, before: int, language: str) -> dict[str, Any] | None: ...

    def places(self, incident: str) -> dict[str, Any] | None: ...

    def open(self, origin: Mapping[str, str], said: Mapping[str, Any]) -> Outcome: ...

    def act(self, incident: str, said: Mapping[str, Any], own: str | None) -> Outcome | None: ...


def blueprint(incidents: Incidents, live: IncidentLive, lost: Callable[[], str]) -> Blueprint:
    """Make the pages `/incidents` and `/incidents/<incident>`, and what they speak to."""
    routes = Blueprint("incidents", __name__)
    _add_pages(routes, incidents, lost)
    _add_reads(routes, incidents)
    _add_stream(routes, incidents, live)
    _add_acts(routes, incidents)
    return routes


def _add_pages(routes: Blueprint, incidents: Incidents, lost: Callable[[], str]) -> None:
    def drawn(incident: str | None) -> Response:
        written = incidents.page(incident, request.query_string.decode("utf-8", "replace"))
        if written is None:
            return Response(lost(), 404, mimetype="text/html")
        return Response(written, mimetype="text/html", headers=NO_STORE)

    @routes.get("/incidents", strict_slashes=False)
    def get_board() -> Response:
        """Give the page of the list."""
        return drawn(None)

    @routes.get("/incidents/<incident>")
    def get_page(incident: str) -> Response:
        """Give the page of one incident."""
        return drawn(incident)


def _add_reads(routes: Blueprint, incidents: Incidents) -> None:
    @routes.get("/api/v1/incidents")
    @told
    def get_list() -> Response:
        """Give the incidents somebody is at work on; with `ended=1` the others."""
        ended = request.args.get("ended") == "1"
        return answer(200, incidents.board(_language(), ended=ended), **NO_STORE)

    @routes.get("/api/v1/incidents/<incident>")
    @told
    def get_one(incident: str) -> Response:
        """Give an incident: its head, its parts, its newest lines."""
        return _found(incidents.whole(incident))

    @routes.get("/api/v1/incidents/<incident>/changes")
    @told
    def get_changes(incident: str) -> Response:
        """Give what changed behind a `seq`, as the page draws it."""
        return _found(incidents.changes(incident, _number("since", 0), _language()))

    @routes.get("/api/v1/incidents/<incident>/lines")
    @told
    def get_lines(incident: str) -> Response:
        """Give the lines before a `seq`, the newest first, as the page draws them."""
        return _found(incidents.lines(incident, _number("before", LARGEST), _language()))

    @routes.get("/api/v1/incidents/<incident>/places")
    @told
    def get_places(incident: str) -> Response:
        """Give where its tickets lie, as far as who asks may look at them."""
        return _found(incidents.places(incident))


def _add_stream(routes: Blueprint, incidents: Incidents, live: IncidentLive) -> None:
    @routes.get("/api/v1/incidents/<incident>/live")
    @told
    def get_live(incident: str) -> Response:
        """Give the event stream of an incident: `changes` behind a `seq`, `beat` every second."""
        since, language = _number("since", 0), _language()
        if incidents.changes(incident, LARGEST, language) is None:
            return _found(None)
        gzip = "gzip" in request.headers.get("Accept-Encoding", "")
        headers = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}
        if gzip:
            headers["Content-Encoding"] = "gzip"
        goes_on = getattr(g, "goes_on", lambda: True)
        stream = live.stream(incident, language, since, gzip=gzip, goes_on=goes_on)
        return Response(stream, mimetype="text/event-stream", headers=headers)


def _add_acts(routes: Blueprint, incidents: Incidents) -> None:
    @routes.post("/api/v1/incidents")
    @told
    def open_() -> Response:
        """Open an incident: from `cluster`, `alarm`, a ticket, or by hand in a `district`."""
        names = ("cluster", "alarm", "source", "external_id", "district")
        origin = {name: _text(request.args, name) for name in names if request.args.get(name)}
        found = incidents.open(origin, _said())
        return answer(200 if found.done else 409, found.told(), **NO_STORE)

    @routes.post("/api/v1/incidents/<incident>/acts")
    @told
    def act(incident: str) -> Response:
        """Act on an incident as who runs it."""
        said = _said()
        if said["act"] == "release":
            raise BadInput("act", "words are released at …/release")
        return _acted(incidents, incident, said)

    @routes.post("/api/v1/incidents/<incident>/release")
    @told
    def release(incident: str) -> Response:
        """Let words onto the wall, or take them off."""
        return _acted(incidents, incident, _said() | {"act": "release"})

    @routes.post("/api/v1/incidents/<incident>/answers/<department>")
    @told
    def answer_(incident: str, department: str) -> Response:
        """Act on an incident as a department, on what is its own."""
        return _acted(incidents, incident, _said(), department)


def _acted(
    incidents: Incidents, incident: str, said: Mapping[str, Any], own: str | None = None
) -> Response:
    found = incidents.act(incident, said, own)
    if found is None:
        return _found(None)
    return answer(200 if found.done else 409, found.told(), **NO_STORE)


def _found(body: object) -> Response:
    if body is None:
        return problem(404, "incident", "no such incident")
    return answer(200, body, **NO_STORE)


def _said() -> dict[str, Any]:
    """Read what is asked: an act with its key, the version that was seen, and what it says."""
    said = request.get_json(silent=True)
    if not isinstance(said, dict):
        raise BadInput("body", "a JSON object with act, key, version and given")
    given = said.get("given", {})
    if not isinstance(given, dict) or len(given) > MOST_GIVEN:
        raise BadInput("given", f"an object of at most {MOST_GIVEN} values")
    typed_ms = said.get("typed_ms")
    return {
        "act": _text(said, "act"),
        "key": _text(said, "key"),
        "reason": _text(said, "reason"),
        "lang": _text(said, "lang"),
        "number": _whole(said, "number"),
        "version": _whole(said, "version"),
        "typed_ms": None if typed_ms is None else _whole(said, "typed_ms"),
        "given": given,
    }


def _text(said: Mapping[str, Any], name: str) -> str:
    found = said.get(name) or ""
    if not isinstance(found, str) or len(found) > LONGEST or not is_legible(found):
        raise BadInput(name, f"at most {LONGEST} characters")
    return found


def _whole(said: Mapping[str, Any], name: str) -> int:
    found = said.get(name, 0)
    if type(found) is not int or not 0 <= found < 2**50:
        raise BadInput(name, "a whole number")
    return found


def _number(name: str, usual: int) -> int:
    found = request.args.get(name) or str(usual)
    if not (found.isascii() and found.isdecimal() and len(found) < 17):
        raise BadInput(name, "a whole number")
    return int(found)


def _language() -> str:
    return request.args.get("lang") if request.args.get("lang") in LANGUAGES else ""  # type: ignore[return-value]
