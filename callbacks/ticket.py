"""A ticket's page, and the list of who has opened its protected fields."""

from collections.abc import Mapping
from typing import Any

from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from callbacks.asking import asked_language, parts_of
from callbacks.desk import Desk
from callbacks.dispute import ruling_face
from callbacks.duplicate_panel import duplicates_face
from callbacks.suggested import owner_face
from callbacks.ticket_clocks import clock_face
from callbacks.ticket_history import Look, steps_of
from callbacks.ticket_incidents import incidents_face
from callbacks.ticket_pairings import pairing_steps
from callbacks.ticket_rows import named, reader_of, row_of, sight
from callbacks.ticket_watch import watch_face
from layouts import ids
from layouts import ticket as page
from layouts.parts.clocks import clocks
from layouts.parts.supervision import watch
from layouts.parts.timeline import timeline
from layouts.ticket_face import Opened, Reader, Step, TicketFace
from layouts.wording import Language, words
from operations.errors import OperationsError, Unreachable
from operations.people.permissions import Act, Field, Subject
from operations.tickets.ticket import Callback, Ticket

TIMES = (
    *("occurred_at", "created_at", "received_at", "dispatched_at", "signed_at", "due_at"),
    *("original_due_at", "replied_at", "closed_at", "updated_at"),
)
COUNTS = ("returns", "reassignments", "extensions", "reopenings")


def draw(
    sources: Any, desk: Desk, source: str, external_id: str, language: Language
) -> Component | None:
    """Draw a ticket; nothing where there is none, or none for who asks."""
    reader = reader_of(sources, desk, language)
    try:
        life = desk.beside(sources.history.life, source, external_id)
        if life is None or not _sees(desk, life.ticket):
            return None
        found = Look(sources, desk, life)
        told = clock_face(sources, desk, found, reader)
        watched = watch_face(sources, desk, found, reader)
        beside = page.Beside(
            told, watched, duplicates_face(sources, desk, found.ticket, reader),
            ruling_face(sources, desk, found.ticket, reader),
            owner_face(sources, desk, found, reader),
            incidents_face(sources, desk, found.ticket, reader),
        )  # fmt: skip
        return page.ticket(_face(sources, desk, found, reader), beside)
    except Unreachable:
        return page.away(reader, source, external_id)


