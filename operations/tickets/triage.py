"""Four-way triage (四维定责): which way a ticket goes, by an ordered table of rules.

The class is a function of what the ticket is now, never of how it came to be that, so that
deliveries in any order end in the same class. What a person decided goes before every rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from operations.tickets.ticket import Kind, Ticket, Triage, Urgency

OVERRIDE = "override"
"""What stands in place of a rule's name where a person decided."""

OTHERWISE = "otherwise"
"""What stands in place of a rule's name where none applied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageRule:
    """One row of the table; every condition that is given must hold.

    The counts are "at least": `bounces` of returns or of reassignments, whichever are more.
    `categories` are codes.
    """

    name: str
    triage: Triage
    urgency: frozenset[Urgency] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    categories: frozenset[str] = frozenset()
    bounces: int = 0
    extensions: int = 0
    reopenings: int = 0

    def applies(self, ticket: Ticket) -> bool:
        """Tell whether a ticket is what the row asks for."""
        return (
            (not self.urgency or ticket.urgency in self.urgency)
            and (not self.kinds or ticket.kind in self.kinds)
            and (not self.categories or ticket.category in self.categories)
            and max(ticket.returns, ticket.reassignments) >= self.bounces
            and ticket.extensions >= self.extensions
            and ticket.reopenings >= self.reopenings
        )


USUAL: tuple[TriageRule, ...] = (
    TriageRule(
        name="urgent",
        triage=Triage.URGENT,
        urgency=frozenset({Urgency.URGENT, Urgency.CRITICAL}),
    ),
    TriageRule(name="bounced", triage=Triage.DISPUTED, bounces=2),
    TriageRule(name="extended", triage=Triage.HARD, extensions=1),
    TriageRule(name="reopened", triage=Triage.HARD, reopenings=1),
)
"""The table where a city's rules have none: who is in danger goes first, then who has no owner."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """A ticket's class, and the rule that says so."""

    triage: Triage
    rule: str


def sort(ticket: Ticket, table: Sequence[TriageRule], override: Triage | None = None) -> Sorted:
    """Give a ticket's class: a person's where there is one, else the first rule's that applies."""
    if override is not None:
        return Sorted(override, OVERRIDE)
    for rule in table:
        if rule.applies(ticket):
            return Sorted(rule.triage, rule.name)
    return Sorted(Triage.ORDINARY, OTHERWISE)
