"""Scenes: matters that belong together, planned by a seed and turned into tickets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from data_sources.feeds.demo_city.births import (
    EXACT,
    ROUTINE,
    URGENT,
    Births,
    Scales,
    pick,
    tell,
)
from data_sources.feeds.demo_city.callers import ONCE_BASE
from data_sources.feeds.demo_city.places import Places
from data_sources.feeds.demo_city.rates import Floats, Ints
from data_sources.feeds.demo_city.units import GOVERNMENT, MOST, Units

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be played, when it starts, and the serial of its first ticket.

    `id` never changes; `origin` is schedule, request or opening.
    """

    id: str
    kind: str
    origin: str
    start: int
    serial: int


@dataclass(frozen=True, slots=True)
class Draft:
    """When, where, by whom and as what a scene is told; not yet in order of time."""

    created: Ints
    place: Ints
    caller: Ints


@dataclass(frozen=True, slots=True)
class Stage:
    """What scenes are played on.

    `zones`: the estates of each supply zone, in the order the water takes. `governments`: the
    number of each district's own government.
    """

    scales: Scales
    places: Places
    units: Units
    districts: list[str]
    governments: Ints
    zones: Mapping[str, Ints]

    def play(self, scene: Scene, rng: np.random.Generator) -> Births:
        """Draw the tickets of a scene."""
        plan = self.scales.rates.scenes["kinds"][scene.kind]
        draft = HOW[plan["how"]](self, plan, scene.start, rng)
        draft = self._with_urging(plan, draft, rng)
        order = np.argsort(draft.created, kind="stable")
        place = draft.place[order]
        codes = list(self.scales.rates.categories)
        mix = {codes.index(code): share for code, share in plan["categories"].items()}
        births = tell(
            rng,
            self.scales,
            self.units,
            created=draft.created[order],
            category=np.array(list(mix))[pick(rng, np.array(list(mix.values())), len(order))],
            district=self.places.district[place],
            place=place,
            caller=draft.caller[order],
        )
        return self._directed(plan, births, rng)

    def _with_urging(
        self, plan: Mapping[str, Any], draft: Draft, rng: np.random.Generator
    ) -> Draft:
        """Let some call again about the same thing an hour or more later (催单)."""
        again = np.flatnonzero(rng.random(len(draft.created)) < plan.get("urging", 0.0))
        later = draft.created[again] + HOUR_S + rng.exponential(3 * HOUR_S, len(again))
        return Draft(
            np.concatenate([draft.created, later.astype(np.int64)]),
            np.concatenate([draft.place, draft.place[again]]),
            np.concatenate([draft.caller, draft.caller[again]]),
        )

    def _directed(
        self, plan: Mapping[str, Any], births: Births, rng: np.random.Generator
    ) -> Births:
        """Bring a scene's tickets onto its own course: nobody only asks, all know the place."""
        count = len(births)
        asked = np.stack([self._number(word, births) for word in plan["units"]], axis=1)
        asked = np.stack([asked[:, n % asked.shape[1]] for n in range(MOST)], axis=1)
        least, most = plan.get("rounds", [1, 1])
        returned = rng.random(count) < plan["returned"]
        urgent = rng.random(count) < plan.get("urgent", 0.02)
        help_wanted = self.scales.kinds.index("求助")
        complaint = self.scales.kinds.index("投诉")
        return replace(
            births,
            told=np.where(rng.random(count) < 0.97, EXACT, births.told),
            kind=np.where(rng.random(count) < 0.5, help_wanted, complaint),
            urgency=np.where(urgent, URGENT, ROUTINE),
            confidential=np.zeros(count, dtype=np.bool_),
            direct=np.zeros(count, dtype=np.bool_),
            units=asked,
            rounds=np.where(returned, rng.integers(least, most + 1, count), 0),
            slow=np.full(count, float(plan["slow"])),
            known=np.zeros(count, dtype=np.bool_),
        )

    def _number(self, word: str, births: Births) -> Ints:
        if word == GOVERNMENT:
            return self.governments[births.district]
        return np.full(len(births), self.units.number(word), dtype=np.int64)

    def estates_of(self, plan: Mapping[str, Any], rng: np.random.Generator) -> Ints:
        """Choose the estates a spreading matter reaches, in the order it reaches them."""
        count = between(rng, plan["estates"])
        zone = self.zones.get(plan.get("zone", ""))
        if zone is not None and len(zone):
            return zone[:count]
        wanted = plan.get("district")
        own = np.arange(self.places.estates)
        if wanted in self.districts:
            own = own[self.places.district[own] == self.districts.index(wanted)]
        return self.places.near(int(rng.choice(own)), count)

    def streets_in(self, codes: list[str]) -> Ints:
        """Give the streets of some districts, of all where none of them is known."""
        numbers = [self.districts.index(code) for code in codes if code in self.districts]
        streets = np.arange(self.places.estates, len(self.places.names))
        inside = np.isin(self.places.district[streets], numbers)
        return streets[inside] if inside.any() else streets


