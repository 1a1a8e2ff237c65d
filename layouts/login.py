"""The page people sign in on: password, second proof, passkey, identity provider, demo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.face import Name
from layouts.parts.header import language_switch
from layouts.parts.marks import data
from layouts.parts.people import demo_accounts, field
from layouts.wording import WORDS, Language, words


@dataclass(frozen=True, slots=True)
class LoginFace:
    """What the page must be told: where to lead on, what was wrong, which ways in there are."""

    city: Name
    language: Language
    next: str = "/"
    told: str = ""
    second: bool = False
    sso: bool = False
    demo_roles: Sequence[str] = ()

    @property
    def words(self) -> Mapping[str, str]:
        """Give every word in this page's language."""
        return words(self.language)


def login(face: LoginFace) -> Component:
    """Draw the page."""
    said = face.words
    return html.Main(
        [
            html.Header(
                [
                    html.P(said["product"], className="home-product"),
                    html.H1(f"{face.city.told(face.language)} · {said['centre']}"),
                    language_switch(face.language, path="/login"),
                ],
                className="home-head",
            ),
            html.Section(
                [
                    html.H2(said["login_second"] if face.second else said["sign_in"]),
                    html.P(
                        said["login_second_about"] if face.second else said["sign_in_about"],
                        className="fine",
                    ),
                    _told(face),
                    _second(face) if face.second else _first(face),
                    _other_ways(face),
                ],
                className="card sign-in",
            ),
            demo_accounts(face.demo_roles, face.language, face.next),
        ],
        className="home people",
        lang="zh-CN" if face.language == "zh" else "en",
    )


def _told(face: LoginFace) -> Component:
    key = f"login_told_{face.told}"
    word = WORDS[key][face.language] if key in WORDS else ""
    return html.P(
        word, id="login-told", className="told" if face.told != "out" else "told told-well",
        role="alert", **data(passkey_failed=face.words["passkey_failed"]),
    )  # fmt: skip


def _first(face: LoginFace) -> Component:
    said = face.words
    return html.Form(
        [
            *_kept(face),
            field(
                said["login_name"],
                dcc.Input(
                    id="login-name", name="login", type="text", autoComplete="username webauthn",
                    required=True, autoFocus=True, maxLength=60, spellCheck=False,
                ),
            ),
            field(
                said["login_password"],
                dcc.Input(
                    id="login-password", name="password", type="password", required=True,
                    autoComplete="current-password", maxLength=256,
                ),
            ),
            html.Button(said["sign_in"], type="submit", className="press press-main"),
        ],
        action="/login", method="post", className="people-form",
    )  # fmt: skip


def _second(face: LoginFace) -> Component:
    said = face.words
    return html.Form(
        [
            *_kept(face),
            field(
                said["login_code"],
                dcc.Input(
                    id="login-code", name="code", type="text", autoComplete="one-time-code",
                    required=True, autoFocus=True, maxLength=40, spellCheck=False,
                ),
            ),
            html.Button(said["login_confirm"], type="submit", className="press press-main"),
        ],
        action="/login/second", method="post", className="people-form",
    )  # fmt: skip


def _other_ways(face: LoginFace) -> Component:
    said = face.words
    ways: list[Component] = [
        html.Button(
            said["login_passkey"], id=ids.PASSKEY_IN, type="button", className="press",
            **data(next=face.next, needs_name=said["passkey_needs_name"]),
        )
    ]  # fmt: skip
    if face.sso and not face.second:
        href = f"/login/sso?{_query(face)}"
        ways.append(html.A(said["login_sso"], href=href, className="press"))
    if face.second:
        again = html.A(said["login_start_again"], href=f"/login?{_query(face)}", className="press")
        ways.append(again)
    return html.Div(ways, className="people-ways")


def _query(face: LoginFace) -> str:
    return urlencode({"next": face.next, "lang": face.language})


def _kept(face: LoginFace) -> list[Component]:
    return [
        dcc.Input(type="hidden", name="next", value=face.next),
        dcc.Input(type="hidden", name="lang", value=face.language),
    ]
