"""One's own account: drawn, and what people do there."""

from functools import partial
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from callbacks.asking import asked, asked_language
from callbacks.desk import Desk
from callbacks.home import desks_of
from layouts import account as page
from layouts import ids
from layouts.parts.people import viewing
from layouts.people_face import AccountFace, Device, Key
from layouts.wording import Language, words
from operations.errors import BadInput
from operations.people import own_account
from operations.people.account import Account
from operations.people.permissions import Act, Subject, may
from operations.people.roles import Role
from operations.people.sign_in import Refused, look_as
from operations.pulse.windows import from_us

# The first mark that is found names it: every browser claims to be several others too.
BROWSERS = (
    ("MicroMessenger", "WeChat"), ("QQBrowser", "QQ"), ("Edg", "Edge"), ("Firefox", "Firefox"),
    ("Chrome", "Chrome"), ("Safari", "Safari"), ("curl", "curl"),
)  # fmt: skip
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip

SEARCH = State(ids.ADDRESS, "search")


def draw(sources: Any, desk: Desk, search: str, language: Language) -> Component | None:
    """Draw the account of who asks; nothing where nobody is signed in."""
    who = desk.who()
    if who is None:
        return None
    held, person, rules = who.account, who.person, sources.sign_in.terms.rules
    views = tuple(role.value for role in Role) if may(person, Act.VIEW_AS, Subject()) else ()
    return page.account(
        AccountFace(
            language=language,
            name=person.name,
            login=person.login,
            roles=sorted(person.roles),
            ring=person.ring.value,
            place=person.place or "",
            department=person.department or "",
            told=asked(search, "told") or (f"set_{who.unfinished}" if who.unfinished else ""),
            demo=held.demo,
            has_password=held.password is not None,
            least=rules.least,
            profile=rules.profile,
            totp=held.totp is not None,
            codes_left=len(held.recovery),
            devices=devices_of(sources, desk, who),
            passkeys=keys_of(sources, desk, held),
            views=views,
            as_role=person.as_role,
            desks=desks_of(desk),
        )
    )


def devices_of(sources: Any, desk: Desk, who: Any) -> list[Device]:
    """List the devices a person is signed in on."""
    found = desk.beside(sources.accounts.sessions_of, who.account.id)
    now_us = desk.now_us()
    return [
        Device(
            one.key[:16], device_name(one.device), one.address, _when(sources, one.opened_us),
            _when(sources, one.seen_us), one.key == who.session.key,
        )
        for one in found
        if one.lives(now_us)
    ]  # fmt: skip


def keys_of(sources: Any, desk: Desk, held: Account) -> list[Key]:
    """List a person's passkeys."""
    found = desk.beside(sources.accounts.passkeys_of, held.id)
    return [
        Key(
            one.id, one.name, _when(sources, one.made_us),
            None if one.used_us is None else _when(sources, one.used_us),
        )
        for one in found
    ]  # fmt: skip


