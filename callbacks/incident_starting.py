"""What an incident is opened from: found by what the address names, never told by who asks."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from callbacks.desk import Desk
from callbacks.ticket_rows import named
from layouts.incident_face import Start
from layouts.wording import Language, words
from operations.errors import BadInput, OperationsError
from operations.people.permissions import Act, Field, Subject
from operations.pulse.windows import to_us
from operations.response.chain import template_for
from operations.response.incident import Incident
from operations.response.incident_opening import Origin
from operations.response.incident_origin import kind_of, watched
from operations.response.ports_incident import Identity

MOST_CHOSEN = 49
"""Further tickets that an address may name: the desk lets fifty be chosen."""
MOST_OFFERED = 300
NAMES = ("cluster", "alarm", "source", "external_id")


def start_of(
    sources: Any, desk: Desk, asked: Mapping[str, str], language: Language
) -> Start | None:
    """Tell the form what it would open an incident from; None where the address names nothing.

    Also where who asks may not open one there, so that nothing of it is told.
    """
    origin = {name: asked[name] for name in NAMES if asked.get(name)}
    try:
        found = origin_of(sources, desk, origin) if origin else None
    except OperationsError:
        return None
    if found is None:
        return None
    if not desk.allows(Act.COMMAND, Subject(Field.AGGREGATE, district=found.district)):
        return None
    about = (
        named(sources, "districts", found.district, language),
        named(sources, "categories", found.category or None, language),
    )
    chain = template_for(found.category, found.templates)
    title = (" " if language == "en" else "").join(one for one in about if one)
    return Start(
        origin, title, "" if chain is None else chain.code, _lead(sources, desk, found),
        category=found.category, more=_more(asked, origin),
        at_work=_at_work(sources, desk, language) if found.tickets else (),
    )  # fmt: skip


def _more(asked: Mapping[str, str], origin: Mapping[str, str]) -> list[str]:
    """Read the further tickets an address names, each once; each is asked about when it joins."""
    named = dict.fromkeys(unquote(one) for one in (asked.get("more") or "").split(","))
    own = f"{origin.get('source')}/{origin.get('external_id')}"
    return [one for one in named if "/" in one and one != own][:MOST_CHOSEN]


def _at_work(sources: Any, desk: Desk, language: Language) -> list[tuple[str, str]]:
    """Give the incidents that who asks may let tickets join, the newest first, drills last."""
    rows = desk.beside(
        lambda: sources.incident_book.board(to_us(desk.now()), living=True, most=MOST_OFFERED)
    )
    drill = words(language)["incidents_drill"]
    return [
        (one.id, f"{one.number} {one.title}{f' · {drill}' if one.exercise else ''}")
        for one in sorted((row.head for row in rows), key=lambda head: head.exercise)
        if desk.allows(Act.COMMAND, Subject(Field.AGGREGATE, one.lead, one.district))
    ]


def _lead(sources: Any, desk: Desk, origin: Origin) -> str:
    """Give the department that most of the first tickets are with."""
    cluster = None if origin.cluster is None else desk.book.cluster(origin.cluster)
    members = list(origin.tickets) if cluster is None else list(cluster.members[:20])
    found = [desk.beside(sources.ledger.ticket, *one) for one in members]
    held = [one.department for one in found if one is not None and one.department]
    return max(set(held), key=held.count) if held else ""


def origin_of(sources: Any, desk: Desk, asked: Mapping[str, str]) -> Origin:
    """Find what an incident is opened from: its matter, its place, its cluster.

    Raises BadInput where there is no such thing.
    """
    kind, chains = kind_of(asked), tuple(sources.chains)
    if kind in ("cluster", "alarm"):
        return replace(watched(asked, desk.book), templates=chains)
    if kind == "ticket":
        return _from_ticket(sources, desk, (asked.get("source", ""), asked.get("external_id", "")))
    district = asked.get("district") or None
    if district is not None and not sources.reference.knows("district", district):
        raise BadInput("district", "there is no such district: for the whole city name none")
    return Origin(district=district, templates=chains)


def _from_ticket(sources: Any, desk: Desk, identity: Identity) -> Origin:
    """Begin with a ticket; a confidential one begins nothing that others may read."""
    ticket = desk.beside(sources.ledger.ticket, *identity)
    if ticket is None or ticket.confidential:
        raise BadInput("ticket", "there is no such ticket")
    return Origin(
        category=ticket.category, district=ticket.district, tickets=(identity,),
        templates=tuple(sources.chains),
    )  # fmt: skip


def origin_tickets(desk: Desk, origin: Origin, head: Incident | None) -> list[Identity]:
    """Give the tickets an incident begins with: its cluster's, or the one it is opened from."""
    if head is not None and head.cluster is not None:
        cluster = desk.book.cluster(head.cluster)
        return [] if cluster is None else list(cluster.members)
    return list(origin.tickets)
