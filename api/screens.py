"""Walls: how one gets its code and its token, and how an administrator lets it in or shuts it out.

The token is `<id>.<secret>` in a cookie that no script can read; it is in no address and no log.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

import orjson
from flask import Blueprint, Request, Response, request

from api.answers import answer, problem
from api.doorkeeper import Doorkeeper, Token, own
from operations.errors import BadInput, Conflict, Full, Unreachable
from operations.people.screens import TOKEN_LASTS_US, Screen
from operations.pulse.windows import SECOND_US

COOKIE = "lianxin_screen"
LOOK_S = 0.5
ACTS = ("rename", "reload", "revoke")
NO_STORE = {"Cache-Control": "no-store"}
UNBUFFERED = NO_STORE | {"X-Accel-Buffering": "no"}

MayManage = Callable[[], str | None]
"""Names who asks where that is an administrator of the walls, None for anybody else."""


def nobody() -> str | None:
    """Let nobody manage the walls."""
    return None


def token_in(asked: Request) -> Token | None:
    """Read a wall's token from a request, None where it has none."""
    identity, _, secret = asked.cookies.get(COOKIE, "").partition(".")
    return Token(identity, secret) if identity and secret else None


def blueprint(
    door: Doorkeeper, in_thread: Callable[..., Any], *, may_manage: MayManage = nobody
) -> Blueprint:
    """Make the routes of `/api/v1/screens`.

    `in_thread(function, *arguments)` runs what waits for a database outside the event loop.
    """
    routes = Blueprint("screens", __name__, url_prefix="/api/v1/screens")
    _serve_walls(routes, door, in_thread)
    _serve_administrators(routes, door, in_thread, may_manage)
    return routes


def _serve_walls(routes: Blueprint, door: Doorkeeper, in_thread: Callable[..., Any]) -> None:
    @routes.post("/me")
    def meet() -> Response:
        """Tell a wall what it is: its code, or what it shows; its token may turn."""
        try:
            screen, token = in_thread(door.meet, token_in(request), _software())
        except Unreachable as error:
            return problem(503, "database", str(error), retry_after_s=5)
        except Full as error:
            return problem(429, "walls", str(error), retry_after_s=60)
        made = answer(200, own(screen), **NO_STORE)
        made.set_cookie(
            COOKIE, str(token), max_age=TOKEN_LASTS_US // SECOND_US, httponly=True,
            secure=request.is_secure, samesite="Strict", path="/",
        )  # fmt: skip
        return made

    @routes.get("/me/live")
    def live() -> Response:
        """Tell a wall of every change that concerns it, as it happens."""
        screen = in_thread(door.look, token_in(request))
        if screen is None:
            return problem(403, "screen", "this wall is not known: open /pair on it")
        stream = _changes(lambda: in_thread(door.follow, screen.id))
        return Response(stream, mimetype="text/event-stream", headers=UNBUFFERED)


def _serve_administrators(
    routes: Blueprint, door: Doorkeeper, in_thread: Callable[..., Any], may_manage: MayManage
) -> None:
    @routes.get("")
    def get_all() -> Response:
        """List the walls."""
        return _managed(may_manage, lambda _actor: {"screens": in_thread(door.all)})

    @routes.post("")
    def let_in() -> Response:
        """Pair the wall that shows a code."""
        return _managed(may_manage, lambda actor: in_thread(door.let_in, _told(), actor))

    @routes.post("/<identity>/<act>")
    def act(identity: str, act: str) -> Response:
        """Change a wall, at the version that was seen."""
        if act not in ACTS:
            return problem(404, "act", f"no such act; there are {', '.join(ACTS)}")
        return _managed(may_manage, lambda by: in_thread(door.act, act, identity, _told(), by))


def _software() -> str:
    """Read the version a wall's page says it is of."""
    told = request.get_json(silent=True)
    said = told.get("software") if isinstance(told, dict) else None
    return said if isinstance(said, str) else ""


def _told() -> dict[str, Any]:
    told = request.get_json(silent=True)
    if not isinstance(told, dict):
        raise BadInput("body", "send one JSON object as application/json")
    return told


def _managed(may_manage: MayManage, give: Callable[[str], Any]) -> Response:
    actor = may_manage()
    if actor is None:
        return problem(403, "account", "only an administrator may manage the walls")
    try:
        return answer(200, give(actor), **NO_STORE)
    except BadInput as error:
        return problem(400, error.field, error.reason)
    except Conflict as error:
        return problem(409, "version", str(error))
    except Unreachable:
        return problem(503, "database", "cannot be reached now; try again", retry_after_s=2)


def _changes(look: Callable[[], Screen | None]) -> Iterator[bytes]:
    """Give a wall's own state at once and at every change; one that was shut out is told, and ends.

    Between changes a comment goes out, which tells the server when nobody listens any more.
    """
    seen: dict[str, Any] | None = None
    while True:
        try:
            screen = look()
        except Unreachable:
            screen, told = None, seen  # nothing is known now: go on as before
        else:
            told = {"state": "revoked"} if screen is None else own(screen)
        if told != seen:
            seen = told
            yield b"event: screen\ndata: " + orjson.dumps(told) + b"\n\n"
            if screen is None:
                return
        else:
            yield b": \n\n"
        time.sleep(LOOK_S)
