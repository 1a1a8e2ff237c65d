"""The alarms that stand for a ticket's matter, beside its way on its page."""

from typing import Any
from urllib.parse import urlencode

from callbacks.desk import Desk
from callbacks.ticket_rows import named
from layouts.clock_face import Warned
from layouts.ticket_face import Reader
from operations.people.permissions import Act, Field, Subject
from operations.pulse.alarm import Alarm, Cause
from operations.pulse.alarm_words import says
from operations.pulse.windows import from_us
from operations.tickets.ticket import Ticket
from operations.tickets.warned import bearing_on

MOST_SHOWN = 3


def warned(sources: Any, desk: Desk, ticket: Ticket, reader: Reader) -> list[Warned]:
    """Tell of them to who may look at the evidence on clusters there."""
    here = Subject(Field.AGGREGATE, district=ticket.district)
    if not ticket.is_open or not desk.allows(Act.STUDY, here):
        return []
    bearing = bearing_on(ticket, desk.book.standing())
    return [_told(one, sources, reader) for one in bearing[:MOST_SHOWN]]


def _told(alarm: Alarm, sources: Any, reader: Reader) -> Warned:
    language = reader.language
    clusters = [one.subject for one in alarm.reasons if one.cause is Cause.CLUSTER]
    matter = named(sources, "categories", alarm.category, language)
    where = named(sources, "districts", alarm.district, language)
    counts = [
        says(one, sources.names)[language == "en"]
        for one in alarm.reasons
        if one.cause is Cause.CATEGORY
    ]
    place = f"/clusters/{clusters[0]}" if clusters else "/clusters"
    return Warned(
        what=counts[0] if counts and not clusters else " · ".join(filter(None, (matter, where))),
        severity=alarm.severity.value,
        since=from_us(alarm.raised_us),
        href=f"{place}?{urlencode({'lang': language})}",
    )
