"""Which departments to ask about a dispute, and why."""

from collections.abc import Sequence
from typing import Any

from callbacks.books import Books
from callbacks.dispute_rows import Namer
from operations.response.dispute import Dispute
from operations.tickets.changes import Step

HANDS = (Step.DISPATCHED, Step.RETURNED, Step.REASSIGNED)
MOST_LOOKED_AT = 5
HELD, BY_HAND = "held", "by_hand"


def suggested(
    sources: Any, books: Books, dispute: Dispute, name: Namer
) -> list[tuple[str, str, Sequence[str]]]:
    """Give those that are not asked yet."""
    found = dict.fromkeys(holders(sources, books, dispute))
    said = name.reader.words[f"dispute_{HELD}"]
    return [(code, name.unit(code), [said]) for code in found if code not in dispute.invited]


def holders(sources: Any, books: Books, dispute: Dispute) -> list[str]:
    """Name who holds or held the tickets of a dispute, in the order of their history."""
    codes = []
    for ticket in dispute.tickets[:MOST_LOOKED_AT]:
        held = books.ledger.ticket(*ticket)
        lines = books.ledger.changes(*ticket)
        codes += [
            code for line in lines if line.step in HANDS for code in (line.was, line.now) if code
        ]
        codes += [held.department] if held is not None and held.department else []
    return [code for code in codes if code in sources.names.departments]


def reason_in_words(reason: str, name: Namer) -> str:
    """Say why a department is asked."""
    said = name.reader.words
    return said.get(f"dispute_{reason}", reason)
