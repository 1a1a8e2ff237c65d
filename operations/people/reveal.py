"""A reveal: one person sees one protected field of one ticket, for a reason and for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from operations.errors import BadInput
from operations.people.masking import HIDDEN, mask

FIELDS = (
    *("name", "phone", "id_number", "contact_name", "contact_phone"),
    *("contact_id_number", "contact_address"),
    *("title", "text", "address"),
)
WORDS = ("title", "text", "address")
"""Fields whose masked copies stand beside them; of the others only numbers show their ends."""
NUMBERS = ("phone", "id_number", "contact_phone", "contact_id_number")
SHORTEST_REASON = 4
LONGEST_REASON = 500
USUAL_MIN = 15
LONGEST_MIN = 120


@dataclass(frozen=True, slots=True)
class Reveal:
    """A line of the book of who has seen what; `until` is when it has to be asked for again."""

    source: str
    external_id: str
    field: str
    who: str
    reason: str
    at: datetime
    until: datetime

    def covers(self, field: str, who: str, now: datetime) -> bool:
        """Tell whether this lets `who` see the field at `now`."""
        return (self.field, self.who) == (field, who) and self.at <= now < self.until


def reveal(
    ticket: tuple[str, str],
    field: object,
    *,
    who: str,
    reason: object,
    now: datetime,
    minutes: object = USUAL_MIN,
) -> Reveal:
    """Make the line of a reveal; raises BadInput for what cannot be asked."""
    if field not in FIELDS:
        raise BadInput("field", f"one of {', '.join(FIELDS)}")
    given = reason.strip() if isinstance(reason, str) else ""
    if len(given) < SHORTEST_REASON:
        raise BadInput("reason", f"say why, in at least {SHORTEST_REASON} characters")
    if len(given) > LONGEST_REASON or not given.isprintable():
        raise BadInput("reason", f"one line of at most {LONGEST_REASON} characters")
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 1 <= minutes <= LONGEST_MIN:
        raise BadInput("minutes", f"a whole number from 1 to {LONGEST_MIN}")
    return Reveal(*ticket, str(field), who, given, now, now + timedelta(minutes=minutes))


def masked_field(field: str, value: str) -> str:
    """Give what may be seen of a person's field unopened: the ends of a number, else stars."""
    if field in NUMBERS:
        shown = mask(value)
        if shown != value:
            return shown
    return HIDDEN * 3
