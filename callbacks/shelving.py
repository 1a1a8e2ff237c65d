"""Until when an alarm is shelved: the choices of the page, in the city's time."""

import unicodedata
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from operations.errors import BadInput

LENGTHS = {"30m": timedelta(minutes=30), "2h": timedelta(hours=2)}
MORNING = time(8)
LONGEST_H = 1000.0


def until(choice: str, hours: str | None, now: datetime, zone: ZoneInfo) -> datetime:
    """Give the end of a shelf: 30m, 2h, tomorrow at eight, or other, so many hours from now.

    Raises BadInput for hours that are no number; how long a shelf may be is the alarm's rule.
    """
    if choice in LENGTHS:
        return now + LENGTHS[choice]
    if choice == "tomorrow":
        day = now.astimezone(zone).date() + timedelta(days=1)
        return datetime.combine(day, MORNING, zone)
    written = unicodedata.normalize("NFKC", hours or "").strip().replace(",", ".")
    try:
        length = float(written)
    except ValueError as error:
        raise BadInput("until", f"'{written}' is no number of hours such as 1.5") from error
    if not 0 < length < LONGEST_H:
        raise BadInput("until", f"{written} hours cannot be shelved for")
    return now + timedelta(hours=length)
