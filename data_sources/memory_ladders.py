"""Escalation in plain Python, for tests: the ladders beside the memory's incidents."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from operations.response import escalation
from operations.response.escalation import (
    WATCHED,
    Cause,
    Ladders,
    Standing,
    Whom,
    commander_of,
)
from operations.response.escalation_following import follow
from operations.response.incident import Incident, Kind, Line, Part, Whole
from operations.response.ports_escalation import Climbed

if TYPE_CHECKING:
    from data_sources.memory_incidents import MemoryIncidentBook

Place = tuple[Kind, int, Cause]


class MemoryLadders:
    """The ladders of all incidents, and the steps that fired."""

    def __init__(self, ladders: Ladders) -> None:
        self.rules = ladders
        self.held: dict[str, dict[Place, Standing]] = defaultdict(dict)
        self.steps: dict[tuple[str, Place, int], list[tuple[int, Whom]]] = defaultdict(list)

    def follow(self, whole: Whole, before: Incident | None, parts: Sequence[Part]) -> None:
        """Bring the ladders of an incident to what an act has made of it."""
        follow(_Rows(self, whole), self.rules, before, whole.head, parts)


class _Rows:
    """`escalation_following.LadderRows` of one incident."""

    def __init__(self, ladders: MemoryLadders, whole: Whole) -> None:
        self._ladders, self._whole = ladders, whole
        self._held = ladders.held[whole.head.id]

    def watched(self) -> list[Part]:
        """Give every part that may have ladders."""
        return [one for one in self._whole.parts.values() if one.kind in WATCHED]

    def standing(self, place: tuple[Kind, int] | None = None) -> list[Standing]:
        """Give the ladders at a part, or all of them."""
        return [one for one in self._held.values() if place in (None, one.place[:2])]

    def fired(self, standing: Standing) -> list[tuple[int, Whom]]:
        """Give the steps that fired on an occasion."""
        return self._ladders.steps[_occasion(standing)]

    def put(self, standing: Standing) -> None:
        """Write a ladder."""
        self._held[standing.place] = standing

    def drop(self, standing: Standing) -> None:
        """Take a ladder away."""
        del self._held[standing.place]


def _occasion(one: Standing) -> tuple[str, Place, int]:
    return one.incident, one.place, one.occasion_us


class MemoryEscalationBook:
    """`ports_escalation.EscalationBook` for one process."""

    def __init__(self, incidents: "MemoryIncidentBook") -> None:
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
            self._ladders.steps[_occasion(seen)].append((fired.number, fired.whom))
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

    def late_reports(self, now_us: int, *, most: int) -> list[Climbed]:
        """Give the situation reports that are late; never of an exercise."""
        return self._with_heads(
            lambda one: one.cause is Cause.REPORT_LATE and one.since_us <= now_us, most
        )

    def _with_heads(self, wanted: Callable[[Standing], bool], most: int) -> list[Climbed]:
        found = sorted(self._found(wanted), key=lambda one: (one.since_us, one.incident))
        heads = [(self._incidents.head(one.incident), one) for one in found]
        real = [Climbed(head, one) for head, one in heads if head and not head.exercise]
        return real[:most]

    def reckon(self, incident: str) -> None:
        """Bring the ladders of one incident to the rules of this start."""
        with self._incidents.one_writer:
            if (whole := self._incidents.whole(incident)) is not None:
                self._ladders.follow(whole, None, ())

    def living(self) -> list[str]:
        """Name the incidents somebody is at work on."""
        return [one.head.id for one in self._incidents.board(0, living=True, most=10**6)]
