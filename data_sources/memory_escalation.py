"""Escalation in plain Python, for tests: what is due among the memory's incidents, and fires."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from data_sources.memory_incidents import MemoryIncidentBook
from data_sources.memory_ladders import occasion
from operations.response import escalation
from operations.response.escalation import Cause, Standing, Whom, commander_of
from operations.response.incident import Kind, Line
from operations.response.ports_escalation import Climbed


class MemoryEscalationBook:
    """`ports_escalation.EscalationBook` for one process."""

    def __init__(self, incidents: MemoryIncidentBook) -> None:
        self._incidents, self._ladders = incidents, incidents.ladders

    def due(self, now_us: int, *, most: int) -> list[Standing]:
        """Give the ladders whose next step is due, the longest due first."""
        found = self._found(lambda one: one.at_us is not None and one.at_us <= now_us)
        return sorted(found, key=lambda one: (one.at_us or 0, one.incident))[:most]

    def fire(self, seen: Standing, now_us: int) -> Line | None:
        """Fire the next step of a ladder; None where it is not due any more."""
        with self._incidents.one_writer:
            whole = self._incidents.whole(seen.incident)
            if whole is None or self._ladders.held[seen.incident].get(seen.place) != seen:
                return None
            rules, commander = self._ladders.rules, commander_of(whole.of(Kind.ROLE))
            fired = escalation.fire(seen, rules, whole.head, commander, now_us)
            if fired is None:
                after = escalation.timed(seen, rules, whole.head.severity)
                self._ladders.held[seen.incident][seen.place] = after
                return None
            line = replace(escalation.line_of(fired, now_us), seq=whole.head.seq + 1)
            self._ladders.steps[occasion(seen)].append((fired.number, fired.whom))
            self._ladders.held[seen.incident][seen.place] = fired.after
            self._incidents.append(whole, line)
        return line

    def _found(self, wanted: Callable[[Standing], bool]) -> list[Standing]:
        held = (one for places in self._ladders.held.values() for one in places.values())
        return [one for one in held if wanted(one)]

    def standing(self, incident: str) -> list[Standing]:
        """Give the ladders of an incident that have climbed."""
        found = self._found(lambda one: one.incident == incident and one.climbed > 0)
        return sorted(found, key=lambda one: one.place)

    def counts(self, incidents: Sequence[str]) -> dict[str, int]:
        """Count, of some incidents, the ladders that have climbed."""
        found = {one: len(self.standing(one)) for one in incidents}
        return {one: number for one, number in found.items() if number}

    def for_leaders(self, *, most: int) -> list[Climbed]:
        """Give what has climbed to the leaders; never of an exercise."""
        return self._with_heads(lambda one: one.reached is Whom.LEADER, most)

    def for_supervisors(self, *, most: int) -> list[Climbed]:
        """Give what supervisors were told of on its occasion, exercises last."""
        fired = self._ladders.steps
        found = self._with_heads_of_all(
            lambda one: any(whom is Whom.SUPERVISOR for _, whom in fired[occasion(one)])
        )
        return sorted(found, key=lambda one: one.head.exercise)[:most]

    def late_reports(self, now_us: int, *, most: int) -> list[Climbed]:
        """Give the situation reports that are late; never of an exercise."""
        return self._with_heads(
            lambda one: one.cause is Cause.REPORT_LATE and one.since_us <= now_us, most
        )

    def _with_heads(self, wanted: Callable[[Standing], bool], most: int) -> list[Climbed]:
        real = [one for one in self._with_heads_of_all(wanted) if not one.head.exercise]
        return real[:most]

    def _with_heads_of_all(self, wanted: Callable[[Standing], bool]) -> list[Climbed]:
        found = sorted(self._found(wanted), key=lambda one: (one.since_us, one.incident))
        heads = [(self._incidents.head(one.incident), one) for one in found]
        return [Climbed(head, one) for head, one in heads if head]

    def reckon(self, incident: str) -> None:
        """Bring the ladders of one incident to the rules of this start."""
        with self._incidents.one_writer:
            if (whole := self._incidents.whole(incident)) is not None:
                self._ladders.follow(whole, None, ())

    def living(self) -> list[str]:
        """Name the incidents somebody is at work on."""
        return [one.head.id for one in self._incidents.board(0, living=True, most=10**6)]
