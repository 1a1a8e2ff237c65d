"""Which screen stands at an address: drawn once, when the page is opened."""

from collections.abc import Callable
from typing import Any

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks import (
    account,
    accountability,
    audit,
    campaigns,
    cases,
    catalogue,
    cluster,
    clusters,
    departments,
    dispute,
    disputes,
    home,
    likely,
    login,
    owed,
    people,
    person,
    reports,
    screens,
    search,
    ticket,
    wall,
)
from callbacks.asking import asked_language, parts_of
from callbacks.desk import Desk
from callbacks.lean import plain
from callbacks.ticket_rows import reader_of
from layouts import ids
from layouts.home import not_found
from layouts.pairing import pairing
from layouts.parts.people import viewing_mark
from layouts.parts.snapshot import snapshot
from layouts.wording import Language
from operations.people.roles import Role


def register(app: Dash, sources: Any, desk: Desk) -> None:
    """Register the one callback that draws a page."""

    @app.callback(
        Output(ids.SCREEN, "children"),
        Input(ids.ADDRESS, "pathname"),
        State(ids.ADDRESS, "search"),
    )
    def draw(pathname: str | None, query: str | None) -> Any:
        drawn = screen(sources, desk, pathname or "/", query or "")
        shown = marked(drawn, sources, desk, pathname or "/", query or "")
        return plain(pictured(shown, sources, desk, pathname or "/", query or ""))


def pictured(shown: Any, sources: Any, desk: Desk, pathname: str, query: str) -> Any:
    """Put the button for a picture below a wall; pages have theirs in their head.

    A wall that was let in has none: nobody stands at it.
    """
    who, parts = desk.who(), parts_of(pathname)
    is_wall = who is not None and Role.WALL in who.person.roles
    if is_wall or parts[:1] != ["wall"]:
        return shown
    language = asked_language(query, sources.settings.language)
    reader = reader_of(sources, desk, language)
    button = snapshot(reader.name, reader.zone.key, reader.offset, language)
    return [*shown, button] if isinstance(shown, list) else [shown, button]


def marked(drawn: Component, sources: Any, desk: Desk, pathname: str, query: str) -> Any:
    """Put the mark over a screen that an administrator sees through another role.

    The account page says it itself, where it is changed.
    """
    who = desk.who()
    if who is None or who.person.as_role is None or parts_of(pathname) == ["account"]:
        return drawn
    language = asked_language(query, sources.settings.language)
    return [drawn, viewing_mark(who.person.as_role, language)]


def screen(sources: Any, desk: Desk, pathname: str, query: str) -> Component:
    """Give the screen at an address, or say that there is none."""
    language = asked_language(query, sources.settings.language)
    parts = parts_of(pathname)
    if not parts:
        return home.draw(sources, desk, language)
    drawn = None
    if parts[0] == "wall" and len(parts) <= 2:
        scope = parts[1] if len(parts) == 2 else wall.CITY
        drawn = wall.draw(sources, desk, scope, query, language)
    elif parts[0] == "departments":
        drawn = of_departments(sources, desk, parts, query, language)
    elif parts == ["pair"]:
        drawn = pairing(language, desk.software)
    elif parts[0] in ONES:
        drawn = of_matters(sources, desk, parts, query, language)
    elif parts[0] == "screens" and len(parts) <= 2:
        drawn = screens.draw(sources, desk, "".join(parts[1:]), query, language)
    elif parts in (["desk"], ["desk", "duplicates"], ["supervision"], ["duties"], ["reports"]):
        drawn = of_the_centre(sources, desk, parts, query, language)
    elif parts[0] == "tickets" and len(parts) >= 3:
        drawn = ticket.draw(sources, desk, parts[1], "/".join(parts[2:]), language)
    elif desk.people is not None:
        drawn = for_people(sources, desk, parts, query, language)
    return drawn if drawn is not None else not_found(language)


def of_the_centre(
    sources: Any, desk: Desk, parts: list[str], query: str, language: Language
) -> Component | None:
    """Give the table of tickets, likely duplicates, what is owed on tickets, or the reports."""
    if parts == ["desk", "duplicates"]:
        return likely.draw(sources, desk, query, language)
    if parts == ["reports"]:
        return reports.draw(sources, desk, query, language)
    if parts == ["duties"]:
        return catalogue.draw(sources, desk, query, language)
    if parts == ["supervision"]:
        return owed.draw(sources, desk, query, language)
    return search.draw(sources, desk, query, language)


LISTS: dict[str, Callable[..., Component | None]] = {
    "clusters": clusters.draw,
    "disputes": disputes.draw,
    "campaigns": campaigns.draw,
    "cases": cases.draw,
    "accountability": accountability.draw,
}
ONES: dict[str, Callable[..., Component | None]] = {
    "clusters": cluster.draw,
    "disputes": dispute.draw,
    "clinics": disputes.draw_clinic,
    "campaigns": campaigns.draw_one,
    "cases": cases.draw_one,
    "accountability": accountability.draw_one,
}
"""What draws a list, and one of it, by the first part of its address."""


def of_matters(
    sources: Any, desk: Desk, parts: list[str], query: str, language: Language
) -> Component | None:
    """Give a list or one of it: clusters, disputes, clinics, campaigns, cases, accountability."""
    match parts:
        case [kind] if kind in LISTS:
            return LISTS[kind](sources, desk, query, language)
        case [kind, name] if kind in ONES:
            return ONES[kind](sources, desk, name, language)
    return None


def of_departments(
    sources: Any, desk: Desk, parts: list[str], query: str, language: Language
) -> Component | None:
    """Give the figures of all departments, or of one."""
    match parts:
        case [_]:
            return departments.draw(sources, desk, None, query, language)
        case [_, code]:
            return departments.draw(sources, desk, code, query, language)
    return None


def for_people(
    sources: Any, desk: Desk, parts: list[str], query: str, language: Language
) -> Component | None:
    """Give the screen that is there only where people sign in, None for any other."""
    match parts:
        case ["login"]:
            return login.draw(sources, query, language)
        case ["account"]:
            return account.draw(sources, desk, query, language)
        case ["people"]:
            return people.draw(sources, desk, query, language)
        case ["people", name]:
            return person.draw(sources, desk, name, language)
        case ["audit"]:
            return audit.draw(sources, desk, query, language)
    return None
