"""A small made-up city: sixty places, two matters, forty ordinary days, and outbreaks to plant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from operations.detection.cluster import Cluster, ClusterLine
from operations.detection.live.chores import Rehearsal
from operations.detection.live.tracking import Turns
from operations.detection.live.watch import Watch
from operations.tickets.fact import Fact
from tests.builders import NOW_US, fact

HOUR_US = 3_600_000_000
MINUTE_US = 60_000_000
DAY_US = 24 * HOUR_US
SHANGHAI = ZoneInfo("Asia/Shanghai")
RATES_D = {"water": 6.0, "roads": 12.0}
DAYS = 40
_numbers = count(1)

_DICE = np.random.default_rng(7)
PLACES = [
    (37.60 + float(north) * 0.12, 120.40 + float(east) * 0.12)
    for north, east in _DICE.random((60, 2))
]
ZONE = sorted(range(60), key=lambda i: abs(PLACES[i][0] - 37.66) + abs(PLACES[i][1] - 120.46))[:6]
"""Places beside one another, in which an outbreak is planted."""


def report(place: int, at_us: int, **changes: Any) -> Fact:
    """Give a ticket about water from a place, of a caller of its own, changed as asked."""
    number = next(_numbers)
    latitude, longitude = PLACES[place]
    values = {
        "external_id": f"T-{number}", "caller": f"caller-{number}", "created_us": at_us,
        "category": "water", "district": "south" if latitude < 37.66 else "north",
        "latitude": latitude, "longitude": longitude, "geo_quality": "exact",
    }  # fmt: skip
    return fact(**(values | changes))


def ordinary(days: int = DAYS, seed: int = 1) -> list[Fact]:
    """Give the ordinary days before NOW."""
    dice = np.random.default_rng(seed)
    facts = []
    for category, rate_d in RATES_D.items():
        for _ in range(dice.poisson(rate_d * days)):
            at_us = NOW_US - int(dice.random() * days * DAY_US)
            facts.append(report(int(dice.integers(60)), at_us, category=category))
    return sorted(facts, key=lambda one: one.created_us)


def outbreak(tickets: int, *, every_min: float = 10, **changes: Any) -> list[Fact]:
    """Give tickets from the zone, one after another from NOW on."""
    return [
        report(ZONE[i % len(ZONE)], NOW_US + round((i + 1) * every_min * MINUTE_US), **changes)
        for i in range(tickets)
    ]


@dataclass
class Living:
    """A watch that is lived through, with all it told."""

    watch: Watch
    now_us: int = NOW_US
    lines: list[ClusterLine] = field(default_factory=list)
    clusters: dict[str, Cluster] = field(default_factory=dict)
    held: list[Fact] = field(default_factory=list)

    def look(self, at_us: int | None = None) -> Turns:
        self.now_us = max(self.now_us, at_us or self.now_us)
        turns = self.watch.look(self.now_us)
        self.lines += turns.lines
        self.clusters |= turns.clusters
        return turns

    def fold(self, before: Sequence[Fact], after: Sequence[Fact]) -> None:
        self.held = [one for one in self.held if one not in before] + list(after)
        self.watch.fold(before, after)

    def take(self, facts: Sequence[Fact]) -> Iterator[Turns]:
        """Take tickets one by one, each at its time."""
        for one in facts:
            self.fold((), [one])
            yield self.look(one.created_us)

    def take_all(self, facts: Sequence[Fact]) -> "Living":
        for _ in self.take(facts):
            pass
        return self

    def change(self, before: Fact, **changes: Any) -> None:
        self.fold([before], [before._replace(**changes)])
        self.look(self.now_us + MINUTE_US)

    def do_chores(self, replicates: int = 19) -> "Living":
        """Do what the watch asks for until it asks for nothing."""
        while (chore := self.watch.chore(self.now_us)) is not None:
            short = replace(chore, replicates=replicates) if isinstance(chore, Rehearsal) else chore
            self.watch.answer(chore, short.run(), self.now_us)
        self.look()
        return self

    def living(self) -> list[Cluster]:
        return [cluster for cluster, _ in self.watch.living()]


def begun(facts: Sequence[Fact], **terms: Any) -> Living:
    """Give a watch that has read these tickets and knows what is usual."""
    one = Living(Watch(SHANGHAI, **terms))
    one.fold((), facts)
    while one.watch.waiting:
        one.look()
    one.look()
    return one.do_chores()
