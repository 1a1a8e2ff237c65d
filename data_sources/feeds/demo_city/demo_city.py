"""The demo city itself: the same seed gives the same days, lives and scenes, whenever asked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import numpy as np

from data_sources.feeds.demo_city.births import Scales, births_of_day
from data_sources.feeds.demo_city.callers import Callers
from data_sources.feeds.demo_city.course import Courses
from data_sources.feeds.demo_city.ground import Ground
from data_sources.feeds.demo_city.lives import Batch
from data_sources.feeds.demo_city.places import settle
from data_sources.feeds.demo_city.rates import Ints, Rates
from data_sources.feeds.demo_city.scenes import Scene, Stage
from data_sources.feeds.demo_city.schedule import scheduled_scenes
from data_sources.feeds.demo_city.telling import Names, Teller
from data_sources.feeds.demo_city.twins import FIRST_SERIAL as TWIN_SERIAL
from data_sources.feeds.demo_city.twins import tell_again
from data_sources.feeds.demo_city.units import Units
from data_sources.feeds.demo_city.working_time import WorkingTime, midnight_s

NUMBERED = "YT%Y%m%d"


@dataclass(frozen=True, slots=True)
class Life:
    """The whole precomputed life of one ticket."""

    teller: Teller
    batch: Batch
    number: int

    @property
    def external_id(self) -> str:
        """The number the ticket goes by."""
        return self.batch.external_id(self.number)

    @property
    def moments(self) -> list[datetime]:
        """When anything happens to it, in order."""
        first = self.batch.course.first
        at = self.batch.course.at[first[self.number] : first[self.number + 1]]
        return [datetime.fromtimestamp(one, UTC) for one in at.tolist()]

    def at(self, moment: datetime) -> dict[str, Any] | None:
        """Give the record the hotline would deliver at a moment, None before it came in."""
        return self.teller.tell(self.batch, self.number, int(moment.timestamp()))


class DemoCity:
    """Makes every day of the demo city from `seed` and the day alone.

    `works` tells whether a date is a working day.
    """

    def __init__(
        self, ground: Ground, rates: Rates, *, seed: int, works: Callable[[date], bool]
    ) -> None:
        self.zone, self.rates, self._seed, self._works = ground.zone, rates, seed, works
        self._units = Units(
            rates,
            departments=ground.departments,
            districts=ground.districts,
            governments=ground.governments,
        )
        shares = self._units.district_shares
        rng = np.random.default_rng([seed, 0])
        self.places = settle(
            rng,
            ground.settlements,
            shares,
            rates.places,
            ground.lies_in,
            named=ground.estates,
        )
        self.scales = Scales.of(rates)
        self._callers = Callers(rates.callers, self.places, shares, seed)
        self.stage = Stage(
            scales=self.scales,
            places=self.places,
            units=self._units,
            districts=list(ground.districts),
            governments=np.array([self._units.number(code) for code in ground.governments]),
            zones=_zones(ground),
        )
        names = Names(ground.category_words, ground.department_words, ground.district_words)
        self.teller = Teller(rates, self.scales, self.places, names, ground.fallback)
        # A month's calendar serves every batch of the month.
        self._courses_of = lru_cache(maxsize=6)(self._courses)

    def local_date(self, moment: datetime) -> date:
        """Tell which day it is in the city."""
        return moment.astimezone(self.zone).date()

    def day(self, day: date) -> Batch:
        """Make the ordinary tickets of a day."""
        rng = np.random.default_rng([self._seed, 10, day.toordinal()])
        births = births_of_day(
            day,
            midnight_s(day, self.zone),
            works=self._works(day),
            rng=rng,
            scales=self.scales,
            places=self.places,
            callers=self._callers,
            units=self._units,
        )
        course = self._courses_of(day.replace(day=1)).run(births, rng)
        return Batch(day.strftime(NUMBERED), births, course)

    def told_again(self, day: date) -> Batch:
        """Make the tickets that tell matters of a day again, by another channel."""
        first, rng = self.day(day), np.random.default_rng([self._seed, 12, day.toordinal()])
        births, retold = tell_again(rng, self.rates.twins, self.scales, self._units, first.births)
        course = self._courses_of(day.replace(day=1)).run(births, rng)
        name = day.strftime(NUMBERED)
        return Batch(name, births, course, serial=TWIN_SERIAL, retold=retold)

    def duplicates(self, day: date) -> list[tuple[str, str]]:
        """Give the numbers of every matter of a day that is told twice: the truth about pairs."""
        first, again = self.day(day), self.told_again(day)
        assert again.retold is not None
        return [
            (first.external_id(told), again.external_id(n))
            for n, told in enumerate(again.retold.first.tolist())
        ]

    def scenes_of_day(self, day: date) -> list[Scene]:
        """Plan the scenes that play by themselves on a day."""
        return scheduled_scenes(day, midnight_s(day, self.zone), self.rates.scenes, self._seed)

    def play(self, scene: Scene) -> Batch:
        """Make the tickets of a scene."""
        plan = self.rates.scenes["kinds"][scene.kind]
        rng = np.random.default_rng([self._seed, 11, scene.start, scene.serial])
        births = self.stage.play(scene, rng)
        day = self.local_date(datetime.fromtimestamp(scene.start, UTC))
        course = self._courses_of(day.replace(day=1)).run(births, rng)
        name, words = day.strftime(NUMBERED), tuple(plan["says"])
        return Batch(name, births, course, serial=scene.serial, words=words)

    def tickets_of_day(self, day: date) -> list[Life]:
        """Give the lives of everything told on a day, scenes that start on it included."""
        scenes = (self.play(scene) for scene in self.scenes_of_day(day))
        batches = [self.day(day), self.told_again(day), *scenes]
        return [Life(self.teller, batch, n) for batch in batches for n in range(len(batch))]

    def states(self, batch: Batch, numbers: Sequence[int], until: datetime) -> list[dict[str, Any]]:
        """Give the records of some tickets of a batch as they stand at a moment."""
        moment = int(until.timestamp())
        told = (self.teller.tell(batch, int(number), moment) for number in numbers)
        return [one for one in told if one is not None]

    def history(self, days: int, until: datetime) -> Iterator[list[dict[str, Any]]]:
        """Give every ticket of the last days as it stands now, the newest day first."""
        today, moment = self.local_date(until), int(until.timestamp())
        for back in range(days):
            day = today - timedelta(days=back)
            scenes = map(self.play, self.scenes_of_day(day))
            for batch in [self.day(day), self.told_again(day), *scenes]:
                yield self.states(batch, batch.alive(moment).tolist(), until)

    def _courses(self, month: date) -> Courses:
        working = WorkingTime(
            self.zone,
            self._works,
            first=month - timedelta(days=20),
            last=month + timedelta(days=self.rates.lives_d + 120),
            opens_s=self.rates.opens_s,
            closes_s=self.rates.closes_s,
        )
        return Courses(self.rates, self._units, working)


def _zones(ground: Ground) -> dict[str, Ints]:
    """Number the estates of each supply zone; named estates are the first of all places."""
    zones = [one.zone for one in ground.estates]
    return {
        zone: np.array([n for n, one in enumerate(zones) if one == zone], dtype=np.int64)
        for zone in dict.fromkeys(zones)
    }