def register(app: Dash, sources: Any, desk: Desk) -> None:
    """Register what draws a ticket anew: who has seen it, and what was done with it."""

    @app.callback(
        Output(ids.TICKET_SEEN, "children"),
        Input(ids.TICKET_SEEN_ANEW, "n_clicks"),
        State(ids.ADDRESS, "pathname"),
        State(ids.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def list_anew(_pressed: Any, pathname: str, search: str) -> Any:
        return listed(sources, desk, pathname, search)

    @app.callback(
        output=(
            Output(ids.CLOCKS, "children"),
            Output(ids.WATCH, "children"),
            Output(ids.TICKET_HISTORY, "children"),
        ),
        inputs=(
            Input(ids.TICKET_ANEW, "n_clicks"),
            Input(ids.TICKET_DECIDED, "data"),
            Input(ids.TICKET_MERGED, "data"),
        ),
        state=(State(ids.ADDRESS, "pathname"), State(ids.ADDRESS, "search")),
        prevent_initial_call=True,
    )
    def draw_anew(_pressed: Any, _decided: Any, _merged: Any, pathname: str, search: str) -> Any:
        return anew(sources, desk, pathname, search)


def anew(sources: Any, desk: Desk, pathname: str, search: str) -> Any:
    """Draw the clocks, the supervision and the history of an address's ticket as they are now."""
    found, reader = _looked(sources, desk, pathname, search)
    if found is None:
        return no_update, no_update, no_update
    clock = clocks(clock_face(sources, desk, found, reader))
    watched = watch(watch_face(sources, desk, found, reader))
    return clock, watched, timeline(_steps(sources, desk, found, reader), reader)


def _steps(sources: Any, desk: Desk, found: Look, reader: Reader) -> list[Step]:
    more = pairing_steps(sources, desk, found.ticket, reader)
    return steps_of(found, sources, reader, more)


def _looked(sources: Any, desk: Desk, pathname: str, search: str) -> tuple[Look | None, Reader]:
    """Look at the ticket of an address; nothing where there is none for who asks."""
    reader = reader_of(sources, desk, asked_language(search or "", sources.settings.language))
    parts = parts_of(pathname or "")
    if len(parts) < 3 or parts[0] != "tickets":
        return None, reader
    life = desk.beside(sources.history.life, parts[1], "/".join(parts[2:]))
    if life is None or not _sees(desk, life.ticket):
        return None, reader
    return Look(sources, desk, life), reader


def listed(sources: Any, desk: Desk, pathname: str, search: str) -> Any:
    """List who has seen the ticket of an address."""
    found, reader = _looked(sources, desk, pathname, search)
    return no_update if found is None else page.seen(_seen(sources, desk, found.ticket), reader)


def _sees(desk: Desk, ticket: Ticket) -> bool:
    return sight(desk).holds(_subject(ticket, Field.TICKET), confidential=ticket.confidential)


def _subject(ticket: Ticket, field: Field) -> Subject:
    return Subject(field, ticket.department, ticket.district, ticket.town)


def _face(sources: Any, desk: Desk, found: Look, reader: Reader) -> TicketFace:
    ticket, said = found.ticket, reader.words
    held, unsealable = _protected(sources, desk, ticket)
    known = desk.who() is not None
    may_reveal = known and desk.allows(Act.LOOK, _subject(ticket, Field.CALLER))
    return TicketFace(
        reader=reader,
        row=row_of(ticket, sources, desk.now(), reader.language),
        words={"title": ticket.title, "text": ticket.text, "address": ticket.address},
        person={name: value for name, value in held.items() if name in page.PERSON},
        sealed=frozenset(held),
        facts=_facts(sources, ticket, reader.language),
        times=[
            (f"ticket_field_{name}", at)
            for name in TIMES
            if (at := getattr(ticket, name)) is not None
        ],
        counts={name: getattr(ticket, name) for name in COUNTS},
        parent=ticket.parent,
        steps=_steps(sources, desk, found, reader),
        seen=_seen(sources, desk, ticket),
        may_reveal=may_reveal,
        why_not=said["reveal_not_yours"] if known else said["reveal_no_accounts"],
        unsealable=unsealable,
    )


def _protected(sources: Any, desk: Desk, ticket: Ticket) -> tuple[dict[str, str], bool]:
    """Give what a ticket protects, masked; and whether it cannot be read."""
    try:
        return desk.beside(sources.sealed_book.masked, *ticket.identity), False
    except Unreachable:
        raise
    except OperationsError:  # a key that is missing, a message that was changed
        return {}, True


def _seen(sources: Any, desk: Desk, ticket: Ticket) -> list[Opened]:
    lines = desk.beside(sources.reveals.of, *ticket.identity)
    names = {login: _name(sources, desk, login) for login in {line.who for line in lines}}
    return [Opened(line.at, names[line.who], line.field, line.reason, line.until) for line in lines]


def _name(sources: Any, desk: Desk, login: str) -> str:
    """Name who has seen a field as their acts are signed; whoever is gone is left as a login."""
    if desk.people is None:
        return login
    held = desk.beside(sources.accounts.by_login, login)
    return login if held is None else f"{held.name} ({held.login})"


def _facts(sources: Any, ticket: Ticket, language: Language) -> list[tuple[str, str]]:
    said = words(language)

    def name(kind: str, code: str | None) -> str:
        return named(sources, kind, code, language)

    category = name("categories", ticket.category)
    department = name("departments", ticket.department) or said["ticket_unassigned"]
    places = (name("districts", ticket.district), name("towns", ticket.town))
    cooperating = [name("departments", code) for code in ticket.cooperating]
    facts = [
        ("ticket_field_kind", said[f"ticket_kind_{ticket.kind.value}"]),
        ("ticket_category", _given(category, ticket.category_as_given, said)),
        ("ticket_field_urgency", said[f"ticket_urgency_{ticket.urgency.value}"]),
        ("ticket_field_channel", said[f"channel_{ticket.channel.value}"]),
        ("ticket_department", _given(department, ticket.department_as_given, said)),
        ("ticket_field_cooperating", ", ".join(cooperating)),
        ("ticket_place", " / ".join(filter(None, places))),
        ("ticket_field_source", ticket.source),
    ]
    if ticket.return_reason:
        facts.append(("ticket_field_return_reason", ticket.return_reason))
    if ticket.callback is not None:
        facts.append(("ticket_callback", _called_back(ticket.callback, said)))
    return facts


def _given(name: str, given: str | None, said: Mapping[str, str]) -> str:
    return f"{name} ({said['ticket_given'].format(word=given)})" if given else name


def _called_back(callback: Callback, said: Mapping[str, str]) -> str:
    if not callback.reached:
        return said["ticket_unreached"]
    told = []
    if callback.resolved is not None:
        told.append(said["ticket_resolved" if callback.resolved else "ticket_unresolved"])
    if callback.satisfaction is not None:
        told.append(said[f"ticket_satisfaction_{callback.satisfaction.value}"])
    return " · ".join(told) or said["ticket_no_answer"]
