"""Ladders for tests: short ones, and a scene in which the clock is moved by hand."""

from data_sources.memory_escalation import MemoryEscalationBook
from data_sources.memory_incidents import MemoryIncidentBook
from operations.response.escalation import Cause, Ladder, Ladders, Step, Whom
from operations.response.incident import Kind, Line
from tests.incidents import MINUTE_US, T0_US, Scene

UP = (
    Step(Whom.LEAD, (0, 0, 0, 0)),
    Step(Whom.COMMANDER, (10, 20, 30, 40)),
    Step(Whom.LEADER, (20, 40, 60)),
)
"""To the lead at once, after half an hour to the commander, after an hour to the leaders."""

LADDERS = Ladders(
    {cause: Ladder(cause, UP) for cause in Cause}, report_every_min=(60, 120, 240, 1440)
)


class Climbing(Scene):
    """An incident with its ladders; `at` moves the clock to a minute and fires what is due."""

    def __init__(self, book=None, escalation=None, **more):
        book = book or MemoryIncidentBook(ladders=LADDERS)
        self.escalation = escalation or MemoryEscalationBook(book)
        super().__init__(book, **more)

    def at(self, minute: int) -> list[Line]:
        self.minute = max(self.minute, minute)
        now_us, fired = T0_US + minute * MINUTE_US, []
        while due := self.escalation.due(now_us, most=99):
            lines = [self.escalation.fire(one, now_us) for one in due]
            fired += [line for line in lines if line is not None]
        return fired

    def told(self, minute: int) -> list[str]:
        """Fire what is due at a minute; give the details of it."""
        return [line.detail for line in self.at(minute)]

    def only_task(self, **more) -> None:
        """Let the lead check in and report for days, so that one task is all that waits."""
        self.on(Kind.PARTY, 1, "check_in")
        self.act("give", title="采样", owner="health", within_min=60, **more)
