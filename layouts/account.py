"""One's own account: password, second proof, recovery codes, passkeys, devices, views."""

from collections.abc import Sequence

import segno
from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.parts.header import language_switch
from layouts.parts.marks import data
from layouts.parts.people import field, sign_out, viewing
from layouts.people_face import AccountFace, Device, Key
from layouts.wording import WORDS, Language, words


def account(face: AccountFace) -> Component:
    """Draw the page."""
    said = face.words
    told = WORDS.get(f"account_{face.told}")
    return html.Main(
        [
            html.Header(
                [
                    html.A(said["to_start"], href=f"/?lang={face.language}", className="press"),
                    html.H1(said["account"]),
                    *(
                        html.A(
                            said[f"{one}_link"],
                            href=f"/{one}?lang={face.language}",
                            className="press",
                        )
                        for one in face.desks
                    ),
                    language_switch(face.language, path="/account"),
                    sign_out(face.language),
                ],
                className="home-head",
            ),
            html.P(told[face.language] if told else "", className="told", role="alert"),
            _who(face),
            html.Div(
                [_password(face), _totp(face), _codes(face), _passkeys(face), _view(face)],
                className="people-cards",
            ),
            _devices(face),
        ],
        className="home people account",
        lang="zh-CN" if face.language == "zh" else "en",
    )


def _who(face: AccountFace) -> Component:
    said = face.words
    where = said[f"ring_{face.ring}"].format(place=face.place)
    roles = [said[f"role_{role}"] for role in face.roles] or [said["people_no_role"]]
    return html.P(
        [
            html.Strong(said["signed_in_as"].format(name=face.name, login=face.login)),
            html.Span(" · ".join(filter(None, [*roles, face.department, where]))),
            html.Span(said["demo"], className="demo") if face.demo else None,
        ],
        className="account-who",
    )


def _card(title: str, *inside: Component | None) -> Component:
    return html.Section([html.H2(title), *inside], className="card")


def _secret(name: str, control_id: str, complete: str) -> Component:
    control = dcc.Input(id=control_id, type="password", autoComplete=complete, maxLength=256)
    return field(name, control)


def _password(face: AccountFace) -> Component:
    said = face.words
    if not face.has_password:
        return _card(said["account_password"], html.P(said["account_no_password"]))
    rule = said[f"account_rule_{face.profile}"].format(n=face.least)
    return _card(
        said["account_password"],
        html.P(rule, className="fine"),
        html.Div(
            [
                _secret(said["account_old"], ids.OLD_PASSWORD, "current-password"),
                _secret(said["account_new"], ids.NEW_PASSWORD, "new-password"),
                _secret(said["account_again"], ids.NEW_AGAIN, "new-password"),
                html.Button(said["account_password"], id=ids.CHANGE_PASSWORD, className="press"),
            ],
            className="people-form",
        ),
        html.P(id=ids.PASSWORD_TOLD, className="told", role="status"),
    )


def _totp(face: AccountFace) -> Component:
    said = face.words
    return _card(
        said["account_totp"],
        html.Div(totp_state(face.language, on=face.totp), id=ids.TOTP),
        html.P(id=ids.TOTP_TOLD, className="told", role="status"),
    )


def totp_state(language: Language, *, on: bool) -> list[Component]:
    """Say whether the authenticator is on, with the button that changes it."""
    said = words(language)
    name, word = ("drop", "account_totp_drop") if on else ("begin", "account_totp_begin")
    return [
        html.P(said["account_totp_on"] if on else said["account_totp_off"]),
        html.Button(said[word], id=ids.totp(name), className="press", n_clicks=0),
    ]


