"""The three rings (三环): which level holds a ticket, by an ordered table of rules.

小环 town 快处, 中环 county 协同, 大环 city 攻坚. A ticket begins in the lowest ring that can hold
it and is reported upward from there. The ring is a function of what the ticket is now and of what
was reported, never of how it came to be that, as its class is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from operations.people.person import Ring
from operations.tickets.supervision import Report
from operations.tickets.ticket import Ticket, Triage, Urgency

LADDER = (Ring.TOWN, Ring.COUNTY, Ring.CITY)
"""From the smallest to the largest."""

REPORTED = "report"
"""What stands in place of a rule's name where a person reported the ticket upward."""

OTHERWISE = "otherwise"
"""What stands in place of a rule's name where none applied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RingRule:
    """One row of the table; every condition that is given must hold.

    `town` and `district` ask whether the ticket's place has one. `categories` are codes.
    """

    name: str
    ring: Ring
    triage: frozenset[Triage] = frozenset()
    urgency: frozenset[Urgency] = frozenset()
    categories: frozenset[str] = frozenset()
    town: bool | None = None
    district: bool | None = None

    def applies(self, ticket: Ticket, triage: Triage) -> bool:
        """Tell whether a ticket of a class is what the row asks for."""
        return (
            (not self.triage or triage in self.triage)
            and (not self.urgency or ticket.urgency in self.urgency)
            and (not self.categories or ticket.category in self.categories)
            and self.town in (None, ticket.town is not None)
            and self.district in (None, ticket.district is not None)
        )


USUAL: tuple[RingRule, ...] = (
    RingRule(name="placeless", ring=Ring.CITY, district=False),
    RingRule(name="townless", ring=Ring.COUNTY, town=False),
)
"""The table of a city that has none: no town can hold what lies in none."""


class Placed(NamedTuple):
    """A ticket's ring, and the rule that says so."""

    ring: Ring
    by: str


def ruled(ticket: Ticket, triage: Triage, table: Sequence[RingRule]) -> Placed:
    """Give the ring of the first rule that applies: the lowest that can hold the ticket."""
    first = next((rule for rule in table if rule.applies(ticket, triage)), None)
    return Placed(Ring.TOWN, OTHERWISE) if first is None else Placed(first.ring, first.name)


def lifted(placed: Placed, reports: Sequence[Report]) -> Placed:
    """Give the ring a ticket was reported to where that is larger, else its ring by the rules."""
    if not reports:
        return placed
    highest = max((one.ring for one in reports), key=LADDER.index)
    above_rules = LADDER.index(highest) > LADDER.index(placed.ring)
    return Placed(highest, REPORTED) if above_rules else placed


def above(ring: Ring) -> Ring | None:
    """Give the next larger ring, None above the city."""
    return dict(pairwise(LADDER)).get(ring)


def why_ring_moved(before: Ticket, after: Ticket) -> str:
    """Say why one ticket's ring is another than it was; never nothing.

    Where nothing of the ticket and of the reports on it differs, the table does.
    """
    told = {
        "report": REPORTED in (before.ring_by, after.ring_by),
        "triage": before.triage is not after.triage,
        "category": before.category != after.category,
        "urgency": before.urgency is not after.urgency,
        "place": (before.town, before.district) != (after.town, after.district),
    }
    return ",".join(name for name, differs in told.items() if differs) or "rules"
