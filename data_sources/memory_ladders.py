"""The ladders beside the memory's incidents, for tests; they follow every act."""

from collections import defaultdict
from collections.abc import Sequence

from operations.response.escalation import WATCHED, Cause, Ladders, Standing, Whom
from operations.response.escalation_following import follow
from operations.response.incident import Incident, Kind, Part, Whole

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
        return self._ladders.steps[occasion(standing)]

    def put(self, standing: Standing) -> None:
        """Write a ladder."""
        self._held[standing.place] = standing

    def drop(self, standing: Standing) -> None:
        """Take a ladder away."""
        del self._held[standing.place]


def occasion(one: Standing) -> tuple[str, Place, int]:
    """Name the occasion of a ladder."""
    return one.incident, one.place, one.occasion_us
