"""Who calls: people who call again and again, matters told several times, everybody else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from data_sources.feeds.demo_city.places import Places
from data_sources.feeds.demo_city.rates import CallerHabits, Floats, Ints

MATTER_BASE = 1 << 20
ONCE_BASE = 1 << 40


@dataclass(frozen=True, slots=True)
class Repeats:
    """Callers who tell the same thing from the same place: code, place, category, how often."""

    caller: Ints
    place: Ints
    category: Ints
    weight: Floats

    def draw(self, rng: np.random.Generator, count: int) -> Ints:
        """Draw which of them the next `count` tickets come from."""
        found = np.searchsorted(np.cumsum(self.weight), rng.random(count) * self.weight.sum())
        return np.asarray(np.minimum(found, len(self.weight) - 1), dtype=np.int64)


class Callers:
    """The people of the demo city. The same seed gives the same people."""

    def __init__(self, habits: CallerHabits, places: Places, shares: Floats, seed: int) -> None:
        self._habits, self._places, self._shares, self._seed = habits, places, shares, seed
        self._matters: dict[int, Repeats] = {}
        rng = np.random.default_rng([seed, 1])
        rank: Floats = np.arange(1, habits.habitual + 1, dtype=np.float64) + habits.habitual_flat
        self._habitual_weight: Floats = np.power(rank, -habits.habitual_tail)
        self._habitual_place = self._homes(rng, habits.habitual)
        self._taste = rng.random((habits.habitual, 2))

    def habitual(self, category_shares: Floats) -> Repeats:
        """Give the habitual callers, each with the first of the two things they call about."""
        return self._with_taste(category_shares, 0)

    def habitual_second(self, category_shares: Floats) -> Repeats:
        """Give the same people with the second thing."""
        return self._with_taste(category_shares, 1)

    def matters(self, day_number: int, shares_on: Callable[[date], Floats]) -> Repeats:
        """Give the matters that are told again and again in the period a day belongs to.

        They are about what the period's first day is about, whichever of its days asks first.
        """
        period = day_number // self._habits.matter_d
        if period not in self._matters:
            rng = np.random.default_rng([self._seed, 2, period])
            count = self._habits.matters
            category_shares = shares_on(date.fromordinal(period * self._habits.matter_d))
            found = np.searchsorted(np.cumsum(category_shares), rng.random(count))
            self._matters[period] = Repeats(
                caller=MATTER_BASE + period * count + np.arange(count),
                place=self._homes(rng, count),
                category=np.minimum(found, len(category_shares) - 1),
                weight=rng.exponential(1.0, count),
            )
        return self._matters[period]

    def _with_taste(self, category_shares: Floats, which: int) -> Repeats:
        found = np.searchsorted(np.cumsum(category_shares), self._taste[:, which])
        return Repeats(
            caller=np.arange(self._habits.habitual),
            place=self._habitual_place,
            category=np.minimum(found, len(category_shares) - 1),
            weight=self._habitual_weight,
        )

    def _homes(self, rng: np.random.Generator, count: int) -> Ints:
        district = rng.choice(len(self._shares), count, p=self._shares)
        return self._places.draw(rng, district, 1.0)
