"""The watch over situation reports: one that is late is an alarm until it is given.

Read from an index every few seconds of the city's time; exercises raise no alarm.
"""

from collections.abc import Callable, Sequence

import structlog

from operations.errors import Unreachable
from operations.pulse.alarm import Cause, Reason, Severity, Signal
from operations.pulse.windows import SECOND_US
from operations.response.ports_escalation import Climbed

log = structlog.get_logger()

EVERY_US = 5 * SECOND_US
MOST_LATE = 50
"""So many late reports are alarms; of more than that the longest late."""
GRAVE = 2
"""Up to this severity of an incident a late report is pressing."""


class ReportWatch:
    """Gives the reports that are late as reasons for alarm; `late` is the book's own question."""

    def __init__(self, late: Callable[..., Sequence[Climbed]] = lambda *_, **__: ()) -> None:
        self._late = late
        self._next_us = 0
        self._signals: list[Signal] = []

    def look(self, now_us: int) -> None:
        """Ask which reports are late; what was known stands while nobody answers."""
        if now_us < self._next_us:
            return
        self._next_us = now_us + EVERY_US
        try:
            found = self._late(now_us, most=MOST_LATE)
        except Unreachable as error:
            log.warning("late_reports_unknown", error=str(error))
            return
        self._signals = [_signal(one) for one in found]

    def signals(self) -> list[Signal]:
        """Give the reports that are late: an incident is an alarm of its own."""
        return self._signals


def _signal(one: Climbed) -> Signal:
    """Name the incident by its number: what people called it stays on its own page."""
    return Signal(
        reason=Reason(Cause.REPORT, one.head.number),
        group=f"|{Cause.REPORT}|{one.head.number}",
        severity=Severity.HIGH if one.head.severity <= GRAVE else Severity.MEDIUM,
        category=None,
        district=one.head.district,
        since_us=one.standing.since_us,
    )