def between(rng: np.random.Generator, bounds: list[int]) -> int:
    """Draw a whole number between the least and the most, both included."""
    return int(rng.integers(bounds[0], bounds[1] + 1))


def _strangers(rng: np.random.Generator, count: int) -> Ints:
    return np.asarray(ONCE_BASE + rng.integers(0, 1 << 40, count), dtype=np.int64)


def _spread(stage: Stage, plan: Mapping[str, Any], start: int, rng: np.random.Generator) -> Draft:
    """Reach one estate after another; in each the calls swell and die down."""
    estates, count = stage.estates_of(plan, rng), between(rng, plan["tickets"])
    least, most = plan["estate_gap_min"]
    gaps = rng.uniform(least, most, len(estates)) * MINUTE_S
    reached = start + np.cumsum(gaps) - gaps[0]
    size = np.linspace(1.4, 0.7, len(estates))  # those reached first tell the most
    which = pick(rng, size, count)
    delay = rng.gamma(1.6, plan["estate_spread_min"] * MINUTE_S / 3.2, count)
    created = (reached[which] + delay).astype(np.int64)
    return Draft(created, estates[which], _strangers(rng, count))


def _storm(stage: Stage, plan: Mapping[str, Any], start: int, rng: np.random.Generator) -> Draft:
    """Flood the same low points as every time, and the estates beside them."""
    lasting = np.random.default_rng([stage.places.estates, 14])
    streets = stage.streets_in(plan["districts"])
    low = lasting.choice(streets, min(plan["low_points"], len(streets)), replace=False)
    depth: Floats = lasting.exponential(1.0, len(low)) + 0.3
    shares = stage.units.district_shares[
        [stage.districts.index(code) for code in plan["districts"] if code in stage.districts]
    ].sum()
    rates = stage.scales.rates
    usual_hour = rates.tickets_per_week / 7 / 24 * 1.6 * float(shares)  # by day, not by night
    hours = rng.uniform(*plan["storm_h"])
    count = int(rng.poisson(usual_hour * plan["usual_hours"] * hours / 2))
    created = start + rng.beta(2.0, 3.0, count) * hours * HOUR_S
    chosen = pick(rng, depth, count)
    beside = np.array([stage.places.near(int(one), 3) for one in low])
    nearby = beside[chosen, rng.integers(0, 3, count)]
    place = np.where(rng.random(count) < 0.6, low[chosen], nearby)
    return Draft(created.astype(np.int64), place, _strangers(rng, count))


def _one_place(
    stage: Stage, plan: Mapping[str, Any], start: int, rng: np.random.Generator
) -> Draft:
    """Tell of one place for days, the same few neighbours again and again."""
    place = rng.choice(stage.streets_in(plan["districts"]))
    count = between(rng, plan["tickets"])
    neighbours = _strangers(rng, between(rng, plan["callers"]))
    days = np.sort(rng.uniform(0, plan["days"], count))
    days[0] = 0.0
    return Draft(
        (start + days * DAY_S).astype(np.int64),
        np.full(count, place, dtype=np.int64),
        neighbours[rng.integers(0, len(neighbours), count)],
    )


def _wave(stage: Stage, plan: Mapping[str, Any], start: int, rng: np.random.Generator) -> Draft:
    """Come from everywhere in some districts within hours, first more and more, then fewer."""
    count = between(rng, plan["tickets"])
    created = start + rng.beta(1.8, 2.6, count) * rng.uniform(*plan["hours"]) * HOUR_S
    place = rng.choice(stage.streets_in(plan["districts"]), count)
    return Draft(created.astype(np.int64), place, _strangers(rng, count))


HOW: Mapping[str, Callable[[Stage, Mapping[str, Any], int, np.random.Generator], Draft]] = {
    "spread": _spread,
    "storm": _storm,
    "one_place": _one_place,
    "wave": _wave,
}
