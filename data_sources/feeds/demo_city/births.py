"""What comes in on one day: who tells what from where, drawn whole days at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from data_sources.feeds.demo_city.callers import ONCE_BASE, Callers, Repeats
from data_sources.feeds.demo_city.places import NOWHERE, Places
from data_sources.feeds.demo_city.rates import (
    Bools,
    CallerHabits,
    Floats,
    Ints,
    LifeHabits,
    Rates,
)
from data_sources.feeds.demo_city.units import Units

ROUTINE, URGENT, CRITICAL = 0, 1, 2
CRITICAL_SHARE = 0.1  # of the urgent
INQUIRY, REPORT = "咨询", "举报"
EXACT, ADDRESS, NOTHING, FALLBACK = 0, 1, 2, 3
"""How a caller tells the place: a point, words only, not at all, a point that means unknown."""


@dataclass(frozen=True, slots=True)
class Births:
    """The tickets of one batch as they are told, one array element each, oldest first.

    `created`: seconds since 1970. `category`, `kind`, `channel`: numbers in the order of
    `Rates`. `units` (tickets, 4): departments in the order they will be asked. `rounds`: how
    often it is returned. `says`: dice for the words. `slow`: factor on the working time. `known`:
    the caller told the same before, so that the answer is there already.
    """

    created: Ints
    category: Ints
    district: Ints
    place: Ints
    told: Ints
    caller: Ints
    channel: Ints
    kind: Ints
    urgency: Ints
    confidential: Bools
    direct: Bools
    units: Ints
    rounds: Ints
    says: Ints
    slow: Floats
    known: Bools

    def __len__(self) -> int:
        return len(self.created)


@dataclass(frozen=True, slots=True)
class Scales:
    """The rates as arrays in the order of the categories, ready to draw from."""

    rates: Rates
    channel_shares: Floats
    kinds: Sequence[str]
    kind_shares: Floats
    asks: Floats
    urgent: Floats
    returns: Floats
    hours: dict[str, Floats]
    hours_of: Sequence[str]

    @classmethod
    def of(cls, rates: Rates) -> "Scales":
        """Lay the rates out."""
        habits = list(rates.categories.values())
        kinds = [INQUIRY, *dict.fromkeys(kind for mix in rates.kinds.values() for kind in mix)]
        shares = [[rates.kinds[one.kind].get(kind, 0.0) for kind in kinds] for one in habits]
        channels = np.array(list(rates.channels.values()))
        return cls(
            rates=rates,
            channel_shares=channels / channels.sum(),
            kinds=kinds,
            kind_shares=np.array(shares),
            asks=np.array([one.asks for one in habits]),
            urgent=np.array([one.urgent for one in habits]),
            returns=np.array([one.returns for one in habits]),
            hours={
                name: np.cumsum(weights) / sum(weights) for name, weights in rates.hours.items()
            },
            hours_of=[one.hours for one in habits],
        )


def births_of_day(
    day: date,
    midnight_s: int,
    *,
    works: bool,
    rng: np.random.Generator,
    scales: Scales,
    places: Places,
    callers: Callers,
    units: Units,
) -> Births:
    """Draw an ordinary day's tickets, without any scene."""
    rates = scales.rates
    mean = rates.expected(day, works) * rng.lognormal(0.0, rates.day_spread)
    count = int(rng.poisson(mean))
    shares = rates.category_shares(day)
    category = pick(rng, shares, count)
    district = pick(rng, units.district_shares, count)
    place = places.draw(rng, district, rates.places.estate_share)
    caller = ONCE_BASE + rng.integers(0, 1 << 40, count)
    people = (
        callers.habitual(shares),
        callers.habitual_second(shares),
        callers.matters(day.toordinal(), rates.category_shares),
    )
    _repeat(rng, rates.callers, people, (category, place, caller))
    district = np.where(place == NOWHERE, district, places.district[place])
    created = midnight_s + _seconds(rng, scales, category)
    order = np.argsort(created, kind="stable")
    return tell(
        rng,
        scales,
        units,
        created=created[order],
        category=category[order],
        district=district[order],
        place=place[order],
        caller=caller[order],
    )


