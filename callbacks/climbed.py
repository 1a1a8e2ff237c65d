"""What of incidents has climbed to the supervisors, for who supervises where they are."""

from typing import Any

from callbacks.desk import Desk
from callbacks.ticket_rows import named, reader_of
from layouts.supervision_face import ClimbedRow
from layouts.wording import Language
from operations.errors import Unreachable
from operations.people.permissions import Act, Field, Subject
from operations.pulse.windows import from_us
from operations.response.incident import Incident

MOST = 200


def climbed(sources: Any, desk: Desk, language: Language) -> list[ClimbedRow] | None:
    """Give what has climbed to the supervisors and still stands, drills last.

    None for who supervises nowhere, and while the database cannot be read.
    """
    who = desk.who()
    own = None if who is None else who.person.place
    if not desk.allows(Act.SUPERVISE, Subject(Field.TICKET, district=own, town=own)):
        return None
    try:
        found = desk.beside(lambda: sources.escalation_book.for_supervisors(most=MOST))
    except Unreachable:
        return None
    reader = reader_of(sources, desk, language)
    return [
        ClimbedRow(
            incident=head.id,
            title=head.title,
            number=head.number,
            category=named(sources, "categories", head.category or None, language),
            district=named(sources, "districts", head.district, language),
            exercise=head.exercise,
            cause=reader.words[f"escalation_cause_{standing.cause}"],
            step=standing.climbed,
            whom=reader.words[f"escalation_whom_{standing.reached}"],
            since=from_us(standing.since_us),
        )
        for head, standing in found
        if _is_theirs(head, desk)
    ]


def _is_theirs(head: Incident, desk: Desk) -> bool:
    """Tell whether who asks supervises there, and may look at the incident."""
    look = Subject(Field.AGGREGATE, department=head.lead, district=head.district)
    watch = Subject(Field.TICKET, district=head.district)
    return desk.allows(Act.SUPERVISE, watch) and desk.allows(Act.ATTEND, look)
