"""Where the demo city's people live: estates and streets around the towns, told in GCJ-02."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from data_sources.feeds.demo_city.rates import Bools, Floats, Ints, PlaceHabits
from operations.places import KM_PER_DEGREE

NOWHERE = -1

_FIRST = "海金锦东福新银翠丽阳瑞祥华天景盛安和泰兴"
_SECOND = "晏桂绣苑河湖光源悦庭园丰馨雅都城韵澜港府"
_ENDINGS = ("花园", "小区", "家园", "新村", "嘉园", "公寓", "佳苑", "里")
_STREETS = ("迎春", "长江", "建设", "振华", "港城", "观海", "幸福", "解放", "文化", "府前", "通海")


@dataclass(frozen=True, slots=True)
class Settlement:
    """A town people live in: its district, names, point (WGS84), and share of its district."""

    district: int
    district_zh: str
    town_zh: str
    latitude: float
    longitude: float
    share: float
    wide: bool


@dataclass(frozen=True, slots=True)
class NamedEstate:
    """An estate of a supply zone, with the number of its settlement; WGS84."""

    zone: str
    name_zh: str
    latitude: float
    longitude: float
    settlement: int


@dataclass(frozen=True, slots=True)
class Places:
    """Every place of the city, estates first, named ones before others; coordinates are WGS84.

    `by_district` gives the numbers of a district's estates and of its streets.
    """

    latitude: Floats
    longitude: Floats
    district: Ints
    settlement: Ints
    names: list[str]
    settlements: list[Settlement]
    estates: int
    by_district: list[tuple[Ints, Ints]]

    def draw(self, rng: np.random.Generator, district: Ints, estate_share: float) -> Ints:
        """Draw a place for each ticket of the given districts."""
        drawn = np.full(len(district), NOWHERE, dtype=np.int64)
        at_home = rng.random(len(district)) < estate_share
        roll = rng.random(len(district))
        for number, pair in enumerate(self.by_district):
            for own, mask in zip(pair, (at_home, ~at_home), strict=True):
                here = np.flatnonzero((district == number) & mask)
                if len(own):
                    drawn[here] = own[(roll[here] * len(own)).astype(np.int64)]
        return drawn

    def near(self, place: int, most: int, *, only_estates: bool = True) -> Ints:
        """Give the nearest places to one, itself first."""
        end = self.estates if only_estates else len(self.names)
        return nearest(self, self.latitude[place], self.longitude[place], most, end)


def nearest(places: Places, latitude: float, longitude: float, most: int, end: int) -> Ints:
    """Give the numbers of the places below `end` that lie nearest to a point, nearest first."""
    north = places.latitude[:end] - latitude
    east = (places.longitude[:end] - longitude) * math.cos(math.radians(latitude))
    return np.argsort(np.hypot(north, east), kind="stable")[:most]


LiesIn = Callable[[Floats, Floats, Ints], Bools]


def settle(
    rng: np.random.Generator,
    settlements: Sequence[Settlement],
    shares: Floats,
    habits: PlaceHabits,
    lies_in: LiesIn,
    *,
    named: Sequence[NamedEstate] = (),
) -> Places:
    """Draw every estate and street: around the towns' points, on land and in the district.

    `shares`: of each district. `lies_in(latitudes, longitudes, districts)` tells the good ones.
    """
    around = _Around(rng, settlements, shares, habits)
    known = (
        np.array([one.settlement for one in named], dtype=np.int64),
        np.array([one.latitude for one in named], dtype=np.float64),
        np.array([one.longitude for one in named], dtype=np.float64),
    )
    made = around.spread(habits.estates, lies_in)
    streets = around.spread(habits.streets, lies_in)
    settlement, latitude, longitude = (
        np.concatenate(parts) for parts in zip(known, made, streets, strict=True)
    )
    district = np.array([one.district for one in settlements], dtype=np.int64)[settlement]
    numbers, count = np.arange(len(district)), len(named) + len(made[0])
    own = [numbers[district == n] for n in range(len(shares))]
    return Places(
        latitude=latitude,
        longitude=longitude,
        district=district,
        settlement=settlement,
        names=[one.name_zh for one in named]
        + _estate_names(rng, len(made[0]))
        + _street_names(rng, len(streets[0])),
        settlements=list(settlements),
        estates=count,
        by_district=[(here[here < count], here[here >= count]) for here in own],
    )


class _Around:
    """Draws points around the towns."""

    def __init__(
        self,
        rng: np.random.Generator,
        settlements: Sequence[Settlement],
        shares: Floats,
        habits: PlaceHabits,
    ) -> None:
        self._rng, self._habits = rng, habits
        self._district = np.array([one.district for one in settlements], dtype=np.int64)
        self._latitude = np.array([one.latitude for one in settlements])
        self._longitude = np.array([one.longitude for one in settlements])
        self._wide = np.array([one.wide for one in settlements])
        weights = np.array([one.share for one in settlements])
        total = np.bincount(self._district, weights, minlength=len(shares))
        self._weights = weights / total[self._district] * shares[self._district]

    def spread(self, wanted: int, lies_in: LiesIn) -> tuple[Ints, Floats, Floats]:
        """Draw more points than wanted and keep the first that lie where people can live."""
        rng, count = self._rng, wanted * 4
        chosen = rng.choice(len(self._weights), count, p=self._weights / self._weights.sum())
        wide = self._wide[chosen] & (rng.random(count) < self._habits.core_share)
        spread_km = np.where(wide, self._habits.core_wide_km, self._habits.core_km)
        offsets = rng.normal(0.0, 1.0, (2, count)) * spread_km / KM_PER_DEGREE
        latitude = self._latitude[chosen] + offsets[0]
        longitude = self._longitude[chosen] + offsets[1] / np.cos(np.radians(latitude))
        good = np.flatnonzero(lies_in(latitude, longitude, self._district[chosen]))[:wanted]
        return chosen[good], latitude[good], longitude[good]


def _estate_names(rng: np.random.Generator, count: int) -> list[str]:
    """Make names up: two auspicious characters and a kind of estate."""
    rolls = rng.integers(0, 1 << 30, (count, 3)).tolist()
    return [
        _FIRST[a % len(_FIRST)] + _SECOND[b % len(_SECOND)] + _ENDINGS[c % len(_ENDINGS)]
        for a, b, c in rolls
    ]


def _street_names(rng: np.random.Generator, count: int) -> list[str]:
    rolls = rng.integers(0, 1 << 30, (count, 2)).tolist()
    return [f"{_STREETS[a % len(_STREETS)]}路{b % 380 + 1}号" for a, b in rolls]
