"""When each category learns what is usual of it, so that no look is kept waiting by all."""

from operations.detection.live.lookout import Hours
from operations.detection.live.memory import Memory
from operations.detection.live.registry import Registry

LATE_H = 1
"""Lessons are left to quiet moments until they are so late: a replay has none."""


class Lessons:
    """Lets the categories of a registry learn, each about once an hour, one at a time."""

    def __init__(self, registry: Registry, memory: Memory) -> None:
        self._registry, self._memory = registry, memory
        self._learnt_h: dict[str, int] = {}

    def first(self, category: str, now_us: int, hours: Hours) -> None:
        """Let a category learn that never did."""
        if category not in self._learnt_h:
            self._learn(category, now_us, hours)

    def next(self, now_us: int, hours: Hours, *, is_quiet: bool) -> None:
        """Let the category learn again whose last lesson is longest ago, where it is time."""
        learnt, lookouts = self._learnt_h, self._registry.lookouts
        category = min(lookouts, key=lambda one: learnt.get(one, -1), default=None)
        late_h = 0 if is_quiet else LATE_H
        if category is not None and learnt.get(category, -1) < hours.now_h - late_h:
            self._learn(category, now_us, hours)

    def _learn(self, category: str, now_us: int, hours: Hours) -> None:
        self._learnt_h[category] = hours.now_h
        lookout = self._registry.lookouts[category]
        lookout.learn(self._registry.addresses, hours, now_us)
        self._memory.remind(lookout)
