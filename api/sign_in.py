"""The doors of the house over HTTP: sign in, prove it again, sign out."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

import flask
from flask import Blueprint, Response, g, request
from werkzeug.wrappers import Response as Redirect

from api.answers import answer, problem
from api.gate import current
from api.signed_in import COOKIE, Doorbook
from operations.errors import Unreachable
from operations.people.account import Session, Stage
from operations.people.demo_accounts import demo_login
from operations.people.roles import Role
from operations.people.sign_in import (
    SECOND_US,
    Asked,
    Refused,
    as_demo,
    safe_next,
    sign_out,
    with_code,
    with_password,
)

LOOPBACK = ("127.0.0.1", "::1")
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")


class Doorkeeper:
    """What the routes of signing in share: who asks, and how somebody is let in."""

    def __init__(self, book: Doorbook, in_thread: Callable[..., Any]) -> None:
        self.book = book
        self.desk = book.desk
        self.in_thread = in_thread

    def asked(self) -> Asked:
        """Tell who asks."""
        device = request.headers.get("User-Agent", "")
        return Asked(self.book.now_us(), device, request.remote_addr or "")

    def let_in(self, response: Response | Redirect, token: str, session: Session) -> None:
        """Give the browser its token: out of reach of scripts and of other sites.

        What it was signed in as before is over.
        """
        self.in_thread(self.book.end, request.cookies.get(COOKIE))
        lasting_s = (session.until_us - session.opened_us) // SECOND_US
        response.set_cookie(
            COOKIE, token, max_age=lasting_s, path="/", httponly=True, samesite="Strict",
            secure=request.is_secure,
        )  # fmt: skip
        response.headers["Cache-Control"] = "no-store"

    def back_to_login(self, told: str, **more: str) -> Redirect:
        """Lead back to the login page, which says what was wrong."""
        asked = {"told": told, "next": safe_next(request.form.get("next")), **more}
        if request.form.get("lang"):
            asked["lang"] = request.form["lang"]
        return flask.redirect(f"/login?{urlencode(asked)}", 303)

    def lead_on(self, token: str, session: Session) -> Redirect:
        """Let somebody in and lead on to what was asked for, or to the second proof."""
        if session.stage is Stage.SECOND:
            response = self.back_to_login("", step="second")
        else:
            response = flask.redirect(safe_next(request.form.get("next")), 303)
        self.let_in(response, token, session)
        return response


def blueprint(keeper: Doorkeeper, *, demo: bool) -> Blueprint:
    """Make the routes under `/login` that take forms, `/logout` and `/api/v1/session`."""
    routes = Blueprint("sign_in", __name__)
    desk = keeper.desk

    @routes.post("/login")
    def post_login() -> Redirect:
        """Take a name and a password."""
        login, password = request.form.get("login", ""), request.form.get("password", "")
        take = partial(with_password, desk, login[:200], password[:1000], keeper.asked())
        try:
            return keeper.lead_on(*keeper.in_thread(take))
        except Refused as refused:
            return keeper.back_to_login(refused.code)
        except Unreachable:
            return keeper.back_to_login("away")

    @routes.post("/login/second")
    def post_second() -> Redirect:
        """Take an authenticator's or a recovery code."""
        code = request.form.get("code", "")[:100]
        try:
            waiting = keeper.book.waiting(request.cookies.get(COOKIE))
            if waiting is None:
                return keeper.back_to_login("again")
            take = partial(with_code, desk, waiting, code, keeper.asked())
            return keeper.lead_on(*keeper.in_thread(take))
        except Refused as refused:
            return keeper.back_to_login(refused.code, step="second")
        except Unreachable:
            return keeper.back_to_login("away", step="second")

    _add_demo(routes, keeper, demo=demo)
    _add_leaving(routes, keeper)
    return routes


def _add_demo(routes: Blueprint, keeper: Doorkeeper, *, demo: bool) -> None:
    @routes.post("/login/demo")
    def post_demo() -> Redirect | Response:
        """Sign in as a demo account: one press, from this machine alone."""
        if not demo or not from_this_machine():
            return problem(404, "demo", "there are no demo accounts here")
        role = request.form.get("role", "")
        if role not in set(Role):
            return problem(404, "role", "no such role")
        enter = partial(as_demo, keeper.desk, demo_login(Role(role)), keeper.asked())
        return keeper.lead_on(*keeper.in_thread(enter))


def _add_leaving(routes: Blueprint, keeper: Doorkeeper) -> None:
    @routes.post("/logout")
    def post_logout() -> Redirect:
        """End the session and forget its token."""
        token, who = request.cookies.get(COOKIE), current()
        if who is not None:
            gone = partial(
                sign_out, keeper.desk, who.session, who.person.login, keeper.book.now_us()
            )
            keeper.in_thread(gone)
        keeper.book.forget(token)
        response = flask.redirect("/login?told=out", 303)
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Strict")
        return response

    @routes.get("/api/v1/session")
    def get_session() -> Response:
        """Tell who is signed in; 401 where nobody is."""
        who = current()
        if who is None and g.get("wall") is not None:
            return answer(200, {"wall": g.wall.name}, **{"Cache-Control": "no-store"})
        if who is None:
            return problem(401, "session", "sign in at /login")
        person = who.person
        said = {
            "login": person.login, "name": person.name, "roles": sorted(person.roles),
            "department": person.department, "ring": person.ring, "place": person.place,
            "as_role": person.as_role, "unfinished": who.unfinished,
        }  # fmt: skip
        return answer(200, said, **{"Cache-Control": "no-store"})


def from_this_machine() -> bool:
    """Tell whether a request comes from this machine and was not handed on by a proxy.

    The name in the address bar has to be this machine's too: a page elsewhere whose name is
    made to lead here would otherwise be let in.
    """
    host = request.host.rsplit(":", 1)[0].strip("[]")
    direct = not any(request.headers.get(name) for name in FORWARDED)
    return direct and request.remote_addr in LOOPBACK and host in (*LOOPBACK, "localhost")
