"""Everybody who has an account: the list, and an account made."""

from functools import partial
from typing import Any
from uuid import uuid4

from dash import Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from callbacks.asking import asked, page_asked
from callbacks.desk import Desk
from callbacks.keeping import (
    by,
    face_of,
    language_asked,
    place_typed,
    places_of,
    refusal,
    rights_of,
    state_of,
)
from callbacks.notices import tell
from layouts import ids
from layouts import people as page
from layouts.keeping_face import PeopleFace
from layouts.wording import Language
from operations.errors import BadInput, OperationsError
from operations.people.account import Account
from operations.people.keeping import first_password, make_account
from operations.people.roles import Role

A_PAGE = 40
NO_ROLE = "none"
STATES = ("active", "never", "locked", "retired")


def draw(sources: Any, desk: Desk, search: str, language: Language) -> Component:
    """Draw the list, narrowed as the address says."""
    q, state, role = (asked(search, name) or "" for name in ("q", "state", "role"))
    everyone, holders = desk.beside(_read, sources.accounts)
    found = [one for one in everyone if fits(one, q=q, state=state, role=role)]
    number, pages = page_asked(search, len(found), A_PAGE)
    held = {role.value for one in everyone for role in one.roles}
    roles = [one.value for one in Role if one.value in held or one.value == role]
    bare = any(not one.roles for one in everyone) or role == NO_ROLE
    states = {state_of(one) for one in everyone} | {state}
    return page.people(
        PeopleFace(
            language=language,
            people=[
                face_of(sources, desk, one, language, second=one.id in holders)
                for one in found[(number - 1) * A_PAGE : number * A_PAGE]
            ],
            total=len(found),
            page=number,
            pages=pages,
            rights=rights_of(desk),
            places=places_of(sources),
            q=q,
            state=state,
            role=role,
            states=[one for one in STATES if one in states],
            roles=[*roles, *([NO_ROLE] if bare else [])],
        )
    )


def _read(accounts: Any) -> tuple[list[Account], frozenset[str]]:
    return accounts.everyone(), accounts.passkey_holders()


def fits(account: Account, *, q: str = "", state: str = "", role: str = "") -> bool:
    """Tell whether an account is looked for; retired ones are shown where they are asked for."""
    stands, said = state_of(account), q.strip().casefold()
    if state != stands and (state or stands == "retired"):
        return False
    if role == NO_ROLE and account.roles:
        return False
    if role not in ("", NO_ROLE) and role not in account.roles:
        return False
    return said in account.login or said in account.name.casefold()


def register(app: Dash, sources: Any, desk: Desk) -> None:
    """Register what makes an account."""

    @app.callback(
        Output(ids.MADE, "children"),
        Output(ids.MADE_LOGIN, "value"),
        Output(ids.MADE_NAME, "value"),
        Input(ids.MAKE, "n_clicks"),
        State(ids.MADE_LOGIN, "value"),
        State(ids.MADE_NAME, "value"),
        State(ids.MADE_DEPARTMENT, "value"),
        State(ids.MADE_RING, "value"),
        State(ids.MADE_PLACE, "value"),
        State(ids.ADDRESS, "search"),
        prevent_initial_call=True,
        on_error=lambda error: refused(sources, error),
    )
    def make(pressed: int | None, login: str | None, name: str | None, *given: str | None) -> Any:
        if not pressed:
            return no_update, no_update, no_update
        *where, search = given
        return made(sources, desk, login or "", name or "", where, search), "", ""


def made(
    sources: Any, desk: Desk, login: str, name: str, where: list[str | None], search: str | None
) -> list[Component]:
    """Make an account without a role, and show its first password; raises what forbids it."""
    if not login.strip():
        raise BadInput("login", "give one")
    place = place_typed(sources, *where)
    work = partial(_make, sources.sign_in, login, name, place, by(desk))
    account, password = desk.beside(work)
    return page.made(account.login, password, language_asked(sources, search))


def _make(sign_in: Any, login: str, name: str, place: Any, who: Any) -> tuple[Account, str]:
    password = first_password(sign_in, login=login.strip(), name=name)
    account = make_account(
        sign_in, account_id=uuid4().hex, login=login, name=name, roles=frozenset(), where=place,
        password=password, sso=None, must_change=True, by=who,
    )  # fmt: skip
    return account, password


def refused(sources: Any, error: Exception) -> Any:
    """Say below the form why no account was made; what was typed stays."""
    if not isinstance(error, OperationsError):
        tell(error)
        return no_update, no_update, no_update
    language = language_asked(sources, ctx.states.get(f"{ids.ADDRESS}.search"))
    return refusal(error, language), no_update, no_update
