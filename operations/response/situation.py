"""How an incident stands by the clock: when the next report is due, and what is late."""

from collections.abc import Sequence

from operations.response.incident import Incident

MINUTE_US = 60_000_000


def report_due_us(head: Incident, every_min: Sequence[int]) -> int | None:
    """Tell when the next situation report is due; `every_min` by severity, the gravest first.

    None where nobody is at work on it any more.
    """
    if not head.is_living:
        return None
    since_us = head.opened_us if head.reported_us is None else head.reported_us
    return since_us + every_min[head.severity - 1] * MINUTE_US


def next_due_us(*due: int | None) -> int | None:
    """Give the first of what is due."""
    return min((one for one in due if one is not None), default=None)