def tell(
    rng: np.random.Generator,
    scales: Scales,
    units: Units,
    *,
    created: Ints,
    category: Ints,
    district: Ints,
    place: Ints,
    caller: Ints,
) -> Births:
    """Draw everything else about tickets whose time, matter, place and caller are known."""
    count, life = len(created), scales.rates.life
    asks = rng.random(count) < scales.asks[category]
    kind = np.where(asks, 0, _kind(rng, scales, category))
    reports = np.array([name == REPORT for name in scales.kinds])[kind]
    asked = units.draw(rng, category, district)
    return Births(
        created=created,
        category=category,
        district=district,
        place=place,
        told=_told(rng, scales.rates, place),
        caller=caller,
        channel=pick(rng, scales.channel_shares, count),
        kind=kind,
        urgency=_urgency(rng, scales.urgent[category], ~asks),
        confidential=reports & (rng.random(count) < life.confidential),
        direct=asks & (rng.random(count) < life.direct_share),
        units=asked,
        rounds=_rounds(rng, life, scales.returns[category], asked),
        says=rng.integers(0, 1 << 30, count),
        slow=np.ones(count),
        known=caller < ONCE_BASE,
    )


def _kind(rng: np.random.Generator, scales: Scales, category: Ints) -> Ints:
    """Draw what is wanted where it is no inquiry."""
    mix = np.cumsum(scales.kind_shares[category], axis=1)
    roll = rng.random((len(category), 1)) * mix[:, -1:]
    return np.asarray((mix < roll).sum(axis=1), dtype=np.int64)


def _urgency(rng: np.random.Generator, share: Floats, possible: Bools) -> Ints:
    roll = rng.random(len(share))
    urgent = np.where(roll < CRITICAL_SHARE * share, CRITICAL, np.where(roll < share, URGENT, 0))
    return np.asarray(np.where(possible, urgent, ROUTINE), dtype=np.int64)


def _rounds(rng: np.random.Generator, life: LifeHabits, share: Floats, asked: Ints) -> Ints:
    """Draw how often each is returned; where nobody else could be asked, nobody returns it."""
    returned = (rng.random(len(share)) < share) & (asked[:, 0] != asked[:, 1])
    again = returned & (rng.random(len(share)) < life.twice_returned)
    return np.asarray(returned.astype(np.int64) + again, dtype=np.int64)


def pick(rng: np.random.Generator, shares: Floats, count: int) -> Ints:
    """Draw numbers by their shares."""
    found = np.searchsorted(np.cumsum(shares), rng.random(count) * shares.sum(), side="right")
    return np.asarray(np.minimum(found, len(shares) - 1), dtype=np.int64)


def _repeat(
    rng: np.random.Generator,
    habits: CallerHabits,
    people: tuple[Repeats, Repeats, Repeats],
    drawn: tuple[Ints, Ints, Ints],
) -> None:
    """Let some of the day's tickets come from habitual callers and from matters told before."""
    category, place, caller = drawn
    roll = rng.random(len(caller))
    least, both = habits.habitual_share / 2, habits.habitual_share
    bounds = ((0.0, least), (least, both), (both, both + habits.matter_share))
    for (low, high), repeats in zip(bounds, people, strict=True):
        here = np.flatnonzero((roll >= low) & (roll < high))
        who = repeats.draw(rng, len(here))
        category[here] = repeats.category[who]
        place[here] = repeats.place[who]
        caller[here] = repeats.caller[who]


def _seconds(rng: np.random.Generator, scales: Scales, category: Ints) -> Ints:
    """Draw the second of the day by the hours of each category."""
    hour = np.zeros(len(category), dtype=np.int64)
    profile = np.array([list(scales.hours).index(name) for name in scales.hours_of])[category]
    for number, profile_sums in enumerate(scales.hours.values()):
        here = np.flatnonzero(profile == number)
        hour[here] = np.searchsorted(profile_sums, rng.random(len(here)), side="right")
    return np.minimum(hour, 23) * 3600 + rng.integers(0, 3600, len(category))


def _told(rng: np.random.Generator, rates: Rates, place: Ints) -> Ints:
    habits = rates.places
    shares = np.array([habits.nothing, habits.fallback, habits.address_only])
    roll = np.searchsorted(np.cumsum(shares), rng.random(len(place)), side="right")
    told = np.array([NOTHING, FALLBACK, ADDRESS, EXACT])[roll]
    return np.where(place == NOWHERE, NOTHING, told)
