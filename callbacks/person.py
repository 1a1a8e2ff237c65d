"""One account as administrators keep it: drawn, acted on, given roles."""

from collections.abc import Callable
from functools import partial
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from callbacks.asking import parts_of
from callbacks.desk import Desk
from callbacks.keeping import (
    by,
    face_of,
    language_asked,
    place_typed,
    places_of,
    refusal,
    rights_of,
)
from callbacks.notices import tell
from layouts import ids
from layouts import person as page
from layouts.keeping_face import PersonFace
from layouts.wording import Language, words
from operations.errors import BadInput, OperationsError
from operations.people import keeping
from operations.people.account import Account
from operations.people.roles import read_roles

Data = dict[str, Any]

ACTS: dict[str, Callable[..., int]] = {
    "lock": partial(keeping.lock, locked=True),
    "unlock": partial(keeping.lock, locked=False),
    "end": keeping.end_sessions,
    "second": keeping.drop_second,
    "retire": keeping.retire,
}
"""What a system administrator does with an account, by the name of the button."""


def draw(sources: Any, desk: Desk, login: str, language: Language) -> Component:
    """Draw an account's page."""
    held = desk.beside(sources.accounts.by_login, login)
    face = None if held is None else _face(sources, desk, held, language)
    return page.person(face, login, rights_of(desk), places_of(sources), language)


def _face(sources: Any, desk: Desk, held: Account, language: Language) -> PersonFace:
    def read() -> tuple[int, int]:
        passkeys, now_us = sources.accounts.passkeys_of(held.id), desk.now_us()
        sessions = sources.accounts.sessions_of(held.id)
        return len(passkeys), sum(one.lives(now_us) for one in sessions)

    passkeys, devices = desk.beside(read)
    return face_of(sources, desk, held, language, second=passkeys > 0, devices=devices)


def register(app: Dash, sources: Any, desk: Desk) -> None:
    """Register what renews the page, what the system and what the security administrator does."""
    _register_renewing(app, sources, desk)
    _register_acts(app, sources, desk)
    _register_giving(app, sources, desk)


def _register_renewing(app: Dash, sources: Any, desk: Desk) -> None:
    @app.callback(
        Output(ids.PERSON, "children"),
        Input(ids.PERSON_ACTED, "data"),
        Input(ids.PERSON_GIVEN, "data"),
        State(ids.ADDRESS, "pathname"),
        State(ids.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def renew(acted: Any, given: Any, pathname: str, search: str) -> Any:
        if acted is None and given is None:
            return no_update
        return renewed(sources, desk, pathname, search)


def _register_acts(app: Dash, sources: Any, desk: Desk) -> None:
    @app.callback(
        Output(ids.PERSON_TOLD, "children"),
        Output(ids.PERSON_ACTED, "data"),
        Input(ids.person_act(ALL), "n_clicks"),
        State(ids.PERSON_SEEN, "data"),
        State(ids.ADDRESS, "search"),
        prevent_initial_call=True,
        on_error=lambda error: refused(sources, desk, error),
    )
    def act(presses: list[int], seen: Data, search: str) -> Any:
        if not any(presses):
            return no_update, no_update
        name = str(ctx.triggered_id["person_act"])
        return acted(sources, desk, name, seen, search), desk.now_us()


def _register_giving(app: Dash, sources: Any, desk: Desk) -> None:
    @app.callback(
        Output(ids.GIVEN_TOLD, "children"),
        Output(ids.PERSON_GIVEN, "data"),
        Input(ids.GIVE, "n_clicks"),
        State(ids.GIVEN_ROLES, "value"),
        State(ids.GIVEN_DEPARTMENT, "value"),
        State(ids.GIVEN_RING, "value"),
        State(ids.GIVEN_PLACE, "value"),
        State(ids.PERSON_SEEN, "data"),
        State(ids.ADDRESS, "search"),
        prevent_initial_call=True,
        on_error=lambda error: refused(sources, desk, error),
    )
    def give(pressed: int | None, roles: list[str] | None, *given: Any) -> Any:
        if not pressed:
            return no_update, no_update
        *where, seen, search = given
        return gave(sources, desk, roles or [], where, seen, search), desk.now_us()


def renewed(sources: Any, desk: Desk, pathname: str, search: str) -> Any:
    """Give the account as it stands now."""
    language = language_asked(sources, search)
    held = desk.beside(sources.accounts.by_login, parts_of(pathname)[-1])
    if held is None:
        return no_update
    face = _face(sources, desk, held, language)
    return page.body(face, rights_of(desk), places_of(sources), language)


def acted(sources: Any, desk: Desk, name: str, seen: Data, search: str) -> list[Component]:
    """Do what a system administrator's button says, and say what was done. Raises what forbids."""
    language, held = language_asked(sources, search), _held(sources, desk, seen)
    signed: Data = {"by": by(desk), "seen": str(seen["seen"])}
    sign_in, password = sources.sign_in, None
    if name == "reset":
        password = keeping.first_password(sign_in, login=held.login, name=held.name)
        work = partial(keeping.reset, sign_in, held, password, **signed)
    else:
        work = partial(ACTS[name], sign_in, held, **signed)
    ended = desk.beside(work)
    return page.done(words(language)[f"person_done_{name}"].format(n=ended), language, password)


def gave(
    sources: Any, desk: Desk, roles: list[str], where: list[Any], seen: Data, search: str
) -> list[Component]:
    """Give roles, department and reach, and say what was done. Raises what forbids it."""
    language, held = language_asked(sources, search), _held(sources, desk, seen)
    given = read_roles(roles) if roles else frozenset()
    place = place_typed(sources, *where)
    work = partial(
        keeping.give_roles, sources.sign_in, held, given, place, by=by(desk), seen=str(seen["seen"])
    )
    ended = desk.beside(work)
    return page.done(words(language)["person_done_give"].format(n=ended), language)


def _held(sources: Any, desk: Desk, seen: Data) -> Account:
    held: Account | None = desk.beside(sources.accounts.account, str(seen["id"]))
    if held is None:
        raise BadInput("login", "there is no such account")
    return held


def refused(sources: Any, desk: Desk, error: Exception) -> Any:
    """Say why it was not done; the page shows how the account stands now."""
    if not isinstance(error, OperationsError):
        tell(error)
        return no_update, no_update
    language = language_asked(sources, ctx.states.get(f"{ids.ADDRESS}.search"))
    return refusal(error, language), f"refused {desk.now_us()}"
