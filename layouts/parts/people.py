"""What the pages of signing in share: fields, the way out, the role looked through, the demo."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from layouts.wording import Language, words


def field(name: str, control: Component) -> Component:
    """Draw a named field."""
    return html.Label([html.Span(name), control], className="press-field")


def sign_out(language: Language) -> Component:
    """Draw the button that signs out."""
    button = html.Button(words(language)["sign_out"], type="submit", className="press")
    return html.Form(button, action="/logout", method="post")


def viewing(role: str | None, language: Language) -> Component | None:
    """Say through which role somebody looks; nothing where it is their own."""
    if not role:
        return None
    said = words(language)
    return html.P(
        said["account_viewing"].format(role=said[f"role_{role}"]), className="told", role="status"
    )


def viewing_mark(role: str, language: Language) -> Component:
    """Draw the mark that stands over every page while somebody looks through a role."""
    said = words(language)
    return html.Aside(
        [
            html.Span(said["account_viewing"].format(role=said[f"role_{role}"])),
            html.A(said["viewing_end"], href=f"/account?lang={language}"),
        ],
        className="viewing-mark",
    )


def demo_accounts(roles: Sequence[str], language: Language, lead_to: str) -> Component | None:
    """Draw the demo accounts, each one press away; nothing where there are none."""
    if not roles:
        return None
    said = words(language)
    buttons = [
        html.Button(said[f"role_{role}"], name="role", value=role, type="submit", className="press")
        for role in roles
    ]
    return html.Section(
        [
            html.H2([said["demo_accounts"], html.Span(said["demo"], className="demo")]),
            html.P(said["demo_accounts_about"], className="fine"),
            html.Form(
                [
                    dcc.Input(type="hidden", name="next", value=lead_to),
                    dcc.Input(type="hidden", name="lang", value=language),
                    html.Div(buttons, className="people-ways"),
                ],
                action="/login/demo",
                method="post",
            ),
        ],
        className="card demo-accounts",
    )
