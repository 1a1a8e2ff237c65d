"""The page people sign in on."""

from typing import Any

from dash.development.base_component import Component

from callbacks.asking import asked
from callbacks.names import city_name
from layouts.login import LoginFace, login
from layouts.wording import Language
from operations.people.roles import Role
from operations.people.sign_in import safe_next


def draw(sources: Any, search: str, language: Language) -> Component:
    """Draw the page as the address asks: the first step or the second, and what was wrong."""
    settings = sources.settings
    return login(
        LoginFace(
            city=city_name(sources.reference),
            language=language,
            next=safe_next(asked(search, "next")),
            told=asked(search, "told") or "",
            second=asked(search, "step") == "second",
            sso=bool(settings.oidc_issuer),
            demo_roles=demo_roles(sources),
        )
    )


def demo_roles(sources: Any) -> tuple[str, ...]:
    """Name the roles that have a demo account."""
    return tuple(role.value for role in Role) if sources.settings.demo_accounts else ()