def device_name(agent: str) -> str:
    """Name a device as people know it: its browser and system, else what it says of itself."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return " · ".join(filter(None, (browser, system))) or agent[:60] or "?"


def _when(sources: Any, us: int) -> str:
    return from_us(us).astimezone(sources.reference.zone).strftime("%Y-%m-%d %H:%M")


def register(app: Dash, sources: Any, desk: Desk) -> None:
    """Register what people do with their account."""
    _register_secrets(app, sources, desk)
    _register_totp(app, sources, desk)
    _register_lists(app, sources, desk)


def _register_secrets(app: Dash, sources: Any, desk: Desk) -> None:
    @app.callback(
        Output(ids.PASSWORD_TOLD, "children"),
        Output(ids.OLD_PASSWORD, "value"),
        Output(ids.NEW_PASSWORD, "value"),
        Output(ids.NEW_AGAIN, "value"),
        Input(ids.CHANGE_PASSWORD, "n_clicks"),
        State(ids.OLD_PASSWORD, "value"),
        State(ids.NEW_PASSWORD, "value"),
        State(ids.NEW_AGAIN, "value"),
        SEARCH,
        prevent_initial_call=True,
    )
    def change_password(_pressed: Any, old: str, new: str, again: str, search: str) -> Any:
        told = changed(sources, desk, old or "", new or "", again or "", search)
        return told, "", "", ""

    @app.callback(
        Output(ids.CODES, "children"),
        Input(ids.RENEW_CODES, "n_clicks"),
        SEARCH,
        prevent_initial_call=True,
    )
    def renew_codes(_pressed: Any, search: str) -> Any:
        made = desk.beside(own_account.renew_codes, sources.sign_in, desk.who().account)
        return page.codes(made, _language(sources, search))

    @app.callback(
        Output(ids.VIEW, "children"),
        Input(ids.VIEW_SET, "n_clicks"),
        State(ids.VIEW_ROLE, "value"),
        SEARCH,
        prevent_initial_call=True,
    )
    def view_as(_pressed: Any, role: str, search: str) -> Any:
        who = desk.who()
        chosen = Role(role) if role in set(Role) else None
        desk.beside(look_as, sources.sign_in, who.account, who.session, chosen)
        desk.forget()
        return viewing(chosen, _language(sources, search))


def _register_totp(app: Dash, sources: Any, desk: Desk) -> None:
    @app.callback(
        Output(ids.TOTP, "children"),
        Output(ids.TOTP_TOLD, "children"),
        Input(ids.totp(ALL), "n_clicks"),
        State(ids.TOTP_CODE, "value", allow_optional=True),
        SEARCH,
        prevent_initial_call=True,
    )
    def set_totp(presses: list[int], code: str | None, search: str) -> Any:
        if not any(presses):
            return no_update, no_update
        language = _language(sources, search)
        return authenticator(sources, desk, ctx.triggered_id["totp"], code or "", language)


def _register_lists(app: Dash, sources: Any, desk: Desk) -> None:
    @app.callback(
        Output(ids.DEVICES, "children"),
        Input(ids.end_device(ALL), "n_clicks"),
        SEARCH,
        prevent_initial_call=True,
    )
    def end_device(presses: list[int], search: str) -> Any:
        if not any(presses):
            return no_update
        who, name = desk.who(), ctx.triggered_id["end"]
        desk.beside(own_account.end_device, sources.sign_in, who.account, str(name), desk.now_us())
        return page.devices(devices_of(sources, desk, who), _language(sources, search))

    @app.callback(
        Output(ids.PASSKEYS, "children"),
        Input(ids.drop_passkey(ALL), "n_clicks"),
        SEARCH,
        prevent_initial_call=True,
    )
    def drop_passkey(presses: list[int], search: str) -> Any:
        if not any(presses):
            return no_update
        held, name = desk.who().account, ctx.triggered_id["drop"]
        desk.beside(own_account.drop_passkey, sources.sign_in, held, str(name))
        return page.passkeys(keys_of(sources, desk, held), _language(sources, search))


def changed(sources: Any, desk: Desk, old: str, new: str, again: str, search: str) -> str:
    """Change a password and say what came of it."""
    said, who = words(_language(sources, search)), desk.who()
    if new != again:
        return said["account_password_differ"]
    change = partial(
        own_account.change_password, sources.sign_in, who.account,
        old=old, new=new, but=who.session.key, now_us=desk.now_us(),
    )  # fmt: skip
    try:
        ended = desk.beside(change)
    except Refused:
        return said["account_password_wrong"]
    except BadInput:
        return said["account_password_refused"]
    desk.forget()
    return said["account_password_done"].format(n=ended)


def authenticator(sources: Any, desk: Desk, step: str, code: str, language: Language) -> Any:
    """Begin, confirm or drop the authenticator; give what stands there now and what to say."""
    said, held, sign_in = words(language), desk.who().account, sources.sign_in
    if step == "begin":
        uri = desk.beside(own_account.begin_totp, sign_in, held)
        desk.forget()
        return page.totp_setup(uri, language), ""
    try:
        if step == "confirm":
            desk.beside(own_account.confirm_totp, sign_in, held, code, desk.now_us())
            on, told = True, said["account_totp_done"]
        else:
            desk.beside(own_account.drop_totp, sign_in, held)
            on, told = False, said["account_totp_dropped"]
    except Refused:
        return no_update, said["account_totp_wrong"]
    except BadInput:
        return no_update, said["account_totp_needed"]
    desk.forget()
    return page.totp_state(language, on=on), told


def _language(sources: Any, search: str) -> Language:
    return asked_language(search or "", sources.settings.language)
