"""What of incidents waits for a leader: what has climbed to the leaders, and still stands."""

from typing import Any

from callbacks.desk import Desk
from callbacks.ticket_rows import named
from layouts.leader_face import Escalated
from layouts.ticket_face import when
from layouts.wording import Language, words
from operations.errors import Unreachable
from operations.people.permissions import Act, Field, Subject
from operations.pulse.windows import from_us

MOST_READ, MOST_SHOWN = 50, 5


def escalated(sources: Any, desk: Desk, language: Language) -> list[Escalated]:
    """Give what has climbed to the leaders, the longest first, of what who asks may look at.

    In codes' names alone: this page is kept on the device, and what people typed is not.
    """
    try:
        found = desk.beside(lambda: sources.escalation_book.for_leaders(most=MOST_READ))
    except Unreachable:  # the page stands without it, as it does without a picture
        return []
    said, shown = words(language), list[Escalated]()
    for head, standing in found:
        subject = Subject(Field.AGGREGATE, department=head.lead, district=head.district)
        if not desk.allows(Act.ATTEND, subject):
            continue
        about = (
            named(sources, "categories", head.category or None, language),
            named(sources, "districts", head.district, language),
        )
        cause = said[f"escalation_cause_{standing.cause}"]
        since = when(from_us(standing.since_us), sources.reference.zone)
        shown.append(
            Escalated(head.id, cause, " · ".join(filter(None, (head.number, *about))), since)
        )
    return shown[:MOST_SHOWN]
