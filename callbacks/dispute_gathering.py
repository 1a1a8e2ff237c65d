"""Tickets that were chosen for a dispute: found by what the address names."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from callbacks.books import Books
from callbacks.desk import Desk
from callbacks.dispute_rows import Namer, dispute_row, sees
from callbacks.ticket_rows import row_of
from layouts.disputes_face import DisputeRow, Gathering
from layouts.ticket_face import Reader
from operations.people.permissions import Act, Field, Subject
from operations.response.dispute import DISPUTE, Dispute, Identity, State
from operations.response.dispute import Act as DisputeAct
from operations.response.dispute_home import MOST_ASKED, home_of
from operations.tickets.ticket import Ticket

MOST_CHOSEN = 50
"""As many as the desk lets be chosen."""
MOST_OFFERED = 50
TAKING = tuple(state for state in State if DisputeAct.JOIN in DISPUTE.open_acts(state))
"""A dispute that stands so takes tickets."""


def gathering_of(
    sources: Any, desk: Desk, asked: Mapping[str, str], reader: Reader
) -> Gathering | None:
    """Give the chosen tickets and the disputes they may join; None where none is for who asks."""
    named, books = chosen_by(asked), Books(sources, desk)
    found = [books.ledger.ticket(*one) for one in named]
    seen = [one for one in found if one is not None and sees(desk, one)]
    if not any(_may(desk, one) for one in seen):
        return None
    now = desk.now()
    return Gathering(
        tickets=[row_of(one, sources, now, reader.language) for one in seen],
        hidden=len(named) - len(seen),
        into=_offered(books, desk, Namer(sources, reader)),
    )


def chosen_by(asked: Mapping[str, str]) -> list[Identity]:
    """Read the tickets an address names, each once, in its order."""
    if not asked.get("source"):
        return []
    found = dict.fromkeys([(asked["source"], asked.get("external_id", ""))])
    for one in (asked.get("more") or "").split(","):
        source, parted, external_id = one.partition("/")
        if parted:
            found[unquote(source), unquote(external_id)] = None
    return list(found)[:MOST_CHOSEN]


def _may(desk: Desk, ticket: Ticket) -> bool:
    subject = Subject(Field.TICKET, ticket.department, ticket.district, ticket.town)
    return desk.allows(Act.CONSULT, subject)


def _may_run(books: Books, desk: Desk, held: Dispute) -> bool:
    tickets = [books.ledger.ticket(*one) for one in held.tickets[:MOST_ASKED]]
    return desk.allows(Act.CONSULT, Subject(Field.TICKET, district=home_of(held, tickets)))


def _offered(books: Books, desk: Desk, name: Namer) -> list[tuple[DisputeRow, int]]:
    """Give the disputes that take tickets and that who asks may run."""
    found = []
    held: Dispute
    for held in books.disputes.listed(TAKING, most=MOST_OFFERED).rows:
        first = books.ledger.ticket(*held.tickets[0])
        if first is not None and sees(desk, first) and _may_run(books, desk, held):
            row = dispute_row(held, first.title, None, desk.now(), name)
            found.append((row, held.version))
    return found
