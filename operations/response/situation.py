"""How an incident stands by the clock: when the next report is due, and what is late."""

from collections.abc import Sequence

from operations.response.incident import Incident

MINUTE_US = 60_000_000


def reports_from_us(head: Incident) -> int:
    """Tell from when the next report counts: the last one, the opening, or the opening again."""
    return max(head.opened_us, head.reported_us or 0, head.resumed_us or 0)


def report_due_us(head: Incident, every_min: Sequence[int]) -> int | None:
    """Tell when the next situation report is due; `every_min` by severity, the gravest first.

    None where nobody is at work on it any more.
    """
    if not head.is_living:
        return None
    return reports_from_us(head) + every_min[head.severity - 1] * MINUTE_US


def next_due_us(*due: int | None) -> int | None:
    """Give the first of what is due."""
    return min((one for one in due if one is not None), default=None)
