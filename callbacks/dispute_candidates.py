"""Which departments to ask about a dispute, and why."""

from collections.abc import Sequence
from typing import Any

from callbacks.books import Books
from callbacks.desk import Desk
from callbacks.dispute_rows import Namer
from callbacks.suggested import candidates, reason_in_words
from operations.response.dispute import Dispute
from operations.response.suggesting import Reason, Why, as_text, reason_of

MOST_LOOKED_AT = 5
BY_HAND = "by_hand"
"""What stands in place of a reason where somebody named a department."""

Suggestion = tuple[str, str, Sequence[str]]
"""A department's code, its name, and why it is to be asked."""


def suggested(
    sources: Any, desk: Desk, books: Books, dispute: Dispute, name: Namer
) -> list[Suggestion]:
    """Give those that are not asked yet, those with most reason first."""
    return [
        (code, name.unit(code), [reason_in_words(one, name.reader) for one in reasons])
        for code, reasons in reasons_of(sources, desk, books, dispute).items()
        if code not in dispute.invited
    ]


def reasons_of(
    sources: Any, desk: Desk, books: Books, dispute: Dispute
) -> dict[str, Sequence[Reason]]:
    """Give who may own the first ticket, with all reasons, and who holds the further ones."""
    found: dict[str, Sequence[Reason]] = {}
    for place, identity in enumerate(dispute.tickets[:MOST_LOOKED_AT]):
        ticket = books.ledger.ticket(*identity)
        if ticket is None:
            continue
        if place == 0:
            listed = candidates(sources, desk, ticket, books.ledger.changes(*identity))
            found |= {one.department: one.reasons for one in listed}
        elif ticket.department is not None:
            found.setdefault(ticket.department, [Reason(Why.HOLDS)])
    known = sources.names.departments
    return {code: reasons for code, reasons in found.items() if code in known}


def told(reasons: Sequence[Reason]) -> tuple[str, ...]:
    """Write reasons as a dispute keeps them."""
    return tuple(map(as_text, reasons)) or (BY_HAND,)


def kept_in_words(reason: str, sources: Any, name: Namer) -> str:
    """Say why a department was asked."""
    found = reason_of(reason, sources.suggester.catalogue)
    if found is None:
        return name.reader.words["dispute_by_hand"]
    return reason_in_words(found, name.reader)