def totp_setup(uri: str, language: Language) -> list[Component]:
    """Draw the QR code of a new secret, the secret in letters, and the field for its first code."""
    said = words(language)
    picture = segno.make(uri, error="m").svg_data_uri(scale=5, dark="#10151b", light="#ffffff")
    secret = uri.partition("secret=")[2].partition("&")[0]
    grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return [
        html.P(said["account_totp_scan"]),
        html.Img(src=picture, alt=said["account_qr"], className="qr"),
        html.P(grouped, className="secret", **data(secret=secret)),
        html.Div(
            [
                field(
                    said["account_totp_code"],
                    dcc.Input(
                        id=ids.TOTP_CODE, type="text", autoComplete="one-time-code", maxLength=10
                    ),
                ),
                html.Button(
                    said["account_totp_confirm"],
                    id=ids.totp("confirm"),
                    className="press",
                    n_clicks=0,
                ),
            ],
            className="people-form",
        ),
    ]


def _codes(face: AccountFace) -> Component:
    said = face.words
    return _card(
        said["account_codes"],
        html.P(said["account_codes_left"].format(n=face.codes_left)),
        html.Button(said["account_codes_renew"], id=ids.RENEW_CODES, className="press", n_clicks=0),
        html.Div(id=ids.CODES),
    )


def codes(made: Sequence[str], language: Language) -> list[Component]:
    """Show new recovery codes, this once."""
    return [
        html.P(words(language)["account_codes_about"]),
        html.Ul([html.Li(code) for code in made], className="codes"),
    ]


def _passkeys(face: AccountFace) -> Component:
    said = face.words
    return _card(
        said["account_passkeys"],
        html.Div(passkeys(face.passkeys, face.language), id=ids.PASSKEYS),
        html.Button(
            said["account_passkey_add"], id=ids.PASSKEY_ADD, className="press", type="button",
            **data(needs_name=said["passkey_needs_name"], failed=said["passkey_failed"]),
        ),
        html.P(id="passkey-told", className="told", role="status"),
    )  # fmt: skip


def passkeys(held: Sequence[Key], language: Language) -> list[Component]:
    """List the passkeys."""
    said = words(language)
    if not held:
        return [html.P(said["account_passkeys_none"])]
    return [
        html.Div(
            [
                html.Span(
                    [
                        html.Strong(key.name or key.made),
                        html.Span(
                            said["account_passkey_new"]
                            if key.used is None
                            else said["account_passkey_used"].format(time=key.used),
                            className="fine",
                        ),
                    ]
                ),
                html.Button(
                    said["account_passkey_drop"], id=ids.drop_passkey(key.id), className="press",
                    n_clicks=0,
                ),
            ],
            className="people-row",
        )
        for key in held
    ]  # fmt: skip


def _view(face: AccountFace) -> Component | None:
    if not face.views:
        return None
    said = face.words
    options = [{"value": "", "label": said["account_view_own"]}] + [
        {"value": role, "label": said[f"role_{role}"]} for role in face.views
    ]
    return _card(
        said["account_view"],
        html.P(said["account_view_about"], className="fine"),
        html.Div(
            [
                dcc.RadioItems(options, face.as_role or "", id=ids.VIEW_ROLE, className="views"),
                html.Button(
                    said["account_view_set"], id=ids.VIEW_SET, className="press", n_clicks=0
                ),
            ],
            className="people-form",
        ),
        html.Div(viewing(face.as_role, face.language), id=ids.VIEW),
    )


def _devices(face: AccountFace) -> Component:
    return _card(
        face.words["account_devices"],
        html.Div(devices(face.devices, face.language), id=ids.DEVICES),
    )


def devices(held: Sequence[Device], language: Language) -> list[Component]:
    """List the devices signed in, each with the button that signs it out."""
    said = words(language)
    return [
        html.Div(
            [
                html.Span(
                    [
                        html.Strong(one.device),
                        html.Span(
                            said["account_device_seen"].format(
                                address=one.address, opened=one.opened, seen=one.seen
                            ),
                            className="fine",
                        ),
                    ]
                ),
                html.Span(said["account_device_this"], className="demo")
                if one.this
                else html.Button(
                    said["account_device_end"], id=ids.end_device(one.name), className="press",
                    n_clicks=0,
                ),
            ],
            className="people-row",
        )
        for one in held
    ]  # fmt: skip
