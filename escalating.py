"""The worker's part in escalation: each second the steps that are due fire, each once.

What is due is found by an index, so that a look costs the same however many incidents there are.
At a start the ladders of what is open are brought to the rules of this start, a few at each look:
a city may have changed its own meanwhile.
"""

from collections.abc import Callable
from datetime import datetime

import structlog

from data_sources.connect import Sources
from data_sources.incident_bell import RedisBell
from operations.errors import OperationsError, Unreachable
from operations.pulse.windows import to_us
from operations.response.escalation import Standing
from operations.response.ports_escalation import EscalationBook

log = structlog.get_logger()

MOST_FIRED = 50
"""So many steps at one look; what is due beyond them fires at the next."""
MOST_RECKONED = 5


class Escalating:
    """Fires what is due; what cannot be written now is due at the next look.

    `ring` tells the screens.
    """

    def __init__(self, book: EscalationBook, ring: Callable[[str, int], None]) -> None:
        self._book, self._ring = book, ring
        self._unreckoned: list[str] | None = None

    def look(self, now: datetime) -> None:
        """Fire every step that is due at a moment of the city's time."""
        now_us = to_us(now)
        try:
            self._reckon()
            for _ in range(MOST_FIRED):
                due = self._book.due(now_us, most=MOST_FIRED)
                fired = [self._fire(one, now_us) for one in due]
                if not any(fired):
                    return
        except Unreachable as error:
            log.warning("escalation_waits", error=str(error))

    def _reckon(self) -> None:
        if self._unreckoned is None:
            self._unreckoned = self._book.living()
        for incident in self._unreckoned[:MOST_RECKONED]:
            self._book.reckon(incident)
            self._unreckoned.remove(incident)

    def _fire(self, standing: Standing, now_us: int) -> bool:
        """Fire a step; tell whether one did. One that cannot be written stops no other."""
        try:
            line = self._book.fire(standing, now_us)
        except Unreachable:
            raise
        except OperationsError as error:
            log.error("step_not_fired", incident=standing.incident, reason=str(error))  # noqa: TRY400
            return False
        except Exception:  # a row nobody can read is set aside until somebody has looked at it
            log.exception("step_not_fired", incident=standing.incident)
            return False
        if line is None:
            return False
        log.info("step_fired", incident=standing.incident, cause=standing.cause.value)
        try:
            self._ring(standing.incident, line.seq)
        except Unreachable as error:  # the screens ask by themselves
            log.info("incident_not_rung", error=str(error))
        return True


def escalation_of(sources: Sources) -> Escalating:
    """Make what fires the steps of a city."""
    return Escalating(sources.escalation_book, RedisBell(sources.redis).ring)
